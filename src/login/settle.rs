//! From Front's answer to a stored account, or to nothing at all.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};

use super::{Answer, Report, Ticket, Visit, company, door::Reply};
use crate::{
    account::{Account, AccountName, Ended, Vault},
    aside::blocking,
    front::base::ApiBase,
    login_command::LoginCommand,
    oauth::{Authority, Grant, RedirectUri, Registration, TokenFault},
};

/// Asks the person at the terminal.
pub trait Asker: Send + Sync {
    /// Whether there is one.
    fn can_ask(&self) -> bool;

    /// Whether the account of one company may be replaced by another's, or by one of a company that
    /// could not be read.
    fn may_replace<'ask>(
        &'ask self,
        old: &'ask str,
        new: Option<&'ask str>,
    ) -> BoxFuture<'ask, bool>;
}

/// A sign-in, with all it needs.
#[derive(Debug)]
pub struct SignIn {
    /// Where the person signs in.
    pub authority: Authority,
    /// As which application.
    pub app: Registration,
    /// Where the browser comes back to.
    pub redirect: RedirectUri,
    /// Where the company's name is asked for.
    pub api: ApiBase,
    /// How long that may take.
    pub patience: Duration,
    /// Where the account goes.
    pub vault: Arc<dyn Vault>,
    /// Under which name.
    pub name: AccountName,
    /// Another company's account is replaced without a question.
    pub replace: bool,
    /// It outlasts this process.
    pub is_kept: bool,
    /// How it is run once more.
    pub again: LoginCommand,
    is_stored: AtomicBool,
}

/// What a sign-in came to.
#[derive(Debug)]
pub enum End {
    /// An account was stored.
    Stored {
        /// In the words of both sides.
        report: Report,
        /// The company of the account that was there before, if one was.
        before: Option<Option<String>>,
    },
    /// None was; why.
    Nothing(String),
}

impl SignIn {
    /// Everything that is known beforehand.
    pub fn new(
        authority: Authority,
        app: Registration,
        redirect: RedirectUri,
        (api, patience): (ApiBase, Duration),
        (vault, name): (Arc<dyn Vault>, AccountName),
    ) -> Self {
        Self {
            authority,
            app,
            redirect,
            api,
            patience,
            vault,
            name,
            replace: false,
            is_kept: true,
            again: LoginCommand::default(),
            is_stored: AtomicBool::new(false),
        }
    }

    /// Whether an account was stored, for whoever interrupts the rest.
    pub fn is_stored(&self) -> bool {
        self.is_stored.load(Ordering::SeqCst)
    }

    /// Carries the answer out, and shows the browser that brought it what came of it.
    pub async fn settle(&self, ticket: &Ticket, visit: Visit, asker: &dyn Asker) -> End {
        let Visit { answer, mut reply } = visit;
        let code = match answer {
            Answer::Refusal(refusal) => {
                let report = Report::refused(&refusal, self.redirect.as_str(), &self.again);
                return nothing(&mut reply, &report);
            }
            Answer::Code(code) => code,
        };
        let grant = match self.exchange(ticket, &code).await {
            Ok(grant) => grant,
            Err(fault) => {
                if fault == TokenFault::Client {
                    self.note_refused_app().await;
                }
                let report = Report::not_granted(fault, self.authority.base(), &self.again);
                return nothing(&mut reply, &report);
            }
        };
        self.store(grant, &mut reply, asker).await
    }

    async fn exchange(&self, ticket: &Ticket, code: &SecretString) -> Result<Grant, TokenFault> {
        let verifier = ticket.verifier().ok_or(TokenFault::Unbuildable)?;
        self.authority
            .exchange(&self.app, &self.redirect, code, verifier)
            .await
    }

    /// The account is stored before its token is used, but for one case: where it would replace
    /// another company's, the company is asked for first, and then the person.
    async fn store(&self, grant: Grant, reply: &mut Reply, asker: &dyn Asker) -> End {
        let now = Timestamp::now();
        let servers = (self.authority.base().to_string(), self.api.to_string());
        let mut account = Account::new(servers, self.app.clone(), grant, now);
        // What is there and cannot be read is of no use to anybody.
        let (before, since) = match blocking(|| self.vault.load(&self.name)) {
            Ok(Some(before)) => (Some(before.company), Some(before.since)),
            Ok(None) => (None, None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => (Some(None), None),
            Err(error) => return self.unstored(&error, reply),
        };
        let mut company = None;
        if let (Some(Some(old)), false) = (&before, self.replace) {
            let read = self.company(&account).await;
            let new = read.as_deref().ok();
            if new != Some(old) {
                let may_replace = asker.can_ask() && {
                    reply.show(&Report::asked());
                    asker.may_replace(old, new).await
                };
                if !may_replace {
                    // One that may be for the same company is left alone: whether Front ends the
                    // older sign-in with it, nobody knows.
                    if new.is_some() {
                        self.give_back(&account).await;
                    }
                    return nothing(reply, &Report::left(old, new, &self.again));
                }
            }
            account.company = read.as_ref().ok().cloned();
            company = Some(read);
        }
        if let Err(error) = self.save(&account, since).await {
            if before.is_none() {
                self.give_back(&account).await;
            }
            return self.unstored(&error, reply);
        }
        let company = match company {
            Some(company) => company,
            None => self.note_company(&account).await,
        };
        let report = Report::signed_in(self.is_kept, company);
        reply.show(&report);
        End::Stored { report, before }
    }

    async fn company(&self, account: &Account) -> Result<String, String> {
        company::name(&self.api, &account.access, self.patience).await
    }

    /// Puts it in the place of the sign-in of that time: of no other, which nobody was asked about.
    async fn save(&self, account: &Account, since: Option<Timestamp>) -> io::Result<()> {
        let _held = self.vault.lock(&self.name).await?;
        let there = blocking(|| self.vault.load(&self.name)).ok().flatten();
        if there.is_some_and(|there| Some(there.since) != since) {
            return Err(io::Error::other(
                "somebody else signed in under this name meanwhile",
            ));
        }
        blocking(|| self.vault.save(&self.name, account))?;
        self.is_stored.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// Asks for the company of a stored account, and writes it beside it. That it could not be
    /// written is no reason to call the sign-in failed.
    async fn note_company(&self, account: &Account) -> Result<String, String> {
        let company = self.company(account).await?;
        if let Err(error) = self.write_company(account.since, &company).await {
            tracing::warn!(%error, account = %self.name, "the company of an account could not be noted");
        }
        Ok(company)
    }

    /// A server may have renewed the account meanwhile: what is there now is what is changed.
    async fn write_company(&self, since: Timestamp, company: &str) -> io::Result<()> {
        let _held = self.vault.lock(&self.name).await?;
        blocking(|| match self.vault.load(&self.name)? {
            Some(mut account) if account.since == since => {
                account.company = Some(company.to_owned());
                self.vault.save(&self.name, &account)
            }
            _ => Ok(()),
        })
    }

    /// Where the application is that of the stored account, nobody signs in with it unasked again.
    async fn note_refused_app(&self) {
        let noted = async {
            let _held = self.vault.lock(&self.name).await?;
            blocking(|| match self.vault.load(&self.name)? {
                Some(mut account) if self.is_of_this_app(&account) => {
                    account.ended = Some(Ended::Client);
                    self.vault.save(&self.name, &account)
                }
                _ => Ok(()),
            })
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, account = %self.name, "that Front refuses the application of an account could not be noted");
        }
    }

    fn is_of_this_app(&self, account: &Account) -> bool {
        account.authority == self.authority.base().to_string()
            && account.app.id == self.app.id
            && account.app.secret.expose_secret() == self.app.secret.expose_secret()
    }

    fn unstored(&self, error: &io::Error, reply: &mut Reply) -> End {
        let (report, told) = Report::not_stored(error, &self.vault.place());
        reply.show(&report);
        End::Nothing(told)
    }

    /// What is not kept should not stay good. Nobody holds its tokens, so it is no harm if it does.
    async fn give_back(&self, account: &Account) {
        let Some(refresh) = &account.refresh else {
            return;
        };
        if let Err(fault) = self.authority.revoke(&account.app, refresh).await {
            tracing::warn!(%fault, "Front did not confirm that a sign-in is over that is not kept");
        }
    }
}

fn nothing(reply: &mut Reply, report: &Report) -> End {
    reply.show(report);
    End::Nothing(report.to_string())
}
