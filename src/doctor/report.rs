//! All findings of one examination, and their form for programs.

use serde::Serialize;

use super::finding::{Finding, Status};

/// The form of [`Report::to_json`]; it grows when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// What an examination came to.
#[derive(Debug)]
pub struct Report {
    /// The findings with the names of their checks, in the order of the checks.
    pub findings: Vec<(&'static str, Finding)>,
    /// Requests that were made to Front.
    pub requests: u32,
}

#[derive(Serialize)]
struct Written {
    version: u32,
    findings: Vec<WrittenFinding>,
    worst: Status,
    requests: u32,
}

#[derive(Serialize)]
struct WrittenFinding {
    check: &'static str,
    status: Status,
    found: String,
    next: Option<String>,
}

impl Report {
    /// A report of these findings.
    pub fn new(findings: Vec<(&'static str, Finding)>, requests: u32) -> Self {
        Self { findings, requests }
    }

    /// The worst that was found.
    pub fn worst(&self) -> Status {
        let all = self.findings.iter().map(|(_, finding)| finding.status);
        all.max().unwrap_or(Status::Ok)
    }

    /// For programs:
    ///
    /// ```json
    /// {
    ///   "version": 1,
    ///   "findings": [
    ///     {"check": "token", "status": "error", "found": "...", "next": "..."}
    ///   ],
    ///   "worst": "error",
    ///   "requests": 1
    /// }
    /// ```
    ///
    /// `status` and `worst` are `ok`, `note`, `warning` or `error`; `next` is null where all is
    /// well. `check` is one of the names in [`super::checks::CHECKS`]; a check may stand several
    /// times, or not at all where nothing can be said. New fields and checks may be added. `found`
    /// and `next` are for people, and their words may change; what Front said stands in them
    /// between marks, which a first line explains.
    ///
    /// # Errors
    /// None that is known.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let findings = self.findings.iter().map(|(check, finding)| WrittenFinding {
            check,
            status: finding.status,
            found: finding.found.finish(),
            next: finding.next.as_ref().map(crate::shape::text::Text::finish),
        });
        serde_json::to_string_pretty(&Written {
            version: VERSION,
            findings: findings.collect(),
            worst: self.worst(),
            requests: self.requests,
        })
    }
}
