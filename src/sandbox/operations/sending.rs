//! The two operations that reach a customer. Here they reach the outbox.

use http::StatusCode;
use serde_json::json;

use crate::sandbox::{
    answer::{Answer, Outcome},
    call::Call,
    fields::Fields,
    id::Id,
    refusal::Refusal,
    state::{
        Channel, ChannelKind, Conversation, Kind, Message, MessageKind, Recipient, Role, Sent,
        Standing, State,
    },
};

use super::{changes::merge_into, channels, conversations, recording};

/// What both sends take.
struct Envelope {
    to: Option<Vec<String>>,
    cc: Vec<String>,
    bcc: Vec<String>,
    subject: Option<String>,
    body: String,
    text: Option<String>,
    author: Option<Id>,
    sender_name: Option<String>,
    tags: Vec<Id>,
    archive: bool,
}

fn envelope(state: &State, fields: &mut Fields) -> Envelope {
    let mut options = fields.nested("options");
    let tags = options.ids("tag_ids", "tag", |id| state.tags.get(id).is_some());
    let archive = options.flag("archive").unwrap_or(true);
    fields.absorb("options", options);
    Envelope {
        to: fields.texts("to"),
        cc: fields.texts("cc").unwrap_or_default(),
        bcc: fields.texts("bcc").unwrap_or_default(),
        subject: fields.text("subject"),
        body: fields.required_text("body"),
        text: fields.text("text"),
        author: author(state, fields),
        sender_name: fields.text("sender_name"),
        tags: tags.unwrap_or_default(),
        archive,
    }
}

/// The teammate a body's `author_id` names.
pub(super) fn author(state: &State, fields: &mut Fields) -> Option<Id> {
    let text = fields.text("author_id")?;
    let author = state.teammate(&text).map(|teammate| teammate.id);
    if author.is_none() {
        fields.complain("author_id", &format!("unknown id {text}"));
    }
    author
}

fn check_signature(fields: &mut Fields, channel: &Channel) -> Result<(), Refusal> {
    if fields.has("signature_id") && !channel.kind.is_email() {
        return Err(Refusal::forbidden(
            "A signature can only be used on an email channel",
        ));
    }
    fields.text("signature_id");
    fields.flag("should_add_default_signature");
    Ok(())
}

/// POST /channels/{id}/messages: a message that starts a conversation.
pub(super) fn start(state: &mut State, call: &Call) -> Outcome {
    let channel = channels::find(state, call)?;
    let mut fields = Fields::of(call)?;
    if !fields.has("to") {
        fields.complain("to", "missing");
    }
    check_signature(&mut fields, channel)?;
    let envelope = envelope(state, &mut fields);
    if envelope.to.as_ref().is_some_and(Vec::is_empty) {
        fields.complain("to", "must not be empty");
    }
    fields.check()?;
    let channel = channel.id;
    let to = envelope.to.as_deref().unwrap_or_default();
    let subject = envelope.subject.clone().unwrap_or_default();
    let conversation = open_conversation(state, channel, &subject, to.first());
    deliver(state, call, conversation, channel, envelope)
}

/// POST /conversations/{id}/messages: a reply.
pub(super) fn reply(state: &mut State, call: &Call) -> Outcome {
    let conversation = conversations::find(state, call)?;
    let mut fields = Fields::of(call)?;
    fields.text("quote_body");
    let channel = match fields.text("channel_id") {
        Some(text) => {
            let channel = state.channel(&text);
            if channel.is_none() {
                fields.complain("channel_id", &format!("unknown id {text}"));
            }
            channel
        }
        None => thread_channel(state, conversation),
    };
    if let Some(channel) = channel {
        check_signature(&mut fields, channel)?;
    }
    let mut envelope = envelope(state, &mut fields);
    fields.check()?;
    let Some(channel) = channel.map(|channel| channel.id) else {
        return Err(Refusal::bad_request(
            "The conversation has no channel to reply by",
        ));
    };
    if envelope.to.is_none() {
        let (to, cc) = thread_recipients(state, conversation);
        envelope.to = Some(to);
        if !fields.has("cc") {
            envelope.cc = cc;
        }
    }
    if envelope.to.as_ref().is_none_or(Vec::is_empty) {
        return Err(Refusal::bad_body(vec!["body.to: missing".to_owned()]));
    }
    let id = conversation.id;
    deliver(state, call, id, channel, envelope)
}

/// The channel the last message of the thread went through.
pub(super) fn thread_channel<'a>(
    state: &'a State,
    conversation: &Conversation,
) -> Option<&'a Channel> {
    let last = conversation.messages.last()?;
    state.channels.get(state.messages.get(*last)?.channel)
}

/// Whom a reply goes to when it does not say: the customer, and everybody else who was in copy.
pub(super) fn thread_recipients(
    state: &State,
    conversation: &Conversation,
) -> (Vec<String>, Vec<String>) {
    let customer = conversation
        .recipient
        .iter()
        .map(|recipient| recipient.handle.to_string())
        .collect();
    let last = conversation
        .messages
        .last()
        .and_then(|id| state.messages.get(*id));
    let copies = last
        .into_iter()
        .flat_map(|message| &message.recipients)
        .filter(|recipient| recipient.role == Role::Cc)
        .map(|recipient| recipient.handle.to_string())
        .collect();
    (customer, copies)
}

/// An empty conversation on the channel's inbox, for a first message or draft.
pub(super) fn open_conversation(
    state: &mut State,
    channel: Id,
    subject: &str,
    to: Option<&String>,
) -> Id {
    let now = state.tick();
    let id = state.conversations.next_id("cnv");
    let inbox = state.channels.get(channel).map(|channel| channel.inbox);
    let recipient = to.map(|handle| state.recipient(handle, Role::To));
    state.conversations.insert(Conversation {
        id,
        kind: Kind::Conversation,
        subject: subject.to_owned(),
        description: None,
        due_at: None,
        standing: Standing::Open,
        assignee: None,
        recipient,
        inbox: inbox.unwrap_or(Id::new("inb", 0)),
        tags: Vec::new(),
        followers: Vec::new(),
        messages: Vec::new(),
        drafts: Vec::new(),
        comments: Vec::new(),
        custom_fields: serde_json::Map::new(),
        created_at: now,
        updated_at: now,
        waiting_since: None,
        reminder: None,
    });
    id
}

/// Everybody on a message that goes out by `channel`.
pub(super) fn outbound_recipients(
    state: &State,
    channel: Id,
    lists: [(&[String], Role); 3],
) -> Vec<Recipient> {
    let from = state.channels.get(channel).map(|channel| Recipient {
        name: Some(channel.name.as_str().into()),
        handle: channel.address.as_str().into(),
        role: Role::From,
        contact: None,
    });
    from.into_iter()
        .chain(lists.into_iter().flat_map(|(handles, role)| {
            handles
                .iter()
                .map(move |handle| state.recipient(handle, role))
        }))
        .collect()
}

fn deliver(state: &mut State, call: &Call, id: Id, channel: Id, envelope: Envelope) -> Outcome {
    let now = state.tick();
    let uid = state.random.uid();
    let message_id = state.messages.next_id("msg");
    let to = envelope.to.unwrap_or_default();
    let recipients = outbound_recipients(
        state,
        channel,
        [
            (&to, Role::To),
            (&envelope.cc, Role::Cc),
            (&envelope.bcc, Role::Bcc),
        ],
    );
    let files = state.keep_files(call.files());
    let before = recording::before(state, id);
    let attachments = files.iter().map(|file| file.id).collect();
    let Some(conversation) = state.conversations.get_mut(id) else {
        return Err(Refusal::not_found("conversation", &id.to_string()));
    };
    let subject = envelope
        .subject
        .unwrap_or_else(|| conversation.subject.clone());
    let replied_to = conversation.messages.last().copied();
    conversation.updated_at = now;
    conversation.waiting_since = None;
    merge_into(&mut conversation.tags, envelope.tags.clone());
    if envelope.archive {
        conversation.standing = Standing::Archived;
        conversation.reminder = None;
    }
    let text = envelope
        .text
        .clone()
        .unwrap_or_else(|| plain_text(&envelope.body));
    state.outbox.push(Sent {
        message_uid: uid.clone(),
        message_id,
        conversation_id: id,
        channel_id: channel,
        to,
        cc: envelope.cc,
        bcc: envelope.bcc,
        subject: subject.clone(),
        body: envelope.body.clone(),
        text: envelope.text,
        author_id: envelope.author,
        sender_name: envelope.sender_name,
        archive: envelope.archive,
        tag_ids: envelope.tags,
        attachments: files,
        at: now,
    });
    state.add_message(Message {
        id: message_id,
        uid: uid.clone(),
        conversation: id,
        channel,
        kind: message_kind(state, channel),
        is_inbound: false,
        draft: None,
        version: None,
        created_at: now,
        subject,
        blurb: blurb(&text),
        author: envelope.author,
        recipients,
        body: envelope.body,
        text,
        attachments,
        replied_to,
        error_type: None,
    });
    if let Some(before) = before {
        before.record(state);
    }
    Ok(Answer::json(
        StatusCode::ACCEPTED,
        &json!({"status": "accepted", "message_uid": uid}),
    ))
}

/// What a channel's messages are called.
pub(super) fn message_kind(state: &State, channel: Id) -> MessageKind {
    match state.channels.get(channel).map(|channel| channel.kind) {
        Some(ChannelKind::Twilio) => MessageKind::Sms,
        Some(ChannelKind::FrontChat) => MessageKind::FrontChat,
        Some(ChannelKind::Custom) => MessageKind::Custom,
        _ => MessageKind::Email,
    }
}

/// The first words, for lists.
pub(crate) fn blurb(text: &str) -> String {
    let mut blurb = String::with_capacity(128);
    for word in text.split_whitespace() {
        if blurb.len() + word.len() > 120 {
            break;
        }
        if !blurb.is_empty() {
            blurb.push(' ');
        }
        blurb.push_str(word);
    }
    blurb
}

/// HTML without its tags: enough for a preview of what was just sent.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, next) = after.split_once('>').unwrap_or((after, ""));
        if matches!(tag, "br" | "br/" | "br /" | "/p" | "/div" | "/li") {
            text.push('\n');
        }
        rest = next;
    }
    text.push_str(rest);
    text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .trim()
        .to_owned()
}
