//! Random words that open something, and the marks that bind a form to who was shown it.

use std::{fmt, io};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::{
    digest::{hex, unhex},
    random,
};

/// 128 random bits as 32 hex digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn draw() -> io::Result<Self> {
        Ok(Self(hex(&random::bytes::<16>()?)))
    }

    /// Takes what has the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        unhex::<16>(text).map(|_| Self(text.to_owned()))
    }

    /// For an address, a cookie or a form. Never for a log or an error.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of it: comparing digests tells nothing about the secret by its time.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// Signs forms, links and sessions: as long as a block of the hash.
pub struct Key([u8; 64]);

impl Key {
    /// One that ends with the process.
    pub fn draw() -> io::Result<Self> {
        Ok(Self(random::bytes()?))
    }

    /// One that all processes of a state folder have.
    pub fn of(bytes: [u8; 32]) -> Self {
        let mut key = [0; 64];
        for (to, from) in key.iter_mut().zip(bytes) {
            *to = from;
        }
        Self(key)
    }

    /// Signs words for a purpose, as hex. A mark's begins with hex digits and a word's with the
    /// purpose, so that none is taken for the other; no word holds a NUL.
    pub fn sign(&self, purpose: &'static str, words: &[&str]) -> String {
        hex(&self.mac_of(purpose, words).finalize().into_bytes())
    }

    /// Whether these words were signed so; takes as long for every wrong one.
    pub fn signed(&self, signature: &str, purpose: &'static str, words: &[&str]) -> bool {
        unhex::<32>(signature)
            .is_some_and(|mac| self.mac_of(purpose, words).verify_slice(&mac).is_ok())
    }

    fn mac_of(&self, purpose: &'static str, words: &[&str]) -> Hmac<Sha256> {
        words.iter().fold(
            Hmac::<Sha256>::new(&self.0.into()).chain_update(purpose),
            |mac, word| mac.chain_update([0]).chain_update(word),
        )
    }

    /// A mark for one rendering of a form: new each time, good only together with this cookie and
    /// for this purpose.
    pub fn mark(&self, cookie: &Secret, purpose: &str) -> io::Result<String> {
        let nonce = Secret::draw()?;
        let mac = self.mac(&nonce, cookie, purpose).finalize().into_bytes();
        Ok(format!("{}{}", nonce.expose(), hex(&mac)))
    }

    /// Whether a mark is one of ours for this cookie and purpose; takes as long for every wrong one.
    pub fn knows(&self, mark: &str, cookie: &Secret, purpose: &str) -> bool {
        let parts = mark.split_at_checked(32);
        let Some((Some(nonce), mac)) = parts.map(|(nonce, mac)| (Secret::parse(nonce), mac)) else {
            return false;
        };
        let Some(mac) = unhex::<32>(mac) else {
            return false;
        };
        self.mac(&nonce, cookie, purpose).verify_slice(&mac).is_ok()
    }

    /// Nonce and cookie have a fixed length, so no two triples run together alike.
    fn mac(&self, nonce: &Secret, cookie: &Secret, purpose: &str) -> Hmac<Sha256> {
        Hmac::<Sha256>::new(&self.0.into())
            .chain_update(nonce.expose())
            .chain_update(cookie.expose())
            .chain_update(purpose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_good_for_its_key_cookie_and_purpose_alone() {
        let (key, other) = (Key::draw().unwrap(), Key::draw().unwrap());
        let (cookie, stranger) = (Secret::draw().unwrap(), Secret::draw().unwrap());
        let mark = key.mark(&cookie, "a").unwrap();
        assert!(key.knows(&mark, &cookie, "a"));
        assert_ne!(mark, key.mark(&cookie, "a").unwrap(), "new each time");
        assert!(!key.knows(&mark, &cookie, "b"));
        assert!(!key.knows(&mark, &stranger, "a"));
        assert!(!other.knows(&mark, &cookie, "a"));
        let mut flipped = mark.clone().into_bytes();
        flipped[40] ^= 1;
        for wrong in [
            String::from_utf8_lossy(&flipped).into_owned(),
            mark[..95].to_owned(),
            mark.to_uppercase(),
            String::new(),
            "é".repeat(48),
        ] {
            assert!(!key.knows(&wrong, &cookie, "a"), "{wrong}");
        }
    }

    #[test]
    fn a_signature_is_good_for_its_words_and_purpose_alone() {
        let key = Key::of([7; 32]);
        let signature = key.sign("link:", &["ab", "c"]);
        assert!(Key::of([7; 32]).signed(&signature, "link:", &["ab", "c"]));
        for (purpose, words) in [
            ("session:", ["ab", "c"]),
            ("link:", ["a", "bc"]),
            ("link:", ["ab", "d"]),
        ] {
            assert!(!key.signed(&signature, purpose, &words), "{words:?}");
        }
        assert!(!key.signed(&signature.to_uppercase(), "link:", &["ab", "c"]));
        assert!(!Key::of([8; 32]).signed(&signature, "link:", &["ab", "c"]));
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::draw().unwrap();
        assert!(!format!("{secret:?}").contains(secret.expose()));
    }
}
