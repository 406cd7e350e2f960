//! Which tools cannot work with what the token may read.

use std::collections::BTreeSet;

use super::scopes::{Grant, grant};
use crate::{
    app,
    doctor::{
        facts::Facts,
        finding::Finding,
        probe::Answers,
        say::{self, text},
    },
    front::Operation,
    tools::contract::Entry,
};

pub fn look(facts: &Facts) -> Vec<Finding> {
    let missing = Missing::of(&facts.probe);
    if missing.is_empty() {
        return Vec::new();
    }
    let surface = app::surface(&facts.config);
    let mut broken = Vec::new();
    let mut partly = Vec::new();
    for entry in surface.listed() {
        let needed = missing.among(entry.needs);
        let used = missing.among(entry.uses);
        if !needed.is_empty() {
            broken.push(told(entry, &needed));
        } else if !used.is_empty() {
            partly.push(told(entry, &used));
        }
    }
    let mut findings = Vec::new();
    if !broken.is_empty() {
        findings.push(Finding::warning(
            text(format!("will not work: {}", say::list(&broken))),
            text("grant the scopes above, or hide the tools with policy.deny_tools"),
        ));
    }
    if !partly.is_empty() {
        findings.push(Finding::note(
            text(format!("will work in part: {}", say::list(&partly))),
            text("grant the scopes above, if the rest is needed"),
        ));
    }
    findings
}

fn told(entry: &Entry, scopes: &BTreeSet<&'static str>) -> String {
    let scopes: Vec<_> = scopes.iter().copied().collect();
    format!("{} ({})", entry.spec.name, scopes.join(", "))
}

/// What Front refused: operations, and scopes of which it granted nothing.
struct Missing {
    operations: BTreeSet<&'static str>,
    scopes: BTreeSet<&'static str>,
}

impl Missing {
    fn of(probe: &Answers) -> Self {
        let with = |wanted| {
            let reads = probe.reads.iter().filter(move |read| grant(read) == wanted);
            reads.map(|read| read.operation)
        };
        let granted: BTreeSet<_> = with(Grant::Granted).filter_map(|one| one.scope).collect();
        Self {
            operations: with(Grant::Refused).map(|one| one.id).collect(),
            scopes: with(Grant::Refused)
                .filter_map(|one| one.scope)
                .filter(|scope| !granted.contains(scope))
                .collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// The scopes of those operations that Front will refuse.
    fn among(&self, ids: &[&'static str]) -> BTreeSet<&'static str> {
        ids.iter()
            .filter_map(|id| Operation::by_id(id))
            .filter(|one| {
                self.operations.contains(one.id)
                    || one.scope.is_some_and(|scope| self.scopes.contains(scope))
            })
            .filter_map(|one| one.scope)
            .collect()
    }
}
