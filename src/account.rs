//! Sign-ins: where their tokens rest, and how they stay fresh.
//!
//! An [`Account`] is what a person's sign-in left: tokens and the application they were granted to.
//! A [`Vault`] keeps accounts under names, in the state folder or the system's keyring. A
//! [`Session`] gives requests their token and renews it: once, whoever asks at the same time, in
//! this process and in others that share the vault; and it stores what it got before using it.
//!
//! No secret in here can be printed.

mod keep;
mod lock;
mod name;
mod session;
mod vault;

use std::{io, sync::Arc, time::Duration};

use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

pub use self::{
    lock::Held,
    name::AccountName,
    session::Session,
    vault::{FileVault, MemoryVault, Vault},
};
use crate::{
    oauth::{Grant, Registration},
    state::StateFolder,
};

/// A person's sign-in.
#[derive(Clone, Debug)]
pub struct Account {
    /// The address of the authorization server that granted it. Its refresh token goes nowhere else.
    pub authority: String,
    /// The address of the API that it is for. Its access token goes nowhere else.
    pub api: String,
    /// The application it was granted to.
    pub app: Registration,
    /// The access token.
    pub access: SecretString,
    /// When that ends, by this machine's clock.
    pub expires: Timestamp,
    /// When it is to be renewed, which is before that.
    pub stale: Timestamp,
    /// The refresh token; without one a person signs in again when the access token ends.
    pub refresh: Option<SecretString>,
    /// Why it cannot be renewed any more, once Front has said so.
    pub ended: Option<Ended>,
    /// The company it is for, as Front named it: on one line of at most [`LONGEST_COMPANY`]
    /// characters.
    pub company: Option<String>,
    /// When the person signed in.
    pub since: Timestamp,
}

/// The longest name of a company that is kept.
pub const LONGEST_COMPANY: usize = 100;

/// Why a sign-in is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Front no longer accepts its refresh token, or gave none.
    Grant,
    /// Front no longer accepts the application's id and secret.
    Client,
}

impl Ended {
    /// For whoever reads why nothing was asked of Front.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Grant => "Front no longer accepts the sign-in",
            Self::Client => "Front no longer accepts the client id and secret of the sign-in",
        }
    }
}

impl Account {
    /// A new sign-in.
    pub fn new(
        (authority, api): (String, String),
        app: Registration,
        grant: Grant,
        now: Timestamp,
    ) -> Self {
        Self {
            authority,
            api,
            app: Registration {
                auth: grant.auth,
                ..app
            },
            access: grant.access,
            expires: after(now, grant.lifetime),
            stale: after(now, until_stale(grant.lifetime)),
            refresh: grant.refresh,
            ended: None,
            company: None,
            since: now,
        }
    }

    /// Takes what a renewal brought.
    pub fn renew(&mut self, grant: Grant, now: Timestamp) {
        self.expires = after(now, grant.lifetime);
        self.stale = after(now, until_stale(grant.lifetime));
        self.access = grant.access;
        self.app.auth = grant.auth;
        self.ended = None;
        if grant.refresh.is_some() {
            self.refresh = grant.refresh;
        }
    }
}

/// The vault of a state folder.
///
/// # Errors
/// When it cannot be opened.
pub fn vault(folder: &StateFolder) -> io::Result<Arc<dyn Vault>> {
    #[cfg(feature = "keyring")]
    return Ok(Arc::new(vault::KeyringVault::open(folder)?));
    #[cfg(not(feature = "keyring"))]
    Ok(Arc::new(FileVault::open(folder)?))
}

/// So long before its end a token is renewed: longer than a request takes.
const AHEAD: Duration = Duration::from_secs(60);

/// A token of two minutes is not renewed all the time.
fn until_stale(lifetime: Duration) -> Duration {
    lifetime.saturating_sub(AHEAD.min(lifetime / 4))
}

fn after(now: Timestamp, lifetime: Duration) -> Timestamp {
    now.checked_add(lifetime).unwrap_or(Timestamp::MAX)
}
