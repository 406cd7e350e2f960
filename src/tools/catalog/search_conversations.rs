//! `search-conversations`: every filter of Front's search, as arguments.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        id::{self, ContactId, InboxId},
        model::{Inbox, Tag, Teammate},
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, arguments,
        conversation_row::{ConversationRow, place, say_next},
        cursor,
        detail::Detail,
        fit::Room,
        handle::{self, Handle},
        listing::{Plan, SearchIn},
        resolve,
        search_query::{
            FieldIs, Filter, Is, MOST_FILTERS, Part, Query, Quotable, Role, Unsearchable, words,
        },
        sources::{read, resume, sources},
    },
};

pub static TOOL: Entry = Entry::of::<SearchConversationsTool>();

struct SearchConversationsTool;

/// Each inbox is a search of its own, and of searches Front allows few.
const MOST_INBOXES: usize = 10;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Words and quoted phrases.
    #[schemars(length(max = 500))]
    text: Option<String>,
    /// Teammates, contact ids, one address.
    #[serde(default)]
    participants: Vec<String>,
    /// Any of these.
    #[serde(default)]
    from: Vec<String>,
    /// Any.
    #[serde(default)]
    to: Vec<String>,
    /// Any.
    #[serde(default)]
    cc: Vec<String>,
    /// Any.
    #[serde(default)]
    bcc: Vec<String>,
    /// Teammate or `unassigned`.
    assignee: Option<String>,
    /// Teammate.
    author: Option<String>,
    /// Teammate.
    commenter: Option<String>,
    /// Teammate.
    mention: Option<String>,
    /// All of these.
    #[serde(default)]
    tags: Vec<String>,
    /// Any of these.
    #[serde(default)]
    inboxes: Vec<String>,
    /// All of these.
    #[serde(default)]
    is: Vec<Is>,
    /// Name to value.
    #[serde(default)]
    custom_fields: BTreeMap<String, String>,
    /// ISO 8601, Unix seconds, `7d`.
    after: Option<String>,
    /// Likewise.
    before: Option<String>,
    /// Day.
    during: Option<String>,
    /// Default 25.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
    /// Default concise.
    #[serde(default)]
    detail: Detail,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    conversations: Vec<ConversationRow>,
    /// The queries that Front was sent: one, or one for each inbox.
    searched: Vec<Words>,
    /// How many there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// Pass as `cursor` for the next rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Tool for SearchConversationsTool {
    const SPEC: Spec = Spec {
        name: "search-conversations",
        title: "Search conversations",
        description: "Searches conversations by all of Front's filters, newest first. `list-conversations` is cheaper for plain lists.",
        toolset: Toolset::Core,
        effect: Effect::Read,
    };
    const NEEDS: &'static [&'static str] = &["search-conversations"];
    const USES: &'static [&'static str] = &["list-inboxes", "list-tags", "list-teammates"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let inboxes = check(context, &input)?;
        let query = query(context, &input).await?;
        let inboxes = match inboxes {
            Some(visible) => visible,
            None => named(context, &input.inboxes).await?,
        };
        let queries = in_each(&query, inboxes);
        let searches = queries.iter().map(|(inbox, query)| {
            let segment = query.segment().map_err(|_| nothing())?;
            Ok(SearchIn {
                inbox: inbox.clone(),
                query: segment,
            })
        });
        let searches = searches.collect::<Result<Vec<_>, ToolError>>()?;
        let several = searches.len() > 1;
        let mut sources = sources(Plan::Search(searches));
        if let Some(text) = &input.cursor {
            resume(&mut sources, cursor::read(context, text)?)?;
        }
        let place_too = if several { PLACE } else { 0 };
        let mut room = Room::default();
        let limit = input.limit.unwrap_or(25);
        let read = read(&context.client, &mut sources, limit, |conversation| {
            room.takes_with(&ConversationRow::of(conversation, input.detail), place_too)
        })
        .await?;
        let places = match several {
            true => context.directory.inboxes(&context.client).await?,
            false => std::sync::Arc::default(),
        };
        let rows = read.rows.iter().map(|(inbox, conversation)| {
            let row = ConversationRow::of(conversation, input.detail);
            let listed = places.iter().find(|one| Some(&one.id) == inbox.as_ref());
            ConversationRow {
                inbox: listed.map(place),
                ..row
            }
        });
        let conversations = rows.collect();
        let states: Vec<_> = sources.into_iter().map(|source| source.state).collect();
        let more = states.iter().any(|state| !state.done);
        Ok(Output {
            conversations,
            searched: queries
                .iter()
                .map(|(_, query)| Words::block(&query.to_string()))
                .collect(),
            total: read.total,
            next_cursor: more.then(|| cursor::write(context, states)).flatten(),
        })
    }
}

/// Tokens that a row's inbox is counted with before it is known.
const PLACE: usize = 20;

/// What can be said before a name is looked up. Gives the inboxes that the operator's policy
/// leaves where none is named.
fn check(context: &Context<'_>, input: &Input) -> Result<Option<Vec<InboxId>>, ToolError> {
    let visible = context
        .gate
        .policy()
        .inboxes()
        .filter(|_| input.inboxes.is_empty())
        .map(|visible| visible.iter().cloned().collect());
    if input.inboxes.len() > MOST_INBOXES {
        let mut message = Text::of("has ");
        message
            .say(input.inboxes.len())
            .say(" entries, each a search of its own, and the maximum is ")
            .say(MOST_INBOXES);
        return Err(ToolError::invalid("inboxes", message));
    }
    let inbox = usize::from(visible.is_some() || !input.inboxes.is_empty());
    let counts = [
        ("participants", input.participants.len()),
        ("from", input.from.len()),
        ("to", input.to.len()),
        ("cc", input.cc.len()),
        ("bcc", input.bcc.len()),
        ("tags", input.tags.len()),
        ("is", input.is.len()),
        ("custom_fields", input.custom_fields.len()),
        ("assignee", usize::from(input.assignee.is_some())),
        ("author", usize::from(input.author.is_some())),
        ("commenter", usize::from(input.commenter.is_some())),
        ("mention", usize::from(input.mention.is_some())),
        ("after", usize::from(input.after.is_some())),
        ("before", usize::from(input.before.is_some())),
        ("during", usize::from(input.during.is_some())),
        ("inboxes", inbox),
    ];
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    if all > MOST_FILTERS
        && let Some((field, _)) = counts.iter().max_by_key(|(_, count)| *count)
    {
        let mut message = Text::of("makes ");
        message
            .say(all)
            .say(" filters together with the others, and Front's search takes at most ")
            .say(MOST_FILTERS);
        return Err(ToolError::invalid(*field, message)
            .next("leave filters out, or search in several calls"));
    }
    let text = input.text.as_deref().map(str::trim).unwrap_or_default();
    if all == inbox && input.inboxes.is_empty() && text.is_empty() {
        return Err(nothing());
    }
    Ok(visible)
}

fn nothing() -> ToolError {
    ToolError::invalid("text", Text::of("is not given, and no filter is"))
        .next("say what to search for; `list-conversations` lists all")
}

async fn named(context: &Context<'_>, given: &[String]) -> Result<Vec<InboxId>, ToolError> {
    let mut inboxes = Vec::new();
    for (index, inbox) in given.iter().enumerate() {
        let id = resolve::id::<Inbox>(context, &format!("inboxes[{index}]"), inbox).await?;
        if !inboxes.contains(&id) {
            inboxes.push(id);
        }
    }
    Ok(inboxes)
}

/// A conversation is to be in any of them, and Front's search knows no "or" for inboxes.
fn in_each(query: &Query, inboxes: Vec<InboxId>) -> Vec<(Option<InboxId>, Query)> {
    if inboxes.is_empty() {
        return vec![(None, query.clone())];
    }
    let each = inboxes.into_iter().map(|inbox| {
        let mut query = query.clone();
        query.filters.insert(0, Filter::Inbox(inbox.clone()));
        (Some(inbox), query)
    });
    each.collect()
}

fn unsearchable(field: impl Into<String>, why: Unsearchable) -> ToolError {
    ToolError::invalid(field, Text::of(why.why()))
        .next("leave it out or search for a part of it, in `text` or another filter")
}

/// All but the inboxes.
async fn query(context: &Context<'_>, input: &Input) -> Result<Query, ToolError> {
    let text = input.text.as_deref().unwrap_or_default();
    let words = words(text).map_err(|why| unsearchable("text", why))?;
    let is = is(input)?;
    let mut filters = times(context, input)?;
    for (name, value) in &input.custom_fields {
        let field = FieldIs::new(name, value).map_err(|why| unsearchable("custom_fields", why))?;
        filters.push(Filter::CustomField(field));
    }
    filters.extend(is.into_iter().map(Filter::Is));
    for (index, tag) in input.tags.iter().enumerate() {
        let id = resolve::id::<Tag>(context, &format!("tags[{index}]"), tag).await?;
        filters.push(Filter::Tag(id));
    }
    for (part, field, given) in [
        (Part::Assignee, "assignee", assignee(input)),
        (Part::Author, "author", input.author.as_deref()),
        (Part::Commenter, "commenter", input.commenter.as_deref()),
        (Part::Mention, "mention", input.mention.as_deref()),
    ] {
        if let Some(given) = given {
            let id = resolve::id::<Teammate>(context, field, given).await?;
            filters.push(Filter::Teammate(part, id));
        }
    }
    for (role, field, given) in [
        (Role::From, "from", &input.from),
        (Role::To, "to", &input.to),
        (Role::Cc, "cc", &input.cc),
        (Role::Bcc, "bcc", &input.bcc),
    ] {
        for (index, given) in given.iter().enumerate() {
            let field = format!("{field}[{index}]");
            filters.push(Filter::Handle(role, address(context, &field, given).await?));
        }
    }
    filters.extend(participants(context, &input.participants).await?);
    // The same name twice is one filter.
    let mut once: Vec<Filter> = Vec::new();
    for filter in filters {
        if !once.contains(&filter) {
            once.push(filter);
        }
    }
    Ok(Query {
        words,
        filters: once,
    })
}

/// The teammate asked for, where one is.
fn assignee(input: &Input) -> Option<&str> {
    input.assignee.as_deref().filter(|_| !is_nobodys(input))
}

fn is_nobodys(input: &Input) -> bool {
    let given = input.assignee.as_deref().map(str::trim);
    given.is_some_and(|given| given.eq_ignore_ascii_case("unassigned"))
}

/// The places and states, none of which excludes another.
fn is(input: &Input) -> Result<Vec<Is>, ToolError> {
    let mut is = input.is.clone();
    if is_nobodys(input) {
        is.push(Is::Unassigned);
    }
    let conflict = |one: Is, other: Is| {
        let mut message = Text::of("cannot combine `");
        message.say(one.word()).say("` with `").say(other.word());
        message.say("`: a conversation is never both, and Front refuses the search");
        ToolError::invalid("is", message).next("call once for each")
    };
    for (index, one) in is.iter().enumerate() {
        if let Some(other) = is
            .iter()
            .skip(index + 1)
            .find(|other| one.excludes(**other))
        {
            return Err(conflict(*one, *other));
        }
    }
    if assignee(input).is_some() && is.contains(&Is::Unassigned) {
        let message = Text::of("cannot combine `unassigned` with an assignee");
        return Err(ToolError::invalid("is", message).next("drop one of the two"));
    }
    Ok(is)
}

fn times(context: &Context<'_>, input: &Input) -> Result<Vec<Filter>, ToolError> {
    let time = |field, given: &Option<String>| arguments::time(context, field, given.as_deref());
    let mut filters = Vec::new();
    // Whether Front's `after:` takes its own second is not documented; one second early, the
    // edge is inside either way.
    if let Some(after) = time("after", &input.after)? {
        filters.push(Filter::After(after.saturating_sub(1)));
    }
    if let Some(before) = time("before", &input.before)? {
        filters.push(Filter::Before(before));
    }
    if let Some(at) = time("during", &input.during)? {
        filters.push(Filter::During(noon(context, at)));
    }
    Ok(filters)
}

/// Front takes the day that a time is on, in a zone that it does not name. Noon is on the same
/// date in nearly all of them; the midnight that a date stands for is not.
fn noon(context: &Context<'_>, at: i64) -> i64 {
    let day = Timestamp::from_second(at)
        .ok()
        .map(|at| at.to_zoned(context.zone.clone()).date());
    day.and_then(|day| {
        context
            .zone
            .to_timestamp(day.to_datetime(civil::time(12, 0, 0, 0)))
            .ok()
    })
    .map_or(at, Timestamp::as_second)
}

/// An address as it is; a teammate's name stands for theirs.
async fn address(context: &Context<'_>, field: &str, given: &str) -> Result<Quotable, ToolError> {
    let handle = match Handle::read(given) {
        Some(handle) => handle.handle,
        None => match id::kind_of(resolve::unwrapped(given)) {
            None | Some("teammate") => {
                let teammate = resolve::one::<Teammate>(context, field, given).await;
                teammate.map_err(needs_address)?.email.raw().to_owned()
            }
            Some(_) => {
                return Err(resolve::wrong_id(field, given, "an address"));
            }
        },
    };
    Quotable::new(&handle).map_err(|why| unsearchable(field, why))
}

/// Where the name was nobody's in the company, it may be a customer's.
fn needs_address(error: ToolError) -> ToolError {
    match error.code {
        "not_found" => error.next("give an address, a phone number or `source:handle` (`twitter:@jo`); `list-contacts` finds a customer's by name, `list-teammates` shows the company's people"),
        _ => error,
    }
}

/// Teammates, contacts, and at most one address: what Front makes of several it does not say.
async fn participants(context: &Context<'_>, given: &[String]) -> Result<Vec<Filter>, ToolError> {
    let mut filters = Vec::new();
    let mut has_address = false;
    for (index, given) in given.iter().enumerate() {
        let field = format!("participants[{index}]");
        let filter = participant(context, &field, given).await?;
        if let Filter::Handle(..) = &filter
            && !filters.contains(&filter)
            && std::mem::replace(&mut has_address, true)
        {
            let message = Text::of(
                "is a second address of nobody in the company, and Front's search does not combine several in any role",
            );
            return Err(ToolError::invalid(field, message)
                .next("search for one of them, use contact ids, or `from`, `to`, `cc` and `bcc`, which take any of several"));
        }
        filters.push(filter);
    }
    Ok(filters)
}

async fn participant(context: &Context<'_>, field: &str, given: &str) -> Result<Filter, ToolError> {
    if let Some(id) = ContactId::parse(resolve::unwrapped(given)) {
        return Ok(Filter::Contact(id));
    }
    let Some(handle) = Handle::read(given) else {
        let teammate = resolve::id::<Teammate>(context, field, given).await;
        return Ok(Filter::Teammate(
            Part::Participant,
            teammate.map_err(needs_address)?,
        ));
    };
    if handle::email(given).is_some() {
        let teammates = context.directory.teammates(&context.client).await?;
        let colleague = teammates
            .iter()
            .find(|one| one.email.raw().eq_ignore_ascii_case(&handle.handle));
        if let Some(colleague) = colleague {
            return Ok(Filter::Teammate(Part::Participant, colleague.id.clone()));
        }
    }
    let handle = Quotable::new(&handle.handle).map_err(|why| unsearchable(field, why))?;
    Ok(Filter::Handle(Role::Recipient, handle))
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        match (self.conversations.len(), self.total) {
            (0, _) => text.say("No conversations match"),
            (count, Some(total)) => text
                .say(count)
                .say(" of ")
                .say(total)
                .say(" conversations, newest activity first"),
            (count, None) => text.say(count).say(" conversations, newest activity first"),
        };
        for (index, query) in self.searched.iter().enumerate() {
            text.say(if index == 0 { "; searched " } else { ", " });
            text.quote(query);
        }
        text.say(match self.conversations.is_empty() {
            true => ".",
            false => " (id, status, last activity, subject, contact, assignee, tags):",
        });
        for row in &self.conversations {
            text.say("\n");
            row.say(&mut text);
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
