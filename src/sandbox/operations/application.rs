//! The Channel API: what the application of a channel of its own tells of it.

pub(super) mod calls;
pub(super) mod templates;

use http::StatusCode;
use serde_json::json;

use super::{
    channels,
    recording::{self, record},
    sending::{author, blurb, open_conversation, plain_text},
};
use crate::sandbox::{
    answer::{Answer, Outcome, no_content},
    call::Call,
    fields::Fields,
    id::Id,
    refusal::Refusal,
    state::{By, ChannelKind, Message, MessageKind, Recipient, Role, Standing, State, What},
};

/// The channel, which must be an application's.
fn own_channel(state: &State, call: &Call) -> Result<Id, Refusal> {
    let channel = channels::find(state, call)?;
    match channel.kind {
        ChannelKind::Custom => Ok(channel.id),
        _ => Err(Refusal::bad_request(
            "Channel is not an application channel",
        )),
    }
}

/// 202 with nothing.
fn accepted() -> Outcome {
    Ok(Answer::empty(StatusCode::ACCEPTED))
}

/// PATCH /channels/{id}: of what can be changed, the sandbox knows the status alone.
pub(super) fn set_status(state: &mut State, call: &Call) -> Outcome {
    let channel = own_channel(state, call)?;
    let mut fields = Fields::of(call)?;
    let status = fields.word("status", &["ok", "offline"]);
    if status.is_none() {
        fields.complain("status", "the sandbox changes the status alone");
    }
    fields.check()?;
    if let Some(channel) = state.channels.get_mut(channel) {
        channel.is_offline = status == Some("offline");
    }
    no_content()
}

/// What tells a message and its conversation from others outside of Front.
struct Outside {
    message: String,
    conversation: String,
}

fn outside(fields: &mut Fields) -> Outside {
    let mut nested = fields.nested("metadata");
    let outside = Outside {
        message: nested.required_text("external_id"),
        conversation: nested.required_text("external_conversation_id"),
    };
    nested.text("referenced_message_external_id");
    for (name, text) in [
        ("external_id", &outside.message),
        ("external_conversation_id", &outside.conversation),
    ] {
        if text.chars().count() > 200 {
            nested.complain(name, "must be at most 200 characters");
        }
    }
    fields.absorb("metadata", nested);
    outside
}

/// Somebody at the other end, linked to a contact by address.
fn party(state: &State, fields: &mut Fields, role: Role) -> Recipient {
    let handle = fields.required_text("handle");
    let name = fields.text("name");
    let email = fields.text("email");
    let known = state.recipient(email.as_deref().unwrap_or(&handle), role);
    Recipient {
        name: name.map(Into::into).or(known.name),
        handle: handle.into(),
        role,
        contact: known.contact,
    }
}

/// POST /channels/{id}/inbound_messages: a message that somebody wrote elsewhere.
pub(super) fn receive(state: &mut State, call: &Call) -> Outcome {
    let channel = own_channel(state, call)?;
    let mut fields = Fields::of(call)?;
    let mut sender = fields.nested("sender");
    let from = party(state, &mut sender, Role::From);
    fields.absorb("sender", sender);
    let outside = outside(&mut fields);
    let to = state.channels.get(channel).map(|channel| Recipient {
        name: None,
        handle: channel.address.as_str().into(),
        role: Role::To,
        contact: None,
    });
    let people = std::iter::once(from.clone()).chain(to).collect();
    keep(state, call, channel, fields, (outside, people, Some(from)))
}

/// POST /channels/{id}/outbound_messages: a message that was sent elsewhere. It reaches nobody, and
/// so is not in the outbox.
pub(super) fn record_sent(state: &mut State, call: &Call) -> Outcome {
    let channel = own_channel(state, call)?;
    let mut fields = Fields::of(call)?;
    fields.text("sender_name");
    let outside = outside(&mut fields);
    let mut people: Vec<_> = state
        .channels
        .get(channel)
        .map(|channel| Recipient {
            name: Some(channel.name.as_str().into()),
            handle: channel.address.as_str().into(),
            role: Role::From,
            contact: None,
        })
        .into_iter()
        .collect();
    let count = fields
        .get("to")
        .and_then(|to| to.as_array())
        .map_or(0, Vec::len);
    if count == 0 {
        fields.complain("to", "must be array of recipients");
    }
    for position in 0..count {
        let mut one = fields.element("to", position);
        people.push(party(state, &mut one, Role::To));
        fields.absorb(&format!("to[{position}]"), one);
    }
    keep(state, call, channel, fields, (outside, people, None))
}

/// Puts the message into the conversation with its outside id, or into a new one.
fn keep(
    state: &mut State,
    call: &Call,
    channel: Id,
    mut fields: Fields,
    (outside, recipients, from): (Outside, Vec<Recipient>, Option<Recipient>),
) -> Outcome {
    let body = fields.required_text("body");
    let subject = fields.text("subject");
    let author = author(state, &mut fields);
    let delivered = fields.time("delivered_at");
    fields.check()?;
    let is_inbound = from.is_some();
    let key = (channel, outside.conversation);
    let counterpart = from.or_else(|| recipients.iter().find(|one| one.role == Role::To).cloned());
    let conversation = match state.application.conversations.get(&key) {
        Some(known) => *known,
        None => {
            let id =
                open_conversation(state, channel, subject.as_deref().unwrap_or_default(), None);
            if let Some(conversation) = state.conversations.get_mut(id) {
                conversation.recipient = counterpart;
            }
            state.application.conversations.insert(key, id);
            id
        }
    };
    let now = state.tick();
    let (uid, id) = (state.random.uid(), state.messages.next_id("msg"));
    let files = state.keep_files(call.files());
    let mut replied_to = None;
    let mut thread_subject = String::new();
    if let Some(conversation) = state.conversations.get_mut(conversation) {
        replied_to = conversation
            .messages
            .last()
            .copied()
            .filter(|_| !is_inbound);
        thread_subject.clone_from(&conversation.subject);
        conversation.updated_at = now;
        conversation.waiting_since = is_inbound.then_some(now);
        if is_inbound {
            conversation.standing = Standing::Open;
        }
    }
    let text = plain_text(&body);
    state
        .application
        .messages
        .insert((channel, outside.message), id);
    state.add_message(Message {
        id,
        uid: uid.clone(),
        conversation,
        channel,
        kind: MessageKind::Custom,
        is_inbound,
        draft: None,
        version: None,
        created_at: delivered.unwrap_or(now),
        subject: subject.unwrap_or(thread_subject),
        blurb: blurb(&text),
        author,
        recipients,
        body,
        text,
        attachments: files.iter().map(|file| file.id).collect(),
        replied_to,
        error_type: None,
    });
    Ok(Answer::json(
        StatusCode::ACCEPTED,
        &json!({ "status": "accepted", "message_uid": uid }),
    ))
}

/// PUT .../status: a message that was sent could not be delivered; its conversation opens again.
pub(super) fn fail(state: &mut State, call: &Call) -> Outcome {
    let channel = own_channel(state, call)?;
    let mut fields = Fields::of(call)?;
    if fields.word("status", &["failed"]).is_none() {
        fields.complain("status", "missing");
    }
    fields.text("reason");
    fields.check()?;
    let (outer, inner) = (call.parameter(1).to_owned(), call.parameter(2).to_owned());
    let unknown = || Refusal::not_found("message", call.parameter(2));
    let conversation = state.application.conversations.get(&(channel, outer));
    let conversation = *conversation.ok_or_else(unknown)?;
    let message = state.application.messages.get(&(channel, inner));
    let message = *message.ok_or_else(unknown)?;
    let message = state.messages.get_mut(message).ok_or_else(unknown)?;
    if message.conversation != conversation || message.is_inbound {
        return Err(unknown());
    }
    message.error_type = Some("unknown");
    let failed = message.id;
    record(
        state,
        conversation,
        By::Recipient,
        What::SendingError(failed),
    );
    let before = recording::before(state, conversation);
    if let Some(conversation) = state.conversations.get_mut(conversation) {
        conversation.standing = Standing::Open;
    }
    if let Some(before) = before {
        before.record(state);
    }
    no_content()
}
