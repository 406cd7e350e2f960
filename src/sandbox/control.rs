//! The sandbox's own paths, beneath `/_sandbox/`: no bearer, no limit, not counted.

use http::{Method, StatusCode};
use serde::Serialize;

use super::{
    answer::{Answer, Outcome, no_content, ok},
    fault::Fault,
    oauth,
    refusal::Refusal,
    serve::Server,
    state::{Plan, Sent},
};

/// What every path of the sandbox's own begins with.
pub(crate) const PREFIX: &str = "/_sandbox/";

#[derive(Serialize)]
struct Outbox<'a> {
    count: usize,
    messages: &'a [Sent],
}

pub(crate) fn answer(server: &Server, method: &Method, path: &str, body: &[u8]) -> Answer {
    perform(server, method, path, body).unwrap_or_else(Refusal::into_answer)
}

fn perform(server: &Server, method: &Method, path: &str, body: &[u8]) -> Outcome {
    match (method.as_str(), path.strip_prefix(PREFIX)) {
        ("GET", Some("outbox")) => {
            let state = server.read();
            ok(&Outbox {
                count: state.outbox.len(),
                messages: &state.outbox,
            })
        }
        ("GET", Some("requests")) => ok(&server.journal().report()),
        ("POST", Some("reset")) => {
            server.reset();
            no_content()
        }
        ("POST", Some("faults")) => {
            let fault: Fault = serde_json::from_slice(body)
                .map_err(|error| Refusal::bad_request(format!("Not a fault: {error}")))?;
            server.faults().add(fault);
            Ok(Answer::empty(StatusCode::NO_CONTENT))
        }
        ("DELETE", Some("faults")) => {
            server.faults().clear();
            no_content()
        }
        ("POST", Some("ticketing")) => {
            server.write().ticketing.turn_on();
            no_content()
        }
        ("GET", Some("analytics")) => ok(&server.read().analytics.shown()),
        ("POST", Some("analytics")) => {
            let plan: Plan = serde_json::from_slice(body)
                .map_err(|error| Refusal::bad_request(format!("Not a plan: {error}")))?;
            server.write().analytics.plan = plan;
            no_content()
        }
        ("GET", Some("application")) => ok(&server.read().application.shown()),
        ("GET", Some("oauth")) => oauth::control::report(server),
        ("POST", Some("oauth")) => oauth::control::change(server, body),
        ("POST", Some("oauth/check")) => oauth::control::check(server, body),
        _ => Err(Refusal::no_such_route()),
    }
}
