//! OAuth with Front: what is asked of its authorization server, and what it answers.
//!
//! The protocol is the `oauth2` crate's. What is ours is where Front leaves the standard: an
//! `expires_at` beside or instead of `expires_in`, as number or text; client authentication that
//! may have to move into the body; a refresh token that comes back new, or the same, or not at all
//! (RFC 6749, RFC 7636 for PKCE, RFC 7009 for revocation).
//!
//! It knows neither where tokens rest (`account`) nor how a person signs in (`login`).

mod answer;
mod authority;
mod fault;
mod http;
mod registration;

pub use self::{
    answer::Grant,
    authority::{Authority, Challenge, Verifier},
    fault::TokenFault,
    registration::{ClientAuth, DEFAULT_REDIRECT, RedirectUri, Registration},
};

/// Where Front's people sign in, the default.
pub const FRONT_OAUTH: &str = "https://app.frontapp.com";
