//! `check-send`: what has become of a sealed message. It reads, and never sends.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    front::{
        endpoints::{conversations::ListMessages, messages::GetMessageByUid},
        model::Message as FrontMessage,
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Spec, Tool, ToolError, Toolset,
        sending::{
            Envelope, EnvelopeId, Kind, Message as Letter, SendReport, State, refused, report,
        },
    },
};

pub static TOOL: Entry = Entry::of::<CheckSendTool>();

struct CheckSendTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// From send-message.
    #[schemars(length(max = 100))]
    envelope_id: String,
}

impl Tool for CheckSendTool {
    const SPEC: Spec = Spec {
        name: "check-send",
        title: "Check a message",
        description: "Tells whether a sealed message was sent. Reads only.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const USES: &'static [&'static str] = &["get-message", "list-conversation-messages"];
    type Input = Input;
    type Output = SendReport;

    async fn run(context: &Context<'_>, input: Input) -> Result<SendReport, ToolError> {
        let id = EnvelopeId::parse(&input.envelope_id).ok_or_else(|| {
            ToolError::invalid(
                "envelope_id",
                Text::of("is not an envelope id (`env_` and 32 hex digits)"),
            )
        })?;
        let envelope = context
            .gate
            .check(&context.caller, &id)
            .await
            .map_err(refused)?;
        match envelope.state {
            State::Sent => Ok(with_delivery(context, &envelope).await),
            State::Unknown => Ok(looked_for(context, envelope).await),
            _ => Ok(report(&envelope)),
        }
    }
}

/// Adds what Front says of the delivery; a failed look changes nothing.
async fn with_delivery(context: &Context<'_>, envelope: &Envelope) -> SendReport {
    let mut sent = report(envelope);
    let uid = envelope.message_uid.as_deref().unwrap_or_default();
    if let Ok(by_uid) = GetMessageByUid::new(uid)
        && let Ok(message) = context.client.send(&by_uid).await
    {
        sent.next = match &message.error_type {
            Some(_) => "tell the user that it could not be delivered".into(),
            None => "nothing; Front has it and reports no delivery error".into(),
        };
        sent.reason = message.error_type.as_ref().and_then(Words::some_line);
    }
    sent
}

/// An unknown one is resolved by reading alone: a message of ours, newer than all that was there
/// at sealing, with its words, to its recipients. Absence proves nothing.
async fn looked_for(context: &Context<'_>, envelope: Envelope) -> SendReport {
    let Some(conversation) = envelope.letter.conversation().cloned() else {
        return report(&envelope);
    };
    let Ok(page) = context.client.send(&ListMessages { conversation }).await else {
        return report(&envelope);
    };
    let words = comparable(&envelope.letter.text);
    if words.is_empty() {
        // An emoji alone fits any other: nothing is proved by it.
        return report(&envelope);
    }
    let sealed_at = envelope.created.as_second() as f64;
    // Front lists the newest first, so what stands before the pinned message came after it,
    // whatever the clocks of the two machines say. Only a conversation that was empty needs them.
    let pinned = match &envelope.letter.kind {
        Kind::Reply { last_message, .. } => last_message.as_ref(),
        Kind::New => None,
    };
    let newer = page
        .results
        .iter()
        .take_while(|message| Some(&message.id) != pinned);
    let newer = newer
        .filter(|message| pinned.is_some() || message.created_at.is_some_and(|at| at >= sealed_at));
    let alike = newer.filter(|message| {
        !message.is_inbound
            && message.draft_mode.is_none()
            && is_to_the_same(message, &envelope.letter)
            && comparable(
                &crate::shape::mail::from_html(
                    message.body.raw(),
                    crate::shape::mail::Quotes::Fold,
                )
                .markdown,
            ) == words
    });
    // The oldest first: the same words may have been sent again since, in another envelope.
    let alike: Vec<_> = alike.collect();
    for message in alike.into_iter().rev() {
        let uid = message.message_uid.clone();
        if let Ok(Some(found)) = context.gate.found(&envelope.id, uid).await {
            return report(&found);
        }
    }
    report(&envelope)
}

/// Blind copies are left out: not every reader of a message is shown them.
fn is_to_the_same(message: &FrontMessage, letter: &Letter) -> bool {
    let of = |role: &str| -> BTreeSet<String> {
        let recipients = message.recipients.iter().filter(|one| one.role == role);
        recipients
            .map(|one| one.handle.raw().to_lowercase())
            .collect()
    };
    let same = |one: &str, list: &[String]| {
        of(one) == list.iter().map(|address| address.to_lowercase()).collect()
    };
    same("to", &letter.to) && same("cc", &letter.cc)
}

fn comparable(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
