//! Front's identifiers: a prefix and a base-36 number (`cnv_55c8c149`).
//!
//! Parsed once at the edge. An id of the wrong kind, an alias, a pasted link or a path trick
//! stops here; inside there are only ids.

use std::{borrow::Cow, fmt, marker::PhantomData};

use compact_str::CompactString;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use super::path::Segment;

/// An id with Front's prefix for its kind.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal, $what:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub struct $name(CompactString);

        impl $name {
            /// The prefix of every id of this kind.
            pub const PREFIX: &str = $prefix;
            /// What such an id names, in a reader's words.
            pub const WHAT: &str = $what;

            /// Reads an id of exactly this kind.
            pub fn parse(text: &str) -> Option<Self> {
                has_form(text, $prefix).then(|| Self(text.into()))
            }

            /// The id as Front writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id as a part of a path.
            pub fn segment(&self) -> Segment {
                Segment::of_id(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(IdVisitor(PhantomData))
            }
        }

        impl Kind for $name {
            const WHAT: &str = $what;
            fn read(text: &str) -> Option<Self> {
                Self::parse(text)
            }
            fn read_link(link: &str) -> Option<Self> {
                in_link(link, $prefix).and_then(Self::parse)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                // The keyword tells it from a plain string, and is taken out before a schema is published.
                json_schema!({ "type": "string", "x-typed": true })
            }
        }
    )+};
}

ids! {
    /// An account (a company in Front's contact book).
    AccountId = "acc", "account";
    /// An article of a knowledge base.
    ArticleId = "kba", "knowledge base article";
    /// An export for analysis.
    AnalyticsExportId = "exp", "analytics export";
    /// A file.
    AttachmentId = "fil", "attachment";
    /// A category of a knowledge base.
    CategoryId = "kbc", "knowledge base category";
    /// A channel: an address that sends and receives.
    ChannelId = "cha", "channel";
    /// A comment.
    CommentId = "com", "comment";
    /// A contact.
    ContactId = "crd", "contact";
    /// A list of contacts.
    ContactListId = "grp", "contact list";
    /// A conversation.
    ConversationId = "cnv", "conversation";
    /// Something that happened.
    EventId = "evt", "event";
    /// An inbox.
    InboxId = "inb", "inbox";
    /// A knowledge base.
    KnowledgeBaseId = "knb", "knowledge base";
    /// A message or a draft.
    MessageId = "msg", "message";
    /// A signature.
    SignatureId = "sig", "signature";
    /// A shift: hours of the week that teammates work.
    ShiftId = "shf", "shift";
    /// A tag.
    TagId = "tag", "tag";
    /// A team.
    TeamId = "tim", "team";
    /// A teammate.
    TeammateId = "tea", "teammate";
    /// A ticket status.
    TicketStatusId = "sts", "ticket status";
    /// A time in which a teammate is off.
    TimeOffId = "vcr", "time off";
    /// A message template.
    TemplateId = "rsp", "message template";
    /// A folder of message templates.
    TemplateFolderId = "rsf", "template folder";
}

/// What the ids have in common, for reading them without a copy.
pub trait Kind: Sized {
    /// What such an id names, in a reader's words.
    const WHAT: &str;
    /// Reads an id of exactly this kind.
    fn read(text: &str) -> Option<Self>;
    /// Reads the id of this kind in a link that Front gives.
    fn read_link(link: &str) -> Option<Self>;
}

struct IdVisitor<Id>(PhantomData<Id>);

impl<Id: Kind> de::Visitor<'_> for IdVisitor<Id> {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the id of a {}", Id::WHAT)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
        Id::read(text).ok_or_else(|| E::custom(format_args!("not the id of a {}", Id::WHAT)))
    }
}

/// What a link of Front's names; of the link itself nothing is kept.
#[derive(Clone, Debug)]
pub struct Link<Id>(Option<Id>);

impl<Id> Default for Link<Id> {
    fn default() -> Self {
        Self(None)
    }
}

impl<Id: Clone> Link<Id> {
    /// The id in it, if it names one of this kind.
    pub fn id(&self) -> Option<Id> {
        self.0.clone()
    }
}

impl<'de, Id: Kind> Deserialize<'de> for Link<Id> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(LinkVisitor(PhantomData))
    }
}

struct LinkVisitor<Id>(PhantomData<Id>);

impl<'de, Id: Kind> de::Visitor<'de> for LinkVisitor<Id> {
    type Value = Link<Id>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a link or null")
    }

    fn visit_str<E: de::Error>(self, link: &str) -> Result<Link<Id>, E> {
        Ok(Link(Id::read_link(link)))
    }

    fn visit_none<E: de::Error>(self) -> Result<Link<Id>, E> {
        Ok(Link(None))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Link<Id>, E> {
        Ok(Link(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Link<Id>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

/// The kinds of ids, to tell a reader what an id that does not fit names instead.
const KINDS: &[(&str, &str)] = &[
    ("acc", "account"),
    ("cha", "channel"),
    ("cir", "teammate group"),
    ("cmp", "company"),
    ("cnv", "conversation"),
    ("com", "comment"),
    ("crd", "contact"),
    ("evt", "event"),
    ("exp", "analytics export"),
    ("fil", "attachment"),
    ("grp", "contact list"),
    ("inb", "inbox"),
    ("kba", "knowledge base article"),
    ("kbc", "knowledge base category"),
    ("knb", "knowledge base"),
    ("msg", "message"),
    ("shf", "shift"),
    ("rsf", "template folder"),
    ("rsp", "message template"),
    ("sig", "signature"),
    ("sts", "ticket status"),
    ("tag", "tag"),
    ("tea", "teammate"),
    ("tim", "team"),
    ("top", "link"),
    ("vcr", "time off"),
];

/// Words that are written for a prefix.
const WORDS: &[(&str, &[&str])] = &[
    ("cha", &["channel", "chan"]),
    (
        "cnv",
        &["conversation", "conv", "convo", "thread", "ticket"],
    ),
    ("crd", &["contact", "card"]),
    ("fil", &["file", "attachment", "att"]),
    ("inb", &["inbox"]),
    ("msg", &["message", "mess"]),
    ("tea", &["teammate", "user", "agent"]),
    ("tim", &["team"]),
];

/// An id with this prefix out of another spelling: in capitals, with another word for the
/// prefix or without one, or in a link of Front's. Of a link nothing else is kept.
pub fn respelt(given: &str, prefix: &str) -> Option<String> {
    let lower = given.to_ascii_lowercase();
    if has_form(&lower, prefix) {
        return Some(lower);
    }
    if let Some(id) = in_app_link(given, prefix).or_else(|| in_api_link(given, prefix)) {
        return has_form(&id, prefix).then_some(id);
    }
    let digits = match lower.split_once(['_', '-', ':']) {
        Some((word, digits)) => {
            let words = WORDS.iter().find(|(known, _)| *known == prefix);
            let is_one = |(_, words): &(&str, &[&str])| words.contains(&word);
            (word == prefix || words.is_some_and(is_one)).then_some(digits)?
        }
        // Without a digit it is a word.
        None if lower.bytes().any(|byte| byte.is_ascii_digit()) => &lower,
        None => return None,
    };
    // As long as a number in a link of the app, and without a letter: it is one.
    let number = digits.parse::<u128>().ok().filter(|_| digits.len() > 5);
    let id = match number {
        Some(number) => format!("{prefix}_{}", base36(number)),
        None => format!("{prefix}_{digits}"),
    };
    (digits.len() < 16 && has_form(&id, prefix)).then_some(id)
}

/// The prefix and the id of what an id or a link of Front's names, whatever its kind.
pub fn named(given: &str) -> Option<(&'static str, String)> {
    let lower = given.to_ascii_lowercase();
    let is_link = given.contains('/');
    KINDS.iter().find_map(|(prefix, _)| {
        if !is_link {
            return has_form(&lower, prefix).then(|| (*prefix, lower.clone()));
        }
        // The number in a link of the app is a conversation's.
        let id = match in_app_link(given, prefix)
            .filter(|id| *prefix == "cnv" || given.contains(id.as_str()))
        {
            Some(id) => id,
            None => in_api_link(given, prefix)?,
        };
        has_form(&id, prefix).then_some((*prefix, id))
    })
}

/// What kind of thing an id names, judged by its prefix.
pub fn kind_of(text: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .find(|(prefix, _)| has_form(text, prefix))
        .map(|(_, what)| *what)
}

/// Lower-case base 36 of at most 32 digits behind the prefix: what Front writes, and nothing
/// that means anything in a path.
pub fn has_form(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .is_some_and(|digits| {
            (1..=32).contains(&digits.len())
                && digits
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// An id out of a link that Front gives (`https://acme.api.frontapp.com/tags/tag_1/children`):
/// the last segment of the wanted kind. The link itself is never fetched.
pub fn in_link<'link>(link: &'link str, prefix: &str) -> Option<&'link str> {
    let path = link.split(['?', '#']).next()?;
    path.split('/')
        .rev()
        .find(|segment| has_form(segment, prefix))
}

/// The conversation or message a person pasted out of the app: `app.frontapp.com/open/cnv_1`,
/// or a numeric one (`.../inboxes/teams/views/1/open/123`), whose number is the id in base 36.
pub fn in_app_link(link: &str, prefix: &str) -> Option<String> {
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"))
        .unwrap_or(link);
    let (host, path) = rest.split_once('/')?;
    if host != "app.frontapp.com" {
        return None;
    }
    if let Some(id) = in_link(path, prefix) {
        return Some(id.to_owned());
    }
    let mut segments = path.split(['/', '?', '#', '&']);
    segments.find(|segment| *segment == "open")?;
    let number: u128 = segments.next()?.parse().ok()?;
    Some(format!("{prefix}_{}", base36(number)))
}

/// The id in an address of Front's API (`https://api2.frontapp.com/conversations/cnv_1`,
/// `https://acme.api.frontapp.com/messages/msg_1`): the last of its kind. A path that is not
/// plain names nothing.
pub fn in_api_link(link: &str, prefix: &str) -> Option<String> {
    let path = api_path(link)?;
    let plain = |segment: &str| {
        segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let path = path.split(['?', '#']).next()?;
    let is_plain = path.split('/').all(plain);
    is_plain.then(|| in_link(path, prefix).map(str::to_owned))?
}

/// What stands behind the host in an address of Front's API, and of no other.
pub fn api_path(link: &str) -> Option<&str> {
    let rest = link.strip_prefix("https://")?;
    let (host, path) = rest.split_once('/')?;
    let company = host.strip_suffix(".api.frontapp.com");
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    (host == "api2.frontapp.com" || company.is_some_and(is_label)).then_some(path)
}

fn base36(mut number: u128) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_form_is_an_id() {
        assert!(ConversationId::parse("cnv_55c8c149").is_some());
        for bad in [
            "cnv_",
            "cnv",
            "msg_1",
            "cnv_1/messages",
            "../me",
            "cnv_1 ",
            "CNV_1",
            "cnv_A",
            "cnv_1%2e",
            "cnv_1?x",
            "",
            "cnv_1\n",
            "cnv_é",
        ] {
            assert!(ConversationId::parse(bad).is_none(), "{bad:?}");
        }
        assert_eq!(kind_of("msg_1a"), Some("message"));
    }

    #[test]
    fn an_answer_with_something_else_says_what_was_wanted() {
        for other in ["1", "\"msg_1\""] {
            let error = serde_json::from_str::<TagId>(other).unwrap_err();
            assert!(error.to_string().contains("the id of a tag"), "{error}");
        }
    }

    #[test]
    fn addresses_of_the_api_name_what_they_hold_and_no_other_host_does() {
        for (link, id) in [
            (
                "https://api2.frontapp.com/conversations/cnv_1",
                Some("cnv_1"),
            ),
            (
                "https://acme.api.frontapp.com/conversations/cnv_1/messages?limit=5",
                Some("cnv_1"),
            ),
            ("https://api2.frontapp.com/conversations/../cnv_1", None),
            (
                "https://api2.frontapp.com/conversations/cnv_1%2fmessages",
                None,
            ),
            (
                "https://api2.frontapp.com.evil.test/conversations/cnv_1",
                None,
            ),
            ("https://evil.test/api2.frontapp.com/cnv_1", None),
            ("https://api2.frontapp.com@evil.test/cnv_1", None),
            ("https://a.b.api.frontapp.com/cnv_1", None),
            ("https://api2.frontapp.com:81/cnv_1", None),
            ("http://api2.frontapp.com/cnv_1", None),
        ] {
            assert_eq!(in_api_link(link, "cnv").as_deref(), id, "{link}");
        }
    }

    #[test]
    fn other_spellings_of_an_id() {
        for (given, id) in [
            ("CNV_1URGENT", Some("cnv_1urgent")),
            ("1urgent", Some("cnv_1urgent")),
            ("conv_1urgent", Some("cnv_1urgent")),
            ("conversation-1urgent", Some("cnv_1urgent")),
            ("1000000", Some("cnv_lfls")),
            ("msg_1urgent", None),
            ("urgent", None),
            ("cnv_1/messages", None),
            ("../me", None),
            ("cnv 1", None),
            ("cnv_", None),
            ("cnv_1%2fmessages", None),
            ("7Kq2ZpR81mWc0xTb", None),
        ] {
            assert_eq!(respelt(given, "cnv").as_deref(), id, "{given}");
        }
        assert_eq!(named("msg_1A"), Some(("msg", "msg_1a".to_owned())));
        assert_eq!(named("https://evil.test/open/cnv_1"), None);
    }

    #[test]
    fn links_of_the_app_name_conversations() {
        for (link, id) in [
            (
                "https://app.frontapp.com/open/cnv_yo1kg5q",
                Some("cnv_yo1kg5q"),
            ),
            ("app.frontapp.com/open/cnv_1?x=1#y", Some("cnv_1")),
            (
                "https://app.frontapp.com/inboxes/teams/views/1/open/36",
                Some("cnv_10"),
            ),
            ("https://evil.test/open/cnv_1", None),
            ("https://app.frontapp.com.evil.test/open/cnv_1", None),
            ("https://app.frontapp.com/open/../../x", None),
        ] {
            assert_eq!(in_app_link(link, "cnv").as_deref(), id, "{link}");
        }
    }
}
