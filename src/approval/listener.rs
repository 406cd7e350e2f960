//! Where this server listens for browsers: loopback alone, on a port that nobody knows beforehand.

use std::{io, net::Ipv4Addr, sync::Arc};

use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use tokio::net::TcpListener;

use super::{Site, routes};
use crate::web::listener::{Handler, Listening};

/// A server of pages.
pub struct Server {
    port: u16,
    /// Kept open.
    _listening: Listening,
}

impl Server {
    /// The whole address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

/// The pages under one port.
struct Pages {
    site: Arc<Site>,
    port: u16,
}

impl Handler for Pages {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        routes::answer(&self.site, self.port, request).await
    }
}

/// Listens for as long as the server is kept.
pub async fn start(site: Arc<Site>) -> io::Result<Server> {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = socket.local_addr()?.port();
    let pages = Arc::new(Pages { site, port });
    Ok(Server {
        port,
        _listening: Listening::start(vec![socket], None, &pages),
    })
}
