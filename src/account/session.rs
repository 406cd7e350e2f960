//! The token of a sign-in, kept fresh.
//!
//! The usual case takes a lock for reading, looks whether the account is still the one it was, and
//! no more. When the token's time is nearly over, or
//! Front refused it, one task renews it while all others wait for what it brings; across processes
//! a lock on the vault does the same, and whoever comes second finds the first one's token there.
//! The task belongs to no call: a call that is given up does not lose a refresh token.

mod renewal;

use std::sync::{Arc, PoisonError, RwLock};

use futures_util::future::{BoxFuture, FutureExt as _};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use tokio::sync::Mutex as Turn;

use self::renewal::Memory;
use super::{Account, AccountName, Vault, vault::Stamp};
use crate::{
    front::{
        base::{ApiBase, Token},
        credential::{Renewing, Withheld},
    },
    oauth::Authority,
};

/// A sign-in in use. Clones share it.
#[derive(Clone, Debug)]
pub struct Session(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    vault: Arc<dyn Vault>,
    name: AccountName,
    authority: Authority,
    /// Where its token goes.
    api: String,
    known: RwLock<Option<Known>>,
    /// Whoever holds it renews.
    turn: Turn<Memory>,
}

/// A token that may be used.
#[derive(Clone, Debug)]
struct Known {
    token: Token,
    expires: Timestamp,
    /// When it is to be renewed, which is before it ends.
    stale: Timestamp,
    /// The state of the account that it is from.
    stamp: Option<Stamp>,
}

impl Known {
    fn of(account: &Account, stamp: Option<Stamp>) -> Option<Self> {
        Some(Self {
            token: Token::parse(account.access.expose_secret()).ok()?,
            expires: account.expires,
            stale: account.stale.min(account.expires),
            stamp,
        })
    }

    fn is_refused(&self, refused: Option<&Token>) -> bool {
        refused.is_some_and(|refused| refused.is(&self.token))
    }
}

impl Session {
    /// The sign-in of this name, whether or not there is one yet.
    pub fn new(
        vault: Arc<dyn Vault>,
        name: AccountName,
        authority: Authority,
        api: &ApiBase,
    ) -> Self {
        Self(Arc::new(Shared {
            vault,
            name,
            authority,
            api: api.to_string(),
            known: RwLock::default(),
            turn: Turn::default(),
        }))
    }

    async fn fresh(&self, refused: Option<Token>) -> Result<Token, Withheld> {
        if let Some(token) = self.0.ready(refused.as_ref()) {
            return Ok(token);
        }
        let shared = Arc::clone(&self.0);
        let renewing = tokio::spawn(async move { shared.renewed(refused).await });
        renewing
            .await
            .unwrap_or(Err(Withheld::NotRenewed("it was interrupted")))
    }
}

impl Shared {
    /// The token, if it can be used without asking anybody.
    fn ready(&self, refused: Option<&Token>) -> Option<Token> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let known = known.as_ref()?;
        let usable = Timestamp::now() < known.stale
            && !known.is_refused(refused)
            // Somebody may have signed in or out, here or in another process.
            && known.stamp == self.vault.stamp(&self.name);
        usable.then(|| known.token.clone())
    }

    /// The token, if Front may still take it, though it should have been renewed.
    fn still_good(&self, refused: Option<&Token>) -> Option<Token> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let known = known.as_ref()?;
        let usable = Timestamp::now() < known.expires && !known.is_refused(refused);
        usable.then(|| known.token.clone())
    }

    /// What the account gives from now on; its stamp was taken before it was read.
    fn know(&self, account: Option<&Account>, stamp: Option<Stamp>) {
        let known = account.and_then(|account| Known::of(account, stamp));
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
    }
}

impl Renewing for Session {
    fn token(&self) -> BoxFuture<'_, Result<Token, Withheld>> {
        self.fresh(None).boxed()
    }

    fn after_refusal(&self, refused: Token) -> BoxFuture<'_, Result<Token, Withheld>> {
        self.fresh(Some(refused)).boxed()
    }

    fn settled(&self) -> BoxFuture<'_, ()> {
        async { drop(self.0.turn.lock().await) }.boxed()
    }
}
