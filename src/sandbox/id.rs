//! Front's identifiers: a three-letter prefix and a number in base 36.

use std::fmt;

use serde::{Serialize, Serializer};

/// One identifier. Kept as prefix and number so that it is `Copy` and cheap to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id {
    prefix: &'static str,
    number: u64,
}

const PREFIXES: [&str; 23] = [
    "acc", "cha", "cmp", "cnv", "com", "crd", "evt", "exp", "fil", "fld", "grp", "inb", "kba",
    "kbc", "knb", "msg", "rsf", "rsp", "shf", "sts", "tag", "tea", "vcr",
];
const TEAM: &str = "tim";
const LONGEST_NUMBER: usize = 12;

impl Id {
    pub(crate) const fn new(prefix: &'static str, number: u64) -> Self {
        Self { prefix, number }
    }

    /// Reads `cnv_1a2b`; an unknown prefix or a spelling Front would not write is `None`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (prefix, digits) = text.split_once('_')?;
        let prefix = PREFIXES
            .into_iter()
            .chain([TEAM])
            .find(|known| *known == prefix)?;
        let canonical = !digits.is_empty()
            && digits.len() <= LONGEST_NUMBER
            && !digits.starts_with('0')
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
        if !canonical {
            return None;
        }
        let number = u64::from_str_radix(digits, 36).ok()?;
        Some(Self { prefix, number })
    }

    pub(crate) fn number(self) -> u64 {
        self.number
    }

    pub(crate) fn prefix(self) -> &'static str {
        self.prefix
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0_u8; 13];
        let mut rest = self.number;
        let mut used = 0;
        for slot in digits.iter_mut().rev() {
            let digit = u8::try_from(rest % 36).unwrap_or(0);
            *slot = if digit < 10 {
                b'0' + digit
            } else {
                b'a' + digit - 10
            };
            used += 1;
            rest /= 36;
            if rest == 0 {
                break;
            }
        }
        let text = digits
            .get(digits.len() - used..)
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .unwrap_or_default();
        write!(formatter, "{}_{text}", self.prefix)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
