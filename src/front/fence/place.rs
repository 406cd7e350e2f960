//! What a call names: inboxes, channels, conversations, messages, comments, in path and body.

use serde_json::{Map, Value};

use crate::front::{client::Call, path::Segment};

/// Something that lies in an inbox or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Inbox(Segment),
    Channel(Segment),
    Conversation(Segment),
    Message(Segment),
    Comment(Segment),
    /// A file, by its id, on the message before it.
    MessageFile(Segment, Segment),
    /// A file on a comment.
    CommentFile(Segment, Segment),
    /// It must be named, and is not or not readably so.
    Missing,
}

/// Everything that a call names.
pub(super) fn places(call: &Call) -> Vec<Place> {
    let mut places = Vec::new();
    let mut owner = None;
    for (name, given) in call.operation.parameters().zip(&call.parameters) {
        let given = given.clone();
        match name {
            "inbox_id" => places.push(Place::Inbox(given)),
            "channel_id" => places.push(Place::Channel(given)),
            "conversation_id" => places.push(Place::Conversation(given)),
            "message_id" | "draft_id" => {
                owner = Some(given.clone());
                places.push(Place::Message(given));
            }
            "comment_id" => {
                owner = Some(given.clone());
                places.push(Place::Comment(given));
            }
            "attachment_link_id" => places.push(match (&owner, places.last()) {
                (Some(owner), Some(Place::Message(_))) => Place::MessageFile(owner.clone(), given),
                (Some(owner), Some(Place::Comment(_))) => Place::CommentFile(owner.clone(), given),
                _ => Place::Missing,
            }),
            _ => places.push(Place::Missing),
        }
    }
    if let Some(Value::Object(body)) = &call.body {
        of_body(body, &mut places);
    }
    let wants_inbox = call.operation.id == "create-conversation";
    let names_inbox = places.iter().any(|place| matches!(place, Place::Inbox(_)));
    if places.is_empty() || wants_inbox && !names_inbox {
        places.push(Place::Missing);
    }
    places
}

/// What a body moves something to, or lets it leave through.
fn of_body(body: &Map<String, Value>, places: &mut Vec<Place>) {
    type Kind = (&'static str, fn(Segment) -> Place);
    let kinds: [Kind; 6] = [
        ("inbox_id", Place::Inbox),
        ("inbox_ids", Place::Inbox),
        ("channel_id", Place::Channel),
        ("channel_ids", Place::Channel),
        ("conversation_id", Place::Conversation),
        ("message_id", Place::Message),
    ];
    for (key, place) in kinds {
        match body.get(key) {
            None | Some(Value::Null) => {}
            Some(Value::Array(ids)) => places.extend(ids.iter().map(|id| named(id, place))),
            Some(id) => places.push(named(id, place)),
        }
    }
}

fn named(id: &Value, place: fn(Segment) -> Place) -> Place {
    id.as_str()
        .and_then(|id| Segment::plain(id).ok())
        .map_or(Place::Missing, place)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::front::operation::Operation;

    fn of(operation: &str, parameters: &[&str], body: Value) -> Vec<Place> {
        places(&Call {
            operation: Operation::by_id(operation).unwrap(),
            parameters: parameters.iter().map(|one| segment(one)).collect(),
            query: Vec::new(),
            body: Some(body).filter(|body| !body.is_null()),
            files: Vec::new(),
            accept: crate::front::Accept::Usual,
        })
    }

    fn segment(text: &str) -> Segment {
        Segment::plain(text).unwrap()
    }

    #[test]
    fn path_and_body_are_read() {
        assert_eq!(
            of(
                "update-conversation",
                &["cnv_1"],
                json!({ "inbox_id": "inb_2" })
            ),
            [
                Place::Conversation(segment("cnv_1")),
                Place::Inbox(segment("inb_2"))
            ]
        );
        assert_eq!(
            of(
                "create-draft-reply",
                &["cnv_1"],
                json!({ "channel_id": "cha_2" })
            ),
            [
                Place::Conversation(segment("cnv_1")),
                Place::Channel(segment("cha_2"))
            ]
        );
        assert_eq!(
            of(
                "download-attachment-for-a-message",
                &["msg_1", "fil_1"],
                Value::Null
            ),
            [
                Place::Message(segment("msg_1")),
                Place::MessageFile(segment("msg_1"), segment("fil_1"))
            ]
        );
    }

    #[test]
    fn what_is_not_readably_named_is_missing() {
        for body in [
            json!({}),
            json!({ "inbox_id": null }),
            json!({ "inbox_id": 5 }),
            json!({ "inbox_id": { "id": "inb_1" } }),
            json!({ "inbox_id": "inb_1/../inb_2" }),
        ] {
            assert!(
                of("create-conversation", &[], body.clone()).contains(&Place::Missing),
                "{body}"
            );
        }
        assert_eq!(of("get-contact", &["crd_1"], Value::Null), [Place::Missing]);
    }
}
