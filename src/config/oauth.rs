//! `[oauth]`: where and as which application a person signs in, and as whom requests go.

use secrecy::SecretString;

use super::{
    file,
    source::{ConfigError, Layers, Source},
};
use crate::{
    account::AccountName,
    front::base::ApiBase,
    oauth::{DEFAULT_REDIRECT, FRONT_OAUTH, RedirectUri},
    sandbox,
};

/// How a person signs in to Front, and as whom requests go without a token.
#[derive(Debug)]
pub struct OAuth {
    /// Where people sign in (`FRONT_OAUTH_BASE_URL`, `[oauth] base_url`).
    pub base: ApiBase,
    /// The application's client id (`--client-id`, `[oauth] client_id`).
    pub client_id: Option<String>,
    /// Its secret (`--client-secret`, `[oauth] client_secret`).
    pub client_secret: Option<SecretString>,
    /// The redirect address that is registered for it (`--redirect-uri`, `[oauth] redirect_uri`).
    pub redirect: RedirectUri,
    /// The account (`--account`, `[oauth] account`).
    pub account: AccountName,
}

/// Reads the settings for Front itself.
pub fn read(layers: &Layers, kept: &file::OAuth) -> Result<OAuth, ConfigError> {
    let base = layers
        .value(
            "FRONT_OAUTH_BASE_URL",
            kept.base_url.as_ref(),
            "oauth.base_url",
        )
        .parse(address)?;
    let base = match base {
        Some(base) => base,
        None => of_default("FRONT_OAUTH_BASE_URL", address(FRONT_OAUTH))?,
    };
    with(layers, kept, base)
}

/// The settings for a sandbox, which people sign in to where its API is.
pub fn sandbox(layers: &Layers, base: &ApiBase) -> Result<OAuth, ConfigError> {
    let mut oauth = with(layers, &file::OAuth::default(), base.clone())?;
    oauth
        .client_id
        .get_or_insert_with(|| sandbox::OAUTH_CLIENT_ID.to_owned());
    oauth
        .client_secret
        .get_or_insert_with(|| SecretString::from(sandbox::OAUTH_CLIENT_SECRET));
    Ok(oauth)
}

fn with(layers: &Layers, kept: &file::OAuth, base: ApiBase) -> Result<OAuth, ConfigError> {
    // A field left blank is not set, as in a variable.
    let filled = |kept: &Option<String>| kept.clone().filter(|text| !text.trim().is_empty());
    let (client_id, client_secret) = (filled(&kept.client_id), filled(&kept.client_secret));
    let redirect = layers
        .setting(
            "redirect-uri",
            kept.redirect_uri.as_ref(),
            "oauth.redirect_uri",
        )
        .parse(RedirectUri::parse)?;
    Ok(OAuth {
        base,
        client_id: layers
            .setting("client-id", client_id.as_ref(), "oauth.client_id")
            .parse(plain)?,
        client_secret: layers
            .setting(
                "client-secret",
                client_secret.as_ref(),
                "oauth.client_secret",
            )
            .parse(|text| Ok(SecretString::from(text.trim())))?,
        redirect: match redirect {
            Some(redirect) => redirect,
            None => of_default("--redirect-uri", RedirectUri::parse(DEFAULT_REDIRECT))?,
        },
        account: layers
            .setting("account", kept.account.as_ref(), "oauth.account")
            .parse(|text| text.parse().map_err(str::to_owned))?
            .unwrap_or_default(),
    })
}

fn address(text: &str) -> Result<ApiBase, String> {
    ApiBase::parse(text).map_err(|error| error.to_string())
}

/// What can stand in an address.
fn plain(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => Ok(text.to_owned()),
        false => Err("holds characters that no client id has; copy it again".to_owned()),
    }
}

fn of_default<T>(key: &str, value: Result<T, String>) -> Result<T, ConfigError> {
    value.map_err(|problem| ConfigError {
        key: key.to_owned(),
        origin: Source::Default,
        problem,
    })
}
