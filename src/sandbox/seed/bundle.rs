//! Building one conversation, message after message.

use std::sync::Arc;

use serde_json::Map;

use crate::sandbox::{
    id::Id,
    operations::blurb,
    random::Random,
    state::{
        ChannelKind, Conversation, Kind, Message, MessageKind, Recipient, Role, Standing, State,
    },
};

use super::letters::{self, Client, Letter};

/// A conversation being written.
#[derive(Debug)]
pub(super) struct Thread {
    pub(super) id: Id,
    subject: String,
    channel: Id,
    kind: MessageKind,
    customer: Party,
    company: Party,
    pub(super) client: Client,
    pub(super) right_to_left: bool,
    /// How many earlier letters a mail quotes.
    pub(super) quoting: usize,
    pub(super) copied: Option<&'static str>,
    letters: Vec<Letter>,
}

#[derive(Clone, Debug)]
struct Party {
    id: Option<Id>,
    name: Arc<str>,
    handle: Arc<str>,
}

/// One more message.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// A landmark's id, where the message is one.
    pub(super) id: Option<Id>,
    /// The teammate who wrote it; the customer when none.
    pub(super) author: Option<Id>,
    pub(super) at: f64,
    pub(super) paragraphs: Vec<String>,
    pub(super) closing: Vec<String>,
    pub(super) attachments: Vec<Id>,
    /// HTML to use instead of what the customer's mail program would make of the paragraphs.
    pub(super) html: Option<String>,
}

/// What a conversation is about and who is in it.
#[derive(Debug)]
pub(super) struct Opening<'a> {
    pub(super) id: Id,
    pub(super) subject: &'a str,
    pub(super) channel: Id,
    pub(super) customer: Id,
}

impl Thread {
    pub(super) fn open(state: &mut State, opening: &Opening<'_>) -> Self {
        let channel = state.channels.get(opening.channel);
        let (source, kind) = match channel.map(|channel| channel.kind) {
            Some(ChannelKind::Twilio) => ("phone", MessageKind::Sms),
            Some(ChannelKind::FrontChat) => ("front_chat", MessageKind::FrontChat),
            _ => ("email", MessageKind::Email),
        };
        let contact = state.contacts.get(opening.customer);
        let handle = contact
            .and_then(|contact| contact.handles.iter().find(|one| one.source == source))
            .map_or("unknown", |handle| handle.handle.as_str());
        let customer = Party {
            id: contact.map(|contact| contact.id),
            name: contact.map_or("", |contact| contact.name.as_str()).into(),
            handle: handle.into(),
        };
        let company = Party {
            id: None,
            name: channel.map_or("", |channel| channel.name.as_str()).into(),
            handle: channel
                .map_or("", |channel| channel.address.as_str())
                .into(),
        };
        let inbox = channel.map_or(Id::new("inb", 1), |channel| channel.inbox);
        state.conversations.insert(Conversation {
            id: opening.id,
            kind: Kind::Conversation,
            subject: opening.subject.to_owned(),
            description: None,
            due_at: None,
            standing: Standing::Open,
            assignee: None,
            recipient: Some(party(&customer, Role::From, true)),
            inbox,
            tags: Vec::new(),
            followers: Vec::new(),
            messages: Vec::new(),
            drafts: Vec::new(),
            comments: Vec::new(),
            custom_fields: Map::new(),
            created_at: 0.0,
            updated_at: 0.0,
            waiting_since: None,
            reminder: None,
        });
        Self {
            id: opening.id,
            subject: opening.subject.to_owned(),
            channel: opening.channel,
            kind,
            customer,
            company,
            client: Client::Gmail,
            right_to_left: false,
            quoting: 2,
            copied: None,
            letters: Vec::new(),
        }
    }

    pub(super) fn write(&mut self, state: &mut State, entry: Entry) -> Id {
        let is_inbound = entry.author.is_none();
        let id = entry.id.unwrap_or_else(|| {
            Id::new("msg", 96_400_000_000 + state.messages.len() as u64 * 6_151)
        });
        let writer = if is_inbound {
            &self.customer
        } else {
            &self.company
        };
        let letter = Letter {
            at: entry.at,
            name: writer.name.to_string(),
            address: writer.handle.to_string(),
            paragraphs: entry.paragraphs,
            closing: entry.closing,
            client: if is_inbound {
                self.client
            } else {
                Client::Front
            },
            right_to_left: self.right_to_left,
        };
        let (html, text) = match self.kind {
            MessageKind::Email => {
                let quoted: Vec<&Letter> = self.letters.iter().rev().take(self.quoting).collect();
                letters::render(&letter, &quoted)
            }
            MessageKind::Sms | MessageKind::FrontChat | MessageKind::Custom => {
                let text = letter.paragraphs.join("\n");
                (text.clone(), text)
            }
        };
        let mut random = Random::new("message", id.number());
        let conversation = state.conversations.get_mut(self.id);
        let replied_to = conversation.and_then(|conversation| {
            conversation.updated_at = entry.at;
            if conversation.messages.is_empty() {
                conversation.created_at = entry.at;
            }
            if !is_inbound {
                conversation.waiting_since = None;
            } else if conversation.waiting_since.is_none() {
                conversation.waiting_since = Some(entry.at);
            }
            conversation.messages.last().copied()
        });
        let subject = match (self.kind, replied_to) {
            (MessageKind::Email, Some(_)) => format!("Re: {}", self.subject),
            (MessageKind::Email, None) => self.subject.clone(),
            _ => String::new(),
        };
        let recipients = self.recipients(is_inbound, &mut random);
        let first = letter.paragraphs.iter().map(String::as_str);
        state.add_message(Message {
            id,
            uid: random.uid(),
            conversation: self.id,
            channel: self.channel,
            kind: self.kind,
            is_inbound,
            draft: None,
            version: None,
            created_at: entry.at,
            subject,
            blurb: blurb(&first.collect::<Vec<_>>().join(" ")),
            author: entry.author,
            recipients,
            body: entry.html.unwrap_or(html),
            text,
            attachments: entry.attachments,
            replied_to,
            error_type: None,
        });
        self.letters.push(letter);
        id
    }

    fn recipients(&self, is_inbound: bool, random: &mut Random) -> Vec<Recipient> {
        let (from, to) = if is_inbound {
            (&self.customer, &self.company)
        } else {
            (&self.company, &self.customer)
        };
        // Now and then a mail program sends an address without a name.
        let named = !random.chance(8);
        let mut recipients = vec![party(from, Role::From, true), party(to, Role::To, named)];
        if let Some(copied) = self.copied {
            recipients.push(Recipient {
                name: None,
                handle: copied.into(),
                role: Role::Cc,
                contact: None,
            });
        }
        recipients
    }
}

fn party(party: &Party, role: Role, named: bool) -> Recipient {
    Recipient {
        name: named.then(|| party.name.clone()),
        handle: party.handle.clone(),
        role,
        contact: party.id,
    }
}
