//! What is shown and may be called, apart from what a tool is: the operator's settings decide.

use super::{
    catalog::CATALOG,
    contract::{Effect, Entry, Spec},
    error::ToolError,
    permission,
};
use crate::{
    front::Operation,
    gate::{
        mode::SendMode,
        policy::{Decision, Policy},
    },
    shape::text::Text,
};

/// The operator's choice of tools.
#[derive(Clone, Debug)]
pub struct Surface {
    send: SendMode,
    policy: Policy,
}

impl Surface {
    /// What a send mode leaves visible, without a policy.
    pub fn new(send: SendMode) -> Self {
        Self {
            send,
            policy: Policy::default(),
        }
    }

    /// What a policy leaves of it.
    #[must_use]
    pub fn under(self, policy: &Policy) -> Self {
        Self {
            policy: policy.clone(),
            ..self
        }
    }

    /// The listed tools, in the catalog's order.
    pub fn listed(&self) -> impl Iterator<Item = &'static Entry> {
        CATALOG
            .iter()
            .copied()
            .filter(|entry| self.has_mode_for(&entry.spec) && self.decide(entry).allowed)
    }

    /// What is not shown does not run either.
    pub fn permit(&self, entry: &Entry) -> Result<(), ToolError> {
        if !self.has_mode_for(&entry.spec) {
            return Err(ToolError::refused(Text::of(
                "the operator has switched this tool off; nothing was done",
            ))
            .next("tell the user; the operator can change `--send`"));
        }
        let decision = self.decide(entry);
        if decision.allowed {
            return Ok(());
        }
        Err(permission::denied(&decision))
    }

    /// What the policy says of a tool: of itself, and of the operations it cannot do without.
    pub fn decide(&self, entry: &Entry) -> Decision {
        let needed = entry
            .needs
            .iter()
            .filter_map(|id| Operation::by_id(id))
            .map(|operation| self.policy.decide(operation))
            .find(|decision| !decision.allowed);
        let decision = self.policy.tool(entry.spec.name, entry.spec.effect);
        match needed {
            Some(denied) if decision.allowed => denied,
            _ => decision,
        }
    }

    /// What a tool can do to the world here: where nothing may change, any operation is a read.
    pub fn effect(&self, spec: &Spec) -> Effect {
        match spec.effect {
            Effect::Any if self.policy.is_read_only() => Effect::Read,
            effect => effect,
        }
    }

    /// `off` leaves no tool that has to do with sending, reading outcomes included.
    fn has_mode_for(&self, spec: &Spec) -> bool {
        let is_of_sending =
            matches!(spec.effect, Effect::Seal | Effect::Send) || spec.name == "check-send";
        self.send != SendMode::Off || !is_of_sending
    }
}
