//! Sign-ins: one that is well, ended ones, one whose company is another now, one beside a token.

use std::path::Path;

use front_mcp::{
    account::{Account, AccountName, Ended, FileVault, Vault as _},
    oauth::{ClientAuth, Registration},
    sandbox::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET, TOKEN},
    state::StateFolder,
};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::process::Command;

use super::{SECRET, examine, with_token, without_token};
use crate::support::front::Front;

/// A sign-in that Front accepts, whose company is that of the sandbox.
fn account(front: &Front) -> Account {
    Account {
        authority: front.base(),
        api: front.base(),
        app: Registration {
            id: OAUTH_CLIENT_ID.to_owned(),
            secret: SecretString::from(OAUTH_CLIENT_SECRET),
            auth: ClientAuth::default(),
        },
        access: SecretString::from(TOKEN),
        expires: Timestamp::now() + SignedDuration::from_hours(1),
        stale: Timestamp::now() + SignedDuration::from_mins(59),
        refresh: Some(SecretString::from(format!("{SECRET}-refresh"))),
        ended: None,
        company: Some("Larkspur Cycles".to_owned()),
        since: Timestamp::now() - SignedDuration::from_hours(48),
    }
}

fn keep(state: &Path, account: &Account) {
    let folder = StateFolder::open(state).unwrap();
    let vault = FileVault::open(&folder).unwrap();
    vault.save(&AccountName::default(), account).unwrap();
}

fn in_folder(mut command: Command, state: &Path) -> Command {
    command.env("FRONT_MCP_STATE_DIR", state);
    command
}

#[tokio::test]
async fn a_sign_in_is_well() {
    let front = Front::start().await;
    let state = tempfile::tempdir().unwrap();
    keep(state.path(), &account(&front));
    let seen = examine(&front, || in_folder(without_token(&front), state.path())).await;
    seen.compare("signed_in", Some(state.path()));
    seen.has("credential", "ok", "is renewed by itself");
    seen.has_none("company");
    assert_eq!(seen.code, 0);
}

#[tokio::test]
async fn a_sign_in_has_ended() {
    let front = Front::start().await;
    let state = tempfile::tempdir().unwrap();
    let ended = Account {
        access: SecretString::from(format!("{SECRET}-access")),
        expires: Timestamp::now() - SignedDuration::from_hours(1),
        ended: Some(Ended::Grant),
        ..account(&front)
    };
    keep(state.path(), &ended);
    let seen = examine(&front, || in_folder(without_token(&front), state.path())).await;
    seen.compare("ended", Some(state.path()));
    seen.has("credential", "error", "is over");
    seen.has_none("token");
    assert_eq!(seen.json["requests"], 0);
}

#[tokio::test]
async fn a_sign_in_turns_out_to_have_ended() {
    let front = Front::start().await;
    let state = tempfile::tempdir().unwrap();
    let dead = Account {
        access: SecretString::from(format!("{SECRET}-access")),
        ..account(&front)
    };
    keep(state.path(), &dead);
    let seen = examine(&front, || in_folder(without_token(&front), state.path())).await;
    seen.has("credential", "error", "Front no longer accepts the sign-in");
}

#[tokio::test]
async fn a_sign_in_is_for_another_company_now() {
    let front = Front::start().await;
    let state = tempfile::tempdir().unwrap();
    let other = Account {
        company: Some("Somebody Else's Cycles".to_owned()),
        ..account(&front)
    };
    keep(state.path(), &other);
    let seen = examine(&front, || in_folder(without_token(&front), state.path())).await;
    seen.compare("wrong_company", Some(state.path()));
    seen.has("company", "error", "is now for «Larkspur Cycles ");
}

#[tokio::test]
async fn a_sign_in_that_cannot_be_renewed() {
    let front = Front::start().await;
    let state = tempfile::tempdir().unwrap();
    let short = Account {
        refresh: None,
        ..account(&front)
    };
    keep(state.path(), &short);
    let seen = examine(&front, || in_folder(without_token(&front), state.path())).await;
    seen.has("credential", "warning", "cannot be renewed and ends 20");
}

#[tokio::test]
async fn a_token_wins_over_a_sign_in() {
    let front = Front::start().await;
    let state = tempfile::tempdir().unwrap();
    keep(state.path(), &account(&front));
    let seen = examine(&front, || in_folder(with_token(&front), state.path())).await;
    seen.has("credential", "note", "the token is used");
}

#[tokio::test]
async fn an_account_cannot_be_read() {
    let front = Front::start().await;
    let state = tempfile::tempdir().unwrap();
    keep(state.path(), &account(&front));
    let file = StateFolder::open(state.path()).unwrap().folder("accounts");
    let text = format!("{{\"access_token\": \"{SECRET}\"");
    file.unwrap()
        .replace("default.json", text.as_bytes())
        .unwrap();
    let seen = examine(&front, || in_folder(without_token(&front), state.path())).await;
    seen.has("credential", "error", "cannot be read");
}
