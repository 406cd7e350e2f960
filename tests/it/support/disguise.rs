//! A sandbox Front behind a stranger's pen: every free text in its answers is rewritten on the way.

use std::{collections::HashMap, sync::Mutex};

use front_mcp::sandbox::TOKEN;
use serde_json::Value;

use super::{
    front::Front,
    scripted::{Scripted, Seen, with_headers},
};

/// Fields that hold no free text: ids, enums, addresses of the API, media types.
const NOT_FREE: &[&str] = &[
    "id",
    "type",
    "status",
    "status_category",
    "role",
    "source",
    "draft_mode",
    "visibility",
    "url",
    "message_uid",
    "uid",
    "version",
    "color",
    "highlight",
    "content_type",
    "scope",
    "format",
    "method",
    "content_id",
    "inbox_ids",
    "locale",
    "locales",
    "default_locale",
    "self",
    "related",
    "next",
    "prev",
];

/// Serves what the sandbox answers, with every free text as `pen` writes it and each answer then
/// as `turn` leaves it.
pub async fn disguised(
    front: &Front,
    pen: impl Fn(&str) -> String + Send + Sync + 'static,
    turn: impl Fn(&str, &mut Value) + Send + Sync + 'static,
) -> Scripted {
    let base = front.base();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap();
    // What was written for what: Front takes back the names of custom fields as it gives them.
    let originals = Mutex::new(HashMap::new());
    Scripted::start(move |seen| {
        let pen = |text: &str| {
            let written = pen(text);
            let original = (written.clone(), text.to_owned());
            originals.lock().unwrap().extend([original]);
            written
        };
        let sent = match serde_json::from_slice::<Value>(seen.body.as_ref()) {
            Ok(mut value) => {
                restore(&mut value, &originals.lock().unwrap());
                value.to_string()
            }
            Err(_) => String::new(),
        };
        let (status, kind, body) = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(pass_on(&client, &base, seen, sent))
        });
        let body = match serde_json::from_str::<Value>(&body) {
            Ok(mut value) => {
                rewrite(&mut value, "", &pen);
                turn(&seen.target, &mut value);
                value.to_string()
            }
            // A file, or a mail as it was sent.
            Err(_) if !body.is_empty() => format!("{body}\n{}", pen("")),
            Err(_) => body,
        };
        with_headers(status, &format!("content-type: {kind}\r\n"), &body)
    })
    .await
}

async fn pass_on(
    client: &reqwest::Client,
    base: &str,
    seen: &Seen,
    sent: String,
) -> (u16, String, String) {
    let method = reqwest::Method::from_bytes(seen.method.as_bytes()).unwrap();
    let mut request = client
        .request(method, format!("{base}{}", seen.target))
        .bearer_auth(TOKEN)
        .body(match sent.is_empty() {
            true => seen.body.clone(),
            false => sent.into(),
        });
    let kinds = ["content-type: ", "accept: "];
    for line in seen.head.lines().map(str::to_lowercase) {
        if let Some((name, value)) = kinds
            .iter()
            .find(|kind| line.starts_with(**kind))
            .and_then(|_| line.split_once(": "))
        {
            request = request.header(name, value);
        }
    }
    let response = request.send().await.unwrap();
    let kind = response
        .headers()
        .get("content-type")
        .map_or("application/json", |kind| kind.to_str().unwrap())
        .to_owned();
    let status = response.status().as_u16();
    (status, kind, response.text().await.unwrap())
}

/// Custom fields as Front has them.
fn restore(body: &mut Value, originals: &HashMap<String, String>) {
    let Some(Value::Object(fields)) = body.get_mut("custom_fields") else {
        return;
    };
    let original = |text: String| originals.get(&text).cloned().unwrap_or(text);
    *fields = std::mem::take(fields)
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => (original(name), Value::String(original(text))),
            value => (original(name), value),
        })
        .collect();
}

fn rewrite(value: &mut Value, name: &str, pen: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) if !NOT_FREE.contains(&name) => *text = written(text, pen),
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, name, pen)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if !matches!(name.as_str(), "_links" | "_pagination") {
                    rewrite(value, name, pen);
                }
            }
            if name == "custom_fields" {
                let old = std::mem::take(fields);
                fields.extend(old.into_iter().map(|(name, value)| (pen(&name), value)));
            }
        }
        _ => {}
    }
}

/// Numbers stay, and an address remains one.
fn written(text: &str, pen: &impl Fn(&str) -> String) -> String {
    if !text.is_empty() && !text.chars().any(char::is_alphabetic) {
        return text.to_owned();
    }
    if text.contains('@') && !text.contains(char::is_whitespace) {
        return format!("{}.{text}", super::disguise::CANARY);
    }
    pen(text)
}

/// A word that stands in nothing of ours.
pub const CANARY: &str = "zqcanaryx";
