//! `add-call-transcript`: what was said in a call on an application channel.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::endpoints::application::AddTranscript,
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Body, Line, Noted, channel, external},
    },
};

pub static TOOL: Entry = Entry::of::<AddCallTranscriptTool>();

struct AddCallTranscriptTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// The call's id outside of Front.
    call_id: String,
    /// Who said what, in order.
    #[schemars(length(min = 1, max = 2000))]
    lines: Vec<Line>,
}

#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
struct Output(Noted);

impl Tool for AddCallTranscriptTool {
    const SPEC: Spec = Spec {
        name: "add-call-transcript",
        title: "Add a call transcript",
        description: "Adds a transcript to a recorded call of an application channel.",
        effect: Effect::Create,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &["add-call-transcript"];
    const USES: &'static [&'static str] = &["list-channels"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let channel = channel(context, &input.channel).await?;
        let lines: Vec<_> = input.lines.iter().map(Line::body).collect();
        let transcript = AddTranscript {
            channel: channel.clone(),
            external: external("call_id", &input.call_id)?,
            body: Body::default().with("lines", lines).finish(),
        };
        context.client.send(&transcript).await?;
        Ok(Output(Noted::new(channel, &input.call_id)))
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Added a transcript to");
        self.0.say(&mut text);
        text
    }
}
