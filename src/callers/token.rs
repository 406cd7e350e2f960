//! The token that a caller shows with every request.

use std::io;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretString, zeroize::Zeroize as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::random;

/// What every token begins with, so that whoever finds one knows what it is.
const PREFIX: &str = "fmcp_";
/// How many characters follow: 32 bytes in base64url.
const DRAWN: usize = 43;

/// A token. It cannot be printed; whoever shows it says so.
#[derive(Debug)]
pub struct Token(SecretString);

impl Token {
    /// Draws one of 256 random bits.
    ///
    /// # Errors
    /// Where the system has no randomness.
    pub fn draw() -> io::Result<Self> {
        let mut bytes = random::bytes::<32>()?;
        let mut drawn = URL_SAFE_NO_PAD.encode(bytes);
        bytes.zeroize();
        let token = Self(SecretString::from(format!("{PREFIX}{drawn}")));
        drawn.zeroize();
        Ok(token)
    }

    /// The token itself, for the one who is given it.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }

    pub(super) fn digest(&self) -> Digest {
        Digest::of(self.reveal())
    }
}

/// The SHA-256 of a token, which is what is kept. A token has 256 random bits: nobody can guess one
/// from its hash, so the hash need not be slow as that of a password must be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digest([u8; 32]);

impl Digest {
    /// The digest of a text that is a token by its looks.
    pub(super) fn presented(text: &str) -> Option<Self> {
        let drawn = text.strip_prefix(PREFIX)?;
        let fits = drawn.len() == DRAWN
            && drawn
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        fits.then(|| Self::of(text))
    }

    fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// A digest that was kept.
    pub(super) fn kept(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What it is looked up by. How far a guess's digest fits cannot be steered by who guesses.
    pub(super) fn prefix(&self) -> u64 {
        let (first, _) = self.0.split_first_chunk().unwrap_or((&[0; 8], &[]));
        u64::from_be_bytes(*first)
    }
}

impl PartialEq for Digest {
    /// In constant time.
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Digest {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_looks_and_never_printed() {
        let token = Token::draw().unwrap();
        assert_eq!(token.reveal().len(), 48);
        assert!(token.reveal().starts_with("fmcp_"));
        assert!(!format!("{token:?}").contains(token.reveal()));
        assert_eq!(Digest::presented(token.reveal()), Some(token.digest()));
        assert_ne!(token.reveal(), Token::draw().unwrap().reveal());
    }

    #[test]
    fn what_is_no_token_is_not_looked_up() {
        let token = Token::draw().unwrap();
        let text = token.reveal();
        for other in [
            "",
            "fmcp_",
            &text[..47],
            &format!("{text}A"),
            &format!(" {text}"),
            &format!("{}=", &text[..47]),
            &format!("{}+", &text[..47]),
            &text.replacen("fmcp_", "FMCP_", 1),
            &"fmcp_".repeat(1_000_000),
        ] {
            assert_eq!(Digest::presented(other), None, "{other:.60}");
        }
    }
}
