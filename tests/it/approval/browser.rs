//! As much of a browser as the page needs: cookies by path, redirects, and forms.

use reqwest::{Client, Method, RequestBuilder, header::HeaderMap, redirect::Policy};

use crate::support::mcp::HANG;

pub struct Browser {
    client: Client,
    /// Name, value and path.
    cookies: Vec<(String, String, String)>,
}

pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    pub fn new() -> Self {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .timeout(HANG)
            .build()
            .unwrap();
        Self {
            client,
            cookies: Vec::new(),
        }
    }

    pub async fn get(&mut self, address: &str) -> Page {
        let request = self.request(Method::GET, address);
        self.take(request).await
    }

    /// Presses a button of a page that is being looked at; follows where it leads.
    pub async fn press(&mut self, address: &str, page: &str, choice: &str) -> Page {
        let form = format!("mark={}&choice={choice}", mark(page));
        let answer = self.post(address, &form, &[]).await;
        if answer.status != 303 {
            return answer;
        }
        let path = answer.headers["location"].to_str().unwrap().to_owned();
        self.get(&format!("{}{path}", origin(address))).await
    }

    pub async fn post(&mut self, address: &str, form: &str, more: &[(&str, &str)]) -> Page {
        let mut request = self
            .request(Method::POST, address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned());
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        self.take(request).await
    }

    pub fn request(&self, method: Method, address: &str) -> RequestBuilder {
        let path = address.strip_prefix(&origin(address)).unwrap();
        let sent: Vec<_> = self
            .cookies
            .iter()
            .filter(|(_, _, scope)| path.starts_with(scope))
            .map(|(name, value, _)| format!("{name}={value}"))
            .collect();
        let request = self.client.request(method, address);
        match sent.is_empty() {
            true => request,
            false => request.header("cookie", sent.join("; ")),
        }
    }

    pub async fn take(&mut self, request: RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        let headers = response.headers().clone();
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("; HttpOnly; SameSite=Strict"), "{cookie}");
            let (pair, rest) = cookie.split_once("; Path=").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let (path, _) = rest.split_once(';').unwrap();
            self.cookies.push((name.into(), value.into(), path.into()));
        }
        check_headers(&headers);
        Page {
            status: response.status().as_u16(),
            headers,
            body: response.text().await.unwrap(),
        }
    }

    pub fn has_cookies(&self) -> bool {
        !self.cookies.is_empty()
    }
}

/// What every answer must carry.
fn check_headers(headers: &HeaderMap) {
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
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
        "style-src 'sha256-",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("script-src") && !policy.contains("unsafe"));
}

/// `http://127.0.0.1:port` of an address.
pub fn origin(address: &str) -> String {
    let host = address.strip_prefix("http://").unwrap();
    let host = host.split('/').next().unwrap();
    format!("http://{host}")
}

/// The mark in the form of a page.
pub fn mark(page: &str) -> &str {
    let (_, rest) = page
        .split_once("name=\"mark\" value=\"")
        .unwrap_or_else(|| panic!("no form: {page}"));
    rest.split_once('"').unwrap().0
}
