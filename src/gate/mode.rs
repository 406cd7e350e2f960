//! The operator's choice of what `send-message` may lead to.

use std::{fmt, str::FromStr};

use serde::Deserialize;

/// What `send-message` does, and what releases it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum SendMode {
    /// The send tools are not listed and refuse.
    Off,
    /// Leaves a shared draft in Front; a person presses Send there.
    Draft,
    /// Seals, and asks a person.
    #[default]
    Approve,
    /// Seals; a second call, `confirm-send`, releases.
    Confirm,
}

impl SendMode {
    /// The word in flags, variables and files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Draft => "draft",
            Self::Approve => "approve",
            Self::Confirm => "confirm",
        }
    }
}

impl fmt::Display for SendMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for SendMode {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Off, Self::Draft, Self::Approve, Self::Confirm]
            .into_iter()
            .find(|mode| mode.word() == text)
            .ok_or("must be one of `off`, `draft`, `approve`, `confirm`")
    }
}
