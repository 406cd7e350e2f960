//! `set-availability`: whether a teammate takes assignments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{endpoints::people::SetAvailable, model::Teammate},
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, conversation_row::Person,
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<SetAvailabilityTool>();

struct SetAvailabilityTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// By name, e-mail address or id.
    teammate: String,
    /// Whether they take assignments.
    available: bool,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    teammate: Person,
    available: bool,
    /// What it was a moment ago.
    before: bool,
}

impl Tool for SetAvailabilityTool {
    const SPEC: Spec = Spec {
        name: "set-availability",
        title: "Set availability",
        description: "Sets whether a teammate is available and takes assignments.",
        effect: Effect::Set,
        toolset: Toolset::People,
    };
    const NEEDS: &'static [&'static str] = &["list-teammates", "update-teammate"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let teammate = resolve::one::<Teammate>(context, "teammate", &input.teammate).await?;
        let endpoint = SetAvailable {
            teammate: teammate.id.clone(),
            available: input.available,
        };
        context.client.send(&endpoint).await?;
        context.directory.forget().await;
        Ok(Output {
            teammate: Person {
                name: Words::line(&teammate.name()),
                id: teammate.id,
            },
            available: input.available,
            before: teammate.is_available,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let word = |available| if available { "available" } else { "away" };
        let mut text = Text::new();
        self.teammate.say(&mut text);
        text.say(" is now ")
            .say(word(self.available))
            .say(", and was ")
            .say(word(self.before));
        text
    }
}
