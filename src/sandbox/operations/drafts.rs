//! Drafts: made, edited under a version, deleted. They cannot be sent from here.

use crate::sandbox::{
    answer::{Outcome, no_content, ok},
    call::Call,
    fields::Fields,
    id::Id,
    page::Cut,
    refusal::Refusal,
    state::{DraftMode, Message, Role, State},
    view,
};

use super::{channels, conversations, sending};

/// What creating and editing share.
struct Content {
    author: Option<Id>,
    to: Option<Vec<String>>,
    cc: Option<Vec<String>>,
    bcc: Option<Vec<String>>,
    subject: Option<String>,
    body: String,
}

fn content(state: &State, fields: &mut Fields) -> Content {
    fields.text("quote_body");
    Content {
        author: sending::author(state, fields),
        to: fields.texts("to"),
        cc: fields.texts("cc"),
        bcc: fields.texts("bcc"),
        subject: fields.text("subject"),
        body: fields.required_text("body"),
    }
}

pub(super) fn of_conversation(state: &State, call: &Call) -> Outcome {
    let conversation = conversations::find(state, call)?;
    let drafts: Vec<&Message> = conversation
        .drafts
        .iter()
        .rev()
        .filter_map(|id| state.messages.get(*id))
        .collect();
    ok(&Cut::of(call)?.page(call, &drafts, None, |draft| view::message(state, draft)))
}

/// POST /channels/{id}/drafts: a draft that starts a conversation.
pub(super) fn start(state: &mut State, call: &Call) -> Outcome {
    let channel = channels::find(state, call)?.id;
    let mut fields = Fields::of(call)?;
    let content = content(state, &mut fields);
    let mode = mode(&mut fields);
    fields.check()?;
    let to = content.to.clone().unwrap_or_default();
    let subject = content.subject.clone().unwrap_or_default();
    let conversation = sending::open_conversation(state, channel, &subject, to.first());
    save(state, call, conversation, channel, content, mode)
}

/// POST /conversations/{id}/drafts: a draft of a reply, which must name its channel.
pub(super) fn reply(state: &mut State, call: &Call) -> Outcome {
    let conversation = conversations::find(state, call)?;
    let mut fields = Fields::of(call)?;
    let mut content = content(state, &mut fields);
    let channel = channel(state, &mut fields);
    let mode = mode(&mut fields);
    fields.check()?;
    if content.to.is_none() {
        let (to, cc) = sending::thread_recipients(state, conversation);
        content.to = Some(to);
        content.cc = content.cc.or(Some(cc));
    }
    let id = conversation.id;
    save(state, call, id, channel, content, mode)
}

fn mode(fields: &mut Fields) -> DraftMode {
    match fields.word("mode", &["private", "shared"]) {
        Some("shared") => DraftMode::Shared,
        _ => DraftMode::Private,
    }
}

fn channel(state: &State, fields: &mut Fields) -> Id {
    let text = fields.required_text("channel_id");
    match state.channel(&text) {
        Some(channel) => channel.id,
        None => {
            if fields.has("channel_id") {
                fields.complain("channel_id", &format!("unknown id {text}"));
            }
            Id::new("cha", 0)
        }
    }
}

fn save(
    state: &mut State,
    call: &Call,
    conversation: Id,
    channel: Id,
    content: Content,
    mode: DraftMode,
) -> Outcome {
    let now = state.tick();
    let uid = state.random.uid();
    let id = state.messages.next_id("msg");
    let text = sending::plain_text(&content.body);
    let recipients = recipients(state, channel, &content);
    let files = state.keep_files(call.files());
    let talk = state.conversations.get(conversation);
    let draft = Message {
        id,
        version: Some(version(&uid, now)),
        uid,
        conversation,
        channel,
        kind: sending::message_kind(state, channel),
        is_inbound: false,
        draft: Some(mode),
        created_at: now,
        subject: content
            .subject
            .or_else(|| talk.map(|talk| talk.subject.clone()))
            .unwrap_or_default(),
        blurb: sending::blurb(&text),
        author: content.author,
        recipients,
        body: content.body,
        text,
        attachments: files.iter().map(|file| file.id).collect(),
        replied_to: talk.and_then(|talk| talk.messages.last().copied()),
        error_type: None,
    };
    let answer = ok(&view::message(state, &draft));
    state.add_message(draft);
    answer
}

fn recipients(
    state: &State,
    channel: Id,
    content: &Content,
) -> Vec<crate::sandbox::state::Recipient> {
    sending::outbound_recipients(
        state,
        channel,
        [
            (content.to.as_deref().unwrap_or_default(), Role::To),
            (content.cc.as_deref().unwrap_or_default(), Role::Cc),
            (content.bcc.as_deref().unwrap_or_default(), Role::Bcc),
        ],
    )
}

/// A lock that changes with every save, in the form Front's has.
fn version(uid: &str, now: f64) -> String {
    let tail = uid.get(..4).unwrap_or_default();
    format!("{uid}-26028-{:.0}-{tail}", now * 1000.0)
}

fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Message, Refusal> {
    state
        .message(call.parameter(0))
        .filter(|message| message.draft.is_some())
        .ok_or_else(|| Refusal::not_found("draft", call.parameter(0)))
}

fn check_version(draft: &Message, given: Option<&str>) -> Result<(), Refusal> {
    if given.is_none() || given == draft.version.as_deref() {
        Ok(())
    } else {
        Err(Refusal::conflict(
            "The draft was changed since this version of it",
        ))
    }
}

/// PATCH /drafts/{id}/: the trailing slash is Front's.
pub(super) fn edit(state: &mut State, call: &Call) -> Outcome {
    let draft = find(state, call)?;
    let mut fields = Fields::of(call)?;
    let content = content(state, &mut fields);
    let channel = channel(state, &mut fields);
    let share = fields.word("mode", &["shared"]).is_some();
    let given = fields.text("version");
    fields.check()?;
    check_version(draft, given.as_deref())?;
    let id = draft.id;
    let rewritten = content.to.is_some() || content.cc.is_some() || content.bcc.is_some();
    let recipients = rewritten.then(|| recipients(state, channel, &content));
    let now = state.tick();
    let uid = state.random.uid();
    let kind = sending::message_kind(state, channel);
    let text = sending::plain_text(&content.body);
    let Some(draft) = state.messages.get_mut(id) else {
        return Err(Refusal::not_found("draft", call.parameter(0)));
    };
    draft.blurb = sending::blurb(&text);
    draft.text = text;
    draft.body = content.body;
    draft.channel = channel;
    draft.kind = kind;
    draft.version = Some(version(&uid, now));
    if let Some(recipients) = recipients {
        draft.recipients = recipients;
    }
    if let Some(subject) = content.subject {
        draft.subject = subject;
    }
    if let Some(author) = content.author {
        draft.author = Some(author);
    }
    if share {
        draft.draft = Some(DraftMode::Shared);
    }
    let draft = find(state, call)?;
    ok(&view::message(state, draft))
}

pub(super) fn remove(state: &mut State, call: &Call) -> Outcome {
    let draft = find(state, call)?;
    let mut fields = Fields::of(call)?;
    let given = fields.required_text("version");
    fields.check()?;
    check_version(draft, Some(&given))?;
    let (id, conversation) = (draft.id, draft.conversation);
    if let Some(draft) = state.messages.remove(id) {
        state.uids.remove(&draft.uid);
    }
    if let Some(conversation) = state.conversations.get_mut(conversation) {
        conversation.drafts.retain(|known| *known != id);
    }
    no_content()
}
