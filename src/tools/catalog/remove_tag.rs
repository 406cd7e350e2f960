//! `remove-tag`: takes tags off a conversation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        endpoints::conversations::{GetConversation, RemoveTags},
        id::{ConversationId, TagId},
        model::Tag,
    },
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        arguments::clip,
        conversation_row::{Label, label, say_labels},
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<RemoveTagTool>();

struct RemoveTagTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Conversation id, or a link pasted from the Front app.
    conversation_id: String,
    /// Tags that are on it, by name or id.
    #[schemars(length(min = 1, max = 20))]
    tags: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    conversation_id: ConversationId,
    /// The tags that were taken off.
    removed: Vec<Label>,
}

impl Tool for RemoveTagTool {
    const SPEC: Spec = Spec {
        name: "remove-tag",
        title: "Remove tags",
        description: "Takes tags off a conversation. A tag that is not on it changes nothing.",
        effect: Effect::Set,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["get-conversation-by-id", "remove-conversation-tag"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let conversation = resolve::conversation("conversation_id", &input.conversation_id)?;
        // What is on it is the truth here: a name need not be looked for among all tags.
        let get = GetConversation {
            conversation: conversation.clone(),
        };
        let tags = context.client.send(&get).await?.tags;
        let mut removed: Vec<Label> = Vec::new();
        for (index, given) in input.tags.iter().enumerate() {
            let tag = on_it(&tags, &format!("tags[{index}]"), given)?;
            if removed.iter().all(|known| known.id != tag.id) {
                removed.push(label(tag));
            }
        }
        let endpoint = RemoveTags {
            conversation: conversation.clone(),
            tags: removed.iter().map(|tag| tag.id.clone()).collect(),
        };
        context.client.send(&endpoint).await?;
        Ok(Output {
            conversation_id: conversation,
            removed,
        })
    }
}

/// The tag of the conversation that is named.
fn on_it<'tags>(tags: &'tags [Tag], field: &str, given: &str) -> Result<&'tags Tag, ToolError> {
    let given = resolve::unwrapped(given);
    let id = TagId::parse(given);
    let name = given.to_lowercase();
    let meant: Vec<_> = tags
        .iter()
        .filter(|tag| match &id {
            Some(id) => tag.id == *id,
            None => !name.is_empty() && tag.name.raw().trim().to_lowercase() == name,
        })
        .collect();
    if let [only] = meant.as_slice() {
        return Ok(only);
    }
    let mut message = Text::new();
    message.quote_text(&clip(given));
    if meant.is_empty() {
        message.say(" is not on this conversation, so nothing was changed; on it are ");
        match tags {
            [] => message.say("no tags"),
            tags => message.append(resolve::candidates(tags.iter())),
        };
        return Err(ToolError::not_found(field, message)
            .next("leave it out, or call again with a tag that is on it"));
    }
    message.say(" is the name of more than one of its tags, so nothing was changed: ");
    message.append(resolve::candidates(meant.into_iter()));
    Err(ToolError::invalid(field, message)
        .coded("ambiguous")
        .next("call again with one of these ids"))
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Took off ");
        text.say(&self.conversation_id);
        say_labels(&self.removed, &mut text);
        text
    }
}
