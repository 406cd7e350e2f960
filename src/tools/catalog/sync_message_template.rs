//! `sync-message-template`: tells Front of a template that lives outside of it, such as one that a
//! messenger has approved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    front::{
        endpoints::application::{PatchTemplate, PutTemplate},
        id::ChannelId,
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Body, channel, external},
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<SyncMessageTemplateTool>();

struct SyncMessageTemplateTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// The template's id outside of Front.
    external_id: String,
    /// Change only what is given of one that Front has; otherwise everything is needed.
    #[serde(default)]
    only_changes: bool,
    /// Name.
    name: Option<String>,
    /// Its first words.
    blurb: Option<String>,
    /// The whole, for looking at.
    preview: Option<String>,
    /// Not to be used. Default false.
    disabled: Option<bool>,
    /// Default approved.
    status: Option<Status>,
    /// Its variables. Default none.
    variables: Option<Vec<Variable>>,
}

#[derive(Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
enum Status {
    Pending,
    Approved,
    Rejected,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Variable {
    /// Value.
    uid: String,
    /// Name.
    name: String,
    /// Type.
    r#type: String,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    channel_id: ChannelId,
    /// The template, as the application knows it.
    external_id: Words,
    /// Front's own id of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    template_id: Option<Words>,
}

impl Tool for SyncMessageTemplateTool {
    const SPEC: Spec = Spec {
        name: "sync-message-template",
        title: "Sync a message template",
        description: "Puts a message template of an outside service on an application channel, or changes the one with that id. Nothing is sent.",
        effect: Effect::Set,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &[
        "sync-application-message-template",
        "update-application-message-template",
    ];
    const USES: &'static [&'static str] = &["list-channels"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, mut input: Input) -> Result<Output, ToolError> {
        let external = external("external_id", &input.external_id)?;
        if !input.only_changes {
            complete(&mut input)?;
        }
        let body = Body::default()
            .with_some("name", input.name.as_deref())
            .with_some("blurb", input.blurb.as_deref())
            .with_some("template_preview", input.preview.as_deref())
            .with_some("is_disabled", input.disabled)
            .with_some("status_name", input.status.map(|status| json!(status)))
            .with_some("variable_mappings", input.variables.map(|all| json!(all)));
        if body.is_empty() {
            let message = Text::of("goes with at least one thing to change");
            return Err(ToolError::invalid("only_changes", message));
        }
        let channel = channel(context, &input.channel).await?;
        let kept = if input.only_changes {
            let template = PatchTemplate {
                channel: channel.clone(),
                external,
                body: body.finish(),
            };
            context.client.send(&template).await?
        } else {
            let template = PutTemplate {
                channel: channel.clone(),
                body: body.with("external_id", input.external_id.trim()).finish(),
            };
            context.client.send(&template).await?
        };
        Ok(Output {
            channel_id: channel,
            external_id: Words::line(&Untrusted::new(input.external_id.trim())),
            template_id: shown(&kept.template_id),
        })
    }
}

/// Front wants all of a template that it is to put there.
fn complete(input: &mut Input) -> Result<(), ToolError> {
    let texts = [
        ("name", &input.name),
        ("blurb", &input.blurb),
        ("preview", &input.preview),
    ];
    if let Some((field, _)) = texts.into_iter().find(|(_, text)| text.is_none()) {
        return Err(ToolError::invalid(field, Text::of("is missing"))
            .next("give it, or set `only_changes` for a template that Front has"));
    }
    input.disabled.get_or_insert_default();
    input.status.get_or_insert(Status::Approved);
    input.variables.get_or_insert_default();
    Ok(())
}

fn shown(id: &Value) -> Option<Words> {
    let text = match id {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Words::some_line(&Untrusted::new(text))
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Front has template ");
        text.quote(&self.external_id)
            .say(" on ")
            .say(&self.channel_id);
        if let Some(id) = &self.template_id {
            text.say(", under its own id ").quote(id);
        }
        text
    }
}
