//! Where the browser is led back to: the redirect address on this machine, and nothing else.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
    time::Duration,
};

use http::{HeaderMap, HeaderValue, Method, Request, Response, header};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
    time::timeout,
};

use super::{Answer, PATIENCE, Report, Ticket, Unfit, page::page};
use crate::{
    oauth::RedirectUri,
    web::{
        certificate,
        headers::{answer, is_for},
        listener::{Handler, Listening},
    },
};

/// How long whoever asked last has to read the answer.
const FAREWELL: Duration = Duration::from_secs(2);

/// The one answer to a sign-in, and who brought it.
pub struct Visit {
    /// What Front answered.
    pub answer: Answer,
    /// The browser that waits for a page.
    pub reply: Reply,
}

/// A browser that waits for a page, or nobody.
#[derive(Debug, Default)]
pub struct Reply(Option<oneshot::Sender<Report>>);

impl Reply {
    /// Shows it what came of the sign-in. Only the first of several is shown.
    pub fn show(&mut self, report: &Report) {
        if let Some(sender) = self.0.take() {
            // A browser that has gone away is no event of ours.
            let _ = sender.send(report.clone());
        }
    }
}

/// Why nothing listens.
#[derive(Debug, thiserror::Error)]
pub enum NoDoor {
    /// The address is another machine's.
    #[error("the redirect address is not on this machine")]
    Elsewhere,
    /// Somebody else has the port.
    #[error("port {0} of this machine is in use")]
    InUse(u16),
    /// The port cannot be had.
    #[error("port {0} of this machine cannot be listened on: {1}")]
    Port(u16, io::Error),
    /// No certificate can be made.
    #[error("no certificate could be made: {0}")]
    Certificate(io::Error),
}

/// The redirect address, listened on.
#[derive(Debug)]
pub struct Door {
    listening: Listening,
    visits: mpsc::Receiver<Visit>,
}

impl Door {
    /// Listens where the redirect address leads.
    ///
    /// # Errors
    /// `NoDoor`.
    pub async fn open(redirect: &RedirectUri, ticket: Arc<Ticket>) -> Result<Self, NoDoor> {
        let port = redirect.loopback_port().ok_or(NoDoor::Elsewhere)?;
        let tls = match redirect.is_https() {
            false => None,
            true => {
                let names = ["localhost", "127.0.0.1", "::1", redirect.host()].map(str::to_owned);
                Some(certificate::acceptor(&names).map_err(NoDoor::Certificate)?)
            }
        };
        let sockets = sockets(redirect.host(), port).await?;
        let (sender, visits) = mpsc::channel(1);
        let site = Arc::new(Site {
            hosts: hosts(redirect, port),
            path: redirect.path().to_owned(),
            ticket,
            sender,
        });
        Ok(Self {
            listening: Listening::start(sockets, tls.as_ref(), &site),
            visits,
        })
    }

    /// Waits for the answer to the sign-in; none when its time is over.
    pub async fn visit(&mut self) -> Option<Visit> {
        timeout(PATIENCE, self.visits.recv()).await.ok().flatten()
    }

    /// Closes, once the last page is read.
    pub async fn close(self) {
        drop(self.visits);
        self.listening.finish(FAREWELL).await;
    }
}

/// All addresses that a browser may take the host for. On a machine without IPv6 one is enough; a
/// port that somebody else holds on the other could get the answer in our place.
async fn sockets(host: &str, port: u16) -> Result<Vec<TcpListener>, NoDoor> {
    let addresses = match host.parse::<IpAddr>() {
        Ok(address) => vec![address],
        Err(_) => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
    };
    let mut sockets = Vec::new();
    let mut missing = None;
    for address in addresses {
        match TcpListener::bind((address, port)).await {
            Ok(socket) => sockets.push(socket),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                return Err(NoDoor::InUse(port));
            }
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                return Err(NoDoor::Port(port, error));
            }
            Err(error) => missing = Some(error),
        }
    }
    match missing {
        Some(error) if sockets.is_empty() => Err(NoDoor::Port(port, error)),
        _ => Ok(sockets),
    }
}

/// What a browser calls this server when it follows the redirect address.
fn hosts(redirect: &RedirectUri, port: u16) -> Vec<String> {
    let host = match redirect.host() {
        bare if bare.contains(':') => format!("[{bare}]"),
        host => host.to_owned(),
    };
    let usual = if redirect.is_https() { 443 } else { 80 };
    match port == usual {
        true => vec![format!("{host}:{port}"), host],
        false => vec![format!("{host}:{port}")],
    }
}

/// The one page.
struct Site {
    hosts: Vec<String>,
    path: String,
    ticket: Arc<Ticket>,
    sender: mpsc::Sender<Visit>,
}

impl Handler for Site {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (parts, _) = request.into_parts();
        let report = match self.judge(&parts) {
            Ok(answer) => self.hand_on(answer).await,
            Err(_) if self.ticket.is_beset() => Report::beset(),
            Err(unfit) => Report::turned_away(unfit),
        };
        let mut headers = HeaderMap::new();
        if report.status == http::StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET"));
        }
        answer(report.status, page(&report), headers)
    }
}

impl Site {
    fn judge(&self, request: &http::request::Parts) -> Result<Answer, Unfit> {
        if !is_for(&self.hosts, &request.uri, &request.headers) {
            return Err(Unfit::Host);
        }
        if request.uri.path() != self.path {
            return Err(Unfit::Path);
        }
        if request.method != Method::GET {
            return Err(Unfit::Method);
        }
        let query = request.uri.query().unwrap_or_default();
        self.ticket.take(query)
    }

    async fn hand_on(&self, answer: Answer) -> Report {
        let (sender, receiver) = oneshot::channel();
        let visit = Visit {
            answer,
            reply: Reply(Some(sender)),
        };
        if self.sender.send(visit).await.is_err() {
            return Report::over();
        }
        receiver.await.unwrap_or_else(|_| Report::over())
    }
}

#[cfg(test)]
mod tests;
