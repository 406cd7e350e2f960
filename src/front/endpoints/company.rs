//! The company whose token it is.

use serde::Deserialize;

use crate::{front::client::Endpoint, untrusted::Untrusted};

/// `GET /me`: the company of the token, not a teammate. It needs no scope.
#[derive(Debug)]
pub struct Me;

/// What Front says of itself to a token.
#[derive(Debug, Deserialize)]
pub struct Company {
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
}

impl Endpoint for Me {
    const OPERATION: &'static str = "api-token-details";
    type Answer = Company;
}
