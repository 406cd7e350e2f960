//! One policy under another: a request may bring its own, and it only ever takes away.

use super::Policy;

impl Policy {
    /// What both allow. Nothing that `self` denies is allowed by the result, and what `other`
    /// says nothing about stays as it is.
    pub fn tightened_by(&self, other: &Self) -> Self {
        Self {
            read_only: self.read_only || other.read_only,
            server_reads: self.server_reads || other.server_reads,
            scopes: self.scopes.and(&other.scopes),
            allowed_operations: match (&self.allowed_operations, &other.allowed_operations) {
                (own, None) => own.clone(),
                (None, Some(_)) => None,
                (Some(own), Some(others)) => Some(own & others),
            },
            denied_operations: &self.denied_operations | &other.denied_operations,
            tools: self.tools.and(&other.tools),
            denied_tools: &self.denied_tools | &other.denied_tools,
            inboxes: match (&self.inboxes, &other.inboxes) {
                (Some(own), Some(others)) => Some(own & others),
                (own, others) => own.clone().or_else(|| others.clone()),
            },
            contacts: match (self.contacts, other.contacts) {
                (None, None) => None,
                _ => Some(self.contacts_are_readable() && other.contacts_are_readable()),
            },
            allowed_domains: self.allowed_domains.and(&other.allowed_domains),
            denied_domains: [&self.denied_domains[..], &other.denied_domains[..]].concat(),
            authors: self.authors.and(&other.authors),
            denied_tags: &self.denied_tags | &other.denied_tags,
            most_recipients: least(self.most_recipients, other.most_recipients),
            without_bcc: self.without_bcc || other.without_bcc,
            sends_per_hour: least(self.sends_per_hour, other.sends_per_hour),
            sends_per_day: least(self.sends_per_day, other.sends_per_day),
            kill_switches: &self.kill_switches | &other.kill_switches,
            layers: self.layers.clone(),
        }
    }
}

fn least(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
