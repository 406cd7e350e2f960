//! The socket: loopback alone, a port that nobody knows beforehand, and limits on all that a peer
//! can hold open. Nothing about a connection is logged: an address could be in it.

use std::{convert::Infallible, io, net::Ipv4Addr, sync::Arc, time::Duration};

use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, sync::Semaphore, time::timeout};

use super::{Site, routes};

/// Connections at once; others wait to be accepted.
const MOST: usize = 32;

/// How long a request's head may take to arrive. Browsers open connections that they never use.
const HEAD: Duration = Duration::from_secs(10);

/// The most bytes of a head.
const LARGEST_HEAD: usize = 32 * 1024;

/// How long one connection may last: longer than a send waits for its turn and for Front.
const WHOLE: Duration = Duration::from_secs(180);

/// How long accepting pauses when the process is out of file descriptors.
const PAUSE: Duration = Duration::from_millis(200);

/// Where this server listens.
#[derive(Clone, Copy)]
pub struct Address(u16);

impl Address {
    /// The whole address of a path.
    pub fn of(self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.0)
    }
}

/// Listens for as long as the process lives.
pub async fn start(site: Arc<Site>) -> io::Result<Address> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(accept(listener, site, port));
    Ok(Address(port))
}

async fn accept(listener: TcpListener, site: Arc<Site>, port: u16) {
    let places = Arc::new(Semaphore::new(MOST));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "the approval page could not take a connection");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let site = Arc::clone(&site);
        tokio::spawn(async move {
            let service = service_fn(move |request: http::Request<Incoming>| {
                let site = Arc::clone(&site);
                async move { Ok::<_, Infallible>(routes::answer(&site, port, request).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .max_buf_size(LARGEST_HEAD)
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service);
            // A peer that goes away or talks nonsense is no event of ours.
            let _ = timeout(WHOLE, connection).await;
            drop(place);
        });
    }
}
