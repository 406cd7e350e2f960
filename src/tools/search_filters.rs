//! What `search-conversations` and `bulk-update` search for: names looked up, and what Front cannot
//! combine refused.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil};

use crate::{
    front::{
        id::{self, ContactId, InboxId},
        model::{Inbox, Tag, Teammate},
    },
    shape::text::Text,
    tools::{
        Context, ToolError, arguments,
        handle::{self, Handle},
        listing::SearchIn,
        resolve,
        search_query::{
            FieldIs, Filter, Is, MOST_FILTERS, Part, Query, Quotable, Role, Unsearchable, words,
        },
    },
};

/// Each inbox is a search of its own, and of searches Front allows few.
const MOST_INBOXES: usize = 10;

/// What is searched for, as it was given.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Words and quoted phrases.
    pub text: Option<String>,
    /// Teammates, contact ids, one address.
    pub participants: Vec<String>,
    /// From any of these addresses.
    pub from: Vec<String>,
    /// To any of these.
    pub to: Vec<String>,
    /// With a copy to any of these.
    pub cc: Vec<String>,
    /// With a blind copy to any of these.
    pub bcc: Vec<String>,
    /// A teammate, or `unassigned`.
    pub assignee: Option<String>,
    /// The teammate who wrote.
    pub author: Option<String>,
    /// The teammate who commented.
    pub commenter: Option<String>,
    /// The teammate who was mentioned.
    pub mention: Option<String>,
    /// With all of these tags.
    pub tags: Vec<String>,
    /// In any of these inboxes.
    pub inboxes: Vec<String>,
    /// All of these.
    pub is: Vec<Is>,
    /// Custom fields by name.
    pub custom_fields: BTreeMap<String, String>,
    /// Not before this time.
    pub after: Option<String>,
    /// Before this time.
    pub before: Option<String>,
    /// On the day of this time.
    pub during: Option<String>,
}

/// One search for each inbox that is meant, or one for all.
#[derive(Debug)]
pub struct Searches(Vec<(Option<InboxId>, Query)>);

impl Searches {
    /// What Front is asked.
    pub fn plan(&self) -> Result<Vec<SearchIn>, ToolError> {
        let each = self.0.iter().map(|(inbox, query)| {
            Ok(SearchIn {
                inbox: inbox.clone(),
                query: query.segment().map_err(|_| nothing())?,
            })
        });
        each.collect()
    }

    /// The queries, in Front's grammar.
    pub fn queries(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(_, query)| query.to_string())
    }
}

/// The searches that find what is wanted.
pub async fn searches(context: &Context<'_>, wanted: &Wanted) -> Result<Searches, ToolError> {
    let inboxes = check(context, wanted)?;
    let query = query(context, wanted).await?;
    let inboxes = match inboxes {
        Some(visible) => visible,
        None => named(context, &wanted.inboxes).await?,
    };
    Ok(Searches(in_each(&query, inboxes)))
}

/// What can be said before a name is looked up. Gives the inboxes that the operator's policy
/// leaves where none is named.
fn check(context: &Context<'_>, wanted: &Wanted) -> Result<Option<Vec<InboxId>>, ToolError> {
    let visible = context
        .gate
        .policy()
        .inboxes()
        .filter(|_| wanted.inboxes.is_empty())
        .map(|visible| visible.iter().cloned().collect());
    if wanted.inboxes.len() > MOST_INBOXES {
        let mut message = Text::of("has ");
        message
            .say(wanted.inboxes.len())
            .say(" entries, each a search of its own, and the maximum is ")
            .say(MOST_INBOXES);
        return Err(ToolError::invalid("inboxes", message));
    }
    let inbox = usize::from(visible.is_some() || !wanted.inboxes.is_empty());
    let counts = [
        ("participants", wanted.participants.len()),
        ("from", wanted.from.len()),
        ("to", wanted.to.len()),
        ("cc", wanted.cc.len()),
        ("bcc", wanted.bcc.len()),
        ("tags", wanted.tags.len()),
        ("is", wanted.is.len()),
        ("custom_fields", wanted.custom_fields.len()),
        ("assignee", usize::from(wanted.assignee.is_some())),
        ("author", usize::from(wanted.author.is_some())),
        ("commenter", usize::from(wanted.commenter.is_some())),
        ("mention", usize::from(wanted.mention.is_some())),
        ("after", usize::from(wanted.after.is_some())),
        ("before", usize::from(wanted.before.is_some())),
        ("during", usize::from(wanted.during.is_some())),
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
    let text = wanted.text.as_deref().map(str::trim).unwrap_or_default();
    if all == inbox && wanted.inboxes.is_empty() && text.is_empty() {
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
async fn query(context: &Context<'_>, wanted: &Wanted) -> Result<Query, ToolError> {
    let text = wanted.text.as_deref().unwrap_or_default();
    let words = words(text).map_err(|why| unsearchable("text", why))?;
    let is = is(wanted)?;
    let mut filters = times(context, wanted)?;
    for (name, value) in &wanted.custom_fields {
        let field = FieldIs::new(name, value).map_err(|why| unsearchable("custom_fields", why))?;
        filters.push(Filter::CustomField(field));
    }
    filters.extend(is.into_iter().map(Filter::Is));
    for (index, tag) in wanted.tags.iter().enumerate() {
        let id = resolve::id::<Tag>(context, &format!("tags[{index}]"), tag).await?;
        filters.push(Filter::Tag(id));
    }
    for (part, field, given) in [
        (Part::Assignee, "assignee", assignee(wanted)),
        (Part::Author, "author", wanted.author.as_deref()),
        (Part::Commenter, "commenter", wanted.commenter.as_deref()),
        (Part::Mention, "mention", wanted.mention.as_deref()),
    ] {
        if let Some(given) = given {
            let id = resolve::id::<Teammate>(context, field, given).await?;
            filters.push(Filter::Teammate(part, id));
        }
    }
    for (role, field, given) in [
        (Role::From, "from", &wanted.from),
        (Role::To, "to", &wanted.to),
        (Role::Cc, "cc", &wanted.cc),
        (Role::Bcc, "bcc", &wanted.bcc),
    ] {
        for (index, given) in given.iter().enumerate() {
            let field = format!("{field}[{index}]");
            filters.push(Filter::Handle(role, address(context, &field, given).await?));
        }
    }
    filters.extend(participants(context, &wanted.participants).await?);
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
fn assignee(wanted: &Wanted) -> Option<&str> {
    wanted.assignee.as_deref().filter(|_| !is_nobodys(wanted))
}

fn is_nobodys(wanted: &Wanted) -> bool {
    let given = wanted.assignee.as_deref().map(str::trim);
    given.is_some_and(|given| given.eq_ignore_ascii_case("unassigned"))
}

/// The places and states, none of which excludes another.
fn is(wanted: &Wanted) -> Result<Vec<Is>, ToolError> {
    let mut is = wanted.is.clone();
    if is_nobodys(wanted) {
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
    if assignee(wanted).is_some() && is.contains(&Is::Unassigned) {
        let message = Text::of("cannot combine `unassigned` with an assignee");
        return Err(ToolError::invalid("is", message).next("drop one of the two"));
    }
    Ok(is)
}

fn times(context: &Context<'_>, wanted: &Wanted) -> Result<Vec<Filter>, ToolError> {
    let time = |field, given: &Option<String>| arguments::time(context, field, given.as_deref());
    let mut filters = Vec::new();
    // Whether Front's `after:` takes its own second is not documented; one second early, the
    // edge is inside either way.
    if let Some(after) = time("after", &wanted.after)? {
        filters.push(Filter::After(after.saturating_sub(1)));
    }
    if let Some(before) = time("before", &wanted.before)? {
        filters.push(Filter::Before(before));
    }
    if let Some(at) = time("during", &wanted.during)? {
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
