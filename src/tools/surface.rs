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
        CATALOG.iter().copied().filter(|entry| self.shows(entry))
    }

    fn shows(&self, entry: &Entry) -> bool {
        self.has_mode_for(&entry.spec) && self.decide(entry).allowed
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

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::{
        gate::policy::Settings,
        tools::{Context, Report, Tool},
    };

    /// A tool that cannot do without a guarded operation.
    struct Deleting;

    #[derive(Deserialize, JsonSchema)]
    struct Input {}

    #[derive(Serialize, JsonSchema)]
    struct Output {}

    impl Report for Output {
        fn report(&self) -> Text {
            Text::of("done")
        }
    }

    impl Tool for Deleting {
        const SPEC: Spec = Spec {
            name: "delete-tag",
            title: "Delete a tag",
            description: "Deletes a tag.",
            effect: Effect::Set,
        };
        const NEEDS: &'static [&'static str] = &["delete-tag"];
        type Input = Input;
        type Output = Output;

        async fn run(_: &Context<'_>, _: Input) -> Result<Output, ToolError> {
            Ok(Output {})
        }
    }

    #[test]
    fn a_tool_of_a_guarded_operation_is_there_when_the_policy_names_it() {
        static TOOL: Entry = Entry::of::<Deleting>();
        let under = |lines: &str| {
            let settings: Settings = toml::from_str(lines).unwrap();
            let policy = Policy::read(&settings, &["delete-tag"]).unwrap();
            Surface::new(SendMode::Confirm).under(&policy)
        };
        for (lines, is_there) in [
            ("", false),
            ("allow_tools = [\"delete-tag\"]", false),
            ("allow_operations = [\"delete-tag\"]", true),
            (
                "allow_operations = [\"delete-tag\"]\ndeny_tools = [\"delete-tag\"]",
                false,
            ),
            (
                "allow_operations = [\"delete-tag\"]\nread_only = true",
                false,
            ),
        ] {
            let surface = under(lines);
            assert_eq!(surface.shows(&TOOL), is_there, "{lines}");
            assert_eq!(surface.permit(&TOOL).is_ok(), is_there, "{lines}");
        }
    }

    #[test]
    fn every_need_is_an_operation() {
        for entry in CATALOG {
            for id in entry.needs.iter().chain(entry.uses) {
                assert!(Operation::by_id(id).is_some(), "{}: {id}", entry.spec.name);
            }
        }
    }
}
