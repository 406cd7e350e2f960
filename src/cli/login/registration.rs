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
    let known = before
        .as_ref()
        .filter(|known| id.as_ref().is_none_or(|id| *id == known.app.id));
    match (id, set.client_secret.clone(), known) {
        (Some(id), Some(secret), _) => Ok(of(id, secret)),
        (None, Some(secret), Some(known)) => {
            print(&as_before(&known.app.id));
            Ok(of(known.app.id.clone(), secret))
        }
        (_, None, Some(known)) if !known.is_refused => {
            print(&as_before(&known.app.id));
            Ok(known.app.clone())
        }
        (id, secret, known) => {
            let missing = match (&id, &secret, known) {
                (_, None, Some(known)) => format!(
                    "Front no longer accepts the client id and secret of the sign-in before, client id {}",
                    known.app.id
                ),
                (None, ..) => "no client id is set".to_owned(),
                _ => "no client secret is set".to_owned(),
            };
            let redirect = config.oauth.redirect.as_str();
            if !Conversation::is_with_a_person() {
                return Err(Failure::Usage(format!(
                    "{missing}, and there is no terminal to ask at: give `--client-id` and `--client-secret`, or set FRONT_MCP_CLIENT_ID and FRONT_MCP_CLIENT_SECRET, or `client_id` and `client_secret` under `[oauth]` in the configuration file; an administrator finds both in Front under Settings > Developers > Apps, where an OAuth app is made once, with the redirect address {redirect}; {UNDONE}"
                )));
            }
            if known.is_some() {
                print(&format!("({missing}.)"));
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

/// The application of the sign-in that is there.
struct Before {
    app: Registration,
    /// Front no longer takes it.
    is_refused: bool,
}

fn before(config: &Config, vault: &dyn Vault) -> Option<Before> {
    let Account {
        authority,
        app,
        ended,
        ..
    } = vault.load(&config.oauth.account).ok()??;
    (authority == config.oauth.base.to_string()).then_some(Before {
        app,
        is_refused: ended == Some(Ended::Client),
    })
}

fn as_before(id: &str) -> String {
    format!(
        "Signing in as the application of the sign-in before, client id {id}. Another is given with `--client-id`\n\
         and `--client-secret`.\n"
    )
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
