//! What is registered of a caller.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::name::CallerName;

/// A caller as the operator registered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// Drawn when it was registered, and kept when its token is replaced: a name that is given
    /// again is another caller.
    pub id: String,
    /// Its name, unique among the living.
    pub name: CallerName,
    /// The policy that it is held to beside `[policy]`, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The teammate in whose name it writes: an id (`tea_55c8`) or an e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teammate: Option<String>,
    /// Who may approve what it seals, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvers: Vec<String>,
    /// When it was registered.
    pub created: Timestamp,
    /// When its token was last replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotated: Option<Timestamp>,
    /// From when on its token is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
}

/// Whether a caller's token is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It is.
    Live,
    /// Its time is over.
    Expired,
    /// The operator took it back.
    Revoked,
}

/// What an operator says of a new caller.
#[derive(Clone, Debug)]
pub struct New {
    /// Its name.
    pub name: CallerName,
    /// See [`Registered::policy`].
    pub policy: Option<String>,
    /// See [`Registered::teammate`].
    pub teammate: Option<String>,
    /// See [`Registered::approvers`].
    pub approvers: Vec<String>,
    /// See [`Registered::expires`].
    pub expires: Option<Timestamp>,
}

impl Registered {
    /// Whether its token is taken at this time.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match (self.revoked, self.expires) {
            (Some(_), _) => Standing::Revoked,
            (None, Some(end)) if end <= now => Standing::Expired,
            (None, _) => Standing::Live,
        }
    }

    /// When its token ended, if it has.
    pub(super) fn ended(&self, now: Timestamp) -> Option<Timestamp> {
        match self.standing(now) {
            Standing::Live => None,
            Standing::Expired => self.expires,
            Standing::Revoked => self.revoked,
        }
    }
}
