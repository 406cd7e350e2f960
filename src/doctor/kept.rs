//! The sign-in, as it is kept.

use jiff::Timestamp;

use crate::{
    account::{self, Account, AccountName, Ended},
    config::Config,
    state::StateFolder,
    untrusted::Untrusted,
};

/// What is known of the account that the settings name.
#[derive(Debug)]
pub struct Kept {
    /// Where accounts are kept.
    pub place: String,
    /// The account; none if there is none of its name, or why it cannot be read.
    pub account: Result<Option<SignIn>, String>,
    /// The names of all accounts.
    pub names: Vec<AccountName>,
}

/// An account without its secrets.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The company it is for, as Front named it.
    pub company: Option<Untrusted>,
    /// When the person signed in.
    pub since: Timestamp,
    /// When its access token ends.
    pub expires: Timestamp,
    /// Whether it can be renewed.
    pub is_renewable: bool,
    /// Why it is over.
    pub ended: Option<Ended>,
    /// Whether it is for the servers of these settings.
    pub is_for_here: bool,
}

/// Looks into the vault of an opened folder.
pub fn look(config: &Config, folder: Option<&StateFolder>) -> Option<Kept> {
    let vault = match account::vault(folder?) {
        Ok(vault) => vault,
        Err(error) => {
            return Some(Kept {
                place: folder?.path("accounts").display().to_string(),
                account: Err(error.to_string()),
                names: Vec::new(),
            });
        }
    };
    let here = (config.oauth.base.to_string(), config.api.base.to_string());
    Some(Kept {
        place: vault.place(),
        account: vault
            .load(&config.oauth.account)
            .map(|account| account.map(|account| sign_in(account, &here)))
            .map_err(|error| error.to_string()),
        names: vault.names().unwrap_or_default(),
    })
}

fn sign_in(account: Account, here: &(String, String)) -> SignIn {
    SignIn {
        company: account.company.map(Untrusted::new),
        since: account.since,
        expires: account.expires,
        is_renewable: account.refresh.is_some(),
        ended: account.ended,
        is_for_here: (account.authority, account.api) == *here,
    }
}
