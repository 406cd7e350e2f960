//! What the policy limits, in a few words each, for whoever works under it.

use std::fmt::Display;

use super::Policy;

/// Entries of a list that are told; the rest is counted.
const SHOWN: usize = 20;

impl Policy {
    /// A line for each limit; none where the policy says nothing. Paths of files stay out of it.
    pub fn in_words(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.is_read_only() {
            lines.push("nothing may be changed or sent".to_owned());
        }
        for scopes in self.scopes.lists() {
            lines.push(format!("only operations of these scopes: {}", list(scopes)));
        }
        named(
            &mut lines,
            "guarded operations that are allowed",
            self.allowed_operations.iter().flatten(),
        );
        named(
            &mut lines,
            "operations that are denied",
            &self.denied_operations,
        );
        for tools in self.tools.lists() {
            lines.push(format!("only these tools: {}", list(tools)));
        }
        named(&mut lines, "tools that are denied", &self.denied_tools);
        if let Some(inboxes) = &self.inboxes {
            lines.push(format!("only these inboxes are visible: {}", list(inboxes)));
        }
        if !self.contacts_are_readable() {
            lines.push("contacts are not readable".to_owned());
        }
        self.sends_in_words(&mut lines);
        lines
    }

    fn sends_in_words(&self, lines: &mut Vec<String>) {
        for domains in self.allowed_domains.lists() {
            lines.push(format!("messages go only to: {}", list(domains)));
        }
        named(lines, "messages never go to", &self.denied_domains);
        for authors in self.authors.lists() {
            lines.push(format!("messages only in the name of: {}", list(authors)));
        }
        named(lines, "tags that may not be applied", &self.denied_tags);
        if self.without_bcc {
            lines.push("no blind copies".to_owned());
        }
        for (most, what) in [
            (self.most_recipients, "recipients of a message"),
            (self.sends_per_hour, "sends in an hour"),
            (self.sends_per_day, "sends in a day"),
        ] {
            if let Some(most) = most {
                lines.push(format!("at most {most} {what}"));
            }
        }
        if !self.kill_switches.is_empty() {
            lines.push("nothing is sent while the kill switch is on".to_owned());
        }
    }
}

fn named<T: Display>(lines: &mut Vec<String>, what: &str, entries: impl IntoIterator<Item = T>) {
    let entries = list(entries);
    if !entries.is_empty() {
        lines.push(format!("{what}: {entries}"));
    }
}

fn list<T: Display>(entries: impl IntoIterator<Item = T>) -> String {
    let mut told: Vec<_> = entries.into_iter().map(|entry| entry.to_string()).collect();
    if let Some(more) = told.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        told.truncate(SHOWN);
        told.push(format!("and {more} more"));
    }
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::policy;

    #[test]
    fn each_limit_is_told_and_nothing_where_there_is_none() {
        assert!(policy("").in_words().is_empty());
        let lines = policy(
            "read_only = true\nallow_scopes = [\"tags:*\"]\nallow_operations = [\"delete-tag\"]\ndeny_operations = [\"list-tags\"]\nallow_tools = [\"list-tags\"]\ndeny_tools = [\"add-tag\"]\nallow_inboxes = [\"inb_2\", \"inb_1\"]\nrecipient_domains_allow = [\"acme.com\"]\nrecipient_domains_deny = [\"evil.test\"]\nauthors_allow = [\"tea_1\"]\ntags_deny = [\"VIP\"]\nallow_bcc = false\nmax_recipients = 3\nsends_per_hour = 4\nsends_per_day = 5\nkill_switch_file = \"/srv/stop\"",
        )
        .in_words();
        assert_eq!(
            lines,
            [
                "nothing may be changed or sent",
                "only operations of these scopes: tags:*",
                "guarded operations that are allowed: delete-tag",
                "operations that are denied: list-tags",
                "only these tools: list-tags",
                "tools that are denied: add-tag",
                "only these inboxes are visible: inb_1, inb_2",
                "contacts are not readable",
                "messages go only to: acme.com",
                "messages never go to: evil.test",
                "messages only in the name of: tea_1",
                "tags that may not be applied: VIP",
                "no blind copies",
                "at most 3 recipients of a message",
                "at most 4 sends in an hour",
                "at most 5 sends in a day",
                "nothing is sent while the kill switch is on",
            ]
        );
    }

    #[test]
    fn long_lists_are_counted() {
        let ids: Vec<_> = (0..25).map(|id| format!("\"inb_{id}\"")).collect();
        let lines = policy(&format!("allow_inboxes = [{}]", ids.join(", "))).in_words();
        assert!(lines[0].ends_with(", and 5 more"), "{lines:?}");
    }
}
