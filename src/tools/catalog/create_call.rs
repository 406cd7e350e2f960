//! `create-call`: tells Front of a call on an application channel.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::endpoints::application::CreateCall,
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Body, Noted, Party, channel, milliseconds},
    },
};

pub static TOOL: Entry = Entry::of::<CreateCallTool>();

struct CreateCallTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// The call's id outside of Front.
    call_id: String,
    /// Which way.
    direction: Direction,
    /// The other side: who calls, or is called.
    party: Party,
    /// Where it stands.
    status: Status,
    /// The call that it was transferred from, or the same id.
    parent_call_id: Option<String>,
    /// When. Default now.
    started_at: Option<String>,
    /// E-mail of the teammate on it.
    agent_email: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
struct Output(Noted);

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Direction {
    Inbound,
    Outbound,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Status {
    Queued,
    Ringing,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Ringing => "ringing",
        }
    }
}

impl Tool for CreateCallTool {
    const SPEC: Spec = Spec {
        name: "create-call",
        title: "Record a call",
        description: "Records in Front a call that begins on an application channel. It calls nobody.",
        effect: Effect::Create,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &["create-call"];
    const USES: &'static [&'static str] = &["list-channels"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let channel = channel(context, &input.channel).await?;
        let started = milliseconds(context, "started_at", input.started_at.as_deref())?;
        let (direction, side) = match input.direction {
            Direction::Inbound => ("inbound", "from"),
            Direction::Outbound => ("outbound", "to"),
        };
        // Front wants a parent of every call; one that stands alone is its own.
        let parent = input.parent_call_id.as_deref().unwrap_or(&input.call_id);
        let body = Body::default()
            .with("external_call_id", input.call_id.trim())
            .with("parent_external_call_id", parent.trim())
            .with("direction", direction)
            .with(side, input.party.of_call("party")?)
            .with("initial_status", input.status.word())
            .with_some("started_at", started)
            .with_some("agent_email_address", input.agent_email.as_deref())
            .finish();
        let call = CreateCall {
            channel: channel.clone(),
            body,
        };
        context.client.send(&call).await?;
        Ok(Output(Noted::new(channel, &input.call_id)))
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Recorded");
        self.0.say(&mut text);
        text
    }
}
