//! Which resources the token may read.

use crate::{
    doctor::{
        facts::Facts,
        finding::Finding,
        probe::{Answers, Read},
        say::{self, text},
    },
    front::FrontErrorKind as Kind,
};

/// What became of a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Front answered.
    Granted,
    /// Front says that the token may not, or shows nothing.
    Refused,
    /// The operator's policy does not let anybody ask.
    Withheld,
    /// Front did not say.
    Unknown,
}

/// What became of this read.
pub fn grant(read: &Read) -> Grant {
    match &read.outcome {
        Ok(()) => Grant::Granted,
        Err(error) => match error.kind {
            Kind::Status(403 | 404) => Grant::Refused,
            Kind::Denied(_) | Kind::NameAnInbox | Kind::Outside => Grant::Withheld,
            _ => Grant::Unknown,
        },
    }
}

pub fn look(facts: &Facts) -> Vec<Finding> {
    let probe = &facts.probe;
    if probe.reads.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let refused = of(probe, Grant::Refused);
    if !refused.is_empty() {
        let named: Vec<_> = refused
            .iter()
            .map(|read| match read.operation.scope {
                Some(scope) => format!("{} ({scope})", read.resource),
                None => read.resource.to_owned(),
            })
            .collect();
        findings.push(Finding::warning(
            text(format!("not granted: {}", say::list(&named))),
            text(next(facts)),
        ));
    }
    let granted = names(&of(probe, Grant::Granted));
    if !granted.is_empty() {
        findings.push(Finding::ok(text(format!(
            "may be read: {}; what changes something, or sends, was not tried",
            say::list(&granted)
        ))));
    }
    let withheld = names(&of(probe, Grant::Withheld));
    if !withheld.is_empty() {
        findings.push(Finding::note(
            text(format!(
                "not tried, as the policy says: {}",
                say::list(&withheld)
            )),
            text("nothing, if that is meant; `front-mcp policy show` prints the policy"),
        ));
    }
    let mut unknown = names(&of(probe, Grant::Unknown));
    unknown.extend(probe.not_tried());
    if !unknown.is_empty() {
        findings.push(Finding::note(
            text(format!("not known: {}", say::list(&unknown))),
            text("run `front-mcp doctor` again in some minutes"),
        ));
    }
    findings
}

fn next(facts: &Facts) -> &'static str {
    match facts.config.api.token {
        Some(_) => {
            "if they are needed, make a token with these scopes (Settings > Developers > API tokens)"
        }
        None => {
            "if they are needed, add these permissions to the application in Front (Settings > Developers > Apps), then sign in again"
        }
    }
}

fn of(probe: &Answers, wanted: Grant) -> Vec<&Read> {
    probe
        .reads
        .iter()
        .filter(|read| grant(read) == wanted)
        .collect()
}

fn names(reads: &[&Read]) -> Vec<&'static str> {
    reads.iter().map(|read| read.resource).collect()
}
