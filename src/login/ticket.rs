//! One sign-in under way, and which answer is its own.

use std::{
    fmt, io,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::ExposeSecret as _;
use sha2::{Digest as _, Sha256};

use super::{
    Answer, Unfit,
    callback::{self, Callback},
};
use crate::{
    oauth::{Authority, Challenge, RedirectUri, Registration, TokenFault, Verifier},
    random,
};

/// So many strangers are told apart; more are turned away without a word.
const STRANGERS: u32 = 100;

/// So many are worth a line in the log.
const LOGGED: u32 = 3;

/// A sign-in that waits for its answer.
pub struct Ticket {
    address: String,
    issuer: String,
    redirect: String,
    /// The digest of the state: comparing digests tells nothing about it by its time.
    state: [u8; 32],
    is_used: AtomicBool,
    verifier: Mutex<Option<Verifier>>,
    strangers: AtomicU32,
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket")
    }
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum NoTicket {
    /// The system has no randomness.
    #[error("no state could be drawn: {0}")]
    Random(#[from] io::Error),
    /// Client id or redirect address cannot be put into an address.
    #[error("the address on Front cannot be made: {0}")]
    Address(#[from] TokenFault),
}

impl Ticket {
    /// A new one, with a state of 256 random bits and a verifier of its own.
    ///
    /// # Errors
    /// `NoTicket`.
    pub fn draw(
        authority: &Authority,
        app: &Registration,
        redirect: &RedirectUri,
    ) -> Result<Self, NoTicket> {
        let state = URL_SAFE_NO_PAD.encode(random::bytes::<32>()?);
        let (challenge, verifier) = Challenge::draw();
        Ok(Self {
            address: authority.authorize_url(app, redirect, &state, &challenge)?,
            issuer: authority.base().to_string(),
            redirect: redirect.as_str().to_owned(),
            state: Sha256::digest(&state).into(),
            is_used: AtomicBool::new(false),
            verifier: Mutex::new(Some(verifier)),
            strangers: AtomicU32::new(0),
        })
    }

    /// The address on Front that the person opens. It holds the state: for their eyes and their
    /// browser, not for a log.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What the code is exchanged with; once.
    pub fn verifier(&self) -> Option<Verifier> {
        let mut verifier = self.verifier.lock().unwrap_or_else(PoisonError::into_inner);
        verifier.take()
    }

    /// Takes the query of a callback, if it is the answer to this sign-in and the first one.
    ///
    /// # Errors
    /// Why not; the sign-in then waits on.
    pub fn take(&self, query: &str) -> Result<Answer, Unfit> {
        self.take_own(query).inspect_err(|unfit| self.count(*unfit))
    }

    /// The same for the whole address that the browser was led to, as a person copies it.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub fn take_pasted(&self, text: &str) -> Result<Answer, Unfit> {
        let text = text.trim();
        let (address, query) = text.split_once('?').ok_or(Unfit::Shape("it has no code"))?;
        let own = self.redirect.split_once('?');
        let own = own.map_or(self.redirect.as_str(), |(address, _)| address);
        if address != own {
            return Err(Unfit::Path);
        }
        let (query, _) = query.split_once('#').unwrap_or((query, ""));
        self.take(query)
    }

    fn take_own(&self, query: &str) -> Result<Answer, Unfit> {
        let Callback { state, answer } = callback::parse(query, &self.issuer)?;
        let given: [u8; 32] = Sha256::digest(state.expose_secret()).into();
        if given != self.state {
            return Err(Unfit::State);
        }
        match self.is_used.swap(true, Ordering::SeqCst) {
            true => Err(Unfit::Used),
            false => Ok(answer),
        }
    }

    /// Whether more strangers came than anybody needs to be told about.
    pub fn is_beset(&self) -> bool {
        self.strangers.load(Ordering::Relaxed) > STRANGERS
    }

    fn count(&self, unfit: Unfit) {
        let before = self.strangers.fetch_add(1, Ordering::Relaxed);
        if before < LOGGED {
            tracing::warn!("a callback was turned away, and the sign-in goes on: {unfit}");
        }
    }
}

#[cfg(test)]
impl Ticket {
    /// One with a known state, on the default redirect address.
    pub(super) fn of(state: &str, issuer: &str) -> Self {
        let (_, verifier) = Challenge::draw();
        Self {
            address: String::new(),
            issuer: issuer.to_owned(),
            redirect: crate::oauth::DEFAULT_REDIRECT.to_owned(),
            state: Sha256::digest(state).into(),
            is_used: AtomicBool::new(false),
            verifier: Mutex::new(Some(verifier)),
            strangers: AtomicU32::new(0),
        }
    }
}
