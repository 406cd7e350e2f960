//! The operator's policy: pure decisions over facts. No input, no output, no clock.
//!
//! Each decision names the line of the policy that made it. What a decision needs to know (a
//! tag's name, a channel's inbox, whether the kill switch is there) is handed in: whoever asks
//! looks it up, and what could not be established is denied.
//!
//! Lists that allow are kept as a conjunction: an allowed thing must be on every one of them.
//! So one policy can only ever be tightened by another ([`Policy::tightened_by`]).

mod allow;
mod decision;
mod domain;
mod door;
mod layers;
mod operation;
mod own;
mod send;
mod settings;
mod show;
mod tag;
mod tighten;
mod tool;
mod words;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use self::{allow::Allow, domain::DomainRule, layers::Layers, operation::Scope};
pub use self::{
    decision::{Decision, Rule},
    layers::Table,
    operation::nearest,
    send::{Author, SendFacts, Tag},
    settings::{BadSetting, Settings},
};
use crate::front::id::InboxId;

/// What the operator allows. The default is no policy at all: everything but sends and guarded
/// operations.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    read_only: bool,
    /// The same by `[tools] read_only`, which is told apart where it is named.
    server_reads: bool,
    scopes: Allow<Scope>,
    /// Guarded operations that are allowed; `None` says nothing of them.
    allowed_operations: Option<BTreeSet<&'static str>>,
    denied_operations: BTreeSet<&'static str>,
    tools: Allow<String>,
    denied_tools: BTreeSet<String>,
    inboxes: Option<BTreeSet<InboxId>>,
    contacts: Option<bool>,
    allowed_domains: Allow<DomainRule>,
    denied_domains: Vec<DomainRule>,
    authors: Allow<String>,
    denied_tags: BTreeSet<String>,
    most_recipients: Option<u32>,
    without_bcc: bool,
    sends_per_hour: Option<u32>,
    sends_per_day: Option<u32>,
    kill_switches: BTreeSet<PathBuf>,
    /// What it was made of, where that was two.
    layers: Option<Arc<Layers>>,
}

impl Policy {
    /// Whether nothing may change.
    pub fn is_read_only(&self) -> bool {
        self.read_only || self.server_reads
    }

    /// The same policy for a server that only reads (`--read-only`).
    #[must_use]
    pub fn reading_only(self) -> Self {
        Self {
            server_reads: true,
            ..self
        }
    }

    /// The line by which nothing may change.
    fn reading_rule(&self) -> Option<Rule> {
        if self.server_reads {
            return Some(Rule::server_reads());
        }
        self.read_only.then(|| Rule::line("read_only", true))
    }

    /// The inboxes that are visible; all of them without.
    pub fn inboxes(&self) -> Option<&BTreeSet<InboxId>> {
        self.inboxes.as_ref()
    }

    /// Sends in any hour, at the most. Whoever keeps the sends counts them.
    pub fn sends_per_hour(&self) -> Option<u32> {
        self.sends_per_hour
    }

    /// Sends in any day, at the most.
    pub fn sends_per_day(&self) -> Option<u32> {
        self.sends_per_day
    }

    /// While one of these files exists nothing is sent. Whether one does is for the caller to
    /// find out (see `gate::kill_switch`).
    pub fn kill_switch_files(&self) -> impl Iterator<Item = &Path> {
        self.kill_switches.iter().map(PathBuf::as_path)
    }
}
