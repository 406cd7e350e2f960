//! From what people have (a name, an e-mail address, a pasted link) to an id.
//!
//! An id is taken as it is. A name must be the whole name of exactly one thing, whatever its
//! case; otherwise the candidates are the answer. Nothing is guessed: a tag that is nearly the
//! right one may fire a rule that mails a customer.

use std::{collections::HashSet, fmt::Display, hash::Hash};

use super::{arguments::clip, context::Context, error::ToolError};
use crate::{
    front::{
        id::{
            self, AccountId, ChannelId, ContactListId, ConversationId, InboxId, TagId, TeammateId,
        },
        model::{Account, Channel, ContactList, Inbox, Tag, Teammate},
    },
    shape::{
        text::{Own, Text, Vouched},
        words::Words,
    },
    untrusted::Untrusted,
};

/// A thing that names resolve to.
struct Candidate<'list, Id> {
    id: &'list Id,
    /// What it is shown as.
    name: Untrusted,
    /// Everything it answers to.
    keys: Vec<&'list str>,
}

/// How many candidates an error lists.
const SHOWN: usize = 8;

/// The conversation that an id or a pasted link names.
pub fn conversation(field: &str, given: &str) -> Result<ConversationId, ToolError> {
    let given = unwrapped(given);
    if let Some(id) = ConversationId::parse(given) {
        return Ok(id);
    }
    if let Some(id) = id::in_app_link(given, ConversationId::PREFIX)
        .as_deref()
        .and_then(ConversationId::parse)
    {
        return Ok(id);
    }
    Err(
        wrong_id(field, given, "a conversation id such as `cnv_55c8c149`")
            .next("find the conversation with `list-conversations`"),
    )
}

/// An inbox by id or name.
pub async fn inbox(context: &Context<'_>, field: &str, given: &str) -> Result<InboxId, ToolError> {
    if let Some(id) = InboxId::parse(unwrapped(given)) {
        return Ok(id);
    }
    let inboxes = context.directory.inboxes(&context.client).await?;
    pick(
        field,
        given,
        "inbox",
        "list-inboxes",
        inboxes.iter().map(inbox_candidate),
    )
}

fn inbox_candidate(inbox: &Inbox) -> Candidate<'_, InboxId> {
    Candidate {
        id: &inbox.id,
        name: inbox.name.clone(),
        keys: vec![inbox.name.raw()],
    }
}

/// A tag by id or name.
pub async fn tag(context: &Context<'_>, field: &str, given: &str) -> Result<TagId, ToolError> {
    if let Some(id) = TagId::parse(unwrapped(given)) {
        return Ok(id);
    }
    let tags = context.directory.tags(&context.client).await?;
    pick(
        field,
        given,
        "tag",
        "list-tags",
        tags.iter().map(tag_candidate),
    )
}

fn tag_candidate(tag: &Tag) -> Candidate<'_, TagId> {
    Candidate {
        id: &tag.id,
        name: tag.name.clone(),
        keys: vec![tag.name.raw()],
    }
}

/// A teammate by id, e-mail address, user name or full name.
pub async fn teammate(
    context: &Context<'_>,
    field: &str,
    given: &str,
) -> Result<TeammateId, ToolError> {
    let given = unwrapped(given);
    if let Some(id) = TeammateId::parse(given) {
        return Ok(id);
    }
    let teammates = context.directory.teammates(&context.client).await?;
    let names: Vec<_> = teammates.iter().map(Teammate::name).collect();
    let candidates = teammates
        .iter()
        .zip(&names)
        .map(|(teammate, name)| Candidate {
            id: &teammate.id,
            name: name.clone(),
            keys: vec![
                name.raw(),
                teammate.email.raw(),
                teammate.username.raw(),
                teammate.first_name.raw(),
            ],
        });
    let bare = given.strip_prefix('@').unwrap_or(given);
    pick(field, bare, "teammate", "list-teammates", candidates)
}

/// A channel by id, address or name; an inbox id answers with that inbox's channels.
pub async fn channel(
    context: &Context<'_>,
    field: &str,
    given: &str,
) -> Result<ChannelId, ToolError> {
    let given = unwrapped(given);
    if let Some(id) = ChannelId::parse(given) {
        return Ok(id);
    }
    let channels = context.directory.channels(&context.client).await?;
    if let Some(inbox) = InboxId::parse(given) {
        let within = channels
            .iter()
            .filter(|channel| channel.links.inbox().as_ref() == Some(&inbox));
        let mut message = Text::of(
            "is an inbox, and messages leave through channels; the channels of this inbox are ",
        );
        message.append(candidates(within.map(channel_candidate)));
        return Err(
            ToolError::invalid(field, message).next("call again with one of these channel ids")
        );
    }
    pick(
        field,
        given,
        "channel",
        "raw-api-request` with GET `/channels",
        channels.iter().map(channel_candidate),
    )
}

fn channel_candidate(channel: &Channel) -> Candidate<'_, ChannelId> {
    let shown = if channel.address.is_blank() {
        &channel.name
    } else {
        &channel.address
    };
    Candidate {
        id: &channel.id,
        name: shown.clone(),
        keys: vec![
            channel.address.raw(),
            channel.send_as.raw(),
            channel.name.raw(),
        ],
    }
}

/// A contact list by id or name.
pub async fn contact_list(
    context: &Context<'_>,
    field: &str,
    given: &str,
) -> Result<ContactListId, ToolError> {
    if let Some(id) = ContactListId::parse(unwrapped(given)) {
        return Ok(id);
    }
    let lists = context.directory.contact_lists(&context.client).await?;
    let candidates = lists.iter().map(|list: &ContactList| Candidate {
        id: &list.id,
        name: list.name.clone(),
        keys: vec![list.name.raw()],
    });
    pick(
        field,
        given,
        "contact list",
        "raw-api-request` with GET `/contact_lists",
        candidates,
    )
}

/// An account by id, name or domain.
pub async fn account(
    context: &Context<'_>,
    field: &str,
    given: &str,
) -> Result<AccountId, ToolError> {
    if let Some(id) = AccountId::parse(unwrapped(given)) {
        return Ok(id);
    }
    let accounts = context.directory.accounts(&context.client).await?;
    let candidates = accounts.iter().map(|account: &Account| Candidate {
        id: &account.id,
        name: account.name.clone(),
        keys: std::iter::once(account.name.raw())
            .chain(account.domains.iter().map(Untrusted::raw))
            .collect(),
    });
    pick(
        field,
        given,
        "account",
        "raw-api-request` with GET `/accounts",
        candidates,
    )
}

/// Quotes and spaces around a pasted value.
pub fn unwrapped(given: &str) -> &str {
    given.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>'))
}

fn pick<'list, Id>(
    field: &str,
    given: &str,
    what: &'static str,
    list_tool: &'static str,
    all: impl Iterator<Item = Candidate<'list, Id>>,
) -> Result<Id, ToolError>
where
    Id: Clone + Eq + Hash + Display + Own + 'list,
    &'list Id: Own,
{
    let given = unwrapped(given);
    if let Some(other) = id::kind_of(given) {
        let mut message = Text::of("is the id of ");
        message
            .say(Vouched::ours(with_article(other)))
            .say(", and must name ")
            .say(Vouched::ours(with_article(what)));
        return Err(ToolError::invalid(field, message));
    }
    let wanted = given.to_lowercase();
    let all: Vec<_> = all.collect();
    let mut seen = HashSet::new();
    let exact: Vec<_> = all
        .iter()
        .filter(|candidate| {
            candidate
                .keys
                .iter()
                .any(|key| key.trim().to_lowercase() == wanted && !key.trim().is_empty())
        })
        .filter(|candidate| seen.insert(candidate.id))
        .collect();
    if let [only] = exact.as_slice() {
        return Ok(only.id.clone());
    }
    let mut message = Text::of(if exact.is_empty() {
        "no "
    } else {
        "more than one "
    });
    message.say(what).say(" is named ").quote_text(&clip(given));
    if exact.is_empty() {
        let near = nearest(&wanted, all);
        if !near.is_empty() {
            message.say("; the nearest are ");
            message.append(candidates(near.into_iter()));
        }
    } else {
        message.say(": ");
        message.append(candidates(exact.into_iter().map(|each| Candidate {
            id: each.id,
            name: each.name.clone(),
            keys: Vec::new(),
        })));
    }
    let mut next = Text::of("call again with one of these ids, or see all with `");
    next.say(list_tool).say("`");
    Err(ToolError::not_found(field, message).next_text(next))
}

/// Those that hold the wanted words, then those spelt most alike.
fn nearest<'list, Id>(wanted: &str, all: Vec<Candidate<'list, Id>>) -> Vec<Candidate<'list, Id>> {
    let mut scored: Vec<_> = all
        .into_iter()
        .map(|candidate| {
            let score = candidate
                .keys
                .iter()
                .map(|key| likeness(&key.to_lowercase(), wanted))
                .fold(0.0, f64::max);
            (score, candidate)
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored
        .into_iter()
        .take(5)
        .map(|(_, candidate)| candidate)
        .collect()
}

fn likeness(key: &str, wanted: &str) -> f64 {
    let held =
        !wanted.is_empty() && !key.is_empty() && (key.contains(wanted) || wanted.contains(key));
    strsim::jaro_winkler(key, wanted) + if held { 1.0 } else { 0.0 }
}

fn candidates<'list, Id>(all: impl Iterator<Item = Candidate<'list, Id>>) -> Text
where
    &'list Id: Own,
    Id: 'list,
{
    let mut text = Text::new();
    for (index, candidate) in all.enumerate() {
        if index == SHOWN {
            text.say(", ...");
            break;
        }
        if index > 0 {
            text.say(", ");
        }
        text.quote(&Words::line(&candidate.name))
            .say(" (")
            .say(candidate.id)
            .say(")");
    }
    text
}

/// An id was wanted, and something else was given.
pub fn wrong_id(field: &str, given: &str, wanted: &'static str) -> ToolError {
    let mut message = Text::of("must be ");
    message.say(wanted).say("; it is ");
    match id::kind_of(given) {
        Some(kind) => message
            .say("the id of ")
            .say(Vouched::ours(with_article(kind))),
        None => message.quote_text(&clip(given)),
    };
    ToolError::invalid(field, message)
}

fn with_article(what: &str) -> String {
    let vowel = what.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {what}", if vowel { "an" } else { "a" })
}
