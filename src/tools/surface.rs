//! What is shown and may be called, apart from what a tool is: the operator's settings decide.

use super::{
    catalog::CATALOG,
    choice::Choice,
    contract::{Effect, Entry, Spec},
    error::ToolError,
    permission,
    toolset::Toolset,
};
use crate::{
    front::Operation,
    gate::{
        mode::SendMode,
        policy::{Decision, Policy},
    },
    shape::text::Text,
};

/// The tool that saves files where the operator names a folder for them.
const SAVES: &str = "get-attachment";

/// What the operator's settings leave of the tools.
#[derive(Clone, Debug)]
pub struct Surface {
    send: SendMode,
    policy: Policy,
    choice: Choice,
    /// Files are saved in a folder of the operator's.
    saves: bool,
}

impl Surface {
    /// What a send mode leaves visible, without a policy, of the tools that are shown unless
    /// others are chosen.
    pub fn new(send: SendMode) -> Self {
        Self {
            send,
            policy: Policy::default(),
            choice: Choice::default(),
            saves: false,
        }
    }

    /// The same where files may be saved, or not.
    #[must_use]
    pub fn saving(self, saves: bool) -> Self {
        Self { saves, ..self }
    }

    /// What is chosen of it.
    #[must_use]
    pub fn choosing(self, choice: &Choice) -> Self {
        Self {
            choice: choice.clone(),
            ..self
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

    /// The operator's choice of tools.
    pub fn choice(&self) -> &Choice {
        &self.choice
    }

    /// The listed tools: set by set, each in the catalog's order.
    pub fn listed(&self) -> impl Iterator<Item = &'static Entry> {
        self.among(&CATALOG)
    }

    fn among(&self, catalog: &[&'static Entry]) -> impl Iterator<Item = &'static Entry> {
        Toolset::ALL
            .into_iter()
            .flat_map(move |set| {
                catalog
                    .iter()
                    .filter(move |entry| entry.spec.toolset == set)
            })
            .copied()
            .filter(|entry| self.shows(entry))
    }

    fn shows(&self, entry: &Entry) -> bool {
        self.permit(entry).is_ok()
    }

    /// What is not shown does not run either.
    pub fn permit(&self, entry: &Entry) -> Result<(), ToolError> {
        if let Some(decision) = self.choice.leaves_out(entry) {
            return Err(permission::denied(&decision));
        }
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

    /// What choice and policy say of a tool: of itself, and of the operations it cannot do
    /// without.
    pub fn decide(&self, entry: &Entry) -> Decision {
        if let Some(left_out) = self.choice.leaves_out(entry) {
            return left_out;
        }
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

    /// What a tool can do to the world here: where nothing may change, any operation is a read, and
    /// where files are saved, reading one changes a folder.
    pub fn effect(&self, spec: &Spec) -> Effect {
        match spec.effect {
            Effect::Any if self.policy.is_read_only() => Effect::Read,
            Effect::Read if spec.name == SAVES && self.saves && !self.policy.is_read_only() => {
                Effect::Set
            }
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

#[cfg(test)]
mod tests;
