//! Front's identifiers: a prefix and a base-36 number (`cnv_55c8c149`).
//!
//! Parsed once at the edge. An id of the wrong kind, an alias, a pasted link or a path trick
//! stops here; inside there are only ids.

mod links;
mod read;
mod spelling;

use std::{borrow::Cow, fmt, marker::PhantomData};

use compact_str::CompactString;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use self::read::IdVisitor;
use super::path::Segment;

pub use self::{
    links::{api_path, in_api_link, in_app_link, in_link},
    read::{Kind, Link},
    spelling::{kind_of, named, respelt},
};

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

/// Lower-case base 36 of at most 32 digits behind the prefix: what Front writes, and nothing
/// that means anything in a path.
fn has_form(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .is_some_and(|digits| {
            (1..=32).contains(&digits.len())
                && digits
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
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
}
