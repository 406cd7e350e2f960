//! What the tools of message templates share: one by name or id, its text, where it lies.

pub mod drafting;
pub mod facts;

use super::{Context, ToolError, resolve};
use crate::{
    aside::aside,
    front::{
        FrontErrorKind,
        endpoints::templates::GetTemplate,
        id::{InboxId, TemplateFolderId},
        model::{Inbox, Template, TemplateFolder},
    },
    shape::mail::{Quotes, from_html},
};

/// One by id or exact name, as it is now.
pub async fn one(context: &Context<'_>, field: &str, given: &str) -> Result<Template, ToolError> {
    let template = resolve::id::<Template>(context, field, given).await?;
    let read = context.client.send(&GetTemplate { template }).await;
    read.map_err(|error| {
        let is_missing = error.kind == FrontErrorKind::Status(404);
        let error = ToolError::from(error);
        match is_missing {
            true => error
                .on(field)
                .next("find the template with `search-templates`"),
            false => error,
        }
    })
}

/// An HTML text as Markdown.
pub fn markdown(html: &str) -> String {
    aside(html.len() * 8, || from_html(html, Quotes::Keep).markdown)
}

/// Whether it can be used in this inbox.
pub fn is_for(template: &Template, inbox: &InboxId) -> bool {
    template
        .inbox_ids
        .as_ref()
        .is_none_or(|ids| ids.contains(inbox))
}

/// The ids of inboxes by name or id.
pub async fn inboxes(context: &Context<'_>, given: &[String]) -> Result<Vec<InboxId>, ToolError> {
    let mut ids = Vec::new();
    for (index, one) in given.iter().enumerate() {
        let field = format!("inboxes[{index}]");
        ids.push(resolve::id::<Inbox>(context, &field, one).await?);
    }
    Ok(ids)
}

/// A folder and those in it, however deep.
pub fn within(folders: &[TemplateFolder], top: &TemplateFolderId) -> Vec<TemplateFolderId> {
    let mut inside = vec![top.clone()];
    // As often as one can lie in another; a circle ends too.
    for _ in 0..folders.len() {
        let more: Vec<_> = folders
            .iter()
            .filter(|folder| !inside.contains(&folder.id))
            .filter(|folder| {
                let parent = folder.links.parent_folder();
                parent.is_some_and(|parent| inside.contains(&parent))
            })
            .map(|folder| folder.id.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        inside.extend(more);
    }
    inside
}
