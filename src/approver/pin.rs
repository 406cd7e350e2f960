//! A PIN that may be set, and the hash that is kept of it.

use std::fmt;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::random;

/// The shortest PIN, in characters.
const SHORTEST: usize = 6;
/// The longest PIN, in bytes.
const LONGEST: usize = 256;
/// So much memory, in KiB, and so many passes does one guess take: a PIN is short, and whoever
/// has the hash may guess without being counted.
const COST: (u32, u32) = (64 * 1024, 3);
/// The most that a kept hash may ask for: whoever wrote it must not stop the program with it.
const MOST: (u32, u32) = (256 * 1024, 10);

/// A PIN that is fit to be set. It cannot be printed.
#[derive(Debug)]
pub struct Pin(SecretString);

/// Why a text is no fit PIN. The text is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Fewer than six characters.
    #[error("a PIN has at least 6 characters")]
    Short,
    /// More than anybody types.
    #[error("a PIN has at most 256 bytes")]
    Long,
    /// Characters that nobody sees.
    #[error("a PIN has no control characters")]
    Control,
    /// One character, a sequence, or a repetition.
    #[error(
        "this PIN is among the first that anybody would try: not `111111`, `123456` or `121212`"
    )]
    Trivial,
}

impl Pin {
    /// Takes a PIN that somebody chose.
    ///
    /// # Errors
    /// When it is too short, or trivial.
    pub fn choose(text: SecretString) -> Result<Self, PinError> {
        let chars: Vec<char> = text.expose_secret().chars().collect();
        if text.expose_secret().len() > LONGEST {
            return Err(PinError::Long);
        }
        if chars.iter().any(|c| c.is_control()) {
            return Err(PinError::Control);
        }
        if chars.len() < SHORTEST {
            return Err(PinError::Short);
        }
        if is_trivial(&chars) {
            return Err(PinError::Trivial);
        }
        Ok(Self(text))
    }

    /// Whether the same was typed again.
    pub fn is(&self, again: &SecretString) -> bool {
        self.0.expose_secret() == again.expose_secret()
    }

    /// Its argon2id hash with a salt of its own, as it is kept.
    pub(super) fn hash(&self) -> Result<String, HashError> {
        let salt =
            random::bytes::<16>().map_err(|_| HashError("there is no randomness for a salt"))?;
        hashed(&self.0, &salt)
    }
}

fn hashed(secret: &SecretString, salt: &[u8; 16]) -> Result<String, HashError> {
    let params = Params::new(COST.0, COST.1, 1, None).map_err(|_| HashError("bad parameters"))?;
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(secret.expose_secret().as_bytes(), salt)
        .map_err(|_| HashError("the PIN cannot be hashed"))?;
    Ok(hash.to_string())
}

/// As [`fits`] where there is no hash: it never does, after the same work.
pub(super) fn fits_nothing(pin: &SecretString) -> Result<bool, HashError> {
    let spent = hashed(pin, &[0; 16])?;
    Ok(std::hint::black_box(spent).is_empty())
}

/// Why there is no hash, or no answer from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HashError(pub(super) &'static str);

impl fmt::Display for HashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Whether a kept hash is that of this PIN.
pub(super) fn fits(kept: &str, pin: &SecretString) -> Result<bool, HashError> {
    let hash = PasswordHash::new(kept.trim_end()).map_err(|_| HashError("it holds no hash"))?;
    let params = Params::try_from(&hash).map_err(|_| HashError("it holds no argon2 hash"))?;
    if hash.algorithm != Algorithm::Argon2id.ident()
        || params.m_cost() > MOST.0
        || params.t_cost() > MOST.1
        || hash.hash.is_none()
        || hash.salt.is_none()
    {
        return Err(HashError("its hash is not one that this program makes"));
    }
    let verified = Argon2::default().verify_password(pin.expose_secret().as_bytes(), &hash);
    match verified {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(HashError("its hash cannot be compared with")),
    }
}

/// `111111`, `123456`, `fedcba`, `121212`, `abcabc`.
fn is_trivial(chars: &[char]) -> bool {
    let step =
        |(one, next): (&char, &char)| i64::from(u32::from(*next)) - i64::from(u32::from(*one));
    let is_run = |by: i64| {
        chars
            .iter()
            .zip(chars.iter().skip(1))
            .all(|pair| step(pair) == by)
    };
    let repeats = |length: usize| {
        let later = chars.iter().skip(length);
        chars.iter().zip(later).all(|(one, later)| one == later)
    };
    [-1, 0, 1].into_iter().any(is_run) || (1..=3).any(repeats)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(text: &str) -> Result<Pin, PinError> {
        Pin::choose(SecretString::from(text))
    }

    #[test]
    fn what_anybody_would_try_first_is_refused() {
        for (text, error) in [
            ("", PinError::Short),
            ("48151", PinError::Short),
            ("äöüß€", PinError::Short),
            ("000000", PinError::Trivial),
            ("zzzzzzzz", PinError::Trivial),
            ("123456", PinError::Trivial),
            ("3456789", PinError::Trivial),
            ("654321", PinError::Trivial),
            ("abcdefgh", PinError::Trivial),
            ("121212", PinError::Trivial),
            ("abcabc", PinError::Trivial),
            ("48\u{7}151", PinError::Control),
            (&"ab c".repeat(100), PinError::Long),
        ] {
            assert_eq!(choose(text).unwrap_err(), error, "{text:?}");
        }
        for text in ["481516", "123457", "correct horse", "äöüß€!"] {
            assert!(choose(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn a_pin_is_not_printed() {
        let printed = format!("{:?}", choose("481516").unwrap());
        assert!(!printed.contains("481516"), "{printed}");
    }

    #[test]
    fn a_hash_fits_its_pin_alone_and_is_another_each_time() {
        let pin = choose("481516").unwrap();
        let (one, other) = (pin.hash().unwrap(), pin.hash().unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{one}");
        assert_ne!(one, other);
        assert_eq!(
            fits(&format!("{one}\n"), &SecretString::from("481516")),
            Ok(true)
        );
        assert_eq!(fits(&one, &SecretString::from("481517")), Ok(false));
        assert_eq!(fits(&one, &SecretString::from("")), Ok(false));
    }

    #[test]
    fn a_kept_hash_that_is_none_is_no_yes() {
        let good = choose("481516").unwrap().hash().unwrap();
        for broken in [
            String::new(),
            "481516".to_owned(),
            "$argon2id$v=19$m=65536,t=3,p=1".to_owned(),
            good.replace("argon2id", "argon2d"),
            good.replace("m=65536", "m=4000000000"),
            good.replace("t=3", "t=4000000"),
            good.rsplit_once('$').unwrap().0.to_owned(),
        ] {
            let answer = fits(&broken, &SecretString::from("481516"));
            assert!(answer.is_err(), "{broken}: {answer:?}");
        }
    }
}
