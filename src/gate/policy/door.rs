//! What the policy says at the door to Front, where every call passes.

use std::collections::BTreeSet;

use super::{Decision, Policy, Rule};
use crate::front::{
    Operation,
    client::Call,
    fence::{Claim, Denied, Doorkeeper, TagLook},
    id::InboxId,
};

impl Doorkeeper for Policy {
    fn operation(&self, operation: &Operation) -> Result<(), Denied> {
        verdict(&self.decide(operation))
    }

    fn claimed(&self, call: &Call, claim: &dyn Claim) -> Result<Option<&'static str>, Denied> {
        let decision = self.decide_claimed(call, claim);
        verdict(&decision)?;
        Ok((decision.rule == Rule::OwnDraft).then_some("own-draft"))
    }

    fn tag(&self, id: Option<&str>, name: Option<&str>) -> Result<(), Denied> {
        verdict(&Policy::tag(self, id, name))
    }

    fn tags(&self) -> TagLook {
        match (self.denies_tags_by_name(), self.denies_tags_by_id()) {
            (false, false) => TagLook::None,
            (names, ids) => TagLook::At { ids, names },
        }
    }

    fn inboxes(&self) -> Option<&BTreeSet<InboxId>> {
        Policy::inboxes(self)
    }
}

fn verdict(decision: &Decision) -> Result<(), Denied> {
    if decision.allowed {
        Ok(())
    } else {
        let line = match decision.reason {
            Some(reason) => format!("{}; {reason}", decision.rule),
            None => decision.rule.to_string(),
        };
        Err(Denied(line))
    }
}
