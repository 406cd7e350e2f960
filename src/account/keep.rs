//! An account as it is written down: the one place where its secrets become text.

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::{Account, Ended};
use crate::oauth::{ClientAuth, Registration};

/// The form of what is written.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    version: u32,
    authority: String,
    api: String,
    client_id: String,
    client_secret: String,
    #[serde(default)]
    client_auth: ClientAuth,
    access_token: String,
    expires_at: Timestamp,
    renew_at: Timestamp,
    refresh_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended: Option<Ended>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    signed_in_at: Timestamp,
}

/// An account as JSON.
pub fn write(account: &Account) -> serde_json::Result<Vec<u8>> {
    let secret = |secret: &SecretString| secret.expose_secret().to_owned();
    serde_json::to_vec_pretty(&Kept {
        version: VERSION,
        authority: account.authority.clone(),
        api: account.api.clone(),
        client_id: account.app.id.clone(),
        client_secret: secret(&account.app.secret),
        client_auth: account.app.auth,
        access_token: secret(&account.access),
        expires_at: account.expires,
        renew_at: account.stale,
        refresh_token: account.refresh.as_ref().map(secret),
        ended: account.ended,
        company: account.company.clone(),
        signed_in_at: account.since,
    })
}

/// An account from JSON; `None` if it is not one. The parser's words would repeat what it read,
/// so they are not passed on.
pub fn read(bytes: &[u8]) -> Option<Account> {
    let kept: Kept = serde_json::from_slice(bytes).ok()?;
    (kept.version == VERSION).then(|| Account {
        authority: kept.authority,
        api: kept.api,
        app: Registration {
            id: kept.client_id,
            secret: SecretString::from(kept.client_secret),
            auth: kept.client_auth,
        },
        access: SecretString::from(kept.access_token),
        expires: kept.expires_at,
        stale: kept.renew_at,
        refresh: kept.refresh_token.map(SecretString::from),
        ended: kept.ended,
        company: kept.company,
        since: kept.signed_in_at,
    })
}
