//! Tags that a call applies or changes.

use serde_json::Value;

use super::{Denied, TagLook};
use crate::front::{
    client::{Call, Client},
    error::FrontError,
    id::TagId,
    model::Tag,
    operation::Method,
    path::Segment,
};

/// A tag as a call names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Id(TagId),
    Name(String),
    /// Neither can be told.
    Unclear,
}

impl Client {
    /// Every tag that the call applies or changes may be.
    pub(super) async fn admit_tags(&self, call: &Call) -> Result<(), FrontError> {
        let keeper = &self.fence.keeper;
        let TagLook::At { ids, names } = keeper.tags() else {
            return Ok(());
        };
        let denied = |denied: Denied| super::check::denied(call.operation, denied);
        for tag in tags(call) {
            match tag {
                Named::Id(id) => {
                    keeper.tag(Some(id.as_str()), None).map_err(denied)?;
                    if !names {
                        continue;
                    }
                    let Some(tag) = self.look::<Tag>("get-tag", id.segment()).await? else {
                        return Err(denied(unclear()));
                    };
                    let name = Some(tag.name.raw());
                    keeper.tag(Some(id.as_str()), name).map_err(denied)?;
                }
                // A name leads to an id that only Front knows.
                Named::Name(_) if ids => return Err(denied(unclear())),
                Named::Name(name) => keeper.tag(None, Some(&name)).map_err(denied)?,
                Named::Unclear => return Err(denied(unclear())),
            }
        }
        Ok(())
    }
}

pub(super) fn unclear() -> Denied {
    Denied("policy.tags_deny; which tag is meant could not be established".to_owned())
}

/// Every tag that a call applies or changes.
pub(super) fn tags(call: &Call) -> Vec<Named> {
    let mut tags = Vec::new();
    let operation = call.operation;
    if operation.method == Method::Get {
        return tags;
    }
    for (name, given) in operation.parameters().zip(&call.parameters) {
        if name == "tag_id" {
            tags.push(by_id(given));
        }
    }
    // Taking a tag off applies none, and in views and figures tags only choose what is shown.
    let applies = operation.method != Method::Delete
        && !operation.template.contains("/views")
        && !operation.template.starts_with("/analytics");
    if applies && let Some(body) = &call.body {
        of_body(body, &mut tags);
    }
    tags
}

fn of_body(body: &Value, tags: &mut Vec<Named>) {
    match body {
        Value::Object(fields) => {
            for (key, value) in fields {
                match key.as_str() {
                    "tag_ids" | "tag_id" => each(value, tags, |text| {
                        Segment::plain(text).map_or(Named::Unclear, |text| by_id(&text))
                    }),
                    "tags" => each(value, tags, |text| match TagId::parse(text) {
                        Some(id) => Named::Id(id),
                        None => Named::Name(text.to_owned()),
                    }),
                    // What operators defined, whatever it is called.
                    "custom_fields" => {}
                    _ => of_body(value, tags),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| of_body(item, tags)),
        _ => {}
    }
}

fn each(value: &Value, tags: &mut Vec<Named>, read: impl Fn(&str) -> Named) {
    let items = match value {
        Value::Null => return,
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    tags.extend(
        items
            .iter()
            .map(|item| item.as_str().map_or(Named::Unclear, &read)),
    );
}

fn by_id(given: &Segment) -> Named {
    TagId::parse(given.as_str()).map_or(Named::Unclear, Named::Id)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::front::operation::Operation;

    fn of(operation: &str, parameters: &[&str], body: Value) -> Vec<Named> {
        tags(&Call {
            operation: Operation::by_id(operation).unwrap(),
            parameters: parameters
                .iter()
                .map(|one| Segment::plain(one).unwrap())
                .collect(),
            query: Vec::new(),
            body: Some(body),
            files: Vec::new(),
            accept: crate::front::Accept::Usual,
        })
    }

    #[test]
    fn tags_are_found_wherever_a_body_applies_them() {
        let tag = Named::Id(TagId::parse("tag_1").unwrap());
        for (operation, parameters, body) in [
            (
                "add-conversation-tag",
                &["cnv_1"][..],
                json!({ "tag_ids": ["tag_1"] }),
            ),
            (
                "add-conversation-tag",
                &["cnv_1"],
                json!({ "tag_ids": "tag_1" }),
            ),
            (
                "update-conversation",
                &["cnv_1"],
                json!({ "tag_ids": ["tag_1"] }),
            ),
            (
                "create-message",
                &["cha_1"],
                json!({ "options": { "tag_ids": ["tag_1"] } }),
            ),
            (
                "import-inbox-message",
                &["inb_1"],
                json!({ "tags": ["tag_1"] }),
            ),
            ("update-a-tag", &["tag_1"], json!({ "name": "x" })),
            ("delete-tag", &["tag_1"], json!({})),
        ] {
            assert_eq!(
                of(operation, parameters, body),
                std::slice::from_ref(&tag),
                "{operation}"
            );
        }
        for odd in [
            json!([5]),
            json!([{ "id": "tag_1" }]),
            json!(["alt:tag_1"]),
            json!(true),
        ] {
            let found = of(
                "add-conversation-tag",
                &["cnv_1"],
                json!({ "tag_ids": odd }),
            );
            assert_eq!(found, [Named::Unclear], "{odd}");
        }
        assert!(
            of(
                "remove-conversation-tag",
                &["cnv_1"],
                json!({ "tag_ids": ["tag_1"] })
            )
            .is_empty()
        );
        assert!(of("update-view", &["viw_1"], json!({ "tag_ids": ["tag_1"] })).is_empty());
    }
}
