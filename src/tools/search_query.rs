//! A query of Front's search, `<words> <filter>:<value> …`, written so that a value stays a value.
//!
//! Front documents double quotes around phrases and around custom fields, and no way to write a
//! quote inside of them. So what stands bare is letters, digits and a few marks, everything else
//! stands in quotes, and what quotes cannot hold is refused: nothing that is searched for can end
//! its filter and begin another.

use std::fmt;

use crate::front::{
    id::{ContactId, InboxId, TagId, TeammateId},
    path::{PathRefusal, Segment},
};

/// Front takes no more filters than these in one search.
pub const MOST_FILTERS: usize = 15;

/// Text that can stand in quotes, whatever else it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotable(String);

/// Why a text cannot be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsearchable {
    /// Nothing is left of it.
    Empty,
    /// It holds a double quote.
    Quote,
    /// A phrase is not closed.
    Unclosed,
    /// It holds a line break or another control character.
    Control,
    /// It ends with a backslash, which might take the closing quote with it.
    Backslash,
    /// The name of a custom field holds `=`.
    Equals,
}

impl Unsearchable {
    /// In a reader's words.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::Quote => "holds a double quote, which Front's search has no way to write",
            Self::Unclosed => "holds a double quote that nothing closes",
            Self::Control => "holds a line break or another control character",
            Self::Backslash => {
                "ends with a backslash, which could be read together with what follows"
            }
            Self::Equals => "holds `=`, which ends the name of a custom field in Front's search",
        }
    }
}

impl Quotable {
    /// Takes a text as it is, but for the spaces around it.
    pub fn new(text: &str) -> Result<Self, Unsearchable> {
        let text = text.trim();
        if text.is_empty() {
            Err(Unsearchable::Empty)
        } else if text.contains('"') {
            Err(Unsearchable::Quote)
        } else if text.chars().any(breaks_lines) {
            Err(Unsearchable::Control)
        } else if text.ends_with('\\') {
            Err(Unsearchable::Backslash)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The text, without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Among the words: bare where it can be read as one word alone, and as no operator.
    fn write_word(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = |c: char| c.is_alphanumeric() || ".'’_-@/&%+".contains(c);
        let is_bare = self.0.starts_with(char::is_alphanumeric)
            && self.0.chars().all(is_plain)
            && !matches!(self.0.as_str(), "AND" | "OR" | "NOT");
        self.write(is_bare, f)
    }

    /// Behind the colon of a filter, where addresses stand bare in all of Front's examples.
    fn write_value(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_odd = |c: char| c.is_whitespace() || "()[]<>,;\\".contains(c);
        self.write(!self.0.contains(is_odd), f)
    }

    fn write(&self, is_bare: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match is_bare {
            true => f.write_str(&self.0),
            false => write!(f, "\"{}\"", self.0),
        }
    }
}

fn breaks_lines(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The words of a text, and the phrases that stand in double quotes in it.
pub fn words(text: &str) -> Result<Vec<Quotable>, Unsearchable> {
    let mut words = Vec::new();
    let mut parts = text.split('"');
    loop {
        for word in parts.next().unwrap_or_default().split_whitespace() {
            words.push(Quotable::new(word)?);
        }
        let Some(phrase) = parts.next() else {
            return Ok(words);
        };
        if parts.clone().next().is_none() {
            return Err(Unsearchable::Unclosed);
        }
        // Line breaks in a phrase came with a paste; the search knows words alone.
        let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
        if !phrase.is_empty() {
            words.push(Quotable::new(&phrase)?);
        }
    }
}

/// Where an address stands in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It sent.
    From,
    /// It received.
    To,
    /// It had a copy.
    Cc,
    /// It had a blind copy.
    Bcc,
    /// Any of these.
    Recipient,
}

/// What a teammate did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Has the conversation.
    Assignee,
    /// Took part in it in any way.
    Participant,
    /// Wrote a message.
    Author,
    /// Was mentioned in a comment.
    Mention,
    /// Wrote a comment.
    Commenter,
}

/// What `is:` takes, as Front documents it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Is {
    /// Neither archived nor snoozed nor in the trash.
    Open,
    /// Done.
    Archived,
    /// Somebody has it.
    Assigned,
    /// Nobody has it.
    Unassigned,
    /// Comes back later.
    Snoozed,
    /// In the trash.
    Trashed,
    /// The last message came from outside.
    Unreplied,
    /// Somebody outside waits for an answer.
    Waiting,
}

impl Is {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Archived => "archived",
            Self::Assigned => "assigned",
            Self::Unassigned => "unassigned",
            Self::Snoozed => "snoozed",
            Self::Trashed => "trashed",
            Self::Unreplied => "unreplied",
            Self::Waiting => "waiting",
        }
    }

    /// Front refuses two of these together.
    const fn is_place(self) -> bool {
        matches!(
            self,
            Self::Open | Self::Archived | Self::Snoozed | Self::Trashed
        )
    }

    /// Whether Front cannot combine the two, or nothing can be both.
    pub fn excludes(self, other: Self) -> bool {
        self != other
            && (self.is_place() && other.is_place()
                || matches!(
                    (self, other),
                    (Self::Assigned, Self::Unassigned) | (Self::Unassigned, Self::Assigned)
                ))
    }
}

/// One filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// In this inbox.
    Inbox(InboxId),
    /// Has this tag.
    Tag(TagId),
    /// With this contact, in any role.
    Contact(ContactId),
    /// With this address.
    Handle(Role, Quotable),
    /// With this teammate.
    Teammate(Part, TeammateId),
    /// Where it stands.
    Is(Is),
    /// Before, Unix seconds.
    Before(i64),
    /// After, Unix seconds.
    After(i64),
    /// On the day of this time, Unix seconds.
    During(i64),
    /// A custom field of this name has this value.
    CustomField(FieldIs),
}

/// A custom field's name and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldIs {
    name: Quotable,
    value: Quotable,
}

impl FieldIs {
    /// Of name and value.
    pub fn new(name: &str, value: &str) -> Result<Self, Unsearchable> {
        if name.contains('=') {
            return Err(Unsearchable::Equals);
        }
        Ok(Self {
            name: Quotable::new(name)?,
            value: Quotable::new(value)?,
        })
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inbox(id) => write!(f, "inbox:{id}"),
            Self::Tag(id) => write!(f, "tag:{id}"),
            Self::Contact(id) => write!(f, "contact:{id}"),
            Self::Handle(role, handle) => {
                let role = match role {
                    Role::From => "from",
                    Role::To => "to",
                    Role::Cc => "cc",
                    Role::Bcc => "bcc",
                    Role::Recipient => "recipient",
                };
                write!(f, "{role}:")?;
                handle.write_value(f)
            }
            Self::Teammate(part, id) => {
                let part = match part {
                    Part::Assignee => "assignee",
                    Part::Participant => "participant",
                    Part::Author => "author",
                    Part::Mention => "mention",
                    Part::Commenter => "commenter",
                };
                write!(f, "{part}:{id}")
            }
            Self::Is(is) => write!(f, "is:{}", is.word()),
            Self::Before(at) => write!(f, "before:{at}"),
            Self::After(at) => write!(f, "after:{at}"),
            Self::During(at) => write!(f, "during:{at}"),
            Self::CustomField(FieldIs { name, value }) => {
                write!(f, "custom_field:\"{}={}\"", name.as_str(), value.as_str())
            }
        }
    }
}

/// A whole query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words and phrases that must all be there.
    pub words: Vec<Quotable>,
    /// Filters.
    pub filters: Vec<Filter>,
}

impl Query {
    /// As one segment of a path. There must be something in it.
    pub fn segment(&self) -> Result<Segment, PathRefusal> {
        Segment::encoded(&self.to_string())
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut gap = "";
        for word in &self.words {
            f.write_str(gap)?;
            word.write_word(f)?;
            gap = " ";
        }
        for filter in &self.filters {
            write!(f, "{gap}{filter}")?;
            gap = " ";
        }
        Ok(())
    }
}
