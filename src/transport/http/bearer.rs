//! Whose a request is (RFC 6750): one bearer token, in its header and nowhere else.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, Uri, header};
use secrecy::SecretString;

use super::{
    answer::Refused,
    caller::{Admitted, Unadmitted},
    metadata,
    site::Site,
};

/// No token of ours is longer.
const LONGEST: usize = 512;

/// Finds the caller, whom the rest of the way knows as an extension of the request.
pub async fn admit(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let token = match presented(request.uri(), request.headers()) {
        Ok(token) => token,
        Err(refused) => return refused.into_response(),
    };
    let admitted = site.callers.admit(token.as_ref()).await;
    match admitted {
        Ok(caller) => {
            // Nothing behind this needs it.
            request.headers_mut().remove(header::AUTHORIZATION);
            let admitted = Admitted(caller);
            request.extensions_mut().insert(admitted.clone());
            let mut response = next.run(request).await;
            response.extensions_mut().insert(admitted);
            response
        }
        Err(unadmitted) => refused(&site, unadmitted).into_response(),
    }
}

/// The token that came with a request, if one did.
fn presented(uri: &Uri, headers: &HeaderMap) -> Result<Option<SecretString>, Refused> {
    let wrong = |what: &str| Err(Refused::new(StatusCode::BAD_REQUEST, what));
    let in_query = uri.query().unwrap_or_default().split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        name.eq_ignore_ascii_case("access_token") || name.eq_ignore_ascii_case("token")
    });
    if in_query {
        return wrong(
            "a token is given in the `Authorization` header, never in an address: addresses are logged; this one should be replaced (`front-mcp token rotate`)",
        );
    }
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let Some(first) = all.next() else {
        return Ok(None);
    };
    if all.next().is_some() {
        return wrong("a request has one `Authorization` header");
    }
    let token = first.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        let token = token.trim();
        let is_token = scheme.eq_ignore_ascii_case("bearer")
            && !token.is_empty()
            && token.len() <= LONGEST
            && !token.contains(char::is_whitespace);
        is_token.then(|| SecretString::from(token))
    });
    match token {
        Some(token) => Ok(Some(token)),
        None => wrong("the `Authorization` header must be `Bearer` and a token of this server"),
    }
}

fn refused(site: &Site, unadmitted: Unadmitted) -> Refused {
    let metadata = metadata::address(site);
    let challenge = |error: &str| format!("Bearer {error}resource_metadata=\"{metadata}\"");
    let invalid = |why: &str| {
        let error = format!("error=\"invalid_token\", error_description=\"{why}\", ");
        Refused::new(
            StatusCode::UNAUTHORIZED,
            format!(
                "{why}; the operator makes another with `front-mcp token create` or `token rotate`"
            ),
        )
        .with(header::WWW_AUTHENTICATE, &challenge(&error))
    };
    match unadmitted {
        Unadmitted::NoToken => Refused::new(
            StatusCode::UNAUTHORIZED,
            "a bearer token of this server is needed: `Authorization: Bearer ...`, made by its operator with `front-mcp token create`",
        )
        .with(header::WWW_AUTHENTICATE, &challenge("")),
        Unadmitted::Unknown => invalid("the token is none of this server"),
        Unadmitted::Expired => invalid("the token has expired"),
        Unadmitted::Revoked => invalid("the token was revoked"),
        Unadmitted::NotNow => Refused::for_now(
            StatusCode::SERVICE_UNAVAILABLE,
            1,
            "callers cannot be told apart at the moment, so nobody is let in; nothing was done",
        ),
        Unadmitted::Unusable(why) => Refused::new(StatusCode::FORBIDDEN, why)
            .with(header::WWW_AUTHENTICATE, &challenge("error=\"insufficient_scope\", ")),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use secrecy::ExposeSecret as _;

    use super::*;

    fn of(uri: &'static str, values: &[&'static str]) -> Result<Option<String>, StatusCode> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
        }
        presented(&Uri::from_static(uri), &headers)
            .map(|token| token.map(|token| token.expose_secret().to_owned()))
            .map_err(|refused| refused.into_response().status())
    }

    #[test]
    fn one_token_in_one_header() {
        let good = Ok(Some("fmcp_x".to_owned()));
        for value in ["Bearer fmcp_x", "bearer fmcp_x", "BEARER  fmcp_x "] {
            assert_eq!(of("/mcp", &[value]), good, "{value}");
        }
        assert_eq!(of("/mcp", &[]), Ok(None));
        for value in [
            "Basic fmcp_x",
            "Bearer",
            "Bearer ",
            "Bearer a b",
            "fmcp_x",
            "",
        ] {
            assert_eq!(
                of("/mcp", &[value]),
                Err(StatusCode::BAD_REQUEST),
                "{value}"
            );
        }
        let twice = of("/mcp", &["Bearer fmcp_x", "Bearer fmcp_x"]);
        assert_eq!(twice, Err(StatusCode::BAD_REQUEST));
    }

    #[test]
    fn no_token_in_an_address() {
        for uri in [
            "/mcp?access_token=x",
            "/mcp?a=1&Access_Token=x",
            "/mcp?acc%65ss_token=x",
            "/mcp?token=x",
        ] {
            assert_eq!(
                of(uri, &["Bearer fmcp_x"]),
                Err(StatusCode::BAD_REQUEST),
                "{uri}"
            );
        }
    }
}
