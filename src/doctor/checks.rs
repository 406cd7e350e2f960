//! What each check makes of the facts. None of them asks anybody anything.

mod approver;
mod audit;
mod clock;
mod company;
pub mod config;
mod credential;
mod front;
mod rate;
mod scopes;
mod server;
mod store;
mod token;
mod tools;

use super::{facts::Facts, finding::Finding};

/// A check: its name, and what it finds.
pub struct Check {
    /// The name, which programs may rely on.
    pub name: &'static str,
    look: fn(&Facts) -> Vec<Finding>,
}

/// Every check, in the order in which they are told.
pub const CHECKS: [Check; 13] = [
    check(config::NAME, config::look),
    check("store", store::look),
    check("credential", credential::look),
    check("front", front::look),
    check("token", token::look),
    check("company", company::look),
    check("scopes", scopes::look),
    check("tools", tools::look),
    check("rate", rate::look),
    check("clock", clock::look),
    check("approver", approver::look),
    check("audit", audit::look),
    check("server", server::look),
];

const fn check(name: &'static str, look: fn(&Facts) -> Vec<Finding>) -> Check {
    Check { name, look }
}

/// What all of them find.
pub fn run(facts: &Facts) -> Vec<(&'static str, Finding)> {
    let of = |check: &Check| {
        let name = check.name;
        (check.look)(facts).into_iter().map(move |one| (name, one))
    };
    CHECKS.iter().flat_map(of).collect()
}
