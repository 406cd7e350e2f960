//! `add-call-summary`: what a call on an application channel was about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::endpoints::application::AddSummary,
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Body, Noted, channel, external},
    },
};

pub static TOOL: Entry = Entry::of::<AddCallSummaryTool>();

struct AddCallSummaryTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// The call's id outside of Front.
    call_id: String,
    /// The summary.
    #[schemars(length(min = 1, max = 20000))]
    summary: String,
}

#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
struct Output(Noted);

impl Tool for AddCallSummaryTool {
    const SPEC: Spec = Spec {
        name: "add-call-summary",
        title: "Add a call summary",
        description: "Adds a summary, in plain text, to a recorded call of an application channel.",
        effect: Effect::Create,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &["add-call-summary"];
    const USES: &'static [&'static str] = &["list-channels"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let channel = channel(context, &input.channel).await?;
        let summary = AddSummary {
            channel: channel.clone(),
            external: external("call_id", &input.call_id)?,
            body: Body::default().with("content", input.summary).finish(),
        };
        context.client.send(&summary).await?;
        Ok(Output(Noted::new(channel, &input.call_id)))
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Added a summary to");
        self.0.say(&mut text);
        text
    }
}
