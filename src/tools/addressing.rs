//! Who a reply goes to and through which channel, decided here and pinned, because Front would
//! otherwise decide it at the moment of sending.

use crate::{
    front::model::{Channel, Message, Recipient},
    gate::badge::Surroundings,
    untrusted::Untrusted,
};

/// What a reply would go to if nobody said otherwise.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct ReplyTo {
    /// The one who wrote last, or those we wrote to last.
    pub to: Vec<String>,
    /// The others of that message.
    pub cc: Vec<String>,
}

/// Replies go to the sender (or reply-to) of the newest message from outside, with the others
/// of that message in copy; where nothing came from outside, to those we wrote to.
pub fn reply_to(messages: &[Message], ours: &[Channel]) -> ReplyTo {
    let sent = messages
        .iter()
        .filter(|message| message.draft_mode.is_none());
    let inbound = sent.clone().find(|message| message.is_inbound);
    let Some(message) = inbound.or_else(|| sent.clone().next()) else {
        return ReplyTo::default();
    };
    let of = |role: &'static str| {
        message
            .recipients
            .iter()
            .filter(move |recipient| recipient.role == role)
            .filter(|recipient| !is_ours(recipient, ours))
            .map(|recipient| recipient.handle.raw().to_owned())
    };
    let to: Vec<String> = if message.is_inbound {
        let reply_to: Vec<_> = of("reply-to").collect();
        if reply_to.is_empty() {
            of("from").collect()
        } else {
            reply_to
        }
    } else {
        of("to").collect()
    };
    let mut cc: Vec<String> = Vec::new();
    let others = if message.is_inbound {
        of("to").collect()
    } else {
        Vec::new()
    };
    for address in others.into_iter().chain(of("cc")) {
        let known = |list: &[String]| list.iter().any(|one| one.eq_ignore_ascii_case(&address));
        if !known(&to) && !known(&cc) {
            cc.push(address);
        }
    }
    ReplyTo { to, cc }
}

/// What is known of where a message goes, for the marks that an approver sees.
pub fn surroundings(messages: &[Message], ours: &[Channel]) -> Surroundings {
    let sent = || {
        messages
            .iter()
            .filter(|message| message.draft_mode.is_none())
    };
    let addresses = ours
        .iter()
        .flat_map(|channel| [&channel.address, &channel.send_as]);
    let domains = addresses.filter_map(|address| address.raw().rsplit_once('@'));
    Surroundings {
        known: sent()
            .flat_map(|message| &message.recipients)
            .map(|recipient| recipient.handle.raw().to_lowercase())
            .collect(),
        bodies: sent()
            .map(|message| message.body.raw().to_lowercase())
            .collect(),
        own_domains: domains.map(|(_, domain)| domain.to_lowercase()).collect(),
    }
}

/// The channel the newest message came in or went out through.
pub fn channel<'list>(messages: &[Message], channels: &'list [Channel]) -> Option<&'list Channel> {
    messages
        .iter()
        .filter(|message| message.draft_mode.is_none())
        .find_map(|message| {
            let recipients = message.recipients.iter().filter(|recipient| {
                // Ours is where an inbound message went, and where an outbound one came from.
                message.is_inbound != (recipient.role == "from")
            });
            recipients
                .filter_map(|recipient| {
                    channels
                        .iter()
                        .find(|channel| is_address_of(channel, &recipient.handle))
                })
                .next()
        })
}

fn is_ours(recipient: &Recipient, ours: &[Channel]) -> bool {
    ours.iter()
        .any(|channel| is_address_of(channel, &recipient.handle))
}

fn is_address_of(channel: &Channel, handle: &Untrusted) -> bool {
    [&channel.address, &channel.send_as]
        .iter()
        .any(|address| !address.is_blank() && same(address.raw(), handle.raw()))
}

fn same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(inbound: bool, recipients: &[(&str, &str)]) -> Message {
        let recipients: Vec<_> = recipients
            .iter()
            .map(|(role, handle)| json!({ "role": role, "handle": handle }))
            .collect();
        serde_json::from_value(json!({
            "id": "msg_1", "is_inbound": inbound, "recipients": recipients, "draft_mode": null
        }))
        .unwrap()
    }

    fn channels() -> Vec<Channel> {
        vec![
            serde_json::from_value(json!({ "id": "cha_1", "address": "help@us.example" })).unwrap(),
            serde_json::from_value(json!({ "id": "cha_2", "address": "sales@us.example" }))
                .unwrap(),
        ]
    }

    #[test]
    fn a_reply_goes_to_the_sender_with_the_others_in_copy() {
        let messages = [message(
            true,
            &[
                ("from", "jo@acme.example"),
                ("to", "HELP@us.example"),
                ("to", "boss@acme.example"),
                ("cc", "Jo@acme.example"),
                ("cc", "sales@us.example"),
            ],
        )];
        let reply = reply_to(&messages, &channels());
        assert_eq!(reply.to, ["jo@acme.example"]);
        assert_eq!(reply.cc, ["boss@acme.example"]);
        assert_eq!(
            channel(&messages, &channels()).unwrap().id.as_str(),
            "cha_1"
        );
    }

    #[test]
    fn reply_to_wins_and_our_own_last_word_counts_when_alone() {
        let with_reply_to = [message(
            true,
            &[
                ("from", "noreply@acme.example"),
                ("reply-to", "jo@acme.example"),
            ],
        )];
        assert_eq!(
            reply_to(&with_reply_to, &channels()).to,
            ["jo@acme.example"]
        );
        let ours = [message(
            false,
            &[("from", "sales@us.example"), ("to", "jo@acme.example")],
        )];
        assert_eq!(reply_to(&ours, &channels()).to, ["jo@acme.example"]);
        assert_eq!(channel(&ours, &channels()).unwrap().id.as_str(), "cha_2");
        assert_eq!(reply_to(&[], &[]), ReplyTo::default());
    }
}
