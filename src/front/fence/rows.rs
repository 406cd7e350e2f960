//! Answers with only the rows that may be seen.

use std::collections::BTreeSet;

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;
use serde_json::Value;

use super::{
    check::{Held, conversation_key, is_visible, outside},
    reach::{Admission, Rows, reach, rows},
};
use crate::{
    aside::aside,
    front::{
        client::{Call, Client, failure},
        error::{FrontError, FrontErrorKind},
        id::{ConversationId, InboxId},
        model::Links,
        wire::{Accept, Answer},
    },
};

/// Conversations that are looked up at once.
const AT_ONCE: usize = 4;

impl Client {
    /// An answer as it may be given.
    pub(in crate::front) async fn shown(
        &self,
        call: &Call,
        answer: Answer,
    ) -> Result<Answer, FrontError> {
        let Some(visible) = self.fence.keeper.inboxes() else {
            return Ok(answer);
        };
        if reach(call.operation) == Admission::Answer && call.accept == Accept::Usual {
            let held: Held = parse(call, &answer.body)?;
            return match self.is_holder_inside(&held, visible).await? {
                true => Ok(answer),
                false => Err(outside(call.operation)),
            };
        }
        let kind = rows(call.operation);
        if kind == Rows::All || answer.body.trim_ascii().is_empty() {
            return Ok(answer);
        }
        let mut page: Value = parse(call, &answer.body)?;
        let Some(results) = page.get_mut("_results").and_then(Value::as_array_mut) else {
            let kind = FrontErrorKind::Unreadable("it has another shape than Front documents");
            return Err(failure(call.operation, kind));
        };
        let given = std::mem::take(results);
        *results = match kind {
            Rows::All => given,
            Rows::Inboxes => keep(given, |row| is_visible(inbox_of(row), visible)),
            Rows::Channels => keep(given, |row| is_visible(channel_inbox_of(row), visible)),
            Rows::OfInbox if is_first_page(call) => {
                for id in given.iter().filter_map(conversation_of) {
                    self.fence.known.note(conversation_key(id.as_str()), true);
                }
                given
            }
            Rows::OfInbox | Rows::Conversations => self.inside(given, visible).await?,
        };
        // How many there are elsewhere is nobody's business here.
        if let Some(fields) = page.as_object_mut() {
            fields.remove("_total");
        }
        let body = serde_json::to_vec(&page)
            .map_err(|_| failure(call.operation, FrontErrorKind::Unreadable("it is not JSON")))?;
        Ok(Answer {
            body: Bytes::from(body),
            ..answer
        })
    }

    /// What is not there is told as what is not visible, where one could be told from the other.
    pub(in crate::front) fn veiled(&self, call: &Call, error: FrontError) -> FrontError {
        let is_limited = self.fence.keeper.inboxes().is_some();
        let is_absent = matches!(error.kind, FrontErrorKind::Status(403 | 404 | 410));
        if is_limited && is_absent && reach(call.operation) == Admission::Answer {
            return outside(call.operation);
        }
        error
    }

    /// The rows whose conversations are established to be inside, in their order.
    async fn inside(
        &self,
        given: Vec<Value>,
        visible: &BTreeSet<InboxId>,
    ) -> Result<Vec<Value>, FrontError> {
        let looks = given.into_iter().map(|row| async move {
            let inside = match conversation_of(&row) {
                Some(id) => self.is_conversation_inside(&id.segment(), visible).await?,
                None => false,
            };
            Ok::<_, FrontError>(inside.then_some(row))
        });
        let rows: Vec<_> = stream::iter(looks).buffered(AT_ONCE).try_collect().await?;
        Ok(rows.into_iter().flatten().collect())
    }
}

/// A later page is named by a token that may have been given for another list.
fn is_first_page(call: &Call) -> bool {
    !call
        .query
        .iter()
        .any(|(name, _)| name.contains("page_token"))
}

fn keep(rows: Vec<Value>, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
    rows.into_iter().filter(wanted).collect()
}

fn inbox_of(row: &Value) -> Option<InboxId> {
    InboxId::parse(row.get("id")?.as_str()?)
}

fn conversation_of(row: &Value) -> Option<ConversationId> {
    ConversationId::parse(row.get("id")?.as_str()?)
}

fn channel_inbox_of(row: &Value) -> Option<InboxId> {
    Links::deserialize(row.get("_links")?).ok()?.inbox()
}

fn parse<T: serde::de::DeserializeOwned>(call: &Call, body: &[u8]) -> Result<T, FrontError> {
    aside(body.len(), || serde_json::from_slice(body))
        .map_err(|_| failure(call.operation, FrontErrorKind::Unreadable("it is not JSON")))
}
