//! From what people have (a name, an e-mail address, a pasted link) to an id.
//!
//! An id is taken as it is. A name must be the whole name of exactly one thing, whatever its
//! case; otherwise the candidates are the answer. Nothing is guessed: a tag that is nearly the
//! right one may fire a rule that mails a customer.

use std::sync::Arc;

use super::{
    arguments::clip,
    context::Context,
    error::ToolError,
    fix::{self, Fix},
};
use crate::{
    front::{
        FrontError,
        id::{
            self, AccountId, ChannelId, ContactListId, ConversationId, InboxId, TagId, TeamId,
            TeammateId, TemplateFolderId, TemplateId, TicketStatusId,
        },
        model::{
            Account, Channel, ContactList, Inbox, Tag, Team, Teammate, Template, TemplateFolder,
            TicketStatus,
        },
    },
    shape::{
        text::{Own, Text, Vouched},
        words::Words,
    },
    untrusted::Untrusted,
};

/// How many candidates an error lists.
const SHOWN: usize = 8;

/// A thing with an id and names.
pub trait Resolvable: Sized + Clone {
    /// Its id.
    type Id: Own + Clone + PartialEq;
    /// What it is, in a reader's words.
    const WHAT: &'static str;
    /// Which tool lists all of them.
    const LISTED_BY: &'static str;
    /// Reads its id.
    fn parse_id(text: &str) -> Option<Self::Id>;
    /// Its id.
    fn id(&self) -> &Self::Id;
    /// The name it is shown under.
    fn shown(&self) -> Untrusted;
    /// Everything it answers to.
    fn keys(&self) -> Vec<Untrusted> {
        vec![self.shown()]
    }
    /// All of them.
    fn all(
        context: &Context<'_>,
    ) -> impl Future<Output = Result<Arc<Vec<Self>>, FrontError>> + Send;
}

/// What `Resolvable` says of a kind, but for the names it answers to.
macro_rules! resolvable {
    ($kind:ty, $id:ty, $list:ident, $listed_by:literal, $shown:expr, $keys:expr) => {
        impl Resolvable for $kind {
            type Id = $id;
            const WHAT: &'static str = <$id>::WHAT;
            const LISTED_BY: &'static str = $listed_by;
            fn parse_id(text: &str) -> Option<$id> {
                <$id>::parse(text)
            }
            fn id(&self) -> &$id {
                &self.id
            }
            fn shown(&self) -> Untrusted {
                let shown: fn(&Self) -> Untrusted = $shown;
                shown(self)
            }
            fn keys(&self) -> Vec<Untrusted> {
                let keys: fn(&Self) -> Vec<Untrusted> = $keys;
                keys(self)
            }
            async fn all(context: &Context<'_>) -> Result<Arc<Vec<Self>>, FrontError> {
                context.directory.$list(&context.client).await
            }
        }
    };
}

resolvable!(
    Inbox,
    InboxId,
    inboxes,
    "`list-inboxes`",
    |inbox| inbox.name.clone(),
    |inbox| { vec![inbox.name.clone()] }
);
resolvable!(
    Tag,
    TagId,
    tags,
    "`list-tags`",
    |tag| tag.name.clone(),
    |tag| { vec![tag.name.clone()] }
);
resolvable!(
    Teammate,
    TeammateId,
    teammates,
    "`list-teammates`",
    Teammate::name,
    |teammate| vec![
        teammate.name(),
        teammate.email.clone(),
        teammate.username.clone(),
        Untrusted::new(format!("@{}", teammate.username.raw())),
        teammate.first_name.clone(),
    ]
);
resolvable!(
    Team,
    TeamId,
    teams,
    "`list-teams`",
    |team| team.name.clone(),
    |team| vec![team.name.clone()]
);
resolvable!(
    Channel,
    ChannelId,
    channels,
    "`list-channels`",
    |channel| {
        let shown = if channel.address.is_blank() {
            &channel.name
        } else {
            &channel.address
        };
        shown.clone()
    },
    |channel| vec![
        channel.address.clone(),
        channel.send_as.clone(),
        channel.name.clone(),
    ]
);
resolvable!(
    ContactList,
    ContactListId,
    contact_lists,
    "`list-contact-lists` (or `raw-api-request`, GET `/contact_lists`)",
    |list| list.name.clone(),
    |list| vec![list.name.clone()]
);
resolvable!(
    Account,
    AccountId,
    accounts,
    "`list-accounts` (or `raw-api-request`, GET `/accounts`)",
    |account| account.name.clone(),
    |account| {
        let mut keys = account.domains.clone();
        keys.push(account.name.clone());
        keys
    }
);
resolvable!(
    Template,
    TemplateId,
    templates,
    "`search-templates`",
    |template| template.name.clone(),
    |template| vec![template.name.clone()]
);
resolvable!(
    TemplateFolder,
    TemplateFolderId,
    template_folders,
    "`raw-api-request`, GET `/message_template_folders`",
    |folder| folder.name.clone(),
    |folder| vec![folder.name.clone()]
);

resolvable!(
    TicketStatus,
    TicketStatusId,
    ticket_statuses,
    "`raw-api-request`, GET `/company/statuses`",
    |status| status.name.clone(),
    |status| vec![status.name.clone()]
);

/// The id of what was named. An id is taken as it is, which saves a request.
pub async fn id<T: Resolvable>(
    context: &Context<'_>,
    field: &str,
    given: &str,
) -> Result<T::Id, ToolError> {
    match T::parse_id(unwrapped(given)).or_else(|| linked::<T>(given)) {
        Some(id) => Ok(id),
        None => Ok(one::<T>(context, field, given).await?.id().clone()),
    }
}

/// What was named, by id or name; an id must be one of those the token can see.
pub async fn one<T: Resolvable>(
    context: &Context<'_>,
    field: &str,
    given: &str,
) -> Result<T, ToolError> {
    let whole = given.trim();
    let given = unwrapped(given);
    let all = T::all(context).await?;
    if let Some(id) = T::parse_id(given).or_else(|| linked::<T>(given)) {
        return all
            .iter()
            .find(|each| *each.id() == id)
            .cloned()
            .ok_or_else(|| {
                let mut message = Text::of("no ");
                message
                    .say(T::WHAT)
                    .say(" visible to this token has the id ")
                    .say(id);
                ToolError::not_found(field, message).next_text(see_all::<T>())
            });
    }
    if let Some(other) = id::kind_of(given) {
        let mut message = Text::of("is the id of ");
        message
            .say(Vouched::ours(with_article(other)))
            .say(", and must name ")
            .say(Vouched::ours(with_article(T::WHAT)));
        return Err(ToolError::invalid(field, message)
            .next_text(see_all::<T>())
            .fixed_by(fix::link(given)));
    }
    // A name may itself stand in brackets.
    let given = match named(&all, whole).is_empty() {
        true => given,
        false => whole,
    };
    match by_name(&all, field, given) {
        Err(error) if error.code == "not_found" && error.fix().is_none() => {
            Err(error.fixed_by(misplaced::<T>(context, given).await))
        }
        result => result,
    }
}

/// The id in an address of Front's API; the address itself is never asked.
fn linked<T: Resolvable>(given: &str) -> Option<T::Id> {
    let (_, id) = id::named(unwrapped(given)).filter(|_| given.contains('/'))?;
    T::parse_id(&id)
}

/// A tag's name where an inbox is wanted, an inbox's where a tag is.
async fn misplaced<T: Resolvable>(context: &Context<'_>, given: &str) -> Option<Fix> {
    if T::WHAT == InboxId::WHAT {
        let tags = Tag::all(context).await.ok()?;
        return (named(&tags, given).len() == 1).then_some(Fix::Moved(&["tags", "tag"]));
    }
    if T::WHAT == TagId::WHAT {
        let inboxes = Inbox::all(context).await.ok()?;
        return (named(&inboxes, given).len() == 1).then_some(Fix::Moved(&["inboxes", "inbox"]));
    }
    None
}

/// Those that answer to a name, whatever its case.
fn named<'list, T: Resolvable>(all: &'list [T], given: &str) -> Vec<&'list T> {
    let wanted = given.to_lowercase();
    all.iter()
        .filter(|each| {
            each.keys()
                .iter()
                .any(|key| !key.is_blank() && key.raw().trim().to_lowercase() == wanted)
        })
        .collect()
}

/// What was meant by a name that nothing has: an id without its prefix, or several names in one.
fn unnamed<T: Resolvable>(all: &[T], given: &str) -> Option<Fix> {
    if let Some(fix) = fix::of_existing(given, all.iter().map(T::id)) {
        return Some(fix);
    }
    let parts = fix::values::parts(given)?;
    let is_one = |part: &&str| {
        named(all, part).len() == 1
            || T::parse_id(part).is_some_and(|id| all.iter().any(|one| *one.id() == id))
    };
    parts
        .iter()
        .all(is_one)
        .then(|| Fix::Several(parts.iter().map(|part| (*part).to_owned()).collect()))
}

fn by_name<T: Resolvable>(all: &[T], field: &str, given: &str) -> Result<T, ToolError> {
    let wanted = given.to_lowercase();
    let exact = named(all, given);
    if let [only] = exact.as_slice() {
        return Ok((*only).clone());
    }
    let mut message = Text::of(if exact.is_empty() {
        "no "
    } else {
        "more than one "
    });
    message
        .say(T::WHAT)
        .say(" is named ")
        .quote_text(&clip(given));
    if exact.is_empty() {
        message.say("; the nearest are ");
        message.append(candidates(nearest(&wanted, all).into_iter()));
    } else {
        message.say(": ").append(candidates(exact.into_iter()));
        let mut next = Text::of("call again with one of these ids; ");
        next.say(T::LISTED_BY).say(" tells them apart");
        return Err(ToolError::invalid(field, message)
            .coded("ambiguous")
            .next_text(next));
    }
    Err(ToolError::not_found(field, message)
        .next_text(see_all::<T>())
        .fixed_by(unnamed(all, given)))
}

fn see_all<T: Resolvable>() -> Text {
    let mut next = Text::of("call again with an id or an exact name; ");
    next.say(T::LISTED_BY).say(" shows all");
    next
}

/// Those that hold the wanted words, then those spelt most alike.
fn nearest<'list, T: Resolvable>(wanted: &str, all: &'list [T]) -> Vec<&'list T> {
    let mut scored: Vec<_> = all
        .iter()
        .map(|each| {
            let likeness = each
                .keys()
                .iter()
                .map(|key| likeness(&key.raw().to_lowercase(), wanted))
                .fold(0.0, f64::max);
            (likeness, each)
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.into_iter().take(5).map(|(_, each)| each).collect()
}

fn likeness(key: &str, wanted: &str) -> f64 {
    let held =
        !wanted.is_empty() && !key.is_empty() && (key.contains(wanted) || wanted.contains(key));
    strsim::jaro_winkler(key, wanted) + if held { 1.0 } else { 0.0 }
}

/// The name among these that was given, whatever its case; otherwise those spelt most alike.
pub fn name<'list>(
    field: &str,
    what: &'static str,
    names: impl Iterator<Item = &'list Untrusted> + Clone,
    given: &str,
) -> Result<&'list Untrusted, ToolError> {
    let wanted = given.trim().to_lowercase();
    let exact = names.clone().find(|name| name.raw() == given);
    if let Some(found) = exact.or_else(|| {
        names
            .clone()
            .find(|name| name.raw().to_lowercase() == wanted)
    }) {
        return Ok(found);
    }
    let mut alike: Vec<_> = names
        .map(|name| (likeness(&name.raw().to_lowercase(), &wanted), name))
        .collect();
    alike.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut message = Text::of("no ");
    message.say(what).say(" is named ").quote_text(&clip(given));
    for (index, (_, name)) in alike.iter().take(5).enumerate() {
        message.say(match index {
            0 => "; the nearest are ",
            _ => ", ",
        });
        message.quote(&Words::line(name));
    }
    Err(ToolError::not_found(field, message).next("call again with an exact name"))
}

/// `«name» (id), «name» (id)`.
pub fn candidates<'list, T: Resolvable + 'list>(all: impl Iterator<Item = &'list T>) -> Text {
    let mut text = Text::new();
    for (index, each) in all.enumerate() {
        if index == SHOWN {
            text.say(", ...");
            break;
        }
        if index > 0 {
            text.say(", ");
        }
        text.quote(&Words::line(&each.shown()))
            .say(" (")
            .say(each.id().clone())
            .say(")");
    }
    text
}

/// A channel by id, address or name; an inbox id answers with that inbox's channels.
pub async fn channel(
    context: &Context<'_>,
    field: &str,
    given: &str,
) -> Result<Channel, ToolError> {
    let Some(inbox) = InboxId::parse(unwrapped(given)) else {
        return match one(context, field, given).await {
            Err(error) if error.code == "not_found" && error.fix().is_none() => {
                Err(error.fixed_by(channel_of(context, unwrapped(given)).await))
            }
            result => result,
        };
    };
    let channels = Channel::all(context).await?;
    let within = channels
        .iter()
        .filter(|channel| channel.links.inbox().as_ref() == Some(&inbox));
    let only = only_one(within.clone());
    let mut message = Text::of(
        "is an inbox, and messages leave through channels; the channels of this inbox are ",
    );
    message.append(candidates(within));
    Err(ToolError::invalid(field, message)
        .next("call again with one of these channel ids")
        .fixed_by(only))
}

/// The one channel of the inbox with this name.
async fn channel_of(context: &Context<'_>, given: &str) -> Option<Fix> {
    let inboxes = Inbox::all(context).await.ok()?;
    let named = named(&inboxes, given);
    let [inbox] = named.as_slice() else {
        return None;
    };
    let channels = Channel::all(context).await.ok()?;
    let is_of = |channel: &&Channel| channel.links.inbox().as_ref() == Some(&inbox.id);
    only_one(channels.iter().filter(is_of))
}

fn only_one<'list>(mut channels: impl Iterator<Item = &'list Channel>) -> Option<Fix> {
    let only = channels.next()?;
    let is_only = channels.next().is_none();
    is_only.then(|| Fix::Here(only.id.as_str().into()))
}

/// The conversation that an id or a pasted link names.
pub fn conversation(field: &str, given: &str) -> Result<ConversationId, ToolError> {
    let given = unwrapped(given);
    if let Some(id) = ConversationId::parse(given) {
        return Ok(id);
    }
    if let Some(id) = id::in_app_link(given, ConversationId::PREFIX)
        .or_else(|| id::in_api_link(given, ConversationId::PREFIX))
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

/// A pasted value without the quotes, brackets and spaces around it. A bracket that closes
/// nothing but a part of it (`Jo <jo@acme.example>`) stays.
pub fn unwrapped(given: &str) -> &str {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let is_quote = |c: char| is_blank(c) || matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’');
    let mut inner = given.trim_matches(is_quote);
    for (open, close) in [('<', '>'), ('[', ']'), ('(', ')'), ('{', '}'), ('«', '»')] {
        if let Some(within) = inner
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
        {
            inner = within.trim_matches(is_quote);
        }
    }
    inner
}

/// An id was wanted, and something else was given. The example in `wanted` says which kind.
pub fn wrong_id(field: &str, given: &str, wanted: &'static str) -> ToolError {
    let mut message = Text::of("must be ");
    message.say(wanted).say("; it is ");
    match id::kind_of(given) {
        Some(kind) => message
            .say("the id of ")
            .say(Vouched::ours(with_article(kind))),
        None => message.quote_text(&clip(given)),
    };
    ToolError::invalid(field, message).fixed_by(fix::id(given, wanted))
}

/// `an inbox`.
pub fn with_article(what: &str) -> String {
    let vowel = what.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {what}", if vowel { "an" } else { "a" })
}
