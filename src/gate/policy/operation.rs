//! Whether an agent may call an operation of Front's.

use std::fmt;

use super::{Decision, Policy, Rule, Table};
use crate::alike::alike;
use crate::front::{
    Effect, Method, Operation,
    fence::{Admission, reach},
};

/// Scopes of Front's that are allowed: one by its name, all of a resource, or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scope(String);

impl Scope {
    /// Reads an entry; one that is no scope of any operation is refused.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let scope = Self(text.to_owned());
        let mut scopes: Vec<_> = Operation::all()
            .iter()
            .filter_map(|one| one.scope)
            .collect();
        if scopes.iter().any(|known| scope.covers(known)) {
            return Ok(scope);
        }
        scopes.dedup();
        let nearest = nearest(text, scopes.into_iter());
        Err(format!(
            "no operation of Front has the scope `{text}`; the nearest is `{nearest}`, and `tags:*` or `*` stand for several"
        ))
    }

    /// Whether a scope of the operation table is meant.
    pub(super) fn covers(&self, scope: &str) -> bool {
        match self.0.strip_suffix('*') {
            Some("") => true,
            Some(resource) if resource.ends_with(':') => scope.starts_with(resource),
            _ => scope == self.0,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The known name that is spelt most like another.
pub fn nearest<'name>(given: &str, known: impl Iterator<Item = &'name str>) -> &'name str {
    known
        .map(|name| (alike(name, given), name))
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map_or("", |(_, nearest)| nearest)
}

/// Front's id of an operation that the operator named.
pub(super) fn known(id: &str) -> Result<&'static Operation, String> {
    Operation::by_id(id).ok_or_else(|| {
        let nearest = nearest(id, Operation::all().iter().map(|one| one.id));
        format!(
            "no operation of Front has the id `{id}`; the nearest is `{nearest}`, and `front-mcp call search-api` finds others"
        )
    })
}

impl Policy {
    /// Whether an agent may call this operation, whatever it is called on.
    pub fn decide(&self, operation: &Operation) -> Decision {
        self.placed(self.decide_both(operation), |one| one.decide(operation))
    }

    fn decide_both(&self, operation: &Operation) -> Decision {
        if operation.effect == Effect::Send {
            return Decision::denied(Rule::Sends);
        }
        if let Some(rule) = self.forbids(operation) {
            return Decision::denied(rule);
        }
        if let Some(inboxes) = &self.inboxes
            && reach(operation) == Admission::Nowhere
        {
            let list: Vec<_> = inboxes.iter().collect();
            return Decision::denied(Rule::list("allow_inboxes", &list))
                .since("this operation cannot be limited to these inboxes");
        }
        if operation.guarded {
            let named = self.allowed_operations.as_ref();
            return if named.is_some_and(|named| named.contains(operation.id)) {
                Decision::allowed(Rule::entry("allow_operations", operation.id))
            } else {
                Decision::denied(Rule::Guarded(operation.id, Table::default()))
            };
        }
        let by_scope = operation.scope.and_then(|scope| {
            let entry = self.scopes.admitting(|entry| entry.covers(scope))?;
            Some(Rule::entry("allow_scopes", entry))
        });
        Decision::allowed(by_scope.unwrap_or(Rule::Unwritten))
    }

    /// The line that forbids an operation, sends included.
    pub(super) fn forbids(&self, operation: &Operation) -> Option<Rule> {
        if self.denied_operations.contains(operation.id) {
            return Some(Rule::entry("deny_operations", operation.id));
        }
        // A POST that Front calls a read still leaves a report or an export behind.
        let reads = operation.effect == Effect::Read && operation.method == Method::Get;
        if let Some(rule) = self.reading_rule().filter(|_| !reads) {
            return Some(rule);
        }
        let scope = operation.scope?;
        if let Some(list) = self.scopes.refusing(|entry| entry.covers(scope)) {
            return Some(Rule::list("allow_scopes", list));
        }
        let is_of_contacts = scope.starts_with("contacts:");
        (is_of_contacts && !self.contacts_are_readable())
            .then(|| Rule::line("allow_contacts", false))
    }

    /// Contacts belong to no inbox: a policy of inboxes hides them unless it says otherwise.
    pub(super) fn contacts_are_readable(&self) -> bool {
        self.contacts.unwrap_or(self.inboxes.is_none())
    }
}
