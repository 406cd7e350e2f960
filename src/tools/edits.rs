//! Changes to a thing of which Front replaces whole parts: read, merged, and told as before and
//! after.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{arguments::clip, context::Context, error::ToolError};
use crate::{
    front::{Endpoint, model::CustomField, page::Page},
    gate::policy::nearest,
    shape::{
        text::Text,
        words::{Foreign, Words},
    },
    untrusted::Untrusted,
};

/// One thing that is other than before.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Edit {
    /// `name`, `links`, ... or the name of a custom field.
    pub field: Words,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Foreign>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Foreign>,
}

/// What is to be set, beside what a reader is told of it.
#[derive(Debug, Default)]
pub struct Edits {
    body: Map<String, Value>,
    rows: Vec<Edit>,
}

impl Edits {
    /// A text that replaces another.
    pub fn text(&mut self, field: &'static str, before: &Untrusted, after: Option<&String>) {
        let Some(after) = after.filter(|after| after.as_str() != before.raw()) else {
            return;
        };
        self.body.insert(field.into(), json!(after));
        let before = (!before.is_blank()).then(|| json!(before.raw()));
        self.note(field, before, Some(json!(after)));
    }

    /// A list that something is added to and taken from.
    ///
    /// # Errors
    /// Where something is to be taken that is not there.
    pub fn list(
        &mut self,
        field: &'static str,
        before: &[Untrusted],
        add: &[String],
        remove: &[String],
    ) -> Result<(), ToolError> {
        let before: Vec<&str> = before.iter().map(Untrusted::raw).collect();
        let is = |one: &str, other: &str| one.trim().eq_ignore_ascii_case(other.trim());
        for (index, gone) in remove.iter().enumerate() {
            if !before.iter().any(|one| is(one, gone)) {
                let mut message = Text::of("is not there, so nothing was changed; there are ");
                message.quote_text(&clip(&before.join(", ")));
                return Err(ToolError::not_found(
                    format!("remove_{field}[{index}]"),
                    message,
                ));
            }
        }
        let mut after: Vec<&str> = before.clone();
        after.retain(|one| !remove.iter().any(|gone| is(one, gone)));
        for new in add {
            if !after.iter().any(|one| is(one, new)) {
                after.push(new.trim());
            }
        }
        if after != before {
            self.body.insert(field.into(), json!(after));
            self.note(field, Some(json!(before)), Some(json!(after)));
        }
        Ok(())
    }

    /// Custom fields: those that are not named stay. The names are read with [`FieldNames`].
    pub fn custom_fields(&mut self, before: &Map<String, Value>, names: FieldNames) {
        let mut after = before.clone();
        for name in names.clear {
            let was = after.shift_remove(&name);
            self.note(&name, was, None);
        }
        for (name, value) in names.set {
            let was = after.insert(name.clone(), value.clone());
            if was.as_ref() != Some(&value) {
                self.note(&name, was, Some(value));
            }
        }
        if after != *before {
            self.body.insert("custom_fields".into(), after.into());
        }
    }

    fn note(&mut self, field: &str, before: Option<Value>, after: Option<Value>) {
        self.rows.push(Edit {
            field: Words::line(&Untrusted::new(field)),
            before: before.map(Foreign::clean),
            after: after.map(Foreign::clean),
        });
    }

    /// The body to send, if anything changes, and what is told.
    pub fn finish(self) -> (Option<Value>, Vec<Edit>) {
        let body = (!self.body.is_empty()).then_some(Value::Object(self.body));
        (body, self.rows)
    }
}

/// Says each edit on a line.
pub fn say(edits: &[Edit], text: &mut Text) {
    for edit in edits {
        text.say("\n- ").quote(&edit.field).say(": ");
        for (index, side) in [&edit.before, &edit.after].into_iter().enumerate() {
            if index == 1 {
                text.say(" -> ");
            }
            match side {
                None => text.say("nothing"),
                Some(side) => match side.value() {
                    Value::String(one) => text.quote_text(one),
                    _ => text.quote_json(side),
                },
            };
        }
    }
}

/// Custom fields under the names that Front knows them by.
#[derive(Debug, Default)]
pub struct FieldNames {
    set: Map<String, Value>,
    clear: Vec<String>,
}

impl FieldNames {
    /// Reads them whatever their case. Front is asked which there are only for a name that the
    /// thing does not have yet.
    ///
    /// # Errors
    /// For a name that no field has, with the nearest.
    pub async fn read<E: Endpoint<Answer = Page<CustomField>>>(
        context: &Context<'_>,
        list: &E,
        before: &Map<String, Value>,
        set: Map<String, Value>,
        clear: Vec<String>,
    ) -> Result<Self, ToolError> {
        let mut names = Self::default();
        for given in clear {
            let field = "clear_fields";
            let name = find(before.keys().map(String::as_str), &given)
                .ok_or_else(|| unknown(field, &given, before.keys().map(String::as_str)))?;
            names.clear.push(name);
        }
        let mut known: Option<Vec<Untrusted>> = None;
        for (given, value) in set {
            if let Some(name) = find(before.keys().map(String::as_str), &given) {
                names.set.insert(name, value);
                continue;
            }
            if known.is_none() {
                known = Some(all(context, list).await?);
            }
            let all = known.iter().flatten().map(Untrusted::raw);
            // Without the permission to look, Front is left to judge.
            let name = match known.as_ref().is_some_and(Vec::is_empty) {
                true => given,
                false => find(all.clone(), &given)
                    .ok_or_else(|| unknown("custom_fields", &given, all))?,
            };
            names.set.insert(name, value);
        }
        Ok(names)
    }
}

async fn all<E: Endpoint<Answer = Page<CustomField>>>(
    context: &Context<'_>,
    list: &E,
) -> Result<Vec<Untrusted>, ToolError> {
    match context.client.send(list).await {
        Ok(page) => Ok(page.results.into_iter().map(|field| field.name).collect()),
        Err(error) if error.kind.is_a_no() => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn find<'name>(names: impl Iterator<Item = &'name str>, given: &str) -> Option<String> {
    let wanted = given.trim().to_lowercase();
    let mut alike: Vec<_> = names
        .filter(|name| name.trim().to_lowercase() == wanted)
        .collect();
    // Two that differ by their case alone: only the exact one is meant.
    if alike.len() > 1 {
        alike.retain(|name| *name == given);
    }
    alike.first().map(|name| (*name).to_owned())
}

fn unknown<'name>(
    field: &'static str,
    given: &str,
    known: impl Iterator<Item = &'name str>,
) -> ToolError {
    let mut message = Text::of("there is no custom field ");
    message.quote_text(&clip(given));
    match nearest(given, known) {
        "" => message.say(" here"),
        nearest => message.say("; the nearest is ").quote_text(&clip(nearest)),
    };
    message.say("; nothing was changed");
    ToolError::not_found(field, message)
}
