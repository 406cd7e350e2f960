//! `update-call`: tells Front where a call on an application channel stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    front::endpoints::application::UpdateCall,
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Body, Noted, channel, external, milliseconds},
    },
};

pub static TOOL: Entry = Entry::of::<UpdateCallTool>();

struct UpdateCallTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// The call's id outside of Front.
    call_id: String,
    /// Where it stands.
    status: Status,
    /// Since when. Default now.
    at: Option<String>,
    /// E-mail of the teammate on it.
    agent_email: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
struct Output(Noted);

#[derive(Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Status {
    Queued,
    Ringing,
    Connected,
    Hold,
    Hangup,
    Abandoned,
    Missed,
    Transferred,
}

impl Tool for UpdateCallTool {
    const SPEC: Spec = Spec {
        name: "update-call",
        title: "Update a call",
        description: "Tells Front where a recorded call of an application channel stands.",
        effect: Effect::Set,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &["update-call"];
    const USES: &'static [&'static str] = &["list-channels"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let channel = channel(context, &input.channel).await?;
        let at = milliseconds(context, "at", input.at.as_deref())?;
        let call = UpdateCall {
            channel: channel.clone(),
            external: external("call_id", &input.call_id)?,
            body: Body::default()
                .with("call_status", json!(input.status))
                .with_some("occurred_at", at)
                .with_some("agent_email_address", input.agent_email.as_deref())
                .finish(),
        };
        context.client.send(&call).await?;
        Ok(Output(Noted::new(channel, &input.call_id)))
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Updated");
        self.0.say(&mut text);
        text
    }
}
