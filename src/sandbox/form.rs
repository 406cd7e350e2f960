//! A body of `multipart/form-data`, which is how Front takes files: its fields become the JSON
//! that they stand for, and its files are kept apart.

use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, header};
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::digest::sha256;

/// All files of one request together; Front says 25 MB.
const MOST_BYTES: usize = 25_000_000;

/// A file that came with a request.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) filename: String,
    pub(crate) content_type: String,
    pub(crate) sha256: String,
    pub(crate) content: Bytes,
}

/// What a form held.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) fields: Map<String, Value>,
    pub(crate) files: Vec<Upload>,
}

/// Reads a form; None when the body is not one.
pub(crate) async fn read(headers: &HeaderMap, body: &Bytes) -> Result<Option<Form>, Refusal> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let Ok(boundary) = multer::parse_boundary(kind) else {
        return Ok(None);
    };
    let broken = |error: multer::Error| Refusal::bad_request(format!("Invalid form: {error}"));
    let whole = stream::iter([Ok::<_, std::io::Error>(body.clone())]);
    let mut parts = multer::Multipart::new(whole, boundary);
    let mut form = Form {
        fields: Map::new(),
        files: Vec::new(),
    };
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let filename = part.file_name().map(str::to_owned);
        let content_type = part.content_type().map(ToString::to_string);
        let content = part.bytes().await.map_err(broken)?;
        match (filename, name.as_str()) {
            (Some(filename), "attachments" | "attachments[]") => form.files.push(Upload {
                filename,
                content_type: content_type.unwrap_or_else(|| "application/octet-stream".into()),
                sha256: sha256(&content),
                content,
            }),
            (None, _) => {
                let text = String::from_utf8(content.to_vec())
                    .map_err(|_| Refusal::bad_request("Invalid form: not UTF-8"))?;
                put(&mut form.fields, &name, text)?;
            }
            (Some(_), _) => {
                let complaint = format!("body.{name}: must not be a file");
                return Err(Refusal::bad_body(vec![complaint]));
            }
        }
    }
    let size: usize = form.files.iter().map(|file| file.content.len()).sum();
    if size > MOST_BYTES {
        return Err(Refusal::too_large("The attachments are larger than 25 MB"));
    }
    Ok(Some(form))
}

/// Puts a text where the field's name says: `to[]` ends a list, `options[archive]` is nested.
fn put(fields: &mut Map<String, Value>, name: &str, text: String) -> Result<(), Refusal> {
    let twice = || Refusal::bad_body(vec![format!("body.{name}: given more than once")]);
    let (first, rest) = match name.split_once('[') {
        Some((first, rest)) => (first, rest),
        None if fields.contains_key(name) => return Err(twice()),
        None => {
            fields.insert(name.to_owned(), Value::String(text));
            return Ok(());
        }
    };
    if rest == "]" {
        let list = fields
            .entry(first)
            .or_insert_with(|| Value::Array(Vec::new()));
        list.as_array_mut()
            .ok_or_else(twice)?
            .push(Value::String(text));
        return Ok(());
    }
    let inner = match rest.split_once(']') {
        Some((key, more)) => format!("{key}{more}"),
        None => return Err(twice()),
    };
    let nested = fields
        .entry(first)
        .or_insert_with(|| Value::Object(Map::new()));
    put(nested.as_object_mut().ok_or_else(twice)?, &inner, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_where_a_field_belongs() {
        let mut fields = Map::new();
        for (name, text) in [
            ("to[]", "a"),
            ("to[]", "b"),
            ("options[archive]", "true"),
            ("options[tag_ids][]", "tag_1"),
            ("body", "x"),
        ] {
            put(&mut fields, name, text.to_owned()).unwrap();
        }
        assert_eq!(
            Value::Object(fields.clone()),
            serde_json::json!({
                "to": ["a", "b"],
                "options": { "archive": "true", "tag_ids": ["tag_1"] },
                "body": "x",
            })
        );
        for again in ["body", "to", "to[x]", "options", "options[archive]", "a[b"] {
            assert!(put(&mut fields, again, String::new()).is_err(), "{again}");
        }
    }
}
