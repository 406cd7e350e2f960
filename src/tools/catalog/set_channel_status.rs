//! `set-channel-status`: tells Front whether an application channel works.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    front::{endpoints::application::SetChannelStatus, id::ChannelId},
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Body, channel},
    },
};

pub static TOOL: Entry = Entry::of::<SetChannelStatusTool>();

struct SetChannelStatusTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// Whether it works.
    status: Status,
}

#[derive(Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Status {
    Ok,
    Offline,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    channel_id: ChannelId,
    status: Status,
}

impl Tool for SetChannelStatusTool {
    const SPEC: Spec = Spec {
        name: "set-channel-status",
        title: "Set a channel's status",
        description: "Tells Front that an application channel works or is offline. Nothing else of the channel is changed.",
        effect: Effect::Set,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &["update-channel"];
    const USES: &'static [&'static str] = &["list-channels"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let channel = channel(context, &input.channel).await?;
        let status = SetChannelStatus {
            channel: channel.clone(),
            body: Body::default().with("status", json!(input.status)).finish(),
        };
        context.client.send(&status).await?;
        Ok(Output {
            channel_id: channel,
            status: input.status,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Channel ");
        text.say(&self.channel_id).say(match self.status {
            Status::Ok => " works",
            Status::Offline => " is offline",
        });
        text
    }
}
