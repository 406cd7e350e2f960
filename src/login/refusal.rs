//! Front's no. Its own words are quoted, never said as ours.

use crate::{shape::visible::one_line, untrusted::Untrusted};

/// More of Front's words is not kept; fewer are shown.
pub const MOST_SAID: usize = 4 * 1024;

/// So many characters of Front's words are shown.
const SHOWN: usize = 300;

/// Front let nobody in.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Why, as far as it can be told.
    pub kind: Kind,
    said: Option<Untrusted>,
}

/// Why Front let nobody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The person said no.
    Denied,
    /// The person may not say yes.
    NotAdministrator,
    /// Front found the request wrong: most likely the registration.
    Request,
    /// Front could not.
    Unavailable,
}

impl Refusal {
    /// Reads the standard's error; Front's description tells who may not from who would not.
    pub fn new(error: &str, said: Option<Untrusted>) -> Self {
        let is_about_admins = said
            .as_ref()
            .is_some_and(|said| said.raw().to_ascii_lowercase().contains("administrator"));
        let kind = match error {
            "server_error" | "temporarily_unavailable" => Kind::Unavailable,
            _ if is_about_admins => Kind::NotAdministrator,
            "access_denied" => Kind::Denied,
            _ => Kind::Request,
        };
        Self { kind, said }
    }

    /// What Front said about it, on one line and not too long; to be quoted.
    pub fn said(&self) -> Option<String> {
        let said = self.said.as_ref()?;
        let line = one_line(said.raw(), SHOWN).into_owned();
        (!line.is_empty()).then_some(line)
    }
}
