//! Where this server listens for browsers: loopback alone, on a port that nobody knows beforehand.

use std::{io, net::Ipv4Addr, sync::Arc};

use http::{Request, Response};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use tokio::net::TcpListener;

use super::{Site, routes};
use crate::web::listener::{Handler, Listening};

/// Where this server listens.
#[derive(Clone, Copy)]
pub struct Address(u16);

impl Address {
    /// The whole address of a path.
    pub fn of(self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.0)
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

/// Listens for as long as the process lives.
pub async fn start(site: Arc<Site>) -> io::Result<Address> {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = socket.local_addr()?.port();
    let pages = Arc::new(Pages { site, port });
    Listening::start(vec![socket], None, &pages);
    Ok(Address(port))
}
