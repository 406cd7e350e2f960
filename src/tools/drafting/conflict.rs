//! A draft that somebody else changed: nothing is overwritten, and both texts are told.

use super::access::how_else;
use crate::{
    front::{FrontError, FrontErrorKind, id::MessageId, model::Message},
    shape::{mail::Quotes, text::Text, words::Words},
    tools::{
        ToolError, fit,
        timeline::{body, cut},
    },
};

/// The longest text that is told, in characters.
const LONGEST: usize = 6_000;

/// What was to be written, and what is there.
pub struct Texts<'text> {
    /// What was to be written, if anything was.
    pub wanted: Option<&'text str>,
    /// The draft as it is, if it could be read.
    pub now: Option<&'text Message>,
}

/// Whether Front refused a change because the draft is no longer that version.
pub fn is_conflict(error: &FrontError) -> bool {
    error.kind == FrontErrorKind::Status(409)
}

/// The version is no longer the one that was named or read.
pub fn conflict(draft: &MessageId, texts: &Texts<'_>) -> ToolError {
    let mut message = Text::new();
    message
        .say(draft)
        .say(" was changed by somebody meanwhile; nothing was overwritten");
    tell(&mut message, texts);
    ToolError::invalid("draft_id", message)
        .coded("conflict")
        .next("show the user both texts; `list-drafts` gives the version that is there now")
}

/// An own draft that somebody changed since: no longer the caller's to change.
pub(super) fn changed(draft: &MessageId, operation: &'static str, texts: &Texts<'_>) -> ToolError {
    let mut message = Text::new();
    message.say(draft).say(
        " was changed since you wrote it, perhaps by a person who is about to send it; nothing was overwritten",
    );
    tell(&mut message, texts);
    let mut next = Text::of("show the user what is there now; ");
    next.append(how_else(operation));
    ToolError::refused(message)
        .on("draft_id")
        .coded("conflict")
        .next_text(next)
}

fn tell(message: &mut Text, texts: &Texts<'_>) {
    if let Some(wanted) = texts.wanted {
        let (wanted, _) = cut(wanted, LONGEST, fit::BODY / 2);
        message
            .say("\nWas to be written: ")
            .quote(&Words::block(wanted));
    }
    if let Some(now) = texts.now {
        let now = body(now, Quotes::Fold);
        let (now, _) = cut(&now.markdown, LONGEST, fit::BODY / 2);
        message.say("\nIs there now: ").quote(&Words::block(now));
    }
}
