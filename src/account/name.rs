//! The name of an account. It becomes the name of a file, so it holds nothing but letters, digits
//! and dashes.

use std::{fmt, str::FromStr};

/// A name such as `default` or `acme-support`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountName(String);

/// Longer names are not needed, and some file systems take no more.
const LONGEST: usize = 64;

impl AccountName {
    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the one that is used when none is named.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for AccountName {
    fn default() -> Self {
        Self("default".to_owned())
    }
}

impl FromStr for AccountName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let fits = (1..=LONGEST).contains(&text.len())
            && text.bytes().all(|byte| is_plain(byte) || byte == b'-')
            && text.bytes().next().is_some_and(is_plain);
        if !fits || is_reserved(text) {
            return Err(
                "must be at most 64 lower-case letters, digits and dashes, such as `acme-support`",
            );
        }
        Ok(Self(text.to_owned()))
    }
}

/// Names that Windows keeps for devices, whatever follows the dot.
fn is_reserved(text: &str) -> bool {
    let numbered = |stem: &str| {
        text.strip_prefix(stem)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(text, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_plain_file_name() {
        for good in ["default", "a", "acme-support", "2", "com10", "console"] {
            assert_eq!(good.parse::<AccountName>().unwrap().to_string(), good);
        }
        let long = "a".repeat(65);
        for bad in [
            "", "-a", "A", "a.b", "../a", "a/b", "a\\b", "a b", "ä", "con", "com1", "lpt9", &long,
        ] {
            assert!(bad.parse::<AccountName>().is_err(), "{bad}");
        }
    }
}
