//! `update-draft`: changes a draft that the caller made here and nobody changed since.
//!
//! What was there before cannot be brought back, so it is marked as destructive.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    front::{
        endpoints::{drafts::EditDraft, messages::GetMessage},
        id::MessageId,
    },
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Spec, Tool, ToolError, Toolset,
        composing::{BodyFormat, body},
        drafting::{
            DraftReport, Mode, Rewrite, Texts, access, conflict, draft_id, is_conflict, merge,
            tell_colleagues,
        },
        permission,
    },
};

pub static TOOL: Entry = Entry::of::<UpdateDraftTool>();

struct UpdateDraftTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The draft's id.
    draft_id: String,
    /// New text.
    body: Option<String>,
    /// Default markdown.
    #[serde(default)]
    body_format: BodyFormat,
    /// New subject.
    #[schemars(length(max = 900))]
    subject: Option<String>,
    /// All recipients anew.
    #[schemars(length(max = 100))]
    to: Option<Vec<String>>,
    /// All copies anew.
    #[schemars(length(max = 100))]
    cc: Option<Vec<String>>,
    /// All blind copies anew.
    #[schemars(length(max = 100))]
    bcc: Option<Vec<String>>,
    /// Another channel: id, address or name.
    channel_id: Option<String>,
    /// Version from `list-drafts`, for a draft of others.
    version: Option<String>,
}

impl Tool for UpdateDraftTool {
    const SPEC: Spec = Spec {
        name: "update-draft",
        title: "Change a draft",
        description: "Changes a draft that you made here and nobody changed since; others only where the policy allows it. What is not given stays. Nothing is sent.",
        effect: Effect::Remove,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["get-message"];
    const USES: &'static [&'static str] = &[
        "edit-draft",
        "list-channels",
        "add-comment",
        "list-teammates",
    ];
    type Input = Input;
    type Output = DraftReport;

    async fn run(context: &Context<'_>, input: Input) -> Result<DraftReport, ToolError> {
        let draft = draft_id(&input.draft_id)?;
        let version = input.version.clone();
        let rewrite = rewrite(input)?;
        let wanted = rewrite.body.as_ref().map(|body| body.text.clone());
        let (given, text) = (version.as_deref(), wanted.as_deref());
        let access = access(context, "edit-draft", &draft, given, text).await?;
        let merged = merge(context, &access, rewrite).await?;
        permission::check_send(context, &merged.letter, true).await?;
        let mode = match access.now.draft_mode.as_deref() {
            Some("private") => Mode::Private,
            _ => Mode::Shared,
        };
        let comment = match merged.has_new_recipients && mode == Mode::Shared {
            true => tell_colleagues(context, &access.now, &merged.letter).await?,
            false => None,
        };
        let edit = EditDraft {
            draft: draft.clone(),
            change: merged.change(&access.version),
        };
        let written = match access.client.send(&edit).await {
            Ok(written) => written,
            Err(error) => {
                let error = match is_conflict(&error) {
                    true => overtaken(context, draft, &merged.letter.text).await,
                    false => error.into(),
                };
                return Err(match comment {
                    Some(_) => error.and("a comment told colleagues of the new recipients before"),
                    None => error,
                });
            }
        };
        if let Some((_, author)) = &access.own {
            let channel = &merged.letter.channel;
            context
                .gate
                .remember_draft(&context.caller, &written, channel, author.as_ref())
                .await;
        }
        let letter = &merged.letter;
        Ok(DraftReport::of(&written, letter, mode, comment, false))
    }
}

fn rewrite(input: Input) -> Result<Rewrite, ToolError> {
    let rewrite = Rewrite {
        body: match &input.body {
            Some(given) => Some(body(given, input.body_format)?),
            None => None,
        },
        subject: input.subject,
        to: input.to,
        cc: input.cc,
        bcc: input.bcc,
        channel: input.channel_id,
    };
    match rewrite.changes_nothing() {
        false => Ok(rewrite),
        true => Err(
            ToolError::invalid("body", Text::of("nothing to change is given"))
                .next("give what is to be changed: body, subject, recipients or channel"),
        ),
    }
}

/// Somebody else wrote between our look and our change: what is there now is told.
async fn overtaken(context: &Context<'_>, draft: MessageId, wanted: &str) -> ToolError {
    let message = draft.clone();
    let client = context.client.clone().fresh();
    let now = client.send(&GetMessage { message }).await.ok();
    let texts = Texts {
        wanted: Some(wanted),
        now: now.as_ref(),
    };
    conflict(&draft, &texts)
}
