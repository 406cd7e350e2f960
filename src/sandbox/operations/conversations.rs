//! Reading conversations: lists, search, one of them.

use crate::sandbox::{
    answer::{Outcome, created, ok},
    call::Call,
    fields::Fields,
    id::Id,
    page::Cut,
    refusal::Refusal,
    search::Search,
    state::{Comment, Conversation, Kind, Standing, State},
    view::{self, Listing},
};

use super::{contacts, inboxes, recording::record_mention, tags, teammates};

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    if let Some(sort) = call.query.first("sort_by")
        && sort != "date"
    {
        return Err(Refusal::bad_request("sort_by must be date"));
    }
    let ascending = match call.query.first("sort_order") {
        None | Some("desc") => false,
        Some("asc") => true,
        Some(_) => return Err(Refusal::bad_request("sort_order must be asc or desc")),
    };
    let mut found = chosen(state, call, |_| true)?;
    if ascending {
        found.reverse();
    }
    page(state, call, &found, None)
}

pub(super) fn of_inbox(state: &State, call: &Call) -> Outcome {
    let inbox = inboxes::find(state, call)?.id;
    some(state, call, |conversation| conversation.inbox == inbox)
}

pub(super) fn of_tag(state: &State, call: &Call) -> Outcome {
    let tag = tags::find(state, call)?.id;
    some(state, call, |conversation| conversation.tags.contains(&tag))
}

pub(super) fn of_teammate(state: &State, call: &Call) -> Outcome {
    let teammate = teammates::find(state, call)?.id;
    some(state, call, |conversation| {
        conversation.assignee == Some(teammate)
    })
}

pub(super) fn of_contact(state: &State, call: &Call) -> Outcome {
    let contact = contacts::find(state, call)?.id;
    some(state, call, |conversation| {
        conversation
            .messages
            .iter()
            .filter_map(|id| state.messages.get(*id))
            .flat_map(|message| &message.recipients)
            .any(|recipient| recipient.contact == Some(contact))
    })
}

pub(super) fn search(state: &State, call: &Call) -> Outcome {
    let search = Search::parse(call.parameter(0))?;
    let found = newest_first(
        state
            .conversations
            .iter()
            .filter(|conversation| search.matches(state, conversation))
            .collect(),
    );
    page(state, call, &found, Some(found.len()))
}

fn some(state: &State, call: &Call, belongs: impl Fn(&Conversation) -> bool) -> Outcome {
    let found = chosen(state, call, belongs)?;
    page(state, call, &found, None)
}

fn chosen<'a>(
    state: &'a State,
    call: &Call,
    belongs: impl Fn(&Conversation) -> bool,
) -> Result<Vec<&'a Conversation>, Refusal> {
    let statuses = statuses(call)?;
    Ok(newest_first(
        state
            .conversations
            .iter()
            .filter(|one| statuses.is_empty() || statuses.contains(&one.status()))
            .filter(|one| belongs(one))
            .collect(),
    ))
}

/// `q[statuses]` in the words objects use: what `q` calls `trashed`, they call `deleted`.
fn statuses(call: &Call) -> Result<Vec<&'static str>, Refusal> {
    call.query
        .q("statuses")
        .map(|word| {
            Ok(match word {
                "assigned" => "assigned",
                "unassigned" => "unassigned",
                "archived" => "archived",
                "trashed" => "deleted",
                other => {
                    return Err(Refusal::bad_request(format!(
                        "q.statuses: unknown status {other}"
                    )));
                }
            })
        })
        .collect()
}

fn newest_first(mut found: Vec<&Conversation>) -> Vec<&Conversation> {
    found.sort_by(|one, other| {
        other
            .updated_at
            .total_cmp(&one.updated_at)
            .then(other.id.cmp(&one.id))
    });
    found
}

fn page(state: &State, call: &Call, found: &[&Conversation], total: Option<usize>) -> Outcome {
    ok(&Cut::of(call)?.page(call, found, total, |conversation| {
        view::conversation(state, conversation)
    }))
}

/// The conversation the path names; a redirect when it was merged away.
pub(super) fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Conversation, Refusal> {
    let text = call.parameter(0);
    let id = state.conversation_id(text, &call.path)?;
    state
        .conversations
        .get(id)
        .ok_or_else(|| Refusal::not_found("conversation", text))
}

pub(super) fn find_mut<'a>(
    state: &'a mut State,
    call: &Call,
) -> Result<&'a mut Conversation, Refusal> {
    let text = call.parameter(0);
    let id = state.conversation_id(text, &call.path)?;
    state
        .conversations
        .get_mut(id)
        .ok_or_else(|| Refusal::not_found("conversation", text))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::conversation(state, find(state, call)?))
}

pub(super) fn followers(state: &State, call: &Call) -> Outcome {
    let followers = &find(state, call)?.followers;
    let teammates = followers.iter().filter_map(|id| state.teammates.get(*id));
    ok(&Listing::new(&call.path, teammates.map(view::teammate)))
}

pub(super) fn inboxes(state: &State, call: &Call) -> Outcome {
    let inbox = find(state, call)?.inbox;
    let inboxes = state.inboxes.get(inbox).into_iter();
    ok(&Listing::new(&call.path, inboxes.map(view::inbox)))
}

/// Front creates internal discussions this way, never customer conversations.
pub(super) fn create_discussion(state: &mut State, call: &Call) -> Outcome {
    let mut fields = Fields::of(call)?;
    if fields.required_text("type") == "task" {
        fields.complain("type", "the sandbox has no tasks");
    } else {
        fields.word("type", &["discussion"]);
    }
    let subject = fields.required_text("subject");
    let inbox = fields.text("inbox_id");
    let followers = fields
        .ids("teammate_ids", "tea", |id| {
            state.teammates.get(id).is_some()
        })
        .unwrap_or_default();
    let mut nested = fields.nested("comment");
    let comment = fields
        .has("comment")
        .then(|| (nested.text("author_id"), nested.required_text("body")));
    fields.absorb("comment", nested);
    let inbox = match inbox {
        Some(text) => Id::parse(&text).and_then(|id| state.inboxes.get(id)),
        None => state.inboxes.at(0),
    };
    let Some(inbox) = inbox.map(|inbox| inbox.id) else {
        fields.complain("inbox_id", "unknown id");
        fields.check()?;
        return Err(Refusal::bad_request("No inbox"));
    };
    fields.check()?;
    let now = state.tick();
    let mut conversation = Conversation {
        id: state.conversations.next_id("cnv"),
        kind: Kind::Discussion,
        subject,
        description: None,
        due_at: None,
        standing: Standing::Open,
        assignee: None,
        recipient: None,
        inbox,
        tags: Vec::new(),
        followers,
        messages: Vec::new(),
        drafts: Vec::new(),
        comments: Vec::new(),
        custom_fields: serde_json::Map::new(),
        created_at: now,
        updated_at: now,
        waiting_since: None,
        reminder: None,
    };
    if let Some((author, body)) = comment {
        let author = author
            .as_deref()
            .and_then(|text| state.teammate(text))
            .or_else(|| state.teammates.at(0))
            .map(|teammate| teammate.id);
        if let Some(author) = author {
            let id = state.comments.next_id("com");
            state.comments.insert(Comment {
                id,
                conversation: conversation.id,
                author,
                body,
                posted_at: now,
                is_pinned: false,
                replied_to: None,
            });
            conversation.comments.push(id);
        }
    }
    let answer = created(&view::conversation(state, &conversation));
    let comment = conversation.comments.first().copied();
    state.conversations.insert(conversation);
    if let Some(comment) = comment {
        record_mention(state, comment);
    }
    answer
}
