//! Whether a message may leave: what is known of it when it is sealed, and again when it goes.

use super::{
    Decision, Policy, Rule,
    domain::{Destination, destination},
};
use crate::front::Operation;

/// A message as the policy sees it.
#[derive(Clone, Copy, Debug, Default)]
pub struct SendFacts<'a> {
    /// It answers in a conversation, rather than starting one.
    pub is_reply: bool,
    /// It is left as a draft, which a person sends.
    pub is_draft: bool,
    /// Recipients: addresses, numbers, accounts.
    pub to: &'a [&'a str],
    /// Copies.
    pub cc: &'a [&'a str],
    /// Blind copies.
    pub bcc: &'a [&'a str],
    /// The teammate in whose name it goes, if one was named.
    pub author: Option<Author<'a>>,
    /// Tags that it applies.
    pub tags: &'a [Tag<'a>],
    /// The id of the inbox whose channel it leaves through, as far as it is known.
    pub channel_inbox: Option<&'a str>,
    /// A kill switch is there, or whether it is could not be found out.
    pub killed: bool,
}

/// A teammate.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// The id.
    pub id: &'a str,
    /// The address the teammate signs in with, as far as it is known.
    pub email: Option<&'a str>,
}

/// A tag.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    /// The id.
    pub id: &'a str,
    /// The name.
    pub name: &'a str,
}

impl Policy {
    /// Whether this message may be prepared or sent. How many were sent before is not looked at.
    pub fn send(&self, facts: &SendFacts<'_>) -> Decision {
        self.placed(self.send_of_both(facts), |one| one.send(facts))
    }

    fn send_of_both(&self, facts: &SendFacts<'_>) -> Decision {
        let checks = [
            self.way(facts),
            self.switch(facts),
            self.number(facts),
            self.domains(facts),
            self.author(facts),
            self.tags(facts),
            self.inbox(facts),
        ];
        checks
            .into_iter()
            .flatten()
            .next()
            .unwrap_or_else(|| Decision::allowed(Rule::Unwritten))
    }

    fn way(&self, facts: &SendFacts<'_>) -> Option<Decision> {
        let id = match (facts.is_draft, facts.is_reply) {
            (false, true) => "create-message-reply",
            (false, false) => "create-message",
            (true, true) => "create-draft-reply",
            (true, false) => "create-draft",
        };
        let rule = self.forbids(Operation::by_id(id)?)?;
        Some(Decision::denied(rule))
    }

    fn switch(&self, facts: &SendFacts<'_>) -> Option<Decision> {
        let file = self.kill_switches.first()?;
        facts.killed.then(|| {
            Decision::denied(Rule::entry("kill_switch_file", file.display()))
                .since("the kill switch is on")
        })
    }

    fn number(&self, facts: &SendFacts<'_>) -> Option<Decision> {
        if self.without_bcc && !facts.bcc.is_empty() {
            return Some(Decision::denied(Rule::line("allow_bcc", false)));
        }
        let most = self.most_recipients?;
        let count = everybody(facts).count();
        (u32::try_from(count).unwrap_or(u32::MAX) > most).then(|| {
            Decision::denied(Rule::line("max_recipients", most)).since("it has more recipients")
        })
    }

    fn domains(&self, facts: &SendFacts<'_>) -> Option<Decision> {
        everybody(facts).find_map(|recipient| self.recipient(recipient))
    }

    fn recipient(&self, recipient: &str) -> Option<Decision> {
        let domain = match destination(recipient) {
            Destination::Domain(domain) => Some(domain),
            Destination::Elsewhere => None,
            Destination::Unclear => {
                let rule = match (
                    self.denied_domains.as_slice(),
                    self.allowed_domains.lists().next(),
                ) {
                    (_, Some(list)) => Rule::list("recipient_domains_allow", list),
                    ([], None) => return None,
                    (list, None) => Rule::list("recipient_domains_deny", list),
                };
                let denied = Decision::denied(rule).about(recipient);
                return Some(denied.since("the domain of this recipient cannot be established"));
            }
        };
        let covers =
            |rule: &super::DomainRule| domain.as_deref().is_some_and(|one| rule.covers(one));
        if let Some(rule) = self.denied_domains.iter().find(|rule| covers(rule)) {
            let rule = Rule::entry("recipient_domains_deny", rule);
            return Some(Decision::denied(rule).about(recipient));
        }
        let list = self.allowed_domains.refusing(covers)?;
        let denied = Decision::denied(Rule::list("recipient_domains_allow", list)).about(recipient);
        Some(denied.since(match domain {
            Some(_) => "the domain of this recipient is not on the list",
            None => "this recipient is no e-mail address, and the list holds mail domains alone",
        }))
    }

    fn author(&self, facts: &SendFacts<'_>) -> Option<Decision> {
        let author = facts.author?;
        let email = author.email.map(str::to_lowercase);
        let list = self
            .authors
            .refusing(|entry| entry == author.id || Some(entry) == email.as_ref())?;
        let denied = Decision::denied(Rule::list("authors_allow", list)).about(author.id);
        Some(denied.since("this author may not be named"))
    }

    fn tags(&self, facts: &SendFacts<'_>) -> Option<Decision> {
        facts
            .tags
            .iter()
            .map(|tag| self.tag(Some(tag.id), Some(tag.name)).about(tag.id))
            .find(|decision| !decision.allowed)
    }

    fn inbox(&self, facts: &SendFacts<'_>) -> Option<Decision> {
        let allowed = self.inboxes.as_ref()?;
        let inside = facts
            .channel_inbox
            .is_some_and(|inbox| allowed.iter().any(|one| one.as_str() == inbox));
        (!inside).then(|| {
            let list: Vec<_> = allowed.iter().collect();
            Decision::denied(Rule::list("allow_inboxes", &list))
                .since("the channel is not known to belong to one of these inboxes")
        })
    }
}

fn everybody<'a>(facts: &SendFacts<'a>) -> impl Iterator<Item = &'a str> {
    [facts.to, facts.cc, facts.bcc]
        .into_iter()
        .flatten()
        .copied()
}
