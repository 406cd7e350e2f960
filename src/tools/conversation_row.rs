//! A conversation as one row of a list: who, what, where it stands, with every id beside its
//! name.

use schemars::JsonSchema;
use serde::Serialize;

use super::detail::Detail;
use crate::{
    front::{
        id::{ChannelId, ContactId, ConversationId, InboxId, MessageId, TagId, TeammateId},
        model::{Conversation, Inbox, Recipient, Tag, Teammate},
    },
    shape::{
        moment::Moment,
        text::{Own, Text, Vouched},
        words::{Foreign, Words},
    },
    untrusted::Untrusted,
};

/// An id beside its name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Named<Id> {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: Words,
}

/// A teammate: id and name.
pub type Person = Named<TeammateId>;
/// A tag: id and name.
pub type Label = Named<TagId>;
/// An inbox: id and name.
pub type Place = Named<InboxId>;
/// A channel: id and address.
pub type Sender = Named<ChannelId>;

impl<Id> Named<Id> {
    /// `«name word» id`.
    pub fn say<'row>(&'row self, text: &mut Text)
    where
        &'row Id: Own,
    {
        text.quote(&self.name).say(" ").say(&self.id);
    }
}

/// A teammate beside its id.
pub fn person(teammate: &Teammate) -> Person {
    Person {
        id: teammate.id.clone(),
        name: Words::line(&teammate.name()),
    }
}

/// A tag beside its id.
pub fn label(tag: &Tag) -> Label {
    Label {
        id: tag.id.clone(),
        name: Words::line(&tag.name),
    }
}

/// An inbox beside its id.
pub fn place(inbox: &Inbox) -> Place {
    Place {
        id: inbox.id.clone(),
        name: Words::line(&inbox.name),
    }
}

/// Somebody outside the company, or an address.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Counterpart {
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// The address, number or account.
    pub handle: Words,
}

impl Counterpart {
    /// Out of a recipient.
    pub fn of(recipient: &Recipient) -> Self {
        Self {
            name: Words::some_line(&recipient.name)
                .filter(|_| recipient.name.raw() != recipient.handle.raw()),
            handle: Words::line(&recipient.handle),
        }
    }

    /// `Name <handle>` in one mark.
    pub fn say(&self, text: &mut Text) {
        match &self.name {
            Some(name) => {
                text.quote_address(name, &self.handle);
            }
            None => {
                text.quote(&self.handle);
            }
        }
    }
}

/// Where a conversation stands, in one vocabulary though Front has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Open, with an assignee.
    Assigned,
    /// Open, without one.
    Unassigned,
    /// Done.
    Archived,
    /// Comes back later.
    Snoozed,
    /// In the trash.
    Trashed,
    /// A word of Front's that is not known here.
    Other,
}

impl Status {
    /// Out of what a conversation says. Snoozed ones say `archived` and have a reminder.
    pub fn of(conversation: &Conversation) -> Self {
        match conversation.status.as_str() {
            "assigned" => Self::Assigned,
            "unassigned" => Self::Unassigned,
            "archived" if !conversation.scheduled_reminders.is_empty() => Self::Snoozed,
            "archived" => Self::Archived,
            "deleted" | "trashed" => Self::Trashed,
            _ => Self::Other,
        }
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Unassigned => "unassigned",
            Self::Archived => "archived",
            Self::Snoozed => "snoozed",
            Self::Trashed => "trashed",
            Self::Other => "other",
        }
    }
}

/// One conversation in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConversationRow {
    /// The conversation.
    pub id: ConversationId,
    /// The subject; absent for chats without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Words>,
    /// Where it stands.
    pub status: Status,
    /// The last activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Moment>,
    /// The main counterpart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Counterpart>,
    /// Who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Person>,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Label>,
    /// The inbox it was listed from, when several were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbox: Option<Place>,
    /// The last message's first lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preview: Option<Preview>,
    /// What `detail: full` adds.
    #[serde(flatten)]
    pub more: Option<More>,
}

/// The last message in short.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Preview {
    /// The message.
    pub id: MessageId,
    /// Received rather than sent.
    pub inbound: bool,
    /// Its first lines.
    pub text: Words,
}

/// What a full row has beyond a concise one.
#[derive(Debug, Serialize, JsonSchema)]
pub struct More {
    /// `conversation`, `discussion` or `task`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Words>,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Moment>,
    /// Since when the counterpart waits for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Moment>,
    /// When a snoozed one comes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Moment>,
    /// The counterpart's contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<ContactId>,
    /// The ticket status, where ticketing is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_category: Option<Words>,
    /// Ticket numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ticket_ids: Vec<Words>,
    /// Custom fields by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_fields: Option<Foreign>,
    /// Not shared with the team.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
}

impl ConversationRow {
    /// A row with as much as is wanted.
    pub fn of(conversation: &Conversation, detail: Detail) -> Self {
        match detail {
            Detail::Concise => Self::concise(conversation),
            Detail::Full => Self::full(conversation),
        }
    }

    /// A concise row.
    pub fn concise(conversation: &Conversation) -> Self {
        Self {
            id: conversation.id.clone(),
            subject: Words::some_line(&conversation.subject),
            status: Status::of(conversation),
            updated: Moment::from_front(conversation.updated_at.or(conversation.created_at)),
            contact: conversation.recipient.as_ref().map(Counterpart::of),
            assignee: conversation.assignee.as_ref().map(person),
            tags: conversation.tags.iter().map(label).collect(),
            inbox: None,
            preview: None,
            more: None,
        }
    }

    /// A row with everything.
    pub fn full(conversation: &Conversation) -> Self {
        let line = |text: &str| Words::some_line(&Untrusted::new(text));
        Self {
            more: Some(More {
                kind: line(&conversation.kind),
                created: Moment::from_front(conversation.created_at),
                waiting_since: Moment::from_front(conversation.waiting_since),
                snoozed_until: conversation
                    .scheduled_reminders
                    .first()
                    .and_then(|reminder| Moment::from_front(reminder.scheduled_at)),
                contact_id: conversation
                    .recipient
                    .as_ref()
                    .and_then(|recipient| recipient.links.contact()),
                status_category: conversation.status_category.as_deref().and_then(line),
                ticket_ids: conversation.ticket_ids.iter().map(Words::line).collect(),
                custom_fields: (!conversation.custom_fields.is_empty())
                    .then(|| Foreign::clean(conversation.custom_fields.clone().into())),
                private: conversation.is_private,
            }),
            ..Self::concise(conversation)
        }
    }

    /// The row as a line or a few: id, status, time, subject, counterpart, assignee, tags. A list
    /// has a hundred of them, so nothing stands between that is not needed to tell them apart.
    pub fn say(&self, text: &mut Text) {
        text.say(&self.id).say(" ").say(self.status.word());
        if let Some(updated) = &self.updated {
            text.say(" ").say(updated);
        }
        if let Some(subject) = &self.subject {
            text.say(" ").quote(subject);
        }
        if let Some(contact) = &self.contact {
            // Behind a subject it can be nothing else.
            text.say(if self.subject.is_some() {
                " "
            } else {
                " with "
            });
            contact.say(text);
        }
        if let Some(assignee) = &self.assignee {
            text.say(" assignee ");
            assignee.say(text);
        }
        say_labels(&self.tags, text);
        if let Some(inbox) = &self.inbox {
            text.say("; inbox ");
            inbox.say(text);
        }
        if let Some(more) = &self.more {
            more.say(text);
        }
        if let Some(preview) = &self.preview {
            text.say("\n  last ")
                .say(if preview.inbound {
                    "from them "
                } else {
                    "from us "
                })
                .say(&preview.id)
                .say(" ")
                .quote(&preview.text);
        }
    }
}

/// ` «Urgent word» tag_1 «VIP word» tag_2`.
pub fn say_labels(labels: &[Label], text: &mut Text) {
    for each in labels {
        text.say(" ");
        each.say(text);
    }
}

impl More {
    fn say(&self, text: &mut Text) {
        for (name, moment) in [
            ("; created ", &self.created),
            ("; waiting since ", &self.waiting_since),
            ("; snoozed until ", &self.snoozed_until),
        ] {
            if let Some(moment) = moment {
                text.say(name).say(moment);
            }
        }
        if let Some(contact) = &self.contact_id {
            text.say("; contact ").say(contact);
        }
        for (name, words) in [
            ("; kind ", &self.kind),
            ("; ticket status ", &self.status_category),
        ] {
            if let Some(words) = words {
                text.say(name).quote(words);
            }
        }
        for ticket in &self.ticket_ids {
            text.say("; ticket ").quote(ticket);
        }
        if let Some(fields) = &self.custom_fields {
            text.say("; custom fields ").quote_json(fields);
        }
        if self.private {
            text.say("; private");
        }
    }
}

/// The end of every list: where it goes on.
pub fn say_next(next_cursor: Option<&String>, text: &mut Text) {
    if let Some(cursor) = next_cursor {
        text.say("\nMore: call again with cursor ")
            .say(Vouched::ours(cursor.clone()));
    }
}
