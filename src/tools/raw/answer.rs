//! Front's answer as far as it fits a context: rows up to a budget with a cursor to go on, what
//! is no JSON as type, size and digest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{super::fit, fields};
use crate::{
    aside::aside,
    digest::sha256,
    front::{Answer, Call, Client, FrontError, Priority, id::ConversationId, page::token_of},
    shape::{
        inert::{inert, inert_json},
        tokens::estimate,
        words::Foreign,
    },
};

/// Tokens of an answer that are given at once.
const BUDGET: usize = fit::ROWS;

/// Pages that one call reads at the most.
const MOST_PAGES: usize = 20;

/// What part of an answer is wanted.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Follow pages until `limit` or the budget.
    pub all_pages: bool,
    /// Rows at the most.
    pub limit: Option<usize>,
    /// Only these parts.
    pub fields: Vec<String>,
}

/// Where an answer goes on: a page, and how many of its rows have been given.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Position {
    /// The page.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Rows of it that were given.
    #[serde(rename = "k", default)]
    pub skip: usize,
}

/// An answer within its budget.
#[derive(Debug, Default)]
pub struct Fitted {
    /// The last status.
    pub status: u16,
    /// JSON.
    pub body: Option<Foreign>,
    /// Not JSON, or one object too long.
    pub file: Option<File>,
    /// Where to go on.
    pub rest: Option<Position>,
    /// Where a merged conversation lives now.
    pub merged_into: Option<ConversationId>,
    /// Pages that were read.
    pub pages: usize,
}

/// An answer that is not given as JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub struct File {
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<Foreign>,
    /// Bytes.
    pub size: usize,
    /// Of its bytes, in hex.
    pub sha256: String,
    /// The text, if it is text and not too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Foreign>,
}

/// Makes the call, and the next pages' calls where they are wanted.
pub async fn read(
    client: &Client,
    call: &Call,
    wanted: &Wanted,
    mut position: Position,
) -> Result<Fitted, FrontError> {
    // Whole lists stand behind what somebody waits for.
    let client = &match wanted.all_pages {
        true => client.clone().with_priority(Priority::Bulk),
        false => client.clone(),
    };
    let mut fitted = Fitted::default();
    let mut rows: Vec<Value> = Vec::new();
    let mut cost = 0;
    let most = wanted.limit.unwrap_or(usize::MAX);
    loop {
        let found = client
            .exchange(&at(call, position.token.as_deref()))
            .await?;
        fitted.status = found.answer.status;
        fitted.merged_into = found.merged_into.or(fitted.merged_into);
        fitted.pages += 1;
        let bytes = found.answer.body.trim_ascii();
        if bytes.is_empty() {
            return Ok(fitted);
        }
        let Ok(mut value) = aside(bytes.len(), || serde_json::from_slice::<Value>(bytes)) else {
            fitted.file = Some(file(&found.answer));
            return Ok(fitted);
        };
        let Some(Value::Array(results)) = value.get_mut("_results").map(Value::take) else {
            let value = kept(value, &wanted.fields);
            if estimate(&inert_json(&value.to_string())) > BUDGET {
                fitted.file = Some(file(&found.answer));
            } else {
                fitted.body = Some(Foreign::clean(value));
            }
            return Ok(fitted);
        };
        let next = value
            .pointer("/_pagination/next")
            .and_then(Value::as_str)
            .and_then(token_of);
        let length = results.len();
        let mut is_full = rows.len() >= most;
        for row in results.into_iter().skip(position.skip) {
            let row = kept(row, &wanted.fields);
            let price = estimate(&inert_json(&row.to_string()));
            if price > BUDGET && rows.is_empty() {
                fitted.file = Some(file(&found.answer));
                return Ok(fitted);
            }
            is_full = rows.len() >= most || (cost + price > BUDGET && !rows.is_empty());
            if is_full {
                break;
            }
            cost += price;
            position.skip += 1;
            rows.push(row);
        }
        if position.skip >= length {
            is_full |= rows.len() >= most;
            position = Position {
                token: next,
                skip: 0,
            };
            if position.token.is_none() {
                break;
            }
        } else {
            is_full = true;
        }
        if is_full || !wanted.all_pages || fitted.pages == MOST_PAGES {
            fitted.rest = Some(position);
            break;
        }
    }
    fitted.body = Some(Foreign::clean(serde_json::json!({ "_results": rows })));
    Ok(fitted)
}

fn at(call: &Call, token: Option<&str>) -> Call {
    let mut call = call.clone();
    if let Some(token) = token {
        call.query.retain(|(name, _)| name != "page_token");
        call.query.push(("page_token".into(), token.to_owned()));
    }
    call
}

fn kept(value: Value, wanted: &[String]) -> Value {
    if wanted.is_empty() {
        value
    } else {
        fields::keep(&value, wanted)
    }
}

fn file(answer: &Answer) -> File {
    let text = std::str::from_utf8(&answer.body)
        .ok()
        .filter(|text| estimate(&inert(text)) <= BUDGET);
    File {
        media_type: answer
            .content_type
            .clone()
            .map(|kind| Foreign::clean(Value::String(kind))),
        size: answer.body.len(),
        sha256: sha256(&answer.body),
        text: text.map(|text| Foreign::clean(Value::String(text.to_owned()))),
    }
}
