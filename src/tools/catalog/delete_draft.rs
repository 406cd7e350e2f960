//! `delete-draft`: deletes a draft that the caller made here and nobody changed since.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        endpoints::drafts::DeleteDraft,
        id::{ConversationId, MessageId},
    },
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        drafting::{Texts, access, conflict, draft_id, is_conflict},
    },
};

pub static TOOL: Entry = Entry::of::<DeleteDraftTool>();

struct DeleteDraftTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The draft's id.
    draft_id: String,
    /// Version from `list-drafts`, for a draft of others.
    version: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// The draft that is no more.
    deleted: MessageId,
    /// The conversation it was in.
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation_id: Option<ConversationId>,
}

impl Tool for DeleteDraftTool {
    const SPEC: Spec = Spec {
        name: "delete-draft",
        title: "Delete a draft",
        description: "Deletes a draft that you made here and nobody changed since; others only where the policy allows it.",
        effect: Effect::Remove,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["get-message"];
    const USES: &'static [&'static str] = &["delete-draft"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let draft = draft_id(&input.draft_id)?;
        let version = input.version.as_deref();
        let access = access(context, "delete-draft", &draft, version, None).await?;
        let delete = DeleteDraft {
            draft: draft.clone(),
            version: access.version,
        };
        if let Err(error) = access.client.send(&delete).await {
            let texts = Texts {
                wanted: None,
                now: None,
            };
            return Err(match is_conflict(&error) {
                true => conflict(&draft, &texts),
                false => error.into(),
            });
        }
        context.gate.forget_draft(&context.caller, &draft).await;
        Ok(Output {
            deleted: draft,
            conversation_id: access.now.links.conversation(),
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Deleted draft ");
        text.say(&self.deleted);
        if let Some(conversation) = &self.conversation_id {
            text.say(" in ").say(conversation);
        }
        text
    }
}
