//! What was perhaps meant by a name that nothing has.

use super::{Resolvable, named};
use crate::{
    alike::alike_or_held,
    front::{
        id::{InboxId, TagId},
        model::{Inbox, Tag},
    },
    shape::{text::Text, words::Words},
    tools::{
        arguments::clip,
        context::Context,
        error::ToolError,
        fix::{self, Fix},
    },
    untrusted::Untrusted,
};

/// Nobody writes names, or lists of them, that are longer.
const LONGEST: usize = 2_000;

/// A tag's name where an inbox is wanted, an inbox's where a tag is.
pub(super) async fn misplaced<T: Resolvable>(context: &Context<'_>, given: &str) -> Option<Fix> {
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

/// What was meant by a name that nothing has: an id without its prefix, or several names in one.
pub(super) fn unnamed<T: Resolvable>(all: &[T], given: &str) -> Option<Fix> {
    if given.len() > LONGEST {
        return None;
    }
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

/// Those that hold the wanted words, then those spelt most alike.
pub(super) fn nearest<'list, T: Resolvable>(wanted: &str, all: &'list [T]) -> Vec<&'list T> {
    let mut scored: Vec<_> = all
        .iter()
        .map(|each| {
            let likeness = each
                .keys()
                .iter()
                .map(|key| alike_or_held(key.raw(), wanted))
                .fold(0.0, f64::max);
            (likeness, each)
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.into_iter().take(5).map(|(_, each)| each).collect()
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
        .map(|name| (alike_or_held(name.raw(), &wanted), name))
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
