//! Codes and tokens: words that nobody can guess and nothing prints.

use std::{borrow::Borrow, fmt, io};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::random;

/// 256 random bits. A map of them is asked by whole strings.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Secret(String);

impl Secret {
    pub(super) fn draw() -> io::Result<Self> {
        Ok(Self(URL_SAFE_NO_PAD.encode(random::bytes::<32>()?)))
    }

    /// For the one who was promised it.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Secret {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_are_not_printed() {
        let one = Secret::draw().unwrap();
        assert_ne!(one, Secret::draw().unwrap());
        assert_eq!(one.expose().len(), 43);
        assert_eq!(format!("{one:?}"), "Secret(***)");
    }
}
