//! The way of a request: to the sandbox's own paths, to the authorization server, or to the API.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
    },
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State as Extract},
    response::Response,
};
use bytes::Bytes;
use http::request::Parts;
use http_body_util::{BodyExt, Limited};
use tokio::net::TcpListener;

use super::{
    Options,
    allowance::{Allowance, Grant},
    answer::Answer,
    clock::{Clock, unix_now},
    connection::{Acceptor, Scissors},
    control, date,
    fault::Faults,
    journal::{Entry, Journal},
    oauth::{self, Authority},
    refusal::Refusal,
    seed,
    state::State,
};

mod api;
mod bearer;
mod spoil;
mod strike;

const LARGEST_BODY: usize = 30 * 1024 * 1024;

/// Everything one sandbox shares between its connections. No lock is held across an await.
#[derive(Debug)]
pub(crate) struct Server {
    options: Options,
    origin: String,
    state: OnceLock<RwLock<State>>,
    journal: Mutex<Journal>,
    faults: Mutex<Faults>,
    allowance: Mutex<Allowance>,
    oauth: Mutex<Authority>,
}

pub(crate) async fn run(listener: TcpListener, address: SocketAddr, options: Options) {
    let server = Arc::new(Server {
        origin: format!("http://{address}"),
        state: OnceLock::new(),
        journal: Mutex::default(),
        faults: Mutex::default(),
        oauth: Mutex::default(),
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

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state().write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        locked(&self.journal)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        locked(&self.faults)
    }

    pub(crate) fn oauth(&self) -> MutexGuard<'_, Authority> {
        locked(&self.oauth)
    }

    /// `http://127.0.0.1:<port>`, whatever the request called it.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Everything as it was at the start.
    pub(crate) fn reset(&self) {
        let fresh = seed::company(Clock::new(self.options.today));
        *self.write() = fresh;
        *self.journal() = Journal::default();
        self.faults().clear();
        *self.oauth() = Authority::default();
        locked(&self.allowance).reset();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn handle(
    Extract(server): Extract<Arc<Server>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let mut response = answer(&server, &scissors, request).await;
    date::stamp(&mut response, server.oauth().clock_skew());
    response
}

async fn answer(server: &Server, scissors: &Scissors, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => {
            return respond(
                Refusal::too_large("The body is larger than 30 MB").into_answer(),
                None,
            );
        }
    };
    let path = parts.uri.path();
    if path.starts_with(control::PREFIX) {
        return respond(control::answer(server, &parts.method, path, &body), None);
    }
    if oauth::owns(path) {
        return authorization(server, scissors, &parts, &body).await;
    }
    api::answer(server, scissors, parts, body).await
}

/// A request to the authorization server, which takes nothing from the API's allowance.
async fn authorization(
    server: &Server,
    scissors: &Scissors,
    parts: &Parts,
    body: &Bytes,
) -> Response {
    let (method, path) = (&parts.method, parts.uri.path());
    server.journal().note(Entry {
        method: method.to_string(),
        path: path.to_owned(),
        query: None,
        token: None,
        at: unix_now(),
    });
    let spoiling = match strike::strike(server, scissors, method, path).await {
        Ok(spoiling) => spoiling,
        Err(response) => return *response,
    };
    let request = oauth::Request {
        method,
        path,
        query: parts.uri.query(),
        headers: &parts.headers,
        body,
    };
    let answer = oauth::answer(server, &request);
    respond(spoil::after(spoiling, answer, scissors), None)
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
