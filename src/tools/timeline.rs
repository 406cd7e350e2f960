//! What happened in a conversation, one event at a time: messages, comments, drafts.

use schemars::JsonSchema;
use serde::Serialize;

use super::conversation_row::{Person, person};
use crate::{
    aside::aside,
    front::{
        id::{AttachmentId, CommentId, MessageId},
        model::{Attachment, Comment, Message, Recipient},
    },
    shape::{
        mail::{self, Mail, Quotes},
        moment::Moment,
        text::Text,
        tokens,
        words::Words,
    },
    untrusted::Untrusted,
};

/// The longest body that a timeline shows of one message, in characters and in tokens.
const LONGEST_BODY: usize = 12_000;
const DEAREST_BODY: usize = 5_000;

/// What kind of event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A message from outside.
    Inbound,
    /// A message that we sent.
    Outbound,
    /// An internal comment.
    Comment,
    /// A draft that nobody has sent.
    Draft,
}

/// One event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Event {
    /// What it is.
    pub kind: Kind,
    /// The message or draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// The comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment_id: Option<CommentId>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// The teammate who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// Who it came from, for messages without an author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Words>,
    /// Recipients (`detail: full`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Words>,
    /// Copies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<Words>,
    /// Blind copies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bcc: Vec<Words>,
    /// The subject, where it differs from the conversation's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Words>,
    /// Who sees a draft: `shared` or `private`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft_mode: Option<Words>,
    /// What a change of a draft must name (`list-drafts`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Words>,
    /// You made it here and nobody changed it since: you may update and delete it (`list-drafts`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// Why it could not be delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Words>,
    /// The text, as Markdown.
    pub body: Words,
    /// The body was longer and is cut.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub body_cut: bool,
    /// Files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File>,
    #[serde(skip)]
    folded_quotes: bool,
}

/// A file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct File {
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<AttachmentId>,
    /// Its name.
    pub name: Words,
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<Words>,
    /// Bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

impl File {
    /// `«name» (id) «media type» so many bytes`.
    pub fn say(&self, text: &mut Text) {
        text.quote(&self.name);
        if let Some(id) = &self.id {
            text.say(" (").say(id).say(")");
        }
        if let Some(media_type) = &self.media_type {
            text.say(" ").quote(media_type);
        }
        if let Some(size) = self.size {
            text.say(" ").say(size).say(" bytes");
        }
    }
}

/// A message as an event.
pub fn message(message: &Message, subject: &Untrusted, quotes: Quotes, full: bool) -> Event {
    let kind = if message.is_inbound {
        Kind::Inbound
    } else {
        Kind::Outbound
    };
    of_message(kind, message, subject, quotes, full)
}

/// A draft as an event.
pub fn draft(draft: &Message, subject: &Untrusted, quotes: Quotes, full: bool) -> Event {
    Event {
        draft_mode: draft
            .draft_mode
            .as_deref()
            .map(|mode| Words::line(&Untrusted::new(mode))),
        ..of_message(Kind::Draft, draft, subject, quotes, full)
    }
}

fn of_message(
    kind: Kind,
    message: &Message,
    subject: &Untrusted,
    quotes: Quotes,
    full: bool,
) -> Event {
    let mail = body(message, quotes);
    let role = |role: &'static str| {
        message
            .recipients
            .iter()
            .filter(move |recipient| recipient.role == role)
            .map(address)
    };
    let (text, body_cut) = cut(&mail.markdown, LONGEST_BODY, DEAREST_BODY);
    let author = message.author.as_ref().map(person);
    Event {
        kind,
        message_id: Some(message.id.clone()),
        comment_id: None,
        at: Moment::from_front(message.created_at),
        from: role("from").next().filter(|_| author.is_none()),
        author,
        to: if full {
            role("to").collect()
        } else {
            Vec::new()
        },
        cc: role("cc").collect(),
        bcc: role("bcc").collect(),
        subject: Words::some_line(&message.subject)
            .filter(|_| bare_subject(&message.subject) != bare_subject(subject)),
        draft_mode: None,
        version: None,
        own: false,
        error: message.error_type.as_ref().and_then(Words::some_line),
        body: Words::block(text),
        body_cut: body_cut || mail.folded.truncated,
        attachments: message.attachments.iter().map(file).collect(),
        folded_quotes: mail.folded.quoted_chars > 0,
    }
}

/// A comment as an event.
pub fn comment(comment: &Comment) -> Event {
    let mail = mail::from_text(comment.body.raw(), Quotes::Keep);
    let (text, body_cut) = cut(&mail.markdown, LONGEST_BODY, DEAREST_BODY);
    Event {
        kind: Kind::Comment,
        message_id: None,
        comment_id: Some(comment.id.clone()),
        at: Moment::from_front(comment.posted_at),
        author: comment.author.as_ref().map(person),
        from: None,
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        subject: None,
        draft_mode: None,
        version: None,
        own: false,
        error: None,
        body: Words::block(text),
        body_cut,
        attachments: comment.attachments.iter().map(file).collect(),
        folded_quotes: false,
    }
}

/// E-mail bodies are HTML, chats and SMS are text; a body that opens with a tag is HTML
/// whatever its type says.
pub fn body(message: &Message, quotes: Quotes) -> Mail {
    let body = message.body.raw();
    let is_html = message.kind == "email" || body.trim_start().starts_with('<');
    if body.trim().is_empty() {
        mail::from_text(message.text.raw(), quotes)
    } else if is_html {
        // Markup is slow to read: eight times as long as JSON.
        aside(body.len() * 8, || mail::from_html(body, quotes))
    } else {
        mail::from_text(body, quotes)
    }
}

/// The beginning of a text, at most so many characters and tokens, and whether it was longer.
pub fn cut(text: &str, longest: usize, most_tokens: usize) -> (&str, bool) {
    let (text, is_long) = match text.char_indices().nth(longest) {
        Some((end, _)) => (text.get(..end).unwrap_or(text), true),
        None => (text, false),
    };
    let (text, is_dear) = tokens::within(text, most_tokens);
    (text, is_long || is_dear)
}

/// `Re: Re: Order 5` and `Order 5` are the same subject.
fn bare_subject(subject: &Untrusted) -> String {
    let mut rest = subject.raw().trim();
    while let Some((prefix, tail)) = rest.split_once(':') {
        let known = ["re", "fw", "fwd", "aw", "wg", "tr", "sv"];
        if !known.contains(&prefix.trim().to_lowercase().as_str()) {
            break;
        }
        rest = tail.trim();
    }
    rest.to_lowercase()
}

/// `Name <handle>`, or the handle where there is no name.
pub fn address(recipient: &Recipient) -> Words {
    let (name, handle) = (recipient.name.raw().trim(), recipient.handle.raw());
    if name.is_empty() || name == handle {
        Words::line(&recipient.handle)
    } else {
        Words::line(&Untrusted::new(format!("{name} <{handle}>")))
    }
}

/// A file of a message.
pub fn file(attachment: &Attachment) -> File {
    File {
        id: attachment.id.clone(),
        name: Words::line(&attachment.filename),
        media_type: Words::some_line(&attachment.content_type),
        size: attachment.size,
    }
}

impl Event {
    /// The text of it.
    pub fn body(&self) -> &str {
        self.body.as_str()
    }

    /// Whether quoted history was left out of its body.
    pub fn has_folded_quotes(&self) -> bool {
        self.folded_quotes
    }

    /// The event as lines of a text.
    pub fn say(&self, text: &mut Text) {
        text.say(match self.kind {
            Kind::Inbound => "inbound ",
            Kind::Outbound => "outbound ",
            Kind::Comment => "comment ",
            Kind::Draft => "draft ",
        });
        text.say(self.message_id.as_ref())
            .say(self.comment_id.as_ref());
        if let Some(at) = &self.at {
            text.say(" ").say(at);
        }
        if let Some(author) = &self.author {
            text.say(" by ");
            author.say(text);
        }
        if let Some(from) = &self.from {
            text.say(" from ").quote(from);
        }
        for (name, people) in [(" to ", &self.to), (" cc ", &self.cc), (" bcc ", &self.bcc)] {
            for (index, one) in people.iter().enumerate() {
                text.say(if index == 0 { name } else { ", " }).quote(one);
            }
        }
        for (name, words) in [
            ("; subject ", &self.subject),
            ("; mode ", &self.draft_mode),
            ("; version ", &self.version),
            ("; not delivered: ", &self.error),
        ] {
            if let Some(words) = words {
                text.say(name).quote(words);
            }
        }
        if self.own {
            text.say("; your own");
        }
        for file in &self.attachments {
            text.say("; file ");
            file.say(text);
        }
        if !self.body.is_empty() {
            text.say("\n").quote(&self.body);
        }
        if self.body_cut {
            text.say(" (cut)");
        }
    }
}
