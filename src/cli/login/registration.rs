//! As which application a person signs in: from the settings, from the sign-in before, or asked at
//! the terminal.

use anyhow::anyhow;
use secrecy::{ExposeSecret as _, SecretString};

use super::{Conversation, Failure, UNDONE};
use crate::{
    account::{Account, Ended, Vault},
    cli::{pin, print},
    config::Config,
    oauth::{ClientAuth, Registration},
};

/// Finds client id and secret.
pub async fn find(
    config: &Config,
    vault: &dyn Vault,
    conversation: &Conversation,
) -> Result<Registration, Failure> {
    let before = before(config, vault);
    let set = &config.oauth;
    let id = set.client_id.clone();
    let known = before.filter(|known| id.as_ref().is_none_or(|id| *id == known.id));
    match (id, set.client_secret.clone(), known) {
        (Some(id), Some(secret), _) => Ok(of(id, secret)),
        (_, None, Some(known)) => Ok(known),
        (id, secret, _) => {
            let missing = match (&id, &secret) {
                (None, _) => "no client id is set",
                _ => "no client secret is set",
            };
            let redirect = config.oauth.redirect.as_str();
            if !Conversation::is_with_a_person() {
                return Err(Failure::Usage(format!(
                    "{missing}, and there is no terminal to ask at: set FRONT_MCP_CLIENT_ID and FRONT_MCP_CLIENT_SECRET, or `client_id` and `client_secret` under `[oauth]` in the configuration file; an administrator finds both in Front under Settings > Developers > Apps, where an OAuth app is made once, with the redirect address {redirect}; {UNDONE}"
                )));
            }
            print(&how_to_register(redirect));
            let id = match id {
                Some(id) => id,
                None => ask_id(conversation).await?,
            };
            let secret = match secret {
                Some(secret) => secret,
                None => ask_secret()?,
            };
            Ok(of(id, secret))
        }
    }
}

fn of(id: String, secret: SecretString) -> Registration {
    Registration {
        id,
        secret,
        auth: ClientAuth::default(),
    }
}

/// The application of the sign-in that is there, unless Front no longer takes it.
fn before(config: &Config, vault: &dyn Vault) -> Option<Registration> {
    let Account {
        authority,
        app,
        ended,
        ..
    } = vault.load(&config.oauth.account).ok()??;
    let is_usable = authority == config.oauth.base.to_string() && ended != Some(Ended::Client);
    is_usable.then_some(app)
}

/// For whoever signs in for the first time.
fn how_to_register(redirect: &str) -> String {
    format!(
        "To sign in, front-mcp has to be an OAuth app in your company’s Front. An administrator makes it once:\n\
         1. In Front: Settings > Developers > Apps > new app > OAuth.\n\
         2. Register this redirect address, exactly: {redirect}\n\
         3. Copy client id and client secret from there.\n"
    )
}

async fn ask_id(conversation: &Conversation) -> Result<String, Failure> {
    let line = conversation
        .ask("client id: ")
        .await
        .map_err(|error| anyhow!("the client id cannot be read: {error}; {UNDONE}"))?;
    let id = line.map(|line| line.expose_secret().to_owned());
    id.filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| anyhow!("that is no client id; {UNDONE}").into())
}

fn ask_secret() -> Result<SecretString, Failure> {
    let secret = pin::ask("client secret (not shown): ", UNDONE)?;
    match secret.expose_secret().trim() {
        "" => Err(anyhow!("no client secret was typed; {UNDONE}").into()),
        trimmed => Ok(SecretString::from(trimmed)),
    }
}
