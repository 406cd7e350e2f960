//! A request to the API: note it, check the bearer, strike a fault, take from the allowance, route, answer.

use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, Method, header, request::Parts};

use super::{Server, bearer::Bearer, locked, respond, spoil, strike};
use crate::sandbox::{
    answer::Answer,
    call::{Call, Query},
    clock::unix_now,
    connection::Scissors,
    form::{self, Form},
    journal::Entry,
    operations::Handler,
    refusal::Refusal,
    routes::{self, Route},
    scope,
};

/// What of a request is not its method and path.
struct Incoming {
    query: Option<String>,
    headers: HeaderMap,
    body: Bytes,
    form: Option<Form>,
}

pub(super) async fn answer(
    server: &Server,
    scissors: &Scissors,
    mut parts: Parts,
    body: Bytes,
) -> Response {
    let path = parts.uri.path().to_owned();
    // Whoever answers needs it no more, and so cannot print it.
    let header = parts.headers.remove(header::AUTHORIZATION);
    let bearer = header.and_then(|header| Bearer::read(server, &header));
    server.journal().note(Entry {
        method: parts.method.to_string(),
        path: path.clone(),
        query: parts.uri.query().map(str::to_owned),
        token: bearer.as_ref().map(Bearer::name),
        at: unix_now(),
    });
    let Some(bearer) = bearer else {
        return respond(Refusal::unauthenticated().into_answer(), None);
    };
    let sends = parts.method == Method::POST && path.ends_with("/messages");
    if matches!(bearer, Bearer::Send) && !sends {
        let refusal = Refusal::forbidden("The token has the scope messages:send only");
        return respond(refusal.into_answer(), None);
    }
    let spoiling = match strike::strike(server, scissors, &parts.method, &path).await {
        Ok(spoiling) => spoiling,
        Err(response) => return *response,
    };
    bearer.note_use(server);
    let grant = locked(&server.allowance).take();
    if let Some(grant) = grant.filter(|grant| !grant.granted) {
        return respond(spoil::too_many(grant.retry_after), Some(grant));
    }
    let form = match form::read(&parts.headers, &body).await {
        Ok(form) => form,
        Err(refusal) => return respond(refusal.into_answer(), grant),
    };
    let incoming = Incoming {
        query: parts.uri.query().map(str::to_owned),
        headers: parts.headers,
        body,
        form,
    };
    let answer = perform(server, &bearer, &parts.method, path, incoming);
    respond(spoil::after(spoiling, answer, scissors), grant)
}

fn perform(
    server: &Server,
    bearer: &Bearer,
    method: &Method,
    path: String,
    request: Incoming,
) -> Answer {
    let method = method.as_str();
    let route = routes::find(method, &path);
    let template = match &route {
        Route::Unknown => "",
        Route::Known(template) => template,
        Route::Simulated(operation, _) => operation.template,
    };
    if let Some(scope) = scope::needed(method, template)
        && !matches!(bearer, Bearer::Send)
        && server.oauth().denies(scope::resource(scope))
    {
        let message = format!("The token lacks the scope {scope}");
        return Refusal::forbidden(message).into_answer();
    }
    let outcome = match route {
        Route::Unknown => Err(Refusal::no_such_route()),
        Route::Known(template) => Err(Refusal::not_simulated(method, template)),
        Route::Simulated(operation, parameters) => {
            let call = Call {
                path,
                parameters,
                query: Query::parse(request.query.as_deref()),
                headers: request.headers,
                body: request.body,
                form: request.form,
            };
            if !call.files().is_empty() && !operation.takes_files() {
                return Refusal::files_not_simulated().into_answer();
            }
            match operation.handler {
                Handler::Read(read) => read(&server.read(), &call),
                Handler::Write(write) => write(&mut server.write(), &call),
            }
        }
    };
    outcome.unwrap_or_else(Refusal::into_answer)
}
