//! `/oauth/authorize`: an app asks, a person answers, and the browser goes back to the app.

mod asking;

use http::{StatusCode, header};

use self::asking::Unfit;
pub(super) use self::asking::{Asking, SCOPES};

use super::{OAuthError, Request, html, parameters::Parameters, redirect::RedirectUri};
use crate::sandbox::{
    answer::Answer,
    clock::unix_now,
    serve::Server,
    state::{State, Teammate},
};

/// How many who are no administrators stand on the page; the answer may name any teammate.
const OTHERS: usize = 2;

/// The page that asks.
pub(super) fn show(server: &Server, request: &Request<'_>) -> Answer {
    let parameters = Parameters::parse(request.query.unwrap_or_default().as_bytes());
    match Asking::read(&parameters) {
        Ok(asking) => {
            let state = server.read();
            let page = html::consent(&state.company.name, &choices(&state), &asking);
            html::answer(StatusCode::OK, page)
        }
        Err(unfit) => refuse(&unfit),
    }
}

/// What the person chose. The form repeats what was asked for, and it is read as if it were new.
pub(super) fn decide(server: &Server, request: &Request<'_>) -> Answer {
    let Ok(parameters) = Parameters::of_form(request) else {
        return html::error("The answer is not a form.");
    };
    let asking = match Asking::read(&parameters) {
        Ok(asking) => asking,
        Err(unfit) => return refuse(&unfit),
    };
    let is_admin = parameters.get("teammate").and_then(|id| {
        let state = server.read();
        state.teammate(id).map(|teammate| teammate.is_admin)
    });
    match (parameters.get("decision"), is_admin) {
        (Some("deny"), _) => denied(&asking, "The teammate denied the request."),
        (Some("allow"), Some(true)) => allow(server, &asking),
        (Some("allow"), Some(false)) => denied(
            &asking,
            "You must be an administrator of the Front instance to authorize this app.",
        ),
        (Some("allow"), None) => html::error("The company has no such teammate."),
        _ => html::error("The answer is neither to allow nor to deny."),
    }
}

fn allow(server: &Server, asking: &Asking) -> Answer {
    let code = server.oauth().allow(
        asking.redirect_uri.clone(),
        asking.challenge.clone(),
        unix_now(),
    );
    match code {
        Ok(code) => back(
            &asking.redirect_uri,
            &[("code", code.expose())],
            asking.state.as_deref(),
        ),
        Err(error) => back_with_error(&asking.redirect_uri, asking.state.as_deref(), error),
    }
}

fn denied(asking: &Asking, description: &'static str) -> Answer {
    let error = OAuthError::access_denied(description);
    back_with_error(&asking.redirect_uri, asking.state.as_deref(), error)
}

fn refuse(unfit: &Unfit) -> Answer {
    match unfit {
        Unfit::Page(words) => html::error(words),
        Unfit::Redirect {
            redirect_uri,
            state,
            error,
        } => back_with_error(redirect_uri, state.as_deref(), *error),
    }
}

fn back_with_error(redirect_uri: &RedirectUri, state: Option<&str>, error: OAuthError) -> Answer {
    let words = [
        ("error", error.code),
        ("error_description", error.description),
    ];
    back(redirect_uri, &words, state)
}

/// Sends the browser back to the app; by 303, so that no form goes along.
fn back(redirect_uri: &RedirectUri, words: &[(&str, &str)], state: Option<&str>) -> Answer {
    let state = state.map(|state| ("state", state));
    let parameters: Vec<_> = words.iter().copied().chain(state).collect();
    Answer::empty(StatusCode::SEE_OTHER)
        .with_header(header::LOCATION.as_str(), &redirect_uri.with(&parameters))
        .with_header(header::REFERRER_POLICY.as_str(), "no-referrer")
}

/// Whom the page lets its reader be: the administrators, then a few who are none.
fn choices(state: &State) -> Vec<&Teammate> {
    let teammates = || {
        state
            .teammates
            .iter()
            .filter(|teammate| !teammate.is_blocked)
    };
    let others = teammates().filter(|teammate| !teammate.is_admin);
    teammates()
        .filter(|teammate| teammate.is_admin)
        .chain(others.take(OTHERS))
        .collect()
}
