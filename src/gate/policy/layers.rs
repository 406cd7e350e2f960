//! A named policy under that of the server, and which of the two a decision stands in.

use std::{fmt, sync::Arc};

use super::{Decision, Policy, Rule};

/// The policy of the server, and a caller's under it.
#[derive(Debug)]
pub(super) struct Layers {
    base: Policy,
    named: Policy,
    table: Table,
}

/// The table that a line stands in: `policy` without a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table(Option<Arc<str>>);

impl Table {
    /// `policies.NAME`.
    pub fn named(name: &str) -> Self {
        Self(Some(name.into()))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_deref() {
            None => f.write_str("policy"),
            // A dot would be another table.
            Some(name) if name.contains('.') => write!(f, "policies.\"{name}\""),
            Some(name) => write!(f, "policies.{name}"),
        }
    }
}

impl Policy {
    /// What is allowed where both hold: this one for the whole server, and the one of this name.
    /// It allows what [`Self::tightened_by`] does, and its decisions say where the line stands.
    #[must_use]
    pub fn under_name(&self, name: &str, named: &Self) -> Self {
        let layers = Layers {
            base: self.clone(),
            named: named.clone(),
            table: Table::named(name),
        };
        Self {
            layers: Some(Arc::new(layers)),
            ..self.tightened_by(named)
        }
    }

    /// A decision with where it stands. What the server's own policy decides alike is its line; but
    /// a line that denies is never told as what is merely guarded, from which there are exceptions.
    pub(super) fn placed(&self, both: Decision, of: impl Fn(&Self) -> Decision) -> Decision {
        let Some(layers) = &self.layers else {
            return both;
        };
        let base = of(&layers.base);
        if base.allowed == both.allowed && base.is_guarded() == both.is_guarded() {
            return match base.rule == Rule::Unwritten {
                true => both.standing_in(&layers.table),
                false => base,
            };
        }
        let named = of(&layers.named);
        match named.allowed {
            false => named.standing_in(&layers.table),
            true => both,
        }
    }
}

impl Decision {
    fn is_guarded(&self) -> bool {
        matches!(self.rule, Rule::Guarded(..))
    }

    fn standing_in(mut self, place: &Table) -> Self {
        match &mut self.rule {
            Rule::Guarded(_, table) | Rule::Line { table, .. } => *table = place.clone(),
            Rule::Unwritten | Rule::Sends | Rule::OwnDraft | Rule::Tools { .. } => {}
        }
        self
    }
}
