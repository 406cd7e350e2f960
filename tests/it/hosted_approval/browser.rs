//! As much of a browser as the hosted page needs: cookies, redirects, forms, and its own origin.

use reqwest::{Client, Method, RequestBuilder, header::HeaderMap, redirect::Policy};

use crate::support::mcp::HANG;

/// A client that follows nothing by itself.
pub fn client() -> Client {
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .timeout(HANG)
        .build()
        .unwrap()
}

pub struct Browser {
    client: Client,
    cookies: Vec<(String, String)>,
}

impl Default for Browser {
    fn default() -> Self {
        Self {
            client: client(),
            cookies: Vec::new(),
        }
    }
}

pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    pub async fn get(&mut self, address: &str) -> Page {
        let request = self.request(Method::GET, address);
        self.take(request).await
    }

    /// Sends a form as the page itself would.
    pub async fn post(&mut self, address: &str, form: &str) -> Page {
        let origin = origin(address);
        self.post_from(
            address,
            form,
            &[("origin", &origin), ("sec-fetch-site", "same-origin")],
        )
        .await
    }

    /// The same with these headers.
    pub async fn post_from(&mut self, address: &str, form: &str, more: &[(&str, &str)]) -> Page {
        let mut request = self
            .request(Method::POST, address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned());
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        self.take(request).await
    }

    /// Fills the sign-in form of a page, and follows where that leads.
    pub async fn sign_in(&mut self, link: &str, page: &str, who: (&str, &str)) -> Page {
        let form = format!("mark={}&name={}&pin={}", mark(page), who.0, who.1);
        self.followed(link, &form).await
    }

    /// Presses a button of a page, and follows where that leads.
    pub async fn press(&mut self, link: &str, page: &str, choice: &str) -> Page {
        let form = format!("mark={}&choice={choice}", mark(page));
        self.followed(link, &form).await
    }

    async fn followed(&mut self, link: &str, form: &str) -> Page {
        let answer = self.post(link, form).await;
        if answer.status != 303 {
            return answer;
        }
        let path = answer.headers["location"].to_str().unwrap().to_owned();
        self.get(&format!("{}{path}", origin(link))).await
    }

    pub fn request(&self, method: Method, address: &str) -> RequestBuilder {
        let request = self.client.request(method, address);
        let cookies = self.cookies.iter();
        let line: Vec<_> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        match line.is_empty() {
            true => request,
            false => request.header("cookie", line.join("; ")),
        }
    }

    pub async fn take(&mut self, request: RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        let headers = response.headers().clone();
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (pair, rest) = cookie.split_once("; ").unwrap();
            assert!(
                rest.starts_with("Path=/; HttpOnly; SameSite=Lax; Max-Age="),
                "{cookie}"
            );
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.into(), value.into()));
            }
        }
        check_headers(&headers);
        Page {
            status: response.status().as_u16(),
            headers,
            body: response.text().await.unwrap(),
        }
    }

    /// The value of a cookie, to be read or changed.
    pub fn cookie(&mut self, name: &str) -> Option<&mut String> {
        let mut cookies = self.cookies.iter_mut();
        cookies
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }
}

/// What every page must carry.
fn check_headers(headers: &HeaderMap) {
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("content-type", "text/html; charset=utf-8"),
    ] {
        assert_eq!(headers[name], value, "{headers:?}");
    }
    let policy = headers["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("script-src") && !policy.contains("unsafe"));
}

/// `http://127.0.0.1:port` of an address.
pub fn origin(address: &str) -> String {
    let host = address.strip_prefix("http://").unwrap();
    format!("http://{}", host.split('/').next().unwrap())
}

/// The mark in the first form of a page.
pub fn mark(page: &str) -> &str {
    let (_, rest) = page
        .split_once("name=\"mark\" value=\"")
        .unwrap_or_else(|| panic!("no form: {page}"));
    rest.split_once('"').unwrap().0
}
