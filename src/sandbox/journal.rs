//! Which requests came in, to the API and to the authorization server: a count, and the last ones.

use std::collections::VecDeque;

use serde::Serialize;

const KEPT: usize = 10_000;

/// The requests seen since the start or the last reset.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    count: u64,
    entries: VecDeque<Entry>,
}

/// One request.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Never that of an OAuth request: codes and secrets go there.
    pub(crate) query: Option<String>,
    /// `api`, `send` or `oauth`, by what the API was asked with; null for any other token.
    pub(crate) token: Option<&'static str>,
    /// Unix seconds.
    pub(crate) at: f64,
}

/// What `GET /_sandbox/requests` shows.
#[derive(Debug, Serialize)]
pub(crate) struct Report<'a> {
    count: u64,
    requests: &'a VecDeque<Entry>,
    last_request: Option<&'a Entry>,
}

impl Journal {
    pub(crate) fn note(&mut self, entry: Entry) {
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.count += 1;
        self.entries.push_back(entry);
    }

    pub(crate) fn report(&self) -> Report<'_> {
        Report {
            count: self.count,
            requests: &self.entries,
            last_request: self.entries.back(),
        }
    }
}
