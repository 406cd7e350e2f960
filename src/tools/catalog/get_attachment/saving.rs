//! A file saved in the operator's folder, where they name one.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    attachments::Unsaved,
    digest::sha256,
    front::Answer,
    shape::{text::Text, words::Words},
    tools::{Context, ToolError},
    untrusted::Untrusted,
};

/// A file of ours.
#[derive(Serialize, JsonSchema)]
pub(super) struct Saved {
    /// Its name in the operator's `save_folder`.
    pub(super) name: Words,
    /// Bytes.
    pub(super) size: u64,
    /// SHA-256 of its content.
    pub(super) sha256: String,
}

/// Why nothing can be saved.
pub(super) enum Closed {
    NoFolder,
    ReadOnly,
}

/// Whether files may be saved here at all.
pub(super) fn may_save(context: &Context<'_>) -> Result<(), Closed> {
    if context.gate.policy().is_read_only() {
        return Err(Closed::ReadOnly);
    }
    match context.attachable.save_folder {
        Some(_) => Ok(()),
        None => Err(Closed::NoFolder),
    }
}

pub(super) fn unsaved(why: &Closed) -> ToolError {
    match why {
        Closed::ReadOnly => ToolError::refused(Text::of(
            "this server only reads, so files are not saved; nothing was written",
        ))
        .next("tell the user, who can open it in Front"),
        Closed::NoFolder => ToolError::refused(Text::of(
            "the operator names no folder that files may be saved in; nothing was written",
        ))
        .next_text(save_folder_missing()),
    }
    .on("save")
}

pub(super) fn save_folder_missing() -> Text {
    Text::of(
        "tell the user, who can open it in Front; to have such files saved, the operator adds `save_folder = \"/an/absolute/folder\"` beneath `[attachments]` in the configuration file",
    )
}

/// Writes a file into the operator's folder.
pub(super) async fn save(
    context: &Context<'_>,
    name: String,
    answer: Answer,
) -> Result<Saved, ToolError> {
    let attachable = context.attachable.clone();
    let bytes = answer.body;
    let size = bytes.len() as u64;
    // A slow disk holds up nobody else.
    let work = tokio::task::spawn_blocking(move || {
        let saved = attachable.save(&name, &bytes)?;
        Ok((saved, sha256(&bytes)))
    });
    let saved = work.await.map_err(|_| ToolError::unshapable())?;
    let (name, sha256) = saved.map_err(|why| match why {
        Unsaved::TooLarge(most) => {
            let mut text = Text::of("has ");
            text.say(size)
                .say(" bytes, and `[attachments] max_bytes` is ")
                .say(most);
            ToolError::invalid("attachment_id", text)
                .next("tell the user, who can open it in Front")
        }
        Unsaved::TooMany => ToolError::refused(Text::of(
            "the operator's save_folder holds too many files; nothing was written",
        ))
        .next("tell the user to tidy the folder"),
        Unsaved::NoFolder | Unsaved::Folder | Unsaved::Unwritten => {
            ToolError::refused(Text::of(
                "the operator's save_folder cannot be used, so nothing was saved; see the server's log",
            ))
            .next("tell the user to check the folder of `[attachments] save_folder`: it must be there, and writable")
        }
    })?;
    Ok(Saved {
        name: Words::cut(&Untrusted::new(name), 255),
        size,
        sha256,
    })
}
