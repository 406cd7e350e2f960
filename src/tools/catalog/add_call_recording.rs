//! `add-call-recording`: how a call on an application channel sounded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::endpoints::application::AddRecording,
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Noted, channel, external, files},
        arguments,
        attaching::Attach,
    },
};

pub static TOOL: Entry = Entry::of::<AddCallRecordingTool>();

struct AddCallRecordingTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// The call's id outside of Front.
    call_id: String,
    /// Default call.
    #[serde(default)]
    kind: Kind,
    /// `path`, or `name` with `content_base64`; `content_type` is audio.
    file: Attach,
}

#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
struct Output(Noted);

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    #[default]
    Call,
    Voicemail,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Voicemail => "voicemail",
        }
    }
}

impl Tool for AddCallRecordingTool {
    const SPEC: Spec = Spec {
        name: "add-call-recording",
        title: "Add a call recording",
        description: "Adds one audio file to a recorded call of an application channel.",
        effect: Effect::Create,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &["add-call-recording"];
    const USES: &'static [&'static str] = &["list-channels"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let channel = channel(context, &input.channel).await?;
        let call = external("call_id", &input.call_id)?;
        let file = files(context, vec![input.file]).await?.pop();
        let file = file.ok_or_else(ToolError::unshapable)?;
        if !file.content_type.starts_with("audio/") {
            let mut message = Text::of("must be audio; it is ");
            message.quote_text(&arguments::clip(&file.content_type));
            return Err(ToolError::invalid("file", message)
                .next("give the recording, with a `content_type` such as `audio/mpeg`"));
        }
        let recording = AddRecording {
            channel: channel.clone(),
            call,
            kind: input.kind.word(),
            file,
        };
        context.client.send(&recording).await?;
        Ok(Output(Noted::new(channel, &input.call_id)))
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Added a recording to");
        self.0.say(&mut text);
        text
    }
}
