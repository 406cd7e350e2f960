//! `structuredContent` on its way out.
//!
//! A tool writes its result as JSON text, once. rmcp holds such results as a [`Value`], and taking
//! one apart into a tree of small allocations, only to write the same text again, is half of what a
//! list costs. Over a transport of ours the text itself travels in the value's place, as a
//! [`Value::String`], which no tool's result is, and is put where it belongs when the message is
//! written. Other transports get the tree.

use std::io;

use memchr::memmem;
use rmcp::{
    RoleServer,
    model::{JsonRpcMessage, ServerResult},
    service::TxJsonRpcMessage,
};
use serde_json::{Value, value::RawValue};

/// How a result goes to the transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the value that rmcp writes.
    Value,
    /// As text, for [`line`].
    Text,
}

/// Where the text goes. No quoted text can hold this: its quotes would be escaped.
const PLACE: &[u8] = br#""structuredContent":null"#;

/// A result in rmcp's hands.
pub fn hold(json: Box<RawValue>, form: Form) -> Value {
    match form {
        // It was written a moment ago: it can be read.
        Form::Value => serde_json::from_str(json.get()).unwrap_or_default(),
        Form::Text => Value::String(String::from(Box::<str>::from(json))),
    }
}

/// A message as JSON, without a line break.
///
/// # Errors
/// When it cannot be written.
pub fn line(mut message: TxJsonRpcMessage<RoleServer>) -> io::Result<Vec<u8>> {
    let Some(json) = take(&mut message) else {
        return Ok(serde_json::to_vec(&message)?);
    };
    // The readable half is about as long.
    let mut line = Vec::with_capacity(3 * json.len());
    serde_json::to_writer(&mut line, &message)?;
    let place = memmem::find(&line, PLACE).ok_or(io::ErrorKind::InvalidData)?;
    let end = place + PLACE.len();
    line.splice(end - b"null".len()..end, json.into_bytes());
    Ok(line)
}

fn take(message: &mut TxJsonRpcMessage<RoleServer>) -> Option<String> {
    let JsonRpcMessage::Response(response) = message else {
        return None;
    };
    let ServerResult::CallToolResult(result) = &mut response.result else {
        return None;
    };
    match &mut result.structured_content {
        Some(held @ Value::String(_)) => match held.take() {
            Value::String(json) => Some(json),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rmcp::model::{CallToolResult, ContentBlock, RequestId};
    use serde_json::{json, value::to_raw_value};

    use super::*;

    fn message(form: Form, text: &str, structured: &Value) -> TxJsonRpcMessage<RoleServer> {
        let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
        result.structured_content = Some(hold(to_raw_value(structured).unwrap(), form));
        JsonRpcMessage::response(ServerResult::CallToolResult(result), RequestId::Number(1))
    }

    #[test]
    fn both_forms_are_the_same_message() {
        let tricky = r#"a "structuredContent":null b \" ü"#;
        for structured in [
            json!({}),
            json!({ "a": tricky, "n": [1, 2.5, null], "structuredContent": null }),
        ] {
            let [text, value] = [Form::Text, Form::Value].map(|form| {
                let line = line(message(form, tricky, &structured)).unwrap();
                serde_json::from_slice::<Value>(&line).unwrap()
            });
            assert_eq!(text, value);
            assert_eq!(text["result"]["structuredContent"], structured);
        }
    }

    #[test]
    fn other_messages_are_written_as_they_are() {
        let result = CallToolResult::error(vec![ContentBlock::text("no")]);
        let message: TxJsonRpcMessage<RoleServer> =
            JsonRpcMessage::response(ServerResult::CallToolResult(result), RequestId::Number(1));
        let line = line(message.clone()).unwrap();
        assert_eq!(line, serde_json::to_vec(&message).unwrap());
    }
}
