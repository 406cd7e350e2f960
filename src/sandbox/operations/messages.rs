//! Messages: of a conversation, one by id or uid, one as the mail it was.

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;

use crate::sandbox::{
    answer::{Answer, Outcome, ok},
    call::Call,
    page::Cut,
    refusal::Refusal,
    state::{Message, MessageKind, Role, State},
    view,
};

use super::conversations;

pub(super) fn of_conversation(state: &State, call: &Call) -> Outcome {
    let conversation = conversations::find(state, call)?;
    let mut messages: Vec<&Message> = conversation
        .messages
        .iter()
        .filter_map(|id| state.messages.get(*id))
        .collect();
    match call.query.first("sort_order") {
        Some("asc") => {}
        None | Some("desc") => messages.reverse(),
        Some(_) => return Err(Refusal::bad_request("sort_order must be asc or desc")),
    }
    ok(&Cut::of(call)?.page(call, &messages, None, |message| {
        view::message(state, message)
    }))
}

pub(super) fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Message, Refusal> {
    state
        .message(call.parameter(0))
        .ok_or_else(|| Refusal::not_found("message", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    let message = find(state, call)?;
    if call.accepts("message/rfc822") {
        return if message.kind == MessageKind::Email {
            Ok(Answer::bytes("message/rfc822", mail(message)))
        } else {
            Err(Refusal::bad_request(
                "Only email messages have a source to download",
            ))
        };
    }
    ok(&view::message(state, message))
}

/// The message as a mail with a plain and an HTML part.
fn mail(message: &Message) -> String {
    let mut mail = String::with_capacity(message.body.len() + message.text.len() + 1024);
    for (header, role) in [
        ("From", Role::From),
        ("To", Role::To),
        ("Cc", Role::Cc),
        ("Reply-To", Role::ReplyTo),
    ] {
        let handles: Vec<&str> = message
            .recipients
            .iter()
            .filter(|recipient| recipient.role == role)
            .map(|recipient| &*recipient.handle)
            .collect();
        if !handles.is_empty() {
            let _ = write!(mail, "{header}: {}\r\n", handles.join(", "));
        }
    }
    let date = Timestamp::from_millisecond((message.created_at * 1000.0) as i64)
        .map(|at| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string())
        .unwrap_or_default();
    let boundary = format!("=_{}", message.uid);
    let uid = &message.uid;
    let subject = header_text(&message.subject);
    let (text, body) = (&message.text, &message.body);
    let _ = write!(
        mail,
        "Subject: {subject}\r\nDate: {date}\r\nMessage-ID: <{uid}@mail.larkspur-cycles.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"{boundary}\"\r\n\r\n\
         --{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n\
         --{boundary}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n\
         --{boundary}--\r\n"
    );
    mail
}

/// A header's value; what is not ASCII goes as an encoded word.
fn header_text(text: &str) -> String {
    if text.is_ascii() {
        text.to_owned()
    } else {
        format!("=?utf-8?B?{}?=", STANDARD.encode(text))
    }
}
