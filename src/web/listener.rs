//! A socket of this machine, with limits on all that a peer can hold open. Nothing about a
//! connection is logged: an address could be in it.

use std::{convert::Infallible, future::Future, pin::pin, sync::Arc, time::Duration};

use http::{Request, Response};
use http_body_util::Full;
use hyper::{
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Connections at once; others wait to be accepted.
const MOST: usize = 32;

/// How long a request's head may take to arrive, and a handshake before it. Browsers open
/// connections that they never use.
const HEAD: Duration = Duration::from_secs(10);

/// The most bytes of a head.
const LARGEST_HEAD: usize = 32 * 1024;

/// How long one connection may last: longer than a send waits for its turn and for Front.
const WHOLE: Duration = Duration::from_secs(180);

/// How long accepting pauses when the process is out of file descriptors.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers requests.
pub trait Handler: Send + Sync + 'static {
    /// The answer to any request.
    fn answer(
        &self,
        request: Request<Incoming>,
    ) -> impl Future<Output = Response<Full<Bytes>>> + Send;
}

/// Sockets that one handler answers, for as long as the process lives or until they are closed.
#[derive(Debug)]
pub struct Listening {
    connections: TaskTracker,
    closed: CancellationToken,
}

impl Listening {
    /// Listens on these sockets, over TLS where there is an acceptor.
    pub fn start<H: Handler>(
        sockets: Vec<TcpListener>,
        tls: Option<&TlsAcceptor>,
        handler: &Arc<H>,
    ) -> Self {
        let listening = Self {
            connections: TaskTracker::new(),
            closed: CancellationToken::new(),
        };
        let places = Arc::new(Semaphore::new(MOST));
        for socket in sockets {
            let door = Door {
                places: Arc::clone(&places),
                connections: listening.connections.clone(),
                tls: tls.cloned(),
                handler: Arc::clone(handler),
            };
            let closed = listening.closed.clone();
            tokio::spawn(closed.run_until_cancelled_owned(door.accept(socket)));
        }
        listening
    }

    /// Takes no more connections, and waits for those that are open, so that whoever asked last sees
    /// the answer.
    pub async fn finish(self, patience: Duration) {
        self.closed.cancel();
        self.connections.close();
        let _ = timeout(patience, self.connections.wait()).await;
    }
}

struct Door<H> {
    places: Arc<Semaphore>,
    connections: TaskTracker,
    tls: Option<TlsAcceptor>,
    handler: Arc<H>,
}

impl<H: Handler> Door<H> {
    async fn accept(self, socket: TcpListener) {
        while let Ok(place) = Arc::clone(&self.places).acquire_owned().await {
            let stream = match socket.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection from a browser could not be taken");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            let (tls, handler) = (self.tls.clone(), Arc::clone(&self.handler));
            self.connections.spawn(async move {
                serve(stream, tls, handler).await;
                drop(place);
            });
        }
    }
}

async fn serve<H: Handler>(stream: TcpStream, tls: Option<TlsAcceptor>, handler: Arc<H>) {
    match tls {
        None => speak(stream, handler).await,
        // A peer that does not trust the certificate is no event of ours.
        Some(tls) => {
            if let Ok(Ok(stream)) = timeout(HEAD, tls.accept(stream)).await {
                speak(stream, handler).await;
            }
        }
    }
}

async fn speak<H: Handler>(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    handler: Arc<H>,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let handler = Arc::clone(&handler);
        async move { Ok::<_, Infallible>(handler.answer(request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LARGEST_HEAD)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    // A peer that goes away or talks nonsense is no event of ours.
    let _ = timeout(WHOLE, pin!(connection)).await;
}
