//! What is done to each conversation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use crate::{
    front::{
        Client, FrontError,
        endpoints::{
            changes::UpdateConversation,
            conversations::{AddTags, RemoveTags},
        },
        id::ConversationId,
        model::{Conversation, Tag, Teammate},
    },
    shape::text::Text,
    tools::{
        Context, ToolError,
        conversation_row::{Label, Person, Status, label, person},
        permission, resolve,
    },
};

/// The kinds of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Puts a tag on.
    Tag,
    /// Takes a tag off.
    Untag,
    /// Gives it to a teammate, or to nobody.
    Assign,
    /// Archives it.
    Archive,
}

/// A change, with its names looked up.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Change {
    /// What kind it is.
    pub kind: Kind,
    /// The tag that is put on or taken off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Label>,
    /// Who is to have them; nobody without, where the kind is `assign`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Person>,
}

/// Why a conversation is not in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is as the change would make it.
    AlreadySo,
    /// Archiving would take it out of the trash.
    InTrash,
    /// It was merged into another one.
    Merged,
    /// Front knows none, or shows none.
    NotFound,
    /// The token may not see it.
    Forbidden,
    /// There was no time or no request budget left to look at it.
    NotRead,
    /// It is no longer as the dry run saw it, and a new dry run shows how it is.
    ChangedSince,
}

impl Why {
    /// In a reader's words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::AlreadySo => "already so",
            Self::InTrash => "in the trash",
            Self::Merged => "merged into another one",
            Self::NotFound => "not found",
            Self::Forbidden => "not shown to this token",
            Self::NotRead => "not looked at, as time or request budget ran out",
            Self::ChangedSince => "changed since the dry run",
        }
    }
}

impl Change {
    /// Looks up what the change is about.
    pub async fn of(
        context: &Context<'_>,
        kind: Kind,
        to: Option<&str>,
    ) -> Result<Self, ToolError> {
        let mut change = Self {
            kind,
            tag: None,
            assignee: None,
        };
        let given = to.map(resolve::unwrapped).filter(|to| !to.is_empty());
        match (kind, given) {
            (Kind::Archive, None) => {}
            (Kind::Archive, Some(_)) => {
                let message = Text::of("does not go with `archive`");
                return Err(ToolError::invalid("to", message).next("leave it out"));
            }
            (_, None) => {
                let message = Text::of("is missing: which tag, or which teammate");
                return Err(ToolError::invalid("to", message));
            }
            (Kind::Assign, Some(given)) => {
                if !given.eq_ignore_ascii_case("unassigned") {
                    let found = resolve::one::<Teammate>(context, "to", given).await;
                    let teammate = found.map_err(|error| resolve::or_unassigned(error, given))?;
                    change.assignee = Some(person(&teammate));
                }
            }
            (Kind::Tag | Kind::Untag, Some(given)) => {
                let tag = resolve::one::<Tag>(context, "to", given).await?;
                if kind == Kind::Tag {
                    permission::check_tag(context.gate, "to", tag.id.as_str(), tag.name.raw())?;
                }
                change.tag = Some(label(&tag));
            }
        }
        Ok(change)
    }

    /// Whether a conversation needs it, and if not, why.
    pub fn is_due(&self, conversation: &Conversation) -> Result<(), Why> {
        let has_tag = |tag: &Label| conversation.tags.iter().any(|one| one.id == tag.id);
        let is_tagged = self.tag.as_ref().is_some_and(has_tag);
        let is_so = match self.kind {
            Kind::Tag => is_tagged,
            Kind::Untag => !is_tagged,
            Kind::Assign => {
                conversation.assignee.as_ref().map(|one| &one.id)
                    == self.assignee.as_ref().map(|one| &one.id)
            }
            Kind::Archive => match Status::of(conversation) {
                Status::Trashed => return Err(Why::InTrash),
                status => status == Status::Archived,
            },
        };
        match is_so {
            true => Err(Why::AlreadySo),
            false => Ok(()),
        }
    }

    /// Makes it. A second time, it changes nothing more.
    pub async fn make(
        &self,
        client: &Client,
        conversation: &ConversationId,
    ) -> Result<(), FrontError> {
        let conversation = conversation.clone();
        let tags = self.tag.iter().map(|tag| tag.id.clone()).collect();
        let mut fields = Map::new();
        match self.kind {
            Kind::Tag => return client.send(&AddTags { conversation, tags }).await,
            Kind::Untag => return client.send(&RemoveTags { conversation, tags }).await,
            Kind::Assign => {
                let assignee = self.assignee.as_ref().map(|one| &one.id);
                fields.insert("assignee_id".into(), json!(assignee));
            }
            Kind::Archive => {
                fields.insert("status".into(), "archived".into());
            }
        }
        let update = UpdateConversation {
            conversation,
            fields,
        };
        client.send(&update).await
    }

    /// `assign to «Tove Lindqvist» tea_1`.
    pub fn say(&self, text: &mut Text) {
        text.say(match self.kind {
            Kind::Tag => "tag ",
            Kind::Untag => "untag ",
            Kind::Assign => "assign to ",
            Kind::Archive => "archive",
        });
        match (&self.tag, &self.assignee) {
            (Some(tag), _) => tag.say(text),
            (None, Some(person)) => person.say(text),
            (None, None) if self.kind == Kind::Assign => {
                text.say("nobody");
            }
            (None, None) => {}
        }
    }
}
