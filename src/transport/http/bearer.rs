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
        Err(wrong) => return misgiven(&site, wrong).into_response(),
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

/// What was given is no token.
#[derive(Debug)]
struct Wrong {
    /// Malformed, or by a scheme that is none of ours.
    status: StatusCode,
    what: &'static str,
}

/// The token that came with a request, if one did.
fn presented(uri: &Uri, headers: &HeaderMap) -> Result<Option<SecretString>, Wrong> {
    let status = StatusCode::BAD_REQUEST;
    let wrong = |what| Err(Wrong { status, what });
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
    let value = first.to_str().unwrap_or_default();
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    let what = "the `Authorization` header must be `Bearer` and a token of this server";
    if !scheme.eq_ignore_ascii_case("bearer") {
        let status = StatusCode::UNAUTHORIZED;
        return Err(Wrong { status, what });
    }
    let token = token.trim();
    let is_token =
        !token.is_empty() && token.len() <= LONGEST && !token.contains(char::is_whitespace);
    match is_token {
        true => Ok(Some(SecretString::from(token))),
        false => wrong(what),
    }
}

/// What a client is told that its request was not admitted for (RFC 6750, 3).
fn challenge(site: &Site, error: &str) -> String {
    let metadata = metadata::address(site);
    format!("Bearer {error}resource_metadata=\"{metadata}\"")
}

fn misgiven(site: &Site, wrong: Wrong) -> Refused {
    let error = match wrong.status {
        StatusCode::BAD_REQUEST => "error=\"invalid_request\", ",
        _ => "",
    };
    Refused::new(wrong.status, wrong.what).with(header::WWW_AUTHENTICATE, &challenge(site, error))
}

fn refused(site: &Site, unadmitted: Unadmitted) -> Refused {
    let challenge = |error: &str| challenge(site, error);
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
            .map_err(|wrong| wrong.status)
    }

    #[test]
    fn one_token_in_one_header() {
        let good = Ok(Some("fmcp_x".to_owned()));
        for value in ["Bearer fmcp_x", "bearer fmcp_x", "BEARER  fmcp_x "] {
            assert_eq!(of("/mcp", &[value]), good, "{value}");
        }
        assert_eq!(of("/mcp", &[]), Ok(None));
        for value in ["Bearer", "Bearer ", "Bearer a b"] {
            assert_eq!(
                of("/mcp", &[value]),
                Err(StatusCode::BAD_REQUEST),
                "{value}"
            );
        }
        for value in ["Basic fmcp_x", "fmcp_x", "Bearer\tfmcp_x", ""] {
            assert_eq!(
                of("/mcp", &[value]),
                Err(StatusCode::UNAUTHORIZED),
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
