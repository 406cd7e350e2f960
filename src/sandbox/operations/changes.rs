//! Changing conversations: status, assignee, tags, fields, reminders, followers.

use http::StatusCode;
use serde_json::Value;

use crate::sandbox::{
    answer::{Outcome, no_content},
    call::Call,
    fields::Fields,
    id::Id,
    refusal::Refusal,
    state::{Conversation, CustomField, Reminder, Standing, State},
};

use super::{
    conversations::{find, find_mut},
    recording::Before,
    tickets,
};

/// The farthest that Front takes a reminder, in seconds.
const FARTHEST: f64 = 50.0 * 366.0 * 86_400.0;

pub(super) fn update(state: &mut State, call: &Call) -> Outcome {
    find(state, call)?;
    let mut fields = Fields::of(call)?;
    let status = fields.word("status", &["archived", "open", "deleted", "spam"]);
    let assignee = assignee(state, &mut fields);
    let tags = fields.ids("tag_ids", "tag", |id| state.tags.get(id).is_some());
    let custom_fields = fields.object("custom_fields");
    let inbox = match fields.text("inbox_id") {
        None => None,
        Some(text) => {
            let known = Id::parse(&text).filter(|id| state.inboxes.get(*id).is_some());
            if known.is_none() {
                fields.complain("inbox_id", &format!("unknown id {text}"));
            }
            known
        }
    };
    let description = fields
        .has("description")
        .then(|| fields.text("description"));
    let due_at = fields.has("due_at").then(|| fields.number("due_at"));
    let ticket = tickets::wanted(state, &mut fields);
    check_custom_fields(state, &mut fields);
    fields.check()?;
    let before = Before::of(state, find(state, call)?);
    let now = state.tick();
    if let Some(ticket) = ticket {
        state.ticketing.set(find(state, call)?.id, ticket);
    } else if status.is_some() {
        state.ticketing.forget(find(state, call)?.id);
    }
    let status = status.or_else(|| ticket.and_then(|ticket| state.ticketing.standing(ticket)));
    let conversation = find_mut(state, call)?;
    if let Some(status) = status {
        conversation.standing = match status {
            "archived" => Standing::Archived,
            "deleted" => Standing::Deleted,
            "spam" => Standing::Spam,
            _ => Standing::Open,
        };
        conversation.reminder = None;
    }
    if let Some(assignee) = assignee {
        conversation.assignee = assignee;
    }
    if let Some(tags) = tags {
        conversation.tags.clear();
        merge_into(&mut conversation.tags, tags);
    }
    if let Some(custom_fields) = custom_fields {
        conversation.custom_fields = custom_fields;
    }
    if let Some(inbox) = inbox {
        conversation.inbox = inbox;
    }
    if let Some(description) = description {
        conversation.description = description;
    }
    if let Some(due_at) = due_at {
        conversation.due_at = due_at;
    }
    conversation.updated_at = now;
    before.record(state);
    no_content()
}

/// None when the field is absent, `Some(None)` to unassign.
#[expect(
    clippy::option_option,
    reason = "absent and null mean different things in a PATCH"
)]
fn assignee(state: &State, fields: &mut Fields) -> Option<Option<Id>> {
    match fields.get("assignee_id")? {
        Value::Null => Some(None),
        Value::String(text) if text.is_empty() => Some(None),
        Value::String(text) => {
            let known = state.teammate(text).map(|teammate| teammate.id);
            if known.is_none() {
                let complaint = format!("unknown id {text}");
                fields.complain("assignee_id", &complaint);
            }
            Some(known)
        }
        _ => {
            fields.complain("assignee_id", "must be string");
            None
        }
    }
}

fn check_custom_fields(state: &State, fields: &mut Fields) {
    for (name, value) in fields.object("custom_fields").unwrap_or_default() {
        let known = state.conversation_fields.iter();
        let complaint = match known.clone().find(|field| field.name == name) {
            None => "unknown custom field".to_owned(),
            Some(field) => match misfit(field, &value) {
                Some(complaint) => complaint,
                None => continue,
            },
        };
        fields.complain(&format!("custom_fields.{name}"), &complaint);
    }
}

/// Why a value is none of the field's type.
fn misfit(field: &CustomField, value: &Value) -> Option<String> {
    let fits = match field.kind {
        "number" | "datetime" => value.is_number(),
        "boolean" => value.is_boolean(),
        "enum" => {
            let is_choice = |text| field.choices.contains(&text);
            if !value.as_str().is_some_and(is_choice) {
                return Some(format!("must be one of {}", field.choices.join(", ")));
            }
            true
        }
        _ => value.is_string(),
    };
    (!fits).then(|| format!("must be {}", field.kind))
}

pub(super) fn assign(state: &mut State, call: &Call) -> Outcome {
    find(state, call)?;
    let mut fields = Fields::of(call)?;
    if !fields.has("assignee_id") {
        fields.complain("assignee_id", "missing");
    }
    let assignee = assignee(state, &mut fields).flatten();
    fields.check()?;
    touch(state, call, |conversation| conversation.assignee = assignee)
}

/// Front deletes for good only what is in the trash already.
pub(super) fn remove(state: &mut State, call: &Call) -> Outcome {
    let conversation = find(state, call)?;
    if !conversation.is_trashed() {
        return Err(Refusal::with_status(
            StatusCode::BAD_REQUEST,
            "Only trashed conversations can be deleted",
        ));
    }
    let id = conversation.id;
    if let Some(conversation) = state.conversations.remove(id) {
        forget_parts(state, &conversation);
    }
    no_content()
}

fn forget_parts(state: &mut State, conversation: &Conversation) {
    for id in conversation.messages.iter().chain(&conversation.drafts) {
        if let Some(message) = state.messages.remove(*id) {
            state.uids.remove(&message.uid);
        }
    }
    for id in &conversation.comments {
        state.comments.remove(*id);
    }
    let changes = state.changes.iter();
    let gone: Vec<Id> = changes
        .filter(|change| change.conversation == conversation.id)
        .map(|change| change.id)
        .collect();
    for id in gone {
        state.changes.remove(id);
    }
}

pub(super) fn add_tags(state: &mut State, call: &Call) -> Outcome {
    let tags = required_ids(state, call, "tag_ids", "tag")?;
    touch(state, call, |conversation| {
        merge_into(&mut conversation.tags, tags);
    })
}

pub(super) fn remove_tags(state: &mut State, call: &Call) -> Outcome {
    let tags = required_ids(state, call, "tag_ids", "tag")?;
    touch(state, call, |conversation| {
        conversation.tags.retain(|tag| !tags.contains(tag));
    })
}

pub(super) fn add_followers(state: &mut State, call: &Call) -> Outcome {
    let teammates = required_ids(state, call, "teammate_ids", "tea")?;
    touch(state, call, |conversation| {
        merge_into(&mut conversation.followers, teammates);
    })
}

pub(super) fn remove_followers(state: &mut State, call: &Call) -> Outcome {
    let teammates = required_ids(state, call, "teammate_ids", "tea")?;
    touch(state, call, |conversation| {
        conversation.followers.retain(|id| !teammates.contains(id));
    })
}

pub(super) fn remind(state: &mut State, call: &Call) -> Outcome {
    find(state, call)?;
    let mut fields = Fields::of(call)?;
    let owner = fields.required_text("teammate_id");
    if !fields.has("scheduled_at") {
        fields.complain("scheduled_at", "missing");
    }
    let scheduled_at = fields.number("scheduled_at");
    let ahead = scheduled_at.map(|at| at - state.clock.now());
    if ahead.is_some_and(|ahead| !(0.0..=FARTHEST).contains(&ahead)) {
        fields.complain("scheduled_at", "must be in the future and within 50 years");
    }
    let owner = state.teammate(&owner).map(|teammate| teammate.id);
    if owner.is_none() && fields.has("teammate_id") {
        fields.complain("teammate_id", "unknown id");
    }
    fields.check()?;
    let created_at = state.clock.now();
    touch(state, call, |conversation| {
        conversation.reminder = owner
            .zip(scheduled_at)
            .map(|(owner, scheduled_at)| Reminder {
                owner,
                created_at,
                scheduled_at,
            });
    })
}

fn required_ids(state: &State, call: &Call, field: &str, prefix: &str) -> Result<Vec<Id>, Refusal> {
    find(state, call)?;
    let mut fields = Fields::of(call)?;
    if !fields.has(field) {
        fields.complain(field, "missing");
    }
    let ids = fields.ids(field, prefix, |id| match prefix {
        "tag" => state.tags.get(id).is_some(),
        _ => state.teammates.get(id).is_some(),
    });
    fields.check()?;
    Ok(ids.unwrap_or_default())
}

fn touch(state: &mut State, call: &Call, change: impl FnOnce(&mut Conversation)) -> Outcome {
    let before = Before::of(state, find(state, call)?);
    let now = state.tick();
    let conversation = find_mut(state, call)?;
    change(conversation);
    conversation.updated_at = now;
    before.record(state);
    no_content()
}

pub(super) fn merge_into(known: &mut Vec<Id>, added: Vec<Id>) {
    for id in added {
        if !known.contains(&id) {
            known.push(id);
        }
    }
}
