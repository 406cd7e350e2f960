//! What a user gives to a prompt: names, ids and links, checked before they stand in its text.

use serde_json::{Map, Value, json};

use crate::{
    front::id::{self, InboxId, TagId, TeammateId},
    shape::{
        text::{Text, Vouched},
        visible::one_line,
    },
    tools::{arguments, resolve},
};

/// The longest value, in characters: no name in Front comes near.
const LONGEST: usize = 200;

/// One argument of a prompt.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// What it is, for the person who fills it.
    pub description: &'static str,
    /// What it names.
    pub kind: Kind,
    /// Whether there is no prompt without it.
    pub required: bool,
}

/// What an argument names; it is completed accordingly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An inbox, by name or id.
    Inbox,
    /// A tag, by name or id.
    Tag,
    /// A teammate, by name, e-mail address or id.
    Teammate,
    /// A conversation, by id or link. Never completed: there are too many to guess among.
    Conversation,
}

impl Kind {
    const fn what(self) -> &'static str {
        match self {
            Self::Inbox => InboxId::WHAT,
            Self::Tag => TagId::WHAT,
            Self::Teammate => TeammateId::WHAT,
            Self::Conversation => id::ConversationId::WHAT,
        }
    }
}

/// The arguments as they were read.
#[derive(Debug, Default)]
pub struct Given(Vec<(&'static str, String)>);

impl Given {
    /// A value, where it was given.
    pub fn value(&self, name: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        pairs
            .find(|(one, _)| *one == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value as JSON has it, for a call; an empty text where an optional one was not given.
    pub fn json(&self, name: &str) -> Value {
        json!(self.value(name).unwrap_or_default())
    }

    /// ` of the inbox "Support"`: words before a value, in quotes; nothing where it was not given.
    pub fn said(&self, before: &str, name: &str) -> String {
        self.value(name)
            .map(|value| format!("{before} {}", quoted(&json!(value))))
            .unwrap_or_default()
    }
}

/// JSON that can stand between backticks: none is left inside, and nothing in it ends a line.
pub fn quoted(value: &Value) -> String {
    value.to_string().replace('`', "\\u0060")
}

/// Reads what was given for these arguments.
///
/// # Errors
/// The argument that is wrong, and what would be right.
pub fn read(arguments: &'static [Argument], given: Map<String, Value>) -> Result<Given, Text> {
    if let Some(other) = given
        .keys()
        .find(|name| !arguments.iter().any(|one| one.name == **name))
    {
        return Err(unknown(arguments, other));
    }
    let mut read = Vec::new();
    for argument in arguments {
        let value = match given.get(argument.name) {
            None | Some(Value::Null) => "",
            Some(Value::String(text)) => text,
            Some(_) => return Err(wrong(argument, "must be text")),
        };
        // Hosts send what nobody filled as empty text.
        if value.trim().is_empty() {
            if argument.required {
                return Err(missing(argument));
            }
            continue;
        }
        read.push((argument.name, one(argument, value)?));
    }
    Ok(Given(read))
}

fn one(argument: &Argument, value: &str) -> Result<String, Text> {
    if value.chars().count() > LONGEST {
        return Err(wrong(argument, "is longer than 200 characters"));
    }
    if value.trim().contains(['\n', '\r']) {
        return Err(wrong(argument, "must be one line"));
    }
    let value = one_line(resolve::unwrapped(value), LONGEST).into_owned();
    if argument.kind == Kind::Conversation {
        return match resolve::conversation(argument.name, &value) {
            Ok(id) => Ok(id.to_string()),
            Err(error) => Err(Text::of(Vouched::ours(error.text()))),
        };
    }
    let is_of_kind = match argument.kind {
        Kind::Inbox => InboxId::parse(&value).is_some(),
        Kind::Tag => TagId::parse(&value).is_some(),
        Kind::Teammate | Kind::Conversation => TeammateId::parse(&value).is_some(),
    };
    match id::kind_of(&value) {
        Some(other) if !is_of_kind => {
            let a = |what| Vouched::ours(resolve::with_article(what));
            let mut text = wrong(argument, "must name ");
            text.say(a(argument.kind.what()))
                .say(", and is the id of ")
                .say(a(other));
            Err(text)
        }
        _ if value.is_empty() => Err(missing(argument)),
        _ => Ok(value),
    }
}

fn missing(argument: &Argument) -> Text {
    let mut text = wrong(argument, "is missing: ");
    text.say(argument.description);
    text
}

fn wrong(argument: &Argument, problem: &'static str) -> Text {
    let mut text = Text::of("`");
    text.say(argument.name).say("` ").say(problem);
    text
}

/// That there is no argument of this name.
pub fn unknown(arguments: &'static [Argument], name: &str) -> Text {
    let mut text = Text::of("there is no argument ");
    text.quote_text(&arguments::clip(name)).say("; there are ");
    if arguments.is_empty() {
        text.say("none");
    }
    text.say(arguments::list(arguments.iter().map(|one| one.name)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    static ARGUMENTS: [Argument; 2] = [
        Argument {
            name: "conversation",
            description: "Conversation id.",
            kind: Kind::Conversation,
            required: true,
        },
        Argument {
            name: "inbox",
            description: "Inbox name.",
            kind: Kind::Inbox,
            required: false,
        },
    ];

    fn given(value: Value) -> Result<Given, String> {
        let Value::Object(fields) = value else {
            panic!("{value}");
        };
        read(&ARGUMENTS, fields).map_err(|text| text.finish())
    }

    #[test]
    fn what_names_something_is_taken() {
        let read = given(json!({
            "conversation": "https://app.frontapp.com/open/cnv_yo1kg5q",
            "inbox": "  Orders\u{200b} & Returns ",
        }))
        .unwrap();
        assert_eq!(read.value("conversation"), Some("cnv_yo1kg5q"));
        assert_eq!(read.value("inbox"), Some("Orders & Returns"));
        let read = given(json!({ "conversation": "cnv_1", "inbox": "" })).unwrap();
        assert_eq!(read.value("inbox"), None);
        assert_eq!(read.said(" of the inbox", "inbox"), "");
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (value, said) in [
            (json!({}), "`conversation` is missing"),
            (json!({ "conversation": " " }), "`conversation` is missing"),
            (json!({ "conversation": 5 }), "must be text"),
            (json!({ "conversation": "msg_1" }), "the id of a message"),
            (
                json!({ "conversation": "../me" }),
                "must be a conversation id",
            ),
            (
                json!({ "conversation": "cnv_1", "inbox": "a\nb" }),
                "one line",
            ),
            (
                json!({ "conversation": "cnv_1", "inbox": "tag_1" }),
                "the id of a tag",
            ),
            (
                json!({ "conversation": "cnv_1", "inbox": "x".repeat(201) }),
                "200",
            ),
            (
                json!({ "conversation": "cnv_1", "colour": "red" }),
                "colour",
            ),
        ] {
            let error = given(value).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn no_value_leaves_its_quotes() {
        let value = json!("a` \"b\" \\ `c");
        let quoted = quoted(&value);
        assert!(!quoted.contains('`'), "{quoted}");
        assert_eq!(serde_json::from_str::<Value>(&quoted).unwrap(), value);
    }
}
