//! What a request carries: JSON, or a form when files go with it.
//!
//! Front takes files as `multipart/form-data`, one part for each property: `to[]` for an element
//! of a list, `options[archive]` for what is nested. An empty list has no form there and is left
//! out.

use std::time::Duration;

use bytes::Bytes;
use memchr::memmem;
use serde_json::Value;

use crate::{
    digest::hex,
    front::{operation::Operation, upload::Upload},
    random,
};

/// What a line carries in a second at least, in bytes.
const SLOW_LINE: u64 = 256 * 1024;

/// The name under which operations take any number of files.
const LISTED: &str = "attachments[]";

/// The name under which an operation takes files: the one that takes a single file wants no list.
pub fn file_field(operation: &Operation) -> &'static str {
    match operation.id {
        "add-call-recording" => "attachments",
        _ => LISTED,
    }
}

/// A body with its media type.
#[derive(Clone, Debug)]
pub struct Body {
    /// For the header of that name.
    pub content_type: String,
    /// The whole of it.
    pub bytes: Bytes,
}

impl Body {
    /// JSON without files, a form with them. None if it cannot be written.
    pub fn of(fields: &Value, files: &[Upload]) -> Option<Self> {
        Self::with_files_as(LISTED, fields, files)
    }

    /// The same, with the files under another name than most operations want.
    pub fn with_files_as(name: &str, fields: &Value, files: &[Upload]) -> Option<Self> {
        if files.is_empty() {
            return Some(Self {
                content_type: "application/json".into(),
                bytes: serde_json::to_vec(fields).ok()?.into(),
            });
        }
        let mut parts = Vec::new();
        for (name, value) in fields.as_object()? {
            flatten(name, value, &mut parts);
        }
        form(&parts, name, files)
    }

    /// How much longer a request may take on account of what it carries.
    pub fn upload_time(&self) -> Duration {
        Duration::from_secs(self.bytes.len() as u64 / SLOW_LINE)
    }
}

/// Every text, number and truth of a value under the name that a form has for its place.
fn flatten(name: &str, value: &Value, parts: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Bool(truth) => parts.push((name.to_owned(), truth.to_string())),
        Value::Number(number) => parts.push((name.to_owned(), number.to_string())),
        Value::String(text) => parts.push((name.to_owned(), text.clone())),
        Value::Array(items) => items
            .iter()
            .for_each(|item| flatten(&format!("{name}[]"), item, parts)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, item)| flatten(&format!("{name}[{key}]"), item, parts)),
    }
}

fn form(parts: &[(String, String)], field: &str, files: &[Upload]) -> Option<Body> {
    let boundary = boundary(parts, files)?;
    let size: usize = files.iter().map(|file| file.bytes.len()).sum();
    let texts: usize = parts.iter().map(|(_, value)| value.len()).sum();
    let mut bytes = Vec::with_capacity(size + texts + 256 * (parts.len() + files.len() + 1));
    let mut part = |head: String, content: &[u8]| {
        bytes.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(b"\r\n");
    };
    for (name, value) in parts {
        let name = parameter(name);
        part(
            format!("Content-Disposition: form-data; name=\"{name}\""),
            value.as_bytes(),
        );
    }
    for file in files {
        let (name, kind) = (parameter(&file.name), parameter(&file.content_type));
        part(
            format!(
                "Content-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: {kind}"
            ),
            &file.bytes,
        );
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Some(Body {
        content_type: format!("multipart/form-data; boundary={boundary}"),
        bytes: bytes.into(),
    })
}

/// A line that occurs in nothing it is to divide.
fn boundary(parts: &[(String, String)], files: &[Upload]) -> Option<String> {
    (0..4).find_map(|_| {
        let boundary = format!("front-mcp-{}", hex(&random::bytes::<16>().ok()?));
        let finder = memmem::Finder::new(&boundary);
        let occurs = parts
            .iter()
            .any(|(_, value)| finder.find(value.as_bytes()).is_some())
            || files.iter().any(|file| finder.find(&file.bytes).is_some());
        (!occurs).then_some(boundary)
    })
}

/// A quoted parameter as browsers write it: UTF-8, and whatever could end it percent-encoded.
fn parameter(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' | '\0'..='\u{1f}' | '\u{7f}' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}
