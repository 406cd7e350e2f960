//! The approval page: a sealed message in a person's browser, with a Send and a Decline button.
//!
//! It is no part of the tools and knows nothing of MCP. It shows what the gate holds, and hands a
//! person's yes or no to [`Gate::approve`] and [`Gate::decline`]; it can express nothing else.
//!
//! The page is reached by a *door*: an address with 128 random bits that this process itself
//! opens in the person's browser. The address is in no tool's result, no log and no error,
//! because an agent with a browser or a shell could follow it. The first browser that comes is
//! given a cookie, and the door opens to that cookie alone from then on. Every other way in asks
//! for the approver's PIN. What that does not protect against is in `docs/approval.md`.
//!
//! The page of a server that others reach is `hosted`: a signed link, for approvers with names.
//!
//! `door` keeps addresses and cookies. `guard` judges a request before anything else does. `routes`
//! is what is answered where, `html` the words. Sockets, headers and looks are those of [`web`];
//! [`browser`] opens a browser without a shell.
//!
//! [`web`]: crate::web
//! [`browser`]: crate::browser

mod act;
mod door;
mod form;
mod guard;
pub mod hosted;
mod html;
mod listener;
pub mod pin;
mod routes;
mod secret;

use std::{fmt, io, path::PathBuf, sync::Arc};

use futures_util::future::BoxFuture;
use tokio::sync::{Mutex, OnceCell};

use self::{
    door::{Doors, Opens},
    listener::Address,
    pin::PinCheck,
    secret::Key,
};
use crate::{
    browser::Browser,
    gate::{Gate, envelope::Envelope},
    tools::asking::{Pages, Shown},
};

/// What the pages of one server share.
struct Site {
    gate: Arc<Gate>,
    pin: Arc<dyn PinCheck>,
    /// One PIN is checked at a time: nobody tries many at once.
    checking: Mutex<()>,
    doors: Doors,
    key: Key,
}

/// The approval pages of one server. Nothing listens before the first is opened.
pub struct ApprovalPages {
    site: Arc<Site>,
    browser: Browser,
    address: OnceCell<Address>,
}

impl fmt::Debug for ApprovalPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApprovalPages")
    }
}

impl ApprovalPages {
    /// Pages over a gate. `program` opens addresses in place of the platform's own way; `folder`
    /// is a private folder for what a browser is told to open, where there is one.
    ///
    /// # Errors
    /// Without randomness.
    pub fn new(
        gate: Arc<Gate>,
        pin: Arc<dyn PinCheck>,
        program: Option<String>,
        folder: Option<PathBuf>,
    ) -> io::Result<Self> {
        Ok(Self {
            site: Arc::new(Site {
                gate,
                pin,
                checking: Mutex::new(()),
                doors: Doors::default(),
                key: Key::draw()?,
            }),
            browser: Browser::new(program, folder),
            address: OnceCell::new(),
        })
    }

    async fn open(&self, envelope: &Envelope) -> Result<Shown, String> {
        // No door and no socket where nobody could look.
        let way = self.browser.way()?;
        let id = &envelope.id;
        let address = self
            .address
            .get_or_try_init(|| listener::start(Arc::clone(&self.site)))
            .await
            .map_err(|error| format!("no port of this machine could be listened on: {error}"))?;
        let door = self
            .site
            .doors
            .make(Opens::One(id.clone()), envelope.expires)
            .map_err(|error| format!("no address could be drawn: {error}"))?;
        self.browser
            .open(way, &address.of(&door::path(&door)), envelope.expires)
            .await?;
        tracing::info!(envelope = %id, "the approval page was opened in a browser");
        Ok(Shown::Opened)
    }
}

impl Pages for ApprovalPages {
    fn show<'a>(&'a self, envelope: &'a Envelope) -> BoxFuture<'a, Result<Shown, String>> {
        Box::pin(self.open(envelope))
    }
}
