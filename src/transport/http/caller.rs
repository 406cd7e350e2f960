//! One caller: who it is, how much it may ask at once, and the handler that is its own.

use std::{convert::Infallible, sync::Arc};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{Request, Response};
use http_body_util::{Full, combinators::BoxBody};
use rmcp::{
    ServerHandler,
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
    },
};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use super::limits::Allowance;
use crate::config::http::Limits;

/// The body of rmcp's answers.
pub type Answered = Response<BoxBody<Bytes, Infallible>>;

/// One caller.
pub struct Caller {
    /// Its name, for logs and metrics.
    pub name: Arc<str>,
    pub(super) allowance: Allowance,
    handler: Box<dyn Handles>,
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Caller({})", self.name)
    }
}

impl Caller {
    /// A caller whose messages this handler gets, and nobody else's.
    pub fn new<H>(name: &str, handler: H, limits: &Limits, over: &CancellationToken) -> Self
    where
        H: ServerHandler + Clone + Send + Sync + 'static,
    {
        Self {
            name: name.into(),
            allowance: Allowance::new(limits),
            handler: Box::new(service(handler, limits, over)),
        }
    }

    /// Hands a message to the protocol.
    pub(super) fn handle(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, Answered> {
        self.handler.handle(request)
    }
}

/// rmcp's service without sessions: each request stands alone. By which names the server may be
/// called is `names`' to decide, once for everything that it answers.
fn service<H>(
    handler: H,
    limits: &Limits,
    over: &CancellationToken,
) -> StreamableHttpService<H, NeverSessionManager>
where
    H: ServerHandler + Clone + Send + Sync + 'static,
{
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts()
        .disable_allowed_origins()
        .with_max_request_body_bytes(limits.body_bytes)
        .with_cancellation_token(over.clone());
    StreamableHttpService::new(
        move || Ok(handler.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    )
}

trait Handles: Send + Sync {
    fn handle(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, Answered>;
}

impl<H> Handles for StreamableHttpService<H, NeverSessionManager>
where
    H: ServerHandler + Clone + Send + Sync + 'static,
{
    fn handle(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, Answered> {
        let service = self.clone();
        Box::pin(async move { Self::handle(&service, request).await })
    }
}

/// The caller of a request, as an extension of it and of its answer.
#[derive(Clone, Debug)]
pub struct Admitted(pub Arc<Caller>);

/// Why nobody was let in.
#[derive(Debug, PartialEq, Eq)]
pub enum Unadmitted {
    /// It came without a token.
    NoToken,
    /// The token is none of ours.
    Unknown,
    /// It was one of ours, until its end.
    Expired,
    /// It was one of ours, until the operator took it back.
    Revoked,
    /// It cannot be told.
    NotNow,
    /// It is a caller, whose settings do not work: why.
    Unusable(String),
}

/// Who may call.
pub trait Admits: Send + Sync {
    /// The caller with this token.
    fn admit<'a>(
        &'a self,
        token: Option<&'a SecretString>,
    ) -> BoxFuture<'a, Result<Arc<Caller>, Unadmitted>>;

    /// Whether it can be told who may.
    fn are_readable(&self) -> bool;
}
