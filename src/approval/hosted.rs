//! The approval page of a server that others reach: under the server's own address, for the
//! approvers that the operator named for a caller, each with a PIN or password of their own.
//!
//! The agent hands over a *link*: it is signed, ends with its envelope and opens a sign-in form,
//! nothing else. Who signs in is known by a signed cookie for ten minutes, and sees and decides what
//! their name stands on; the rest looks to them as if it were not there. A caller's bearer token
//! opens nothing here. Any server of the same state may answer any of it.
//!
//! `link` and `session` are what is signed, `tries` bounds guessing, `visitor` is what is answered.

mod link;
mod session;
mod tries;
mod visitor;

use std::{fmt, io, net::IpAddr, sync::Arc};

use http::{HeaderMap, Request, Response};
use http_body_util::Full;
use hyper::body::{Body, Bytes};
use tokio::sync::{Mutex, Semaphore};

pub use self::link::{Links, PATH};
use self::{session::Sessions, tries::Tries, visitor::Visitor};
use super::{
    form::{self, NoForm},
    routes::{self, Page},
    secret::Key,
};
use crate::{
    gate::{Gate, Hall},
    state::StateFolder,
    tools::context::Caller,
};

/// Where the key rests that signs links and sessions.
const KEY: &str = "approval.key";

/// How many sign-ins may wait for their turn: each takes much memory and time.
const WAITING: usize = 8;

/// How many forms are read at once.
const READING: usize = 16;

/// Whose gate releases what somebody sealed.
pub trait Gates: Send + Sync {
    /// The gate of a caller, made where there is none yet; none of one who was shut out.
    fn gate_of(&self, caller: &Caller) -> Option<Arc<Gate>>;
}

/// The approval pages of a hosted server.
pub struct Desk {
    links: Arc<Links>,
    sessions: Sessions,
    key: Arc<Key>,
    hall: Arc<Hall>,
    gates: Arc<dyn Gates>,
    folder: StateFolder,
    tries: Tries,
    waiting: Semaphore,
    /// Room for forms that are being read.
    reading: Semaphore,
    /// One hash at a time.
    checking: Mutex<()>,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Desk")
    }
}

impl Desk {
    /// Pages whose links are these.
    pub fn new(
        links: Arc<Links>,
        folder: &StateFolder,
        hall: Arc<Hall>,
        gates: Arc<dyn Gates>,
    ) -> Self {
        let key = links.key();
        Self {
            sessions: Sessions::new(Arc::clone(&key), folder, links.is_secure()),
            links,
            key,
            hall,
            gates,
            folder: folder.clone(),
            tries: Tries::default(),
            waiting: Semaphore::new(WAITING),
            reading: Semaphore::new(READING),
            checking: Mutex::new(()),
        }
    }

    /// The answer to a request for a link, which came from this address.
    pub async fn answer<B>(&self, request: Request<B>, from: IpAddr) -> Response<Full<Bytes>>
    where
        B: Body,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let (parts, body) = request.into_parts();
        let visitor = Visitor::new(self, &parts, from);
        let page = match visitor.judged() {
            Err(page) => *page,
            Ok(false) => visitor.look().await,
            Ok(true) => self.taken(&visitor, &parts.headers, body).await,
        };
        let mut response = page.finish();
        // With `no-referrer` a browser would not say from which page a form comes.
        let policy = http::HeaderValue::from_static("same-origin");
        response.headers_mut().insert("referrer-policy", policy);
        response
    }
}

impl Desk {
    /// What a form brings about. Few are read at once, so that slow ones take no room from callers.
    async fn taken<B>(&self, visitor: &Visitor<'_>, headers: &HeaderMap, body: B) -> Page
    where
        B: Body,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let Ok(_place) = self.reading.try_acquire() else {
            return routes::busy();
        };
        match form::read(headers, body).await {
            Ok(form) => visitor.post(form).await,
            Err(NoForm::Body) => routes::too_large(),
            Err(NoForm::Fields) => routes::unmarked(),
        }
    }
}

/// The key of a state folder.
fn key(folder: &StateFolder) -> io::Result<Key> {
    Ok(Key::of(folder.key(KEY)?))
}
