//! Message templates and their folders as Front writes them.

use serde_json::{Value, json};

use super::links::Link;
use crate::sandbox::{
    id::Id,
    state::{State, Template, TemplateFolder},
};

pub(crate) fn template(state: &State, template: &Template) -> Value {
    let files = template
        .attachments
        .iter()
        .filter_map(|id| state.attachments.get(*id));
    let files: Vec<Value> = files
        .map(|file| {
            json!({
                "id": file.id,
                "url": Link::to("download", file.id).to_string(),
                "filename": file.filename,
                "content_type": file.content_type,
                "size": file.size,
                "metadata": {"is_inline": false},
            })
        })
        .collect();
    json!({
        "_links": {
            "self": Link::to("message_templates", template.id),
            "related": {"owner": null, "parent_folder": template.folder.map(folder_link)},
        },
        "id": template.id,
        "name": template.name,
        "subject": template.subject,
        "body": template.body,
        "attachments": files,
        "is_available_for_all_inboxes": template.inboxes.is_none(),
        "inbox_ids": template.inboxes,
    })
}

pub(crate) fn template_folder(folder: &TemplateFolder) -> Value {
    let itself = folder_link(folder.id);
    json!({
        "_links": {
            "self": itself,
            "related": {
                "owner": null,
                "parent_folder": folder.parent.map(folder_link),
                "child_folders": itself.under("/message_template_folders"),
                "child_answers": itself.under("/message_templates"),
            },
        },
        "id": folder.id,
        "name": folder.name,
        "created_at": folder.created_at,
        "updated_at": folder.updated_at,
    })
}

fn folder_link(id: Id) -> Link {
    Link::to("message_template_folders", id)
}
