//! `list-drafts`: what somebody wrote in a conversation and nobody sent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        endpoints::conversations::ListDrafts, id::ConversationId, model::Message, page::Paged,
    },
    shape::{mail::Quotes, text::Text},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        drafting::version,
        fit::Room,
        resolve,
        timeline::{Event, draft},
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<ListDraftsTool>();

/// Front documents a next page of drafts and no way to ask for a larger one.
const MOST_PAGES: usize = 5;

struct ListDraftsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Conversation id, or a link pasted from the Front app.
    conversation_id: String,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// Where they are: after a merge another than the one asked for.
    conversation_id: ConversationId,
    /// Newest first.
    drafts: Vec<Event>,
    /// Older drafts that did not fit.
    #[serde(skip_serializing_if = "is_zero")]
    left_out: usize,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references"
)]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Tool for ListDraftsTool {
    const SPEC: Spec = Spec {
        name: "list-drafts",
        title: "List drafts",
        description: "Lists a conversation's drafts in Front, which nobody has sent, with version and which are your own.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-conversation-drafts"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let conversation = resolve::conversation("conversation_id", &input.conversation_id)?;
        let (conversation, mut all) = read(context, conversation).await?;
        all.sort_by(|one, other| {
            let at = |message: &Message| message.created_at.unwrap_or_default();
            at(other).total_cmp(&at(one))
        });
        let (mut drafts, mut room) = (Vec::new(), Room::default());
        for message in &all {
            // No subject is the conversation's: each draft says its own.
            let mut event = draft(message, &Untrusted::default(), Quotes::Fold, true);
            event.version = message.version.as_ref().and_then(version);
            let own = context.gate.is_own_draft(&context.caller, message).await;
            event.own = own.unwrap_or(false);
            if !room.takes(&event) {
                break;
            }
            drafts.push(event);
        }
        Ok(Output {
            conversation_id: conversation,
            left_out: all.len() - drafts.len(),
            drafts,
        })
    }
}

async fn read(
    context: &Context<'_>,
    conversation: ConversationId,
) -> Result<(ConversationId, Vec<Message>), ToolError> {
    let mut list = ListDrafts { conversation };
    let mut drafts = Vec::new();
    let mut token: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let (of, limit) = (&list, None);
        let page = Paged {
            of,
            limit,
            token: token.as_deref(),
        };
        let found = context.client.find(&page).await?;
        let page = found.answer;
        drafts.extend(page.results);
        if let Some(id) = found.merged_into {
            list.conversation = id;
        }
        if page.next.is_none() || page.next == token {
            break;
        }
        token = page.next;
    }
    Ok((list.conversation, drafts))
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        text.say(self.drafts.len())
            .say(match self.drafts.len() {
                1 => " draft in ",
                _ => " drafts in ",
            })
            .say(&self.conversation_id);
        for event in &self.drafts {
            text.say("\n");
            event.say(&mut text);
        }
        if self.left_out > 0 {
            text.say("\nOlder drafts left out: ").say(self.left_out);
        }
        text
    }
}
