//! From what people have (a name, an e-mail address, a pasted link) to an id.
//!
//! An id is taken as it is. A name must be the whole name of exactly one thing, whatever its
//! case; otherwise the candidates are the answer. Nothing is guessed: a tag that is nearly the
//! right one may fire a rule that mails a customer.

mod channels;
mod kinds;
mod near;

use std::sync::Arc;

use self::near::{misplaced, nearest, unnamed};
use super::{arguments::clip, context::Context, error::ToolError, fix};
use crate::{
    front::{
        FrontError,
        id::{self, ConversationId},
    },
    shape::{
        text::{Own, Text, Vouched},
        words::Words,
    },
    untrusted::Untrusted,
};

pub use self::{channels::channel, near::name};

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

/// The id of this kind in a link of Front's app or API. A number in one of the app is a
/// conversation's.
pub fn id_in_link(given: &str, prefix: &str) -> Option<String> {
    let is_of_it = |id: &String| prefix == ConversationId::PREFIX || given.contains(id.as_str());
    id::in_app_link(given, prefix)
        .filter(is_of_it)
        .or_else(|| id::in_api_link(given, prefix))
}

/// Where nobody was meant, and another word for it was given: the word that is known.
pub fn or_unassigned(error: ToolError, given: &str) -> ToolError {
    let given = unwrapped(given).to_lowercase();
    match matches!(
        given.as_str(),
        "none" | "nobody" | "no one" | "noone" | "null"
    ) {
        true => error.fixed_by(fix::Fix::Here("unassigned".into())),
        false => error,
    }
}

/// The conversation that an id or a pasted link names.
pub fn conversation(field: &str, given: &str) -> Result<ConversationId, ToolError> {
    let given = unwrapped(given);
    if let Some(id) = ConversationId::parse(given) {
        return Ok(id);
    }
    if let Some(id) = id_in_link(given, ConversationId::PREFIX)
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
