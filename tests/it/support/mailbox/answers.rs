//! What is answered to everything that is no send: conversations with their messages, one
//! channel, empty lists, and a yes to every change.

use serde_json::{Value, json};

use super::{CHANNEL, CUSTOMER, OURS, Post, State, connection};
use crate::support::scripted::Seen;

impl State {
    pub fn receive(&mut self, conversation: &str, html: &str) {
        let message = self.inbound(html);
        self.thread(conversation).insert(0, message);
    }

    /// Puts a send where a reader of the conversation finds it.
    pub fn deliver(&mut self, post: &Post) {
        let mut segments = post.target.split('/').skip(1);
        let (Some("conversations"), Some(conversation)) = (segments.next(), segments.next()) else {
            return;
        };
        let html = post.body["body"].as_str().unwrap_or_default();
        let mut recipients = vec![json!({ "role": "from", "handle": OURS })];
        for role in ["to", "cc", "bcc"] {
            for handle in post.body[role].as_array().into_iter().flatten() {
                recipients.push(json!({ "role": role, "handle": handle }));
            }
        }
        let mut message = self.message(recipients, html);
        message["message_uid"] = json!(post.uid);
        self.thread(conversation).insert(0, message);
    }

    /// Newest first.
    fn thread(&mut self, conversation: &str) -> &mut Vec<Value> {
        if !self.threads.contains_key(conversation) {
            let first = self.inbound("<p>Where is my order?</p>");
            self.threads.insert(conversation.to_owned(), vec![first]);
        }
        self.threads.get_mut(conversation).unwrap()
    }

    fn inbound(&mut self, html: &str) -> Value {
        let recipients = vec![
            json!({ "role": "from", "handle": CUSTOMER, "name": "Ann" }),
            json!({ "role": "to", "handle": OURS }),
        ];
        let mut message = self.message(recipients, html);
        message["is_inbound"] = json!(true);
        message
    }

    fn message(&mut self, recipients: Vec<Value>, html: &str) -> Value {
        self.messages += 1;
        json!({
            "id": format!("msg_{}", self.messages),
            "message_uid": null,
            "type": "email",
            "is_inbound": false,
            "draft_mode": null,
            "created_at": jiff::Timestamp::now().as_second(),
            "subject": "My order",
            "recipients": recipients,
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
