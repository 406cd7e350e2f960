//! The effective policy in the words of the file.

use std::fmt;

use super::{
    Policy,
    allow::Allow,
    decision::{List, Quoted},
};

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[policy]")?;
        line(f, "read_only", self.is_read_only())?;
        lists(f, "allow_scopes", &self.scopes)?;
        let operations = self.allowed_operations.iter().flatten();
        line(f, "allow_operations", List(&operations.collect::<Vec<_>>()))?;
        let denied: Vec<_> = self.denied_operations.iter().collect();
        line(f, "deny_operations", List(&denied))?;
        lists(f, "allow_tools", &self.tools)?;
        line(
            f,
            "deny_tools",
            List(&self.denied_tools.iter().collect::<Vec<_>>()),
        )?;
        match &self.inboxes {
            Some(inboxes) => {
                line(
                    f,
                    "allow_inboxes",
                    List(&inboxes.iter().collect::<Vec<_>>()),
                )?;
            }
            None => absent(f, "allow_inboxes", "all")?,
        }
        line(f, "allow_contacts", self.contacts_are_readable())?;
        lists(f, "recipient_domains_allow", &self.allowed_domains)?;
        line(f, "recipient_domains_deny", List(&self.denied_domains))?;
        lists(f, "authors_allow", &self.authors)?;
        line(
            f,
            "tags_deny",
            List(&self.denied_tags.iter().collect::<Vec<_>>()),
        )?;
        line(f, "allow_bcc", !self.without_bcc)?;
        for (key, value) in [
            ("max_recipients", self.most_recipients),
            ("sends_per_hour", self.sends_per_hour),
            ("sends_per_day", self.sends_per_day),
        ] {
            match value {
                Some(value) => line(f, key, value)?,
                None => absent(f, key, "not limited")?,
            }
        }
        if self.kill_switches.is_empty() {
            absent(f, "kill_switch_file", "none")?;
        }
        for path in &self.kill_switches {
            line(f, "kill_switch_file", Quoted(path.display()))?;
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, key: &str, value: impl fmt::Display) -> fmt::Result {
    write!(f, "\n{key} = {value}")
}

fn absent(f: &mut fmt::Formatter<'_>, key: &str, meaning: &str) -> fmt::Result {
    write!(f, "\n# {key}: {meaning}")
}

/// Every list; what is allowed is on all of them.
fn lists<T: fmt::Display + Clone>(
    f: &mut fmt::Formatter<'_>,
    key: &str,
    allow: &Allow<T>,
) -> fmt::Result {
    let mut is_limited = false;
    for list in allow.lists() {
        line(f, key, List(list))?;
        is_limited = true;
    }
    if is_limited {
        Ok(())
    } else {
        absent(f, key, "all")
    }
}
