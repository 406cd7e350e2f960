//! The way of a request: note it, check the bearer, strike a fault, take from the allowance, route, answer.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State as Extract},
    response::Response,
};
use http::{HeaderMap, Method, header};
use http_body_util::{BodyExt, Limited};
use tokio::net::TcpListener;

use super::{
    Options, SEND_TOKEN, TOKEN,
    allowance::{Allowance, Grant},
    answer::Answer,
    call::{Call, Query},
    clock::{Clock, unix_now},
    connection::{Acceptor, Scissors},
    control,
    fault::{Fault, FaultKind, Faults},
    form::{self, Form},
    journal::{Entry, Journal},
    operations::Handler,
    refusal::Refusal,
    routes::{self, Route},
    seed,
    state::State,
};

mod spoil;

const LARGEST_BODY: usize = 30 * 1024 * 1024;

/// Everything one sandbox shares between its connections. No lock is held across an await.
#[derive(Debug)]
pub(crate) struct Server {
    options: Options,
    state: OnceLock<RwLock<State>>,
    journal: Mutex<Journal>,
    faults: Mutex<Faults>,
    allowance: Mutex<Allowance>,
}

pub(crate) async fn run(listener: TcpListener, options: Options) {
    let server = Arc::new(Server {
        state: OnceLock::new(),
        journal: Mutex::default(),
        faults: Mutex::default(),
        allowance: Mutex::new(Allowance::new(options.rate_limit)),
        options,
    });
    let service = Router::new()
        .fallback(handle)
        .with_state(server)
        .into_make_service_with_connect_info::<Scissors>();
    // It ends by being aborted; an error of the accept loop ends it as well, and `stopped` tells.
    let _ = axum::serve(Acceptor(listener), service).await;
}

impl Server {
    /// The company, made when it is first looked at.
    fn state(&self) -> &RwLock<State> {
        self.state
            .get_or_init(|| RwLock::new(seed::company(Clock::new(self.options.today))))
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state().read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state().write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        locked(&self.journal)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        locked(&self.faults)
    }

    /// Everything as it was at the start.
    pub(crate) fn reset(&self) {
        let fresh = seed::company(Clock::new(self.options.today));
        *self.write() = fresh;
        *self.journal() = Journal::default();
        self.faults().clear();
        locked(&self.allowance).reset();
    }

    fn perform(&self, method: Method, path: String, request: Incoming) -> Answer {
        let outcome = match routes::find(method.as_str(), &path) {
            Route::Unknown => Err(Refusal::no_such_route()),
            Route::Known(template) => Err(Refusal::not_simulated(method.as_str(), template)),
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
                    Handler::Read(read) => read(&self.read(), &call),
                    Handler::Write(write) => write(&mut self.write(), &call),
                }
            }
        };
        outcome.unwrap_or_else(Refusal::into_answer)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What of a request is not its method and path.
struct Incoming {
    query: Option<String>,
    headers: HeaderMap,
    body: bytes::Bytes,
    form: Option<Form>,
}

async fn handle(
    Extract(server): Extract<Arc<Server>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let body = match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => {
            return respond(
                Refusal::too_large("The body is larger than 30 MB").into_answer(),
                None,
            );
        }
    };
    if path.starts_with(control::PREFIX) {
        return respond(control::answer(&server, &parts.method, &path, &body), None);
    }
    let token = token(&parts.headers);
    server.journal().note(Entry {
        method: parts.method.to_string(),
        path: path.clone(),
        query: parts.uri.query().map(str::to_owned),
        token,
        at: unix_now(),
    });
    let sends = parts.method == Method::POST && path.ends_with("/messages");
    match token {
        Some("send") if !sends => {
            let refusal = Refusal::forbidden("The token has the scope messages:send only");
            return respond(refusal.into_answer(), None);
        }
        Some(_) => {}
        None => return respond(Refusal::unauthenticated().into_answer(), None),
    }
    let fault = server.faults().strike(&parts.method, &path);
    if let Some(fault) = &fault {
        if let Some(response) = spoil::instead(fault, &scissors) {
            return response;
        }
        if fault.kind == FaultKind::Hang {
            tokio::time::sleep(hang(fault)).await;
        }
    }
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
    let mut answer = server.perform(parts.method, path, incoming);
    if let Some(fault) = fault {
        answer = spoil::after(fault.kind, answer, &scissors);
    }
    respond(answer, grant)
}

/// Which of the two tokens a request came with.
fn token(headers: &HeaderMap) -> Option<&'static str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    match token {
        _ if !scheme.eq_ignore_ascii_case("bearer") => None,
        TOKEN => Some("api"),
        SEND_TOKEN => Some("send"),
        _ => None,
    }
}

fn hang(fault: &Fault) -> Duration {
    let seconds = fault.value.as_ref().and_then(serde_json::Value::as_f64);
    Duration::try_from_secs_f64(seconds.unwrap_or(30.0)).unwrap_or(Duration::from_secs(30))
}

fn respond(mut answer: Answer, grant: Option<Grant>) -> Response {
    if let Some(grant) = grant {
        answer = answer
            .with_header("x-ratelimit-limit", &grant.limit.to_string())
            .with_header("x-ratelimit-remaining", &grant.remaining.to_string())
            .with_header("x-ratelimit-reset", &format!("{:.3}", grant.reset))
            .with_header("x-ratelimit-burst-limit", &grant.reserve.to_string())
            .with_header(
                "x-ratelimit-burst-remaining",
                &grant.reserve_remaining.to_string(),
            );
    }
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = answer.status;
    response.headers_mut().extend(answer.headers);
    response
}
