//! The bytes of attachments.

use crate::sandbox::{
    answer::{Answer, Outcome},
    call::Call,
    id::Id,
    refusal::Refusal,
    state::State,
};

use super::messages;

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    file(state, call.parameter(0))
}

pub(super) fn of_message(state: &State, call: &Call) -> Outcome {
    let message = messages::find(state, call)?;
    let wanted = call.parameter(1);
    let owned = Id::parse(wanted).is_some_and(|id| message.attachments.contains(&id));
    if owned {
        file(state, wanted)
    } else {
        Err(Refusal::not_found("attachment", wanted))
    }
}

fn file(state: &State, text: &str) -> Outcome {
    let attachment = Id::parse(text).and_then(|id| state.attachments.get(id));
    let (attachment, content) = attachment
        .and_then(|attachment| Some((attachment, attachment.content.clone()?)))
        .ok_or_else(|| Refusal::not_found("attachment", text))?;
    let filename: String = attachment
        .filename
        .chars()
        .map(|c| match c {
            ' '..='~' if c != '"' && c != '\\' => c,
            _ => '_',
        })
        .collect();
    let disposition = format!("attachment; filename=\"{filename}\"");
    Ok(Answer::bytes(&attachment.content_type, content)
        .with_header("content-disposition", &disposition))
}
