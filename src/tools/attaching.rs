//! Attachments as an agent asks for them, read and pinned.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, ToolError, arguments};
use crate::{
    attachments::{Unattachable, decode},
    gate::attachment::Attachment,
    shape::text::{Text, Vouched},
};

/// Attachments that one message may have.
pub const MOST: usize = 10;

/// One file: a path, or a name and its content.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attach {
    /// Absolute path.
    path: Option<String>,
    /// Instead of path, with content_base64.
    name: Option<String>,
    /// Content.
    content_base64: Option<String>,
    /// Media type.
    content_type: Option<String>,
}

/// Reads all of them, in their order.
pub async fn attachments(
    context: &Context<'_>,
    given: Vec<Attach>,
) -> Result<Vec<Attachment>, ToolError> {
    if given.len() > MOST {
        let mut message = Text::of("has ");
        message
            .say(given.len())
            .say(" files, and the maximum is ")
            .say(MOST);
        return Err(ToolError::invalid("attachments", message));
    }
    let mut room = context.attachable.max_bytes;
    let mut pinned: Vec<Attachment> = Vec::with_capacity(given.len());
    for (index, one) in given.into_iter().enumerate() {
        let field = format!("attachments[{index}]");
        let attachable = context.attachable.clone();
        let path = one.path.clone().unwrap_or_default();
        // A slow disk holds up nobody else.
        let work = tokio::task::spawn_blocking(move || {
            let file = match one {
                Attach {
                    path: Some(path),
                    name: None,
                    content_base64: None,
                    content_type: None,
                } => attachable.read(&path, room),
                Attach {
                    path: None,
                    name: Some(name),
                    content_base64: Some(content),
                    content_type,
                } => decode(&name, &content, content_type.as_deref(), room),
                _ => Err(Unattachable::Bad(
                    "must be either `path` alone, or `name` and `content_base64`",
                )),
            };
            file.map(Attachment::pin)
        });
        let file = work.await.map_err(|_| ToolError::unshapable())?;
        let file = file.map_err(|problem| refusal(context, field, &path, problem))?;
        room = room.saturating_sub(file.size);
        pinned.push(file);
    }
    Ok(pinned)
}

fn refusal(context: &Context<'_>, field: String, path: &str, problem: Unattachable) -> ToolError {
    let message = match problem {
        Unattachable::NoFolders => {
            return ToolError::refused(Text::of(
                "the operator allows no files of this machine to be attached; nothing was prepared",
            ))
            .on(field)
            .next("tell the user; the operator can add `[attachments]` with `folders = [\"/an/absolute/folder\"]` to the configuration file. Or give `name` and `content_base64`");
        }
        Unattachable::Outside => {
            let mut next = Text::of("use a file beneath ");
            for (index, folder) in context.attachable.folders.iter().enumerate() {
                next.say(if index == 0 { "" } else { " or " })
                    .say(Vouched::ours(format!("`{}`", folder.display())));
            }
            next.say(", or tell the user: the operator's `[attachments] folders` decide");
            return ToolError::refused(Text::of(
                "lies in none of the folders that the operator allows; nothing was prepared",
            ))
            .on(field)
            .next_text(next);
        }
        Unattachable::TooLarge(room) => {
            let mut message = Text::of("is too large: ");
            message
                .say(room)
                .say(" bytes are left of ")
                .say(context.attachable.max_bytes)
                .say(" for all attachments of a message");
            message
        }
        Unattachable::Bad(problem) => Text::of(problem),
    };
    let mut message = message;
    if !path.is_empty() {
        message.say(": ").quote_text(&arguments::clip(path));
    }
    ToolError::invalid(field, message)
}
