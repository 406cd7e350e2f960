//! The one exception to what is guarded: a draft that its caller made here, as it was written.

use std::any::Any;

use super::{Decision, Policy, Rule};
use crate::{
    front::{client::Call, fence::Claim},
    gate::own_drafts::OwnDraft,
};

impl Policy {
    /// Whether a call may be made for what its maker claims. Every line that denies wins: the
    /// claim stands in for `allow_operations` alone.
    pub fn decide_claimed(&self, call: &Call, claim: &dyn Claim) -> Decision {
        let decision = self.decide(call.operation);
        let is_guarded = matches!(decision.rule, Rule::Guarded(..));
        let claim: &dyn Any = claim;
        match claim.downcast_ref::<OwnDraft>() {
            Some(own) if is_guarded && own.covers(call) => Decision::allowed(Rule::OwnDraft),
            _ => decision,
        }
    }

    /// Whether a draft may be changed or deleted by this operation, if it is the caller's own.
    pub fn decide_own_draft(&self, operation: &crate::front::Operation) -> Decision {
        let decision = self.decide(operation);
        match decision.rule {
            Rule::Guarded("edit-draft" | "delete-draft", _) => Decision::allowed(Rule::OwnDraft),
            _ => decision,
        }
    }
}
