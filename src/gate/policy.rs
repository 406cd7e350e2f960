//! The operator's policy: a pure decision over facts. No input, no output, no clock.

use std::collections::BTreeSet;

use crate::front::{Effect, Operation};

/// What the operator allows beyond the defaults.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    allow_operations: BTreeSet<&'static str>,
}

/// Why an operation is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// It sends; only the gate may.
    Sends,
    /// It acts outward or cannot be undone, and the policy does not name it.
    Guarded,
}

impl Policy {
    /// A policy that names guarded operations; unknown and sending ids are refused.
    pub fn new<'id>(allow: impl IntoIterator<Item = &'id str>) -> Result<Self, String> {
        let mut allow_operations = BTreeSet::new();
        for id in allow {
            let operation = Operation::by_id(id).ok_or_else(|| unknown(id))?;
            if operation.effect == Effect::Send {
                return Err(format!(
                    "`{id}` sends, and sends go through the send gate alone; see `[send] mode`"
                ));
            }
            allow_operations.insert(operation.id);
        }
        Ok(Self { allow_operations })
    }

    /// Whether an agent may call this operation.
    pub fn decide(&self, operation: &Operation) -> Result<(), Denial> {
        if operation.effect == Effect::Send {
            return Err(Denial::Sends);
        }
        if operation.guarded && !self.allow_operations.contains(operation.id) {
            return Err(Denial::Guarded);
        }
        Ok(())
    }
}

fn unknown(id: &str) -> String {
    let nearest = Operation::all()
        .iter()
        .map(|operation| (strsim::jaro_winkler(operation.id, id), operation.id))
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map_or("", |(_, nearest)| nearest);
    format!(
        "no operation of Front has the id `{id}`; the nearest is `{nearest}`, and `front-mcp call search-api` finds others"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_send_cannot_be_allowed() {
        assert!(Policy::new(["create-message"]).is_err());
        assert!(Policy::new(["no-such-operation"]).is_err());
        let policy = Policy::new(["merge-contacts"]).unwrap();
        let decide = |id: &str| policy.decide(Operation::by_id(id).unwrap());
        assert_eq!(decide("create-message-reply"), Err(Denial::Sends));
        assert_eq!(decide("merge-contacts"), Ok(()));
        assert_eq!(decide("delete-tag"), Err(Denial::Guarded));
        assert_eq!(decide("add-conversation-tag"), Ok(()));
    }
}
