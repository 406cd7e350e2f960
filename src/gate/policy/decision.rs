//! What was decided, and which line of the policy decided it.

use std::fmt::{self, Write as _};

use super::Table;

/// A decision and its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Decision {
    /// Whether it may happen.
    pub allowed: bool,
    /// What decided.
    pub rule: Rule,
    /// Which part was decided about (a recipient, an author), as it was given: not our words.
    pub about: Option<String>,
    /// What was wrong, if the rule alone does not say it.
    pub reason: Option<&'static str>,
}

/// What decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// No line of the policy is about it.
    Unwritten,
    /// Operations that send leave through the send gate alone, and no policy can allow one.
    Sends,
    /// It acts outward or cannot be undone, and `allow_operations` of this table does not name this
    /// operation.
    Guarded(&'static str, Table),
    /// It changes a draft that this caller made here and nobody changed since.
    OwnDraft,
    /// A line of the policy.
    Line {
        /// Where it stands.
        table: Table,
        /// The key beneath it.
        key: &'static str,
        /// Its value, or the entry of it that decided, as TOML writes it.
        value: String,
    },
    /// A line of `[tools]`: what the operator lists, or that the server reads alone.
    Tools {
        /// The key beneath `[tools]`.
        key: &'static str,
        /// The flag of the same.
        flag: &'static str,
        /// Its value as TOML writes it.
        value: String,
    },
}

impl Decision {
    pub(super) fn allowed(rule: Rule) -> Self {
        Self {
            allowed: true,
            rule,
            about: None,
            reason: None,
        }
    }

    /// A decision against that was made elsewhere than in the policy.
    pub fn denied_by(rule: Rule) -> Self {
        Self::denied(rule)
    }

    pub(super) fn denied(rule: Rule) -> Self {
        Self {
            allowed: false,
            ..Self::allowed(rule)
        }
    }

    pub(super) fn about(self, about: impl Into<String>) -> Self {
        Self {
            about: Some(about.into()),
            ..self
        }
    }

    pub(super) fn since(self, reason: &'static str) -> Self {
        Self {
            reason: Some(reason),
            ..self
        }
    }
}

impl Rule {
    pub(super) fn line(key: &'static str, value: impl fmt::Display) -> Self {
        Self::Line {
            table: Table::default(),
            key,
            value: value.to_string(),
        }
    }

    /// A line of `[tools]` that lists names.
    pub fn tools(key: &'static str, flag: &'static str, names: &[&str]) -> Self {
        Self::Tools {
            key,
            flag,
            value: List(names).to_string(),
        }
    }

    /// The line of `[tools]` by which nothing may change.
    pub(super) fn server_reads() -> Self {
        Self::Tools {
            key: "read_only",
            flag: "read-only",
            value: true.to_string(),
        }
    }

    /// An entry of a list of texts.
    pub(super) fn entry(key: &'static str, entry: impl fmt::Display) -> Self {
        Self::line(key, Quoted(entry))
    }

    /// A whole list of texts that holds no fitting entry.
    pub(super) fn list<T: fmt::Display>(key: &'static str, list: &[T]) -> Self {
        Self::line(key, List(list))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unwritten => f.write_str("no line of [policy] is about it"),
            Self::Sends => f.write_str("operations that send leave through the send gate alone"),
            Self::Guarded(id, table) => write!(
                f,
                "the guarded operation \"{id}\" is not in {table}.allow_operations"
            ),
            Self::OwnDraft => f.write_str("the draft is the caller's own, and as it was written"),
            Self::Line { table, key, value } => write!(f, "{table}.{key} = {value}"),
            Self::Tools { key, flag, value } => {
                write!(f, "tools.{key} = {value} (`--{flag}`)")
            }
        }
    }
}

/// A text as TOML writes it.
pub(super) struct Quoted<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for Quoted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.to_string().chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

/// A list of texts as TOML writes it.
pub(super) struct List<'list, T>(pub(super) &'list [T]);

impl<T: fmt::Display> fmt::Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('[')?;
        for (index, entry) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            Quoted(entry).fmt(f)?;
        }
        f.write_char(']')
    }
}
