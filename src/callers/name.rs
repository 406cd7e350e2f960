//! Names that an operator gives: of callers, of policies, of approvers. Some become names of files.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A name such as `support-bot`: 1 to 64 of `a-z`, `0-9`, `.`, `_` and `-`, a letter or digit first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CallerName(String);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be 1 to 64 lower-case letters, digits, dots, dashes and underscores with a letter or digit first, such as `support-bot`"
)]
pub struct BadName;

/// The longest, in bytes.
const LONGEST: usize = 64;

impl CallerName {
    /// Reads a name, as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let fits = (1..=LONGEST).contains(&text.len())
            && text
                .bytes()
                .all(|byte| is_plain(byte) || b"._-".contains(&byte))
            && text.bytes().next().is_some_and(is_plain);
        (fits && !is_of_device(text)).then(|| Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names that Windows keeps for devices, whatever follows the dot.
fn is_of_device(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or(text);
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(stem, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

impl FromStr for CallerName {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        Self::parse(text).ok_or(BadName)
    }
}

impl TryFrom<String> for CallerName {
    type Error = BadName;

    fn try_from(text: String) -> Result<Self, BadName> {
        text.parse()
    }
}

impl From<CallerName> for String {
    fn from(name: CallerName) -> Self {
        name.0
    }
}

impl fmt::Display for CallerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_plain() {
        for good in [
            "a",
            "2",
            "support-bot",
            "a.b_c-d",
            "console",
            "com10",
            &"a".repeat(64),
        ] {
            assert_eq!(CallerName::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "-a",
            ".a",
            "_a",
            "A",
            "a b",
            "a/b",
            "a\\b",
            "../a",
            "ä",
            "a\n",
            "con",
            "com1.x",
            "nul.pin",
            &"a".repeat(65),
        ] {
            assert_eq!(CallerName::parse(bad), None, "{bad:?}");
        }
    }
}
