//! What is answered to everything that is no send: conversations with their messages, one
//! channel, empty lists, and a yes to every change.

use serde_json::{Value, json};

use super::{CHANNEL, CUSTOMER, OURS, Post, State, connection};
use crate::support::scripted::Seen;

impl State {
    pub fn receive(&mut self, conversation: &str, html: &str) {
        let message = self.message(true, html, None);
        self.thread(conversation).insert(0, message);
    }

    /// Puts a send where a reader of the conversation finds it.
    pub fn deliver(&mut self, post: &Post) {
        let mut segments = post.target.split('/').skip(1);
        let (Some("conversations"), Some(conversation)) = (segments.next(), segments.next()) else {
            return;
        };
        let html = post.body["body"].as_str().unwrap_or_default();
        let message = self.message(false, html, Some(&post.uid));
        self.thread(conversation).insert(0, message);
    }

    /// Newest first.
    fn thread(&mut self, conversation: &str) -> &mut Vec<Value> {
        if !self.threads.contains_key(conversation) {
            let first = self.message(true, "<p>Where is my order?</p>", None);
            self.threads.insert(conversation.to_owned(), vec![first]);
        }
        self.threads.get_mut(conversation).unwrap()
    }

    fn message(&mut self, is_inbound: bool, html: &str, uid: Option<&str>) -> Value {
        self.messages += 1;
        let (from, to) = if is_inbound {
            (CUSTOMER, OURS)
        } else {
            (OURS, CUSTOMER)
        };
        json!({
            "id": format!("msg_{}", self.messages),
            "message_uid": uid,
            "type": "email",
            "is_inbound": is_inbound,
            "draft_mode": null,
            "created_at": jiff::Timestamp::now().as_second(),
            "subject": "My order",
            "recipients": [
                { "role": "from", "handle": from, "name": "Somebody" },
                { "role": "to", "handle": to, "name": "Somebody" },
            ],
            "body": html,
            "text": html,
            "attachments": [],
        })
    }

    pub fn answer(&mut self, request: &Seen) -> Vec<u8> {
        let path = request.target.split('?').next().unwrap_or_default();
        if request.method != "GET" {
            self.others.push(format!("{} {path}", request.method));
            return changed(path);
        }
        let segments: Vec<_> = path.split('/').skip(1).collect();
        if let ["conversations", id, ..] = segments.as_slice()
            && let Some(into) = self.merged.get(*id)
        {
            let location = format!("location: {}\r\n", path.replace(id, into));
            return connection::with_headers(301, &location, "{}");
        }
        let answer = match segments.as_slice() {
            ["channels"] => json!({ "_results": [{
                "id": CHANNEL, "type": "smtp", "name": "Help", "address": OURS,
                "send_as": OURS, "is_valid": true, "is_private": false,
            }] }),
            ["conversations", id, "messages"] => list(self.thread(id)),
            ["conversations", id] if id.starts_with("cnv_") => json!({
                "id": id, "type": "conversation", "subject": "My order", "status": "unassigned",
                "tags": [], "is_private": false,
            }),
            ["tags"] => list(&[json!({ "id": "tag_1", "name": "Urgent" })]),
            ["me"] => json!({ "id": "cmp_1" }),
            _ => list(&[]),
        };
        connection::json(200, &answer.to_string())
    }
}

fn list(rows: &[Value]) -> Value {
    json!({ "_results": rows, "_pagination": { "next": null } })
}

/// Done, with an answer that fits whatever was made.
fn changed(path: &str) -> Vec<u8> {
    let id = match path.rsplit('/').next() {
        Some("drafts") => "msg_d1",
        Some("comments" | "replies") => "com_1",
        Some("tags") => return connection::json(204, ""),
        _ => "crd_1",
    };
    let made = json!({
        "id": id, "version": "1", "draft_mode": "shared", "body": "", "recipients": [],
        "handles": [], "_links": { "related": {} },
    });
    connection::json(200, &made.to_string())
}
