//! The search grammar: `<text> <filter>:<value> …`, one path segment of it.

use super::{
    id::Id,
    refusal::Refusal,
    state::{Conversation, Message, Role, State},
};

const MAXIMUM_FILTERS: usize = 15;
const DAY: f64 = 86_400.0;

/// A parsed query. Terms of different kinds must all hold; repeated handles of one kind are alternatives.
#[derive(Debug, Default)]
pub(crate) struct Search {
    text: Vec<String>,
    handles: Vec<(HandleRole, Vec<String>)>,
    rest: Vec<Filter>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HandleRole {
    Any,
    Only(Role),
}

impl HandleRole {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "from" => Self::Only(Role::From),
            "to" => Self::Only(Role::To),
            "cc" => Self::Only(Role::Cc),
            "bcc" => Self::Only(Role::Bcc),
            "recipient" => Self::Any,
            _ => return None,
        })
    }
}

#[derive(Debug)]
enum Filter {
    Inbox(Id),
    Tag(Id),
    /// Nothing in the sandbox is linked to external resources.
    Link,
    Contact(Id),
    Assignee(Id),
    Participant(Id),
    Author(Id),
    Mention(Id),
    Commenter(Id),
    Is(Is),
    Before(f64),
    After(f64),
    During(f64),
    CustomField(String, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    Open,
    Archived,
    Assigned,
    Unassigned,
    Snoozed,
    Trashed,
    Unreplied,
    Waiting,
}

impl Search {
    pub(crate) fn parse(query: &str) -> Result<Self, Refusal> {
        let mut search = Self::default();
        let mut filters = 0;
        for token in tokens(query)? {
            match token {
                Token::Text(text) => search.text.push(text.to_lowercase()),
                Token::Filter(name, value) => {
                    filters += 1;
                    search.add(&name, &value)?;
                }
            }
        }
        if filters > MAXIMUM_FILTERS {
            return Err(Refusal::bad_request(format!(
                "A search takes at most {MAXIMUM_FILTERS} filters"
            )));
        }
        search.check_places()?;
        Ok(search)
    }

    fn add(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        let invalid = || Refusal::bad_request(format!("Invalid value for {name}: {value}"));
        let id = |prefix: &str| {
            Id::parse(value)
                .filter(|id| id.prefix() == prefix)
                .ok_or_else(invalid)
        };
        let seconds = || value.parse::<f64>().map_err(|_| invalid());
        if let Some(role) = HandleRole::parse(name) {
            self.add_handle(role, value);
            return Ok(());
        }
        let filter = match name {
            "inbox" => Filter::Inbox(id("inb")?),
            "tag" => Filter::Tag(id("tag")?),
            "link" if value.starts_with("top_") => Filter::Link,
            "contact" => Filter::Contact(id("crd")?),
            "assignee" => Filter::Assignee(id("tea")?),
            "participant" => Filter::Participant(id("tea")?),
            "author" => Filter::Author(id("tea")?),
            "mention" => Filter::Mention(id("tea")?),
            "commenter" => Filter::Commenter(id("tea")?),
            "is" => Filter::Is(Is::parse(value).ok_or_else(invalid)?),
            "before" => Filter::Before(seconds()?),
            "after" => Filter::After(seconds()?),
            "during" => Filter::During(seconds()?),
            "custom_field" => {
                let (field, wanted) = value.split_once('=').ok_or_else(invalid)?;
                Filter::CustomField(field.to_owned(), wanted.to_owned())
            }
            "link" => return Err(invalid()),
            _ => {
                return Err(Refusal::bad_request(format!(
                    "Unknown search filter: {name}"
                )));
            }
        };
        self.rest.push(filter);
        Ok(())
    }

    fn add_handle(&mut self, role: HandleRole, value: &str) {
        let value = value.to_lowercase();
        match self.handles.iter_mut().find(|(known, _)| *known == role) {
            Some((_, values)) => values.push(value),
            None => self.handles.push((role, vec![value])),
        }
    }

    /// A conversation is in one place only, so asking for two of them is refused.
    fn check_places(&self) -> Result<(), Refusal> {
        let mut places = self.rest.iter().filter_map(|filter| match filter {
            Filter::Is(is @ (Is::Open | Is::Archived | Is::Trashed | Is::Snoozed)) => Some(*is),
            _ => None,
        });
        let first = places.next();
        if places.all(|other| Some(other) == first) {
            Ok(())
        } else {
            Err(Refusal::bad_request(
                "is:open, is:archived, is:trashed and is:snoozed exclude one another",
            ))
        }
    }

    pub(crate) fn matches(&self, state: &State, conversation: &Conversation) -> bool {
        self.rest
            .iter()
            .all(|filter| filter.matches(state, conversation))
            && self.handles.iter().all(|(role, values)| {
                messages(state, conversation).any(|message| {
                    message.recipients.iter().any(|recipient| {
                        let role_fits = match role {
                            HandleRole::Any => true,
                            HandleRole::Only(role) => recipient.role == *role,
                        };
                        role_fits
                            && values
                                .iter()
                                .any(|value| recipient.handle.eq_ignore_ascii_case(value))
                    })
                })
            })
            && self.text.iter().all(|text| {
                contains(&conversation.subject, text)
                    || messages(state, conversation).any(|message| contains(&message.text, text))
            })
    }
}

impl Is {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "open" => Self::Open,
            "archived" => Self::Archived,
            "assigned" => Self::Assigned,
            "unassigned" => Self::Unassigned,
            "snoozed" => Self::Snoozed,
            "trashed" => Self::Trashed,
            "unreplied" => Self::Unreplied,
            "waiting" => Self::Waiting,
            _ => return None,
        })
    }

    fn holds(self, state: &State, conversation: &Conversation) -> bool {
        let last_is_inbound = || {
            conversation
                .messages
                .last()
                .and_then(|id| state.messages.get(*id))
                .is_some_and(|message| message.is_inbound)
        };
        match self {
            Self::Open => conversation.is_open(),
            Self::Archived => conversation.status() == "archived" && !conversation.is_snoozed(),
            Self::Assigned => conversation.assignee.is_some() && !conversation.is_trashed(),
            Self::Unassigned => conversation.assignee.is_none() && conversation.is_open(),
            Self::Snoozed => conversation.is_snoozed(),
            Self::Trashed => conversation.is_trashed(),
            Self::Unreplied => last_is_inbound(),
            Self::Waiting => conversation.is_open() && conversation.waiting_since.is_some(),
        }
    }
}

impl Filter {
    fn matches(&self, state: &State, conversation: &Conversation) -> bool {
        match self {
            Self::Inbox(id) => conversation.inbox == *id,
            Self::Tag(id) => conversation.tags.contains(id),
            Self::Link => false,
            Self::Contact(id) => messages(state, conversation).any(|message| {
                message
                    .recipients
                    .iter()
                    .any(|recipient| recipient.contact == Some(*id))
            }),
            Self::Assignee(id) => conversation.assignee == Some(*id),
            Self::Author(id) => wrote(state, conversation, *id),
            Self::Commenter(id) => commented(state, conversation, *id),
            Self::Participant(id) => {
                conversation.assignee == Some(*id)
                    || conversation.followers.contains(id)
                    || wrote(state, conversation, *id)
                    || commented(state, conversation, *id)
            }
            Self::Mention(id) => state.teammates.get(*id).is_some_and(|teammate| {
                let mention = format!("@{}", teammate.username);
                conversation
                    .comments
                    .iter()
                    .filter_map(|comment| state.comments.get(*comment))
                    .any(|comment| contains(&comment.body, &mention))
            }),
            Self::Is(is) => is.holds(state, conversation),
            Self::Before(at) => messages(state, conversation).any(|one| one.created_at < *at),
            Self::After(at) => messages(state, conversation).any(|one| one.created_at > *at),
            Self::During(at) => {
                let start = at - at.rem_euclid(DAY);
                messages(state, conversation)
                    .any(|one| (start..start + DAY).contains(&one.created_at))
            }
            Self::CustomField(name, wanted) => conversation
                .custom_fields
                .get(name)
                .is_some_and(|value| is_written(value, wanted)),
        }
    }
}

/// Whether a field's value is what the query writes for it.
fn is_written(value: &serde_json::Value, wanted: &str) -> bool {
    match value {
        serde_json::Value::String(text) => text == wanted,
        other => {
            let written = other.to_string();
            written == wanted
        }
    }
}

fn messages<'a>(
    state: &'a State,
    conversation: &'a Conversation,
) -> impl Iterator<Item = &'a Message> {
    conversation
        .messages
        .iter()
        .filter_map(|id| state.messages.get(*id))
}

fn wrote(state: &State, conversation: &Conversation, teammate: Id) -> bool {
    messages(state, conversation).any(|message| message.author == Some(teammate))
}

fn commented(state: &State, conversation: &Conversation, teammate: Id) -> bool {
    conversation
        .comments
        .iter()
        .filter_map(|id| state.comments.get(*id))
        .any(|comment| comment.author == teammate)
}

enum Token {
    Text(String),
    Filter(String, String),
}

/// Words, `"phrases"` and `name:value` or `name:"quoted value"`.
fn tokens(query: &str) -> Result<Vec<Token>, Refusal> {
    let mut tokens = Vec::new();
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let (word, quoted, after) = next_word(rest)?;
        let name_ends = word.find(':').filter(|_| !quoted);
        match name_ends.and_then(|end| Some((word.get(..end)?, word.get(end + 1..)?))) {
            Some((name, value)) if is_filter_name(name) => {
                tokens.push(Token::Filter(name.to_owned(), value.replace('"', "")));
            }
            _ => tokens.push(Token::Text(word.replace('"', ""))),
        }
        rest = after.trim_start();
    }
    Ok(tokens)
}

/// Up to the next space outside quotes; whether it began with a quote; what follows.
fn next_word(text: &str) -> Result<(&str, bool, &str), Refusal> {
    let mut inside = false;
    let end = text
        .char_indices()
        .find(|(_, character)| {
            if *character == '"' {
                inside = !inside;
            }
            character.is_whitespace() && !inside
        })
        .map(|(position, _)| position);
    if inside && end.is_none() {
        return Err(Refusal::bad_request("Unbalanced quotes in search"));
    }
    let (word, after) = text.split_at(end.unwrap_or(text.len()));
    Ok((word, word.starts_with('"'), after))
}

/// `10:30` and `https://…` are text; `colour:red` is a filter Front does not have.
fn is_filter_name(name: &str) -> bool {
    !matches!(name, "" | "http" | "https" | "mailto")
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Whether `needle` (lower case) begins at a word of `text`.
fn contains(text: &str, needle: &str) -> bool {
    if needle.is_empty() {
        return true;
    }
    if !needle.is_ascii() {
        return text.to_lowercase().contains(needle);
    }
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let mut before_is_word = false;
    text.windows(needle.len()).any(|window| {
        let found = !before_is_word && window.eq_ignore_ascii_case(needle);
        before_is_word = window.first().is_some_and(u8::is_ascii_alphanumeric);
        found
    })
}
