//! What an operation is about, read off its path: the last literal segment is its subject, the
//! ones before are where that stands. And what it does, read off method, effect and id.

use super::lexicon::{Deed, LEXICON, Thing};
use crate::front::{Effect, Method, Operation};

/// Whose a thing is, or in which language: an operation that says so is the odd one unless the
/// query says it too.
const NARROWER: &[&str] = &["teams", "teammates", "teammate_groups", "locales"];

/// The things of an operation.
#[derive(Debug)]
pub struct Subject {
    /// What it is about.
    pub thing: Option<Thing>,
    /// Where that stands, and whether that makes it a narrower kind.
    pub context: Vec<(Thing, bool)>,
    /// What it does.
    pub deed: Deed,
}

impl Subject {
    /// All its things.
    pub fn things(&self) -> impl Iterator<Item = Thing> {
        let context = self.context.iter().map(|(thing, _)| *thing);
        self.thing.into_iter().chain(context)
    }
}

/// The subject of an operation.
pub fn of(operation: &Operation) -> Subject {
    let literals: Vec<_> = operation
        .segments()
        .filter(|segment| !segment.is_empty() && !segment.starts_with('{'))
        .collect();
    let subject = literals.iter().rposition(|segment| {
        LEXICON
            .of_segment(segment)
            .is_some_and(|thing| !LEXICON.is_manner(thing))
    });
    let mut context = Vec::new();
    for (at, segment) in literals.iter().enumerate() {
        if Some(at) != subject
            && let Some(thing) = LEXICON.of_segment(segment)
        {
            context.push((thing, NARROWER.contains(segment)));
        }
    }
    Subject {
        thing: subject
            .and_then(|at| literals.get(at))
            .and_then(|segment| LEXICON.of_segment(segment)),
        context,
        deed: deed(operation, &literals),
    }
}

fn deed(operation: &Operation, literals: &[&str]) -> Deed {
    let last = literals.last().copied().unwrap_or_default();
    match operation.method {
        Method::Get if literals.contains(&"download") => Deed::Download,
        Method::Get if matches!(last, "content" | "seen" | "me") => Deed::Get,
        Method::Get if operation.template.ends_with('}') && last != "search" => Deed::Get,
        Method::Get => Deed::List,
        Method::Post if operation.effect == Effect::Read => Deed::Compute,
        Method::Post if operation.id.starts_with("add-") => Deed::Add,
        Method::Post => Deed::Create,
        Method::Put | Method::Patch => Deed::Update,
        Method::Delete if operation.effect == Effect::Delete => Deed::Delete,
        Method::Delete => Deed::Remove,
    }
}

/// How well an operation's deed answers a wished one.
pub fn affinity(wished: Deed, done: Deed) -> f64 {
    use Deed::{Add, Compute, Create, Delete, Download, Get, List, Remove, Update};
    match (wished, done) {
        (one, other) if one == other => 1.0,
        (List | Get | Create, Compute) => 0.9,
        (Compute, List | Get) => 0.4,
        (Create, Add) | (Add, Create) | (Remove, Delete) => 0.6,
        (Delete, Remove) | (List, Get) | (Get, List) => 0.5,
        (Download, Get) => 0.4,
        (Update, Add | Create) | (Remove, Update) | (Get | List, Download) => 0.2,
        (one, other) if one.is_read() != other.is_read() => -0.4,
        _ => 0.0,
    }
}
