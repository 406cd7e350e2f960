//! Sockets: connections taken within limits, each speaking HTTP/1.1, and closed in good order.

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use axum::{Router, body::Body, routing::future::RouteFuture};
use http::{Request, Response};
use hyper::{body::Incoming, server::conn::http1, service::Service};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::{peer::Peer, tls::Tls};
use crate::config::http::Limits;

/// The most bytes of a request's head.
const LARGEST_HEAD: usize = 32 * 1024;

/// The most headers of a request.
const MOST_HEADERS: usize = 64;

/// How long a TLS handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// How long accepting pauses when the process is out of file descriptors.
const PAUSE: Duration = Duration::from_millis(200);

/// How long connections that are open may still bring a request when no more are taken: it is answered
/// rather than cut off.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// One socket and what answers on it.
pub struct Listener {
    socket: TcpListener,
    room: Arc<Semaphore>,
    speaker: Speaker,
}

/// What answers on connections.
struct Speaker {
    tls: Option<Arc<Tls>>,
    router: Router,
    limits: Limits,
    connections: GracefulShutdown,
}

impl Listener {
    /// Answers on this socket with this router.
    pub fn new(socket: TcpListener, tls: Option<Arc<Tls>>, router: Router, limits: Limits) -> Self {
        Self {
            socket,
            room: Arc::new(Semaphore::new(limits.connections)),
            speaker: Speaker {
                tls,
                router,
                limits,
                connections: GracefulShutdown::new(),
            },
        }
    }

    /// Takes connections until it is told to end; then what is under way is finished, for as long as
    /// `patience` says, and idle connections are closed.
    pub async fn run(self, until: CancellationToken, patience: Duration) {
        loop {
            let place = tokio::select! {
                biased;
                () = until.cancelled() => break,
                place = Arc::clone(&self.room).acquire_owned() => place,
            };
            let Ok(place) = place else { break };
            let accepted = tokio::select! {
                biased;
                () = until.cancelled() => break,
                accepted = self.socket.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => self.speaker.speak(stream, Peer(peer), place),
                Err(error) => pause(&error).await,
            }
        }
        self.close(patience).await;
    }

    async fn close(self, patience: Duration) {
        let until = Instant::now() + patience;
        let speaker = self.speaker;
        // What the system took already would be reset with the socket. It is asked itself: the runtime
        // hears of connections a little later.
        if let Ok(socket) = self.socket.into_std() {
            while let (Ok(place), Ok((stream, peer))) =
                (Arc::clone(&self.room).try_acquire_owned(), socket.accept())
            {
                let stream = stream.set_nonblocking(true).map(|()| stream);
                if let Ok(stream) = stream.and_then(TcpStream::from_std) {
                    speaker.speak(stream, Peer(peer), place);
                }
            }
        }
        sleep(LAST_WORDS).await;
        if timeout_at(until, speaker.connections.shutdown())
            .await
            .is_err()
        {
            tracing::warn!("connections were cut off: there was no more time for them");
        }
    }
}

/// When a connection cannot be taken, such as for want of descriptors.
async fn pause(error: &io::Error) {
    tracing::warn!(%error, "a connection could not be taken");
    sleep(PAUSE).await;
}

impl Speaker {
    fn speak(&self, stream: TcpStream, peer: Peer, place: OwnedSemaphorePermit) {
        let _ = stream.set_nodelay(true);
        let (router, limits) = (self.router.clone(), self.limits);
        let answers = Answers { router, peer };
        let watcher = self.connections.watcher();
        let tls = self.tls.clone();
        tokio::spawn(async move {
            match tls {
                None => watcher.watch(connection(stream, answers, limits)).await,
                Some(tls) => match timeout(HANDSHAKE, tls.accept(stream)).await {
                    Ok(Ok(stream)) => watcher.watch(connection(stream, answers, limits)).await,
                    // A peer that does not trust the certificate is no event of ours.
                    _ => Ok(()),
                },
            }
            // Nor is one that goes away, or talks nonsense: it was answered as far as it could be.
            .unwrap_or_default();
            drop(place);
        });
    }
}

/// Answers the requests of one connection.
struct Answers {
    router: Router,
    peer: Peer,
}

impl Service<Request<Incoming>> for Answers {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(self.peer);
        tower_service::Service::call(&mut self.router.clone(), request)
    }
}

fn connection<S>(
    stream: S,
    answers: Answers,
    limits: Limits,
) -> http1::Connection<TokioIo<S>, Answers>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), answers)
}
