//! The columns of an export, as Front names them (`AnalyticsMessagesExportColumns`,
//! `AnalyticsActivitiesExportsColumns`).

use serde_json::{Value, json};

use self::{
    In::{Both, Events},
    Use::{Extra, Of, Usual},
};
use super::{Kind, likely};
use crate::{
    shape::text::Text,
    tools::{ToolError, arguments},
};

/// Which exports have it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Both,
    Events,
}

/// When it is exported.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Unless others are asked for.
    Usual,
    /// When it is asked for.
    Extra,
    /// When it is asked for, in exports of events for one thing: `Custom Field: fld_1`.
    Of,
}

#[rustfmt::skip]
const COLUMNS: [(&str, In, Use); 71] = [
    ("Activity ID", Events, Usual),
    ("Type", Events, Usual),
    ("Source", Events, Usual),
    ("Message ID", Both, Usual),
    ("Segment ID", Both, Usual),
    ("Conversation ID", Both, Usual),
    ("Ticket IDs", Both, Usual),
    ("Segment", Both, Usual),
    ("Segment start", Both, Usual),
    ("Segment end", Both, Usual),
    ("Direction", Both, Usual),
    ("Status", Both, Usual),
    ("Status at activity time", Events, Usual),
    ("Inbox", Both, Usual),
    ("Inbox API ID", Both, Usual),
    ("Inbox at activity time", Both, Usual),
    ("Inbox API IDs at activity time", Both, Usual),
    ("Previous inbox IDs", Events, Usual),
    ("Message date", Both, Usual),
    ("Autoreply", Both, Usual),
    ("Reaction time", Both, Usual),
    ("Total reply time", Both, Usual),
    ("Handle time", Both, Usual),
    ("Response time", Both, Usual),
    ("Stage resolution time", Events, Extra),
    ("Replies to resolution", Events, Extra),
    ("Ticket resolution time", Events, Usual),
    ("Ticket replies to resolution", Events, Usual),
    ("Attributed to", Both, Usual),
    ("Assignee", Both, Usual),
    ("Author", Both, Usual),
    ("Contact name", Both, Usual),
    ("Contact handle", Both, Usual),
    ("Account names", Both, Usual),
    ("From", Both, Usual),
    ("To", Both, Usual),
    ("Cc", Both, Usual),
    ("Bcc", Both, Usual),
    ("Extract", Both, Usual),
    ("Tags", Both, Usual),
    ("Tag API IDs", Both, Usual),
    ("Tags at activity time", Events, Usual),
    ("Tag API IDs at activity time", Events, Usual),
    ("Tag application duration", Events, Usual),
    ("Activity API ID", Events, Usual),
    ("Message API ID", Both, Usual),
    ("Comment API ID", Events, Usual),
    ("Conversation API ID", Both, Usual),
    ("Message original ID", Events, Usual),
    ("New Conversation", Both, Usual),
    ("First response", Both, Usual),
    ("Business hours", Both, Usual),
    ("Subject", Both, Usual),
    ("Account name", Events, Usual),
    ("Survey rating", Events, Usual),
    ("Survey comment", Events, Usual),
    ("Segment closed", Both, Usual),
    ("Segment contains messages", Events, Usual),
    ("Last segment activity", Both, Usual),
    ("Added tag", Events, Usual),
    ("Added tag API ID", Events, Usual),
    ("Removed tag", Events, Usual),
    ("Removed tag API ID", Events, Usual),
    ("Segment cumulative teammates", Both, Usual),
    ("Ticket status name", Both, Extra),
    ("Ticket status category", Both, Extra),
    ("Time spent in Ticket Status", Events, Of),
    ("Transitions to Ticket Status", Events, Of),
    ("Smart QA score", Events, Of),
    ("Custom Field", Both, Of),
    ("Updated Custom Field", Events, Of),
];

/// What Front is to be asked for: each column by its exact name, or those it would choose.
pub fn columns(kind: Kind, given: &[String]) -> Result<Vec<Value>, ToolError> {
    let of_kind = |of: In| kind == Kind::Events || of == Both;
    if given.is_empty() {
        let usual = COLUMNS
            .iter()
            .filter(|(_, of, used)| of_kind(*of) && *used == Usual);
        return Ok(usual.map(|(name, ..)| json!(name)).collect());
    }
    given
        .iter()
        .enumerate()
        .map(|(index, wanted)| column(kind, &format!("columns[{index}]"), wanted))
        .collect()
}

fn column(kind: Kind, field: &str, wanted: &str) -> Result<Value, ToolError> {
    let (wanted, of_what) = match wanted.split_once(':') {
        Some((name, id)) => (name.trim(), Some(id.trim())),
        None => (wanted.trim(), None),
    };
    let found = COLUMNS
        .iter()
        .find(|(name, ..)| name.eq_ignore_ascii_case(wanted));
    let Some((name, of, used)) = found else {
        let mut message = Text::of("Front exports no column ");
        message
            .quote_text(&arguments::clip(wanted))
            .say("; the nearest are ");
        let known = COLUMNS
            .iter()
            .filter(|(_, of, _)| kind == Kind::Events || *of == Both);
        message.say(likely(wanted, known.map(|(name, ..)| *name)));
        return Err(ToolError::invalid(field, message).next(
            "call again with exact names; without `columns`, Front's usual ones are exported",
        ));
    };
    if kind == Kind::Messages && *of == Events {
        let mut message = Text::of("is in exports of events alone: ");
        message.say(*name);
        return Err(
            ToolError::invalid(field, message).next("leave it out, or call with `type` `events`")
        );
    }
    match of_what {
        None => Ok(json!(name)),
        Some(id) if *used == Of && kind == Kind::Events && !id.is_empty() => {
            Ok(json!({ "name": name, "id": id }))
        }
        Some(_) => {
            let mut message = Text::of("takes nothing behind a colon here: ");
            message.say(*name);
            Err(ToolError::invalid(field, message)
                .next("in exports of events, the columns of a ticket status, a custom field or a Smart QA score take one id, such as `Custom Field: fld_1a`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ones_are_those_of_the_kind() {
        let count = |kind| columns(kind, &[]).unwrap().len();
        assert_eq!((count(Kind::Messages), count(Kind::Events)), (41, 62));
    }

    #[test]
    fn a_column_of_one_thing_becomes_an_object() {
        let given = ["custom field: fld_1".to_owned(), "message id".to_owned()];
        let found = columns(Kind::Events, &given).unwrap();
        assert_eq!(
            found,
            [
                json!({ "name": "Custom Field", "id": "fld_1" }),
                json!("Message ID")
            ]
        );
        assert!(columns(Kind::Messages, &given).is_err());
    }
}
