//! `front-mcp logout`: a sign-in is ended at Front as far as that can be done, and on this machine
//! in any case.

use std::{fmt::Write as _, io, process::ExitCode};

use anyhow::anyhow;
use jiff::Timestamp;

use super::{Failure, Settings, print, setup, state};
use crate::{
    account::{self, Account, AccountName, Vault},
    config::Layers,
    front::base::ApiBase,
    oauth::Authority,
    shape::time::iso,
};

/// Ends the sign-in of the account that the settings name.
pub(super) async fn run(layers: &Layers, settings: &Settings) -> Result<ExitCode, Failure> {
    let config = setup::settings_alone(layers, settings)?;
    if settings.sandbox && config.state_dir.is_none() {
        print(
            "A sandbox keeps no sign-in where no folder is named for it with `--state-dir`: nothing to sign out of, and nothing was changed.",
        );
        return Ok(ExitCode::SUCCESS);
    }
    let path = state::path(&config)?;
    let vault = account::vault(&state::open(&path)?)
        .map_err(|error| Failure::Usage(state::unusable(&path, &error)))?;
    let name = &config.oauth.account;
    if settings.sandbox {
        leave_the_real_one(&*vault, name)?;
    }
    let ended = end(&*vault, name).await?;
    let mut text = ended.unwrap_or_else(|| {
        format!(
            "There is no account `{name}` in {}: nothing to sign out of.",
            vault.place()
        )
    });
    let others = vault.names().unwrap_or_default();
    if !others.is_empty() {
        let others: Vec<_> = others.iter().map(AccountName::as_str).collect();
        let _ = write!(text, "\nStill signed in: {}", others.join(", "));
    }
    if config.api.token.is_some() && !settings.sandbox {
        text.push_str("\nFRONT_API_TOKEN is set here and was not touched.");
    }
    print(&text);
    Ok(ExitCode::SUCCESS)
}

/// Whoever says `--sandbox` does not mean the sign-in to Front, whatever folder it is in.
fn leave_the_real_one(vault: &dyn Vault, name: &AccountName) -> Result<(), Failure> {
    let Ok(Some(account)) = vault.load(name) else {
        return Ok(());
    };
    match ApiBase::parse(&account.authority) {
        Ok(base) if base.is_loopback() => Ok(()),
        _ => Err(anyhow!(
            "the account `{name}` in {} is no sandbox’s; without `--sandbox` it is signed out of. Nothing was changed",
            vault.place()
        )
        .into()),
    }
}

/// What was done; nothing where there is no such account.
async fn end(vault: &dyn Vault, name: &AccountName) -> Result<Option<String>, Failure> {
    // Whoever renews at this moment would store a sign-in that was just ended.
    let _held = vault.lock(name).await.map_err(|error| {
        anyhow!("the account `{name}` is held by another process: {error}; nothing was changed")
    })?;
    let (whose, at_front) = match vault.load(name) {
        Ok(None) => return Ok(None),
        Ok(Some(account)) => {
            let at_front = revoke(&account).await;
            let whose = account.company.map(|company| format!(" of “{company}”"));
            (whose.unwrap_or_default(), at_front)
        }
        Err(error) if error.kind() == io::ErrorKind::InvalidData => (
            String::new(),
            "It could not be read, so Front was not told.".to_owned(),
        ),
        Err(error) => {
            return Err(anyhow!("the account `{name}` cannot be read: {error}").into());
        }
    };
    vault.delete(name).map_err(|error| {
        anyhow!(
            "the account `{name}` could not be removed from {}: {error}. {at_front}",
            vault.place()
        )
    })?;
    Ok(Some(format!(
        "Signed out: the account `{name}`{whose} is removed from this machine. {at_front}"
    )))
}

/// Asks the server that granted the tokens, and no other, to end them.
async fn revoke(account: &Account) -> String {
    let by_hand = "To be sure, remove the app in Front under Settings > Developers > Apps.";
    let Some(refresh) = &account.refresh else {
        return match account.expires <= Timestamp::now() {
            true => "Its token was over already.".to_owned(),
            false => format!(
                "Its token ends by itself at {}. {by_hand}",
                iso(account.expires)
            ),
        };
    };
    let Ok(base) = ApiBase::parse(&account.authority) else {
        return format!("It does not say where it was granted, so Front was not told. {by_hand}");
    };
    match Authority::new(base).revoke(&account.app, refresh).await {
        Ok(()) => "Front confirmed that the sign-in is over.".to_owned(),
        Err(fault) => format!("Front did not confirm that the sign-in is over: {fault}. {by_hand}"),
    }
}
