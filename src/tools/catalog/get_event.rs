//! `get-event`: one thing that happened, with more of what was written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{endpoints::events::GetEvent, id::EventId},
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, event_row::EventRow,
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<GetEventTool>();

struct GetEventTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Event id.
    event_id: String,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    event: EventRow,
}

impl Tool for GetEventTool {
    const SPEC: Spec = Spec {
        name: "get-event",
        title: "Get an event",
        description: "Reads one event, with the text of its message or comment.",
        effect: Effect::Read,
        toolset: Toolset::Events,
    };
    const NEEDS: &'static [&'static str] = &["get-event"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let event = EventId::parse(resolve::unwrapped(&input.event_id)).ok_or_else(|| {
            resolve::wrong_id(
                "event_id",
                &input.event_id,
                "an event id such as `evt_4ckcra8e`",
            )
            .next("find events with `list-events`")
        })?;
        let event = context.client.send(&GetEvent { event }).await?;
        Ok(Output {
            event: EventRow::long(&event),
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        self.event.say(&mut text);
        text
    }
}
