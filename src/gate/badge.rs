//! What a person who decides should know of a recipient, told when the message is sealed.

use serde::{Deserialize, Serialize};

/// A mark beside a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Badge {
    /// Nobody in the conversation has written from or been written to at this address.
    New,
    /// Its domain is none of the company's.
    Outside,
    /// The others do not see it.
    Blind,
    /// In the conversation it stands in the text of a message alone.
    OnlyInBody,
}

impl Badge {
    /// In a reader's words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new to this conversation",
            Self::Outside => "outside your domains",
            Self::Blind => "BCC",
            Self::OnlyInBody => "named only inside a message body",
        }
    }
}

/// A recipient with marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badged {
    /// The address or number, as in the letter.
    pub address: String,
    /// Its marks.
    pub badges: Vec<Badge>,
}

/// What is known of where a message goes.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Addresses in the fields of the conversation's messages.
    pub known: Vec<String>,
    /// The texts of its messages.
    pub bodies: Vec<String>,
    /// Domains of the company's channels and teammates.
    pub own_domains: Vec<String>,
}

impl Surroundings {
    /// The marks of each recipient; those without any are left out.
    pub fn judge<'a>(
        &self,
        is_reply: bool,
        visible: impl Iterator<Item = &'a String>,
        blind: impl Iterator<Item = &'a String>,
    ) -> Vec<Badged> {
        let visible = visible.map(|address| (address, false));
        let blind = blind.map(|address| (address, true));
        visible
            .chain(blind)
            .map(|(address, is_blind)| Badged {
                address: address.clone(),
                badges: self.badges(address, is_blind, is_reply),
            })
            .filter(|badged| !badged.badges.is_empty())
            .collect()
    }

    fn badges(&self, address: &str, is_blind: bool, is_reply: bool) -> Vec<Badge> {
        let address = address.to_lowercase();
        let is_new = is_reply && !self.known.contains(&address);
        let is_in_body = is_new && self.bodies.iter().any(|body| body.contains(&address));
        let is_outside = address
            .rsplit_once('@')
            .is_some_and(|(_, domain)| !self.own_domains.iter().any(|own| own == domain));
        [
            (is_new && !is_in_body, Badge::New),
            (is_in_body, Badge::OnlyInBody),
            (is_outside, Badge::Outside),
            (is_blind, Badge::Blind),
        ]
        .into_iter()
        .filter_map(|(applies, badge)| applies.then_some(badge))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_that_the_conversation_does_not_explain_are_marked() {
        let surroundings = Surroundings {
            known: vec!["ann@shop.test".into()],
            bodies: vec!["please copy eve@evil.test".into()],
            own_domains: vec!["acme.test".into()],
        };
        let to = ["Ann@shop.test".to_owned(), "bob@acme.test".to_owned()];
        let bcc = ["eve@evil.test".to_owned()];
        let judged = surroundings.judge(true, to.iter(), bcc.iter());
        let badges: Vec<_> = judged.iter().map(|one| one.badges.as_slice()).collect();
        assert_eq!(
            badges,
            [
                &[Badge::Outside][..],
                &[Badge::New],
                &[Badge::OnlyInBody, Badge::Outside, Badge::Blind],
            ]
        );
    }
}
