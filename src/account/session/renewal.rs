//! One renewal: under the lock of the vault look whether somebody else was here first, ask Front,
//! store, and only then use what it gave.

use std::{io, time::Duration};

use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use tokio::time::Instant;

use super::{Account, Shared, Stamp};
use crate::{
    account::Ended,
    aside::blocking,
    digest::sha256,
    front::{base::Token, credential::Withheld},
    oauth::TokenFault,
};

/// After a failure that may pass, so long nobody is asked again.
const PAUSE: Duration = Duration::from_secs(2);

/// A token that Front refuses so soon after giving it is not worth another renewal.
const NEW: Duration = Duration::from_secs(1);

/// Renewals in a row that Front made worthless at once, before the next must wait longer and longer.
const IN_VAIN: u32 = 3;

/// The most often that wait is doubled: about a minute.
const DOUBLINGS: u32 = 6;

/// Refusals further apart than this have nothing to do with each other.
const APART: Duration = Duration::from_secs(300);

/// What whoever renews knows of the renewals before.
#[derive(Debug, Default)]
pub struct Memory {
    /// One that brought nothing, and until when its answer stands for this state of the account.
    setback: Option<(Withheld, Instant, Option<Stamp>)>,
    /// A refresh token that is over, by its digest, where the vault would not take note of it.
    over: Option<(String, Ended)>,
    /// What Front gave while the vault would not take it: the next one begins with storing it.
    unsaved: Option<Unsaved>,
    /// When the last token came.
    came: Option<Instant>,
    /// How many tokens in a row were refused soon after they came.
    in_vain: u32,
}

#[derive(Debug)]
struct Unsaved {
    account: Account,
    /// The digest of the refresh token that the vault held then: if it holds another now, that is
    /// newer.
    instead_of: String,
}

impl Shared {
    /// A token that is not the refused one.
    pub async fn renewed(&self, refused: Option<Token>) -> Result<Token, Withheld> {
        let mut memory = self.turn.lock().await;
        if let Some(token) = self.ready(refused.as_ref()) {
            return Ok(token);
        }
        let stamp = self.vault.stamp(&self.name);
        let outcome = match memory.setback {
            Some((withheld, until, then)) if Instant::now() < until && then == stamp => {
                Err(withheld)
            }
            _ => {
                let outcome = self.renew(&mut memory, refused.clone()).await;
                memory.setback = match outcome {
                    Err(withheld @ Withheld::NotRenewed(_)) => {
                        Some((withheld, Instant::now() + PAUSE, stamp))
                    }
                    _ => None,
                };
                outcome
            }
        };
        // Until it ends, a token is as good as before, whatever became of renewing it.
        match (self.still_good(refused.as_ref()), outcome) {
            (Some(token), _) => Ok(token),
            (None, Err(withheld)) => Err(withheld),
            (None, Ok(())) => Err(Withheld::NotRenewed(
                "the token that Front gave is over already",
            )),
        }
    }

    async fn renew(&self, memory: &mut Memory, refused: Option<Token>) -> Result<(), Withheld> {
        let _held = self.vault.lock(&self.name).await.map_err(|error| {
            tracing::warn!(%error, account = %self.name, "an account cannot be locked");
            Withheld::NotRenewed(match error.kind() {
                io::ErrorKind::TimedOut => "another process holds the account",
                _ => "the lock of the account cannot be opened where accounts are kept",
            })
        })?;
        let stamp = self.vault.stamp(&self.name);
        let Some(mut account) = self.load(memory)? else {
            self.know(None, None);
            return Err(Withheld::None);
        };
        if account.authority != self.authority.base().to_string() {
            self.know(None, None);
            return Err(Withheld::SignedOut(
                "the sign-in was made at another server than the one in use (FRONT_OAUTH_BASE_URL)",
            ));
        }
        if account.api != self.api {
            self.know(None, None);
            return Err(Withheld::SignedOut(
                "the sign-in is for another server than the one in use (FRONT_API_BASE_URL)",
            ));
        }
        self.know(Some(&account), stamp);
        if self.ready(refused.as_ref()).is_some() {
            return Ok(());
        }
        if let Some(ended) = account.ended {
            return Err(Withheld::SignedOut(ended.words()));
        }
        if refused.is_some()
            && let Some(came) = memory.came
        {
            let doublings = memory.in_vain.saturating_sub(IN_VAIN).min(DOUBLINGS);
            if came.elapsed() < NEW * 2_u32.pow(doublings) {
                return Err(Withheld::NotRenewed(
                    "Front refuses the token that it has just given",
                ));
            }
            memory.in_vain = match came.elapsed() < APART {
                true => memory.in_vain + 1,
                false => 0,
            };
        }
        let Some(refresh) = account.refresh.clone() else {
            return Err(self.over(account, Ended::Grant, refused.is_some()));
        };
        let digest = sha256(refresh.expose_secret().as_bytes());
        if let Some((_, ended)) = memory.over.as_ref().filter(|(over, _)| *over == digest) {
            return Err(Withheld::SignedOut(ended.words()));
        }
        match self.authority.refresh(&account.app, &refresh).await {
            Ok(grant) => {
                account.renew(grant, Timestamp::now());
                memory.came = Some(Instant::now());
                let instead_of = digest;
                self.keep(
                    memory,
                    Unsaved {
                        account,
                        instead_of,
                    },
                )
            }
            Err(TokenFault::Grant) => {
                memory.over = Some((digest, Ended::Grant));
                Err(self.over(account, Ended::Grant, refused.is_some()))
            }
            Err(TokenFault::Client) => {
                memory.over = Some((digest, Ended::Client));
                Err(self.over(account, Ended::Client, refused.is_some()))
            }
            Err(fault) => {
                tracing::warn!(%fault, account = %self.name, "a sign-in could not be renewed");
                Err(Withheld::NotRenewed(fault.words()))
            }
        }
    }

    /// What the vault holds; what it would not take before is given to it first.
    fn load(&self, memory: &mut Memory) -> Result<Option<Account>, Withheld> {
        let account = blocking(|| self.vault.load(&self.name)).map_err(|error| {
            tracing::error!(%error, account = %self.name, "an account cannot be read");
            Withheld::NotRenewed("the account cannot be read from where it is kept")
        })?;
        let Some(unsaved) = memory.unsaved.take() else {
            return Ok(account);
        };
        let held = account
            .as_ref()
            .and_then(|account| account.refresh.as_ref())
            .map(|held| sha256(held.expose_secret().as_bytes()));
        if held != Some(unsaved.instead_of.clone()) {
            return Ok(account);
        }
        let account = unsaved.account.clone();
        self.keep(memory, unsaved)?;
        Ok(Some(account))
    }

    /// Stores what Front gave, then lets it be used.
    fn keep(&self, memory: &mut Memory, new: Unsaved) -> Result<(), Withheld> {
        if let Err(error) = self.save(&new.account) {
            tracing::error!(%error, account = %self.name, "a renewed sign-in cannot be stored");
            memory.unsaved = Some(new);
            return Err(Withheld::NotRenewed(
                "the renewed sign-in cannot be stored where accounts are kept",
            ));
        }
        self.know(Some(&new.account), self.vault.stamp(&self.name));
        Ok(())
    }

    /// Front will not renew it: said once, and written down so that nobody asks again.
    fn over(&self, mut account: Account, ended: Ended, is_access_over: bool) -> Withheld {
        tracing::error!(account = %self.name, why = ended.words(), "sign in again: front-mcp login");
        account.ended = Some(ended);
        if is_access_over {
            account.expires = account.expires.min(Timestamp::now());
        }
        if let Err(error) = self.save(&account) {
            tracing::warn!(%error, account = %self.name, "the end of a sign-in cannot be noted");
        }
        self.know(Some(&account), self.vault.stamp(&self.name));
        Withheld::SignedOut(ended.words())
    }

    fn save(&self, account: &Account) -> io::Result<()> {
        blocking(|| self.vault.save(&self.name, account))
    }
}
