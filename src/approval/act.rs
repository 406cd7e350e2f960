//! A person's choice handed to the gate, and the gate's no in their words.

use std::sync::Arc;

use http::StatusCode;

use super::{form::Choice, html, routes::Page};
use crate::gate::{
    Gate, Refusal,
    envelope::{Envelope, EnvelopeId, State, Voice},
    mode::SendMode,
};

/// What a choice came to.
pub struct Done {
    pub envelope: Envelope,
    /// What its state alone does not say.
    pub remark: Option<String>,
}

/// Decides as the person chose. A second click finds what the first one came to.
pub async fn decide(
    gate: &Arc<Gate>,
    id: &EnvelopeId,
    choice: Choice,
    voice: &Voice,
) -> Result<Done, Box<Page>> {
    let before = gate.look(id).await.map_err(no_page)?;
    let is_over = !before.state.is_open() && before.state != State::Sending;
    if is_over {
        let remark = match (choice, before.state) {
            (_, State::Expired) | (Choice::Send, State::Sent) => None,
            (Choice::Decline, State::Declined) => None,
            _ => Some("This was decided before; your choice changed nothing.".to_owned()),
        };
        return Ok(Done {
            envelope: before,
            remark,
        });
    }
    let outcome = match choice {
        Choice::Decline => gate.decline(id, voice.clone()).await,
        Choice::Leave => gate.look(id).await,
        Choice::Send => send(gate, before, voice.clone()).await,
    };
    match outcome {
        Ok(envelope) => {
            let is_late = choice == Choice::Decline && envelope.state != State::Declined;
            let remark = is_late.then(|| {
                "It was too late to decline: the message was decided on before.".to_owned()
            });
            Ok(Done { envelope, remark })
        }
        Err(refusal) => {
            let remark = words(&refusal);
            let envelope = gate.look(id).await.map_err(no_page)?;
            Ok(Done {
                envelope,
                remark: Some(remark),
            })
        }
    }
}

/// In a task of its own: a browser that goes away in the middle does not leave a yes behind that
/// nobody carries out.
async fn send(gate: &Arc<Gate>, envelope: Envelope, voice: Voice) -> Result<Envelope, Refusal> {
    let gate = Arc::clone(gate);
    let sending = tokio::spawn(async move {
        match envelope.state {
            // A person agreed before, and Front did not take it.
            State::Approved if envelope.is_for(voice.by.as_ref()) => {
                gate.release(&envelope.caller, &envelope.id).await
            }
            _ => gate.approve(&envelope.id, voice).await,
        }
    });
    sending.await.unwrap_or_else(|error| {
        tracing::error!(%error, "an approval did not finish");
        Err(Refusal::Internal)
    })
}

/// The page of a refusal that leaves no envelope to show.
pub fn refused(refusal: &Refusal) -> Page {
    let status = match refusal {
        Refusal::NoSuchEnvelope => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    Page::new(
        status,
        html::notice("This message cannot be shown", &words(refusal), None),
    )
}

#[expect(clippy::needless_pass_by_value, reason = "it ends an error's way")]
fn no_page(refusal: Refusal) -> Box<Page> {
    Box::new(refused(&refusal))
}

/// The gate's no, to the person who decides. Nothing left.
pub fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotTheApprover(_) => {
            "This message is for others to decide. Nothing was decided.".to_owned()
        }
        Refusal::Mode(SendMode::Approve) => "Nothing was sent.".to_owned(),
        Refusal::Mode(mode) => format!(
            "This server runs in the send mode “{mode}”, in which this page releases nothing. Nothing was sent."
        ),
        Refusal::NoSuchEnvelope => {
            "There is no such message, or it is no longer kept. Nothing was sent.".to_owned()
        }
        Refusal::Changed(what) => {
            format!("Nothing was sent: {what}. Ask the agent to read it and to write anew.")
        }
        Refusal::Busy => {
            "Nothing was sent yet: another message to the same place is on its way. Your yes is kept; press Send again in a moment.".to_owned()
        }
        Refusal::Capped(left) => format!(
            "Nothing was sent: the limit on sends is reached ({} in the last hour, {} in the last day).",
            left.hour, left.day
        ),
        Refusal::Unchecked(error) => format!(
            "Nothing was sent: the conversation could not be checked at Front first ({}). Your yes is kept; press Send again in a moment.",
            error.kind
        ),
        Refusal::ShutOut => {
            "Nothing was sent: the caller that prepared this was shut out since.".to_owned()
        }
        Refusal::Store(_) => {
            "The store of this server failed; its log says why. Look again before you do anything else.".to_owned()
        }
        _ => "Nothing was sent: this server could not go on; its log says why.".to_owned(),
    }
}
