//! The name of the company that a fresh token is for.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::Instant;

use crate::{
    account::LONGEST_COMPANY,
    front::{
        Client,
        base::{ApiBase, Token},
        credential::Credential,
        endpoints::company::Me,
        fence::Fence,
        wire::Wire,
    },
    gate::policy::Policy,
    shape::visible::one_line,
};

/// Asks Front (`GET /me`). The person who signs in asks, not an agent: the operator's policy has no
/// say here.
///
/// # Errors
/// Why it cannot be told.
pub async fn name(
    api: &ApiBase,
    access: &SecretString,
    patience: Duration,
) -> Result<String, String> {
    let token = Token::parse(access.expose_secret())
        .map_err(|_| "the token is not one that Front could take".to_owned())?;
    let wire = Wire::new(api.clone(), Credential::Token(token), patience);
    let fence = Fence::new(Policy::default());
    let client = Client::new(wire, fence, Instant::now() + patience);
    let company = client
        .send(&Me)
        .await
        .map_err(|error| error.kind.to_string())?;
    let name = one_line(company.name.raw(), LONGEST_COMPANY).into_owned();
    match name.is_empty() {
        true => Err("Front named none".to_owned()),
        false => Ok(name),
    }
}
