//! `add-tag`: puts existing tags on a conversation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{endpoints::conversations::AddTags, id::ConversationId, model::Tag},
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        conversation_row::{Label, label, say_labels},
        permission, resolve,
    },
};

pub static TOOL: Entry = Entry::of::<AddTagTool>();

struct AddTagTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Conversation id, or a link pasted from the Front app.
    conversation_id: String,
    /// Existing tags, by name or id.
    #[schemars(length(min = 1, max = 20))]
    tags: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    conversation_id: ConversationId,
    /// The tags that were added.
    added: Vec<Label>,
}

impl Tool for AddTagTool {
    const SPEC: Spec = Spec {
        name: "add-tag",
        title: "Add tags",
        description: "Adds existing tags to a conversation. An unknown tag changes nothing.",
        effect: Effect::Set,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-tags", "add-conversation-tag"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let conversation = resolve::conversation("conversation_id", &input.conversation_id)?;
        let mut added = Vec::new();
        for (index, tag) in input.tags.iter().enumerate() {
            let field = format!("tags[{index}]");
            let tag = resolve::one::<Tag>(context, &field, tag).await?;
            permission::check_tag(context.gate, &field, tag.id.as_str(), tag.name.raw())?;
            if added.iter().all(|known: &Label| known.id != tag.id) {
                added.push(label(&tag));
            }
        }
        let endpoint = AddTags {
            conversation: conversation.clone(),
            tags: added.iter().map(|tag| tag.id.clone()).collect(),
        };
        context.client.send(&endpoint).await?;
        Ok(Output {
            conversation_id: conversation,
            added,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Tagged ");
        text.say(&self.conversation_id);
        say_labels(&self.added, &mut text);
        text
    }
}
