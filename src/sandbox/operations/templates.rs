//! Message templates and their folders.

use serde_json::Value;

use crate::sandbox::{
    answer::{Outcome, created, no_content, ok},
    call::Call,
    fields::Fields,
    id::Id,
    page::Cut,
    refusal::Refusal,
    state::{State, Template, TemplateFolder},
    view,
};

/// Front takes no page size here; this company's pages are small, so that clients must follow.
const PAGE: usize = 10;

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    page(state, call, state.templates.iter().collect())
}

pub(super) fn of_folder(state: &State, call: &Call) -> Outcome {
    let folder = find_folder(state, call)?.id;
    let inside = state.templates.iter();
    page(
        state,
        call,
        inside.filter(|one| one.folder == Some(folder)).collect(),
    )
}

fn page(state: &State, call: &Call, mut found: Vec<&Template>) -> Outcome {
    let by_update = call.query.first("sort_by") == Some("updated_at");
    let at = |one: &Template| match by_update {
        true => one.updated_at,
        false => one.created_at,
    };
    found.sort_by(|one, other| at(one).total_cmp(&at(other)));
    if call.query.first("sort_order") == Some("desc") {
        found.reverse();
    }
    let cut = Cut::with_limits(call, PAGE, PAGE)?;
    ok(&cut.page(call, &found, None, |one| view::template(state, one)))
}

fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Template, Refusal> {
    let id = call.id("rsp", "message template")?;
    state
        .templates
        .get(id)
        .ok_or_else(|| Refusal::not_found("message template", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::template(state, find(state, call)?))
}

/// What creating and changing share.
struct Details {
    subject: Option<String>,
    folder: Option<Id>,
    /// Given at all: `null` is everywhere.
    inboxes: Option<Option<Vec<Id>>>,
}

fn details(state: &State, fields: &mut Fields) -> Details {
    let folder = fields.text("folder_id").and_then(|text| {
        let known = Id::parse(&text).filter(|id| state.template_folders.get(*id).is_some());
        if known.is_none() {
            fields.complain("folder_id", &format!("unknown id {text}"));
        }
        known
    });
    let is_everywhere = fields.get("inbox_ids") == Some(&Value::Null);
    let inboxes = fields.ids("inbox_ids", "inb", |id| state.inboxes.get(id).is_some());
    if inboxes.as_ref().is_some_and(Vec::is_empty) {
        fields.complain("inbox_ids", "must be non-empty");
    }
    Details {
        subject: fields.text("subject"),
        folder,
        inboxes: inboxes.map(Some).or(is_everywhere.then_some(None)),
    }
}

pub(super) fn create(state: &mut State, call: &Call) -> Outcome {
    let mut fields = Fields::of(call)?;
    let (name, body) = (fields.required_text("name"), fields.required_text("body"));
    let details = details(state, &mut fields);
    fields.check()?;
    let now = state.tick();
    let template = Template {
        id: state.templates.next_id("rsp"),
        name,
        subject: details.subject,
        body,
        folder: details.folder,
        inboxes: details.inboxes.flatten(),
        attachments: Vec::new(),
        created_at: now,
        updated_at: now,
    };
    let answer = created(&view::template(state, &template));
    state.templates.insert(template);
    answer
}

/// What is not given stays as it is, but for the folder: without one the template goes to the root.
pub(super) fn update(state: &mut State, call: &Call) -> Outcome {
    let id = find(state, call)?.id;
    let mut fields = Fields::of(call)?;
    let (name, body) = (fields.text("name"), fields.text("body"));
    let details = details(state, &mut fields);
    fields.check()?;
    let now = state.tick();
    if let Some(template) = state.templates.get_mut(id) {
        template.name = name.unwrap_or_else(|| template.name.clone());
        template.body = body.unwrap_or_else(|| template.body.clone());
        if details.subject.is_some() {
            template.subject = details.subject;
        }
        template.folder = details.folder;
        if let Some(inboxes) = details.inboxes {
            template.inboxes = inboxes;
        }
        template.updated_at = now;
    }
    fetch(state, call)
}

pub(super) fn remove(state: &mut State, call: &Call) -> Outcome {
    let id = find(state, call)?.id;
    state.templates.remove(id);
    no_content()
}

fn find_folder<'a>(state: &'a State, call: &Call) -> Result<&'a TemplateFolder, Refusal> {
    let id = call.id("rsf", "message template folder")?;
    state
        .template_folders
        .get(id)
        .ok_or_else(|| Refusal::not_found("message template folder", call.parameter(0)))
}

pub(super) fn folders(state: &State, call: &Call) -> Outcome {
    let all: Vec<&TemplateFolder> = state.template_folders.iter().collect();
    ok(&Cut::of(call)?.page(call, &all, None, |one| view::template_folder(one)))
}

pub(super) fn folder(state: &State, call: &Call) -> Outcome {
    ok(&view::template_folder(find_folder(state, call)?))
}
