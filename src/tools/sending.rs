//! What `send-message`, `confirm-send` and `check-send` share: one result, and the gate's
//! refusals in a caller's words.

mod refused;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    conversation_row::{Label, Named, Person},
    drafting::{self, Mode, Signature},
    error::ToolError,
    handle::LONGEST_ADDRESS,
};
use crate::{
    front::id::{ChannelId, ConversationId, MessageId},
    gate::{attachment::Attachment, letter::Letter},
    shape::{
        moment::Moment,
        text::{Text, Vouched},
        words::Words,
    },
    tools::Context,
    untrusted::Untrusted,
};

pub use self::refused::{approvers, check_mode, refused};
pub use crate::gate::{
    badge::Surroundings,
    envelope::{Envelope, EnvelopeId, State, State as EnvelopeState},
    letter::{Kind, Letter as Message, Pinned},
    mode::SendMode,
    recheck::{LOOKED_AT, newest_of},
};

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SendState {
    /// Prepared; not sent.
    Sealed,
    /// Released; not yet sent.
    Approved,
    /// Being sent.
    Sending,
    /// Front accepted it.
    Sent,
    /// Front refused it; not sent.
    Failed,
    /// It may or may not have been sent.
    Unknown,
    /// A person said no.
    Declined,
    /// Nobody released it in time, or the conversation changed; not sent.
    Expired,
    /// A draft in Front; a person sends it there.
    Drafted,
}

/// The one result of the three.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SendReport {
    /// Where the message stands.
    pub state: SendState,
    /// What a release takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub envelope_id: Option<String>,
    /// SHA-256 over the whole message in canonical form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Until when it can be released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Moment>,
    /// Front's identifier of the sent message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_uid: Option<Words>,
    /// The draft in Front.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft_id: Option<MessageId>,
    /// Why Front refused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
    /// What to do now.
    pub next: String,
    /// Exactly what goes, or went, to whom.
    pub message: Preview,
}

/// A message as a person would check it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Preview {
    /// The conversation it replies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    /// The channel it leaves through.
    pub channel_id: ChannelId,
    /// The address it leaves from.
    pub from: Words,
    /// Recipients.
    pub to: Vec<Words>,
    /// Copies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<Words>,
    /// Blind copies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bcc: Vec<Words>,
    /// The subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Words>,
    /// The teammate in whose name it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// The whole text.
    pub body: Words,
    /// Archives the conversation.
    pub archive: bool,
    /// Tags that it applies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Label>,
    /// Files that go with it, as they were when it was sealed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachedFile>,
}

/// A file that goes with a message.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AttachedFile {
    /// Its name.
    pub name: Words,
    /// Its media type.
    pub content_type: Words,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of its content.
    pub sha256: String,
}

impl AttachedFile {
    fn of(pinned: &Attachment) -> Self {
        Self {
            // Whole: a cut name hides its ending.
            name: Words::cut(&Untrusted::new(&pinned.name), 255),
            content_type: Words::line(&Untrusted::new(&pinned.content_type)),
            size: pinned.size,
            sha256: pinned.sha256.clone(),
        }
    }

    fn say(&self, text: &mut Text) {
        text.say("\nAttaches ")
            .quote(&self.name)
            .say(" (")
            .quote(&self.content_type)
            .say(", ")
            .say(self.size)
            .say(" bytes, sha256 ")
            .say(Vouched::ours(self.sha256.clone()))
            .say(")");
    }
}

fn named<Id: Clone>(pinned: &Pinned<Id>) -> Named<Id> {
    Named {
        id: pinned.id.clone(),
        name: Words::line(&Untrusted::new(&pinned.name)),
    }
}

impl Preview {
    /// Of a message.
    pub fn of(letter: &Letter) -> Self {
        let lines = |list: &[String]| {
            list.iter()
                // Whole: a cut address hides where a message goes.
                .map(|one| Words::cut(&Untrusted::new(one), LONGEST_ADDRESS))
                .collect()
        };
        Self {
            conversation_id: letter.conversation().cloned(),
            channel_id: letter.channel.clone(),
            from: Words::cut(&Untrusted::new(&letter.from), LONGEST_ADDRESS),
            to: lines(&letter.to),
            cc: lines(&letter.cc),
            bcc: lines(&letter.bcc),
            subject: letter
                .subject
                .as_ref()
                .map(|subject| Words::cut(&Untrusted::new(subject), 1000)),
            author: letter.author.as_ref().map(named),
            body: Words::block(&letter.text),
            archive: letter.archive,
            tags: letter.tags.iter().map(named).collect(),
            attachments: letter.attachments.iter().map(AttachedFile::of).collect(),
        }
    }

    /// The message as lines of a text.
    pub fn say(&self, text: &mut Text) {
        text.say("From: ")
            .quote(&self.from)
            .say(" (")
            .say(&self.channel_id)
            .say(")");
        if let Some(author) = &self.author {
            text.say(" in the name of ");
            author.say(text);
        }
        for (name, people) in [
            ("\nTo: ", &self.to),
            ("\nCc: ", &self.cc),
            ("\nBcc: ", &self.bcc),
        ] {
            for (index, one) in people.iter().enumerate() {
                text.say(if index == 0 { name } else { ", " }).quote(one);
            }
        }
        if let Some(subject) = &self.subject {
            text.say("\nSubject: ").quote(subject);
        }
        if let Some(conversation) = &self.conversation_id {
            text.say("\nIn: ").say(conversation);
        }
        if self.archive {
            text.say("\nArchives the conversation.");
        }
        for (index, tag) in self.tags.iter().enumerate() {
            text.say(if index == 0 { "\nApplies tags " } else { ", " });
            tag.say(text);
        }
        for file in &self.attachments {
            file.say(text);
        }
        text.say("\nBody:\n").quote(&self.body);
    }
}

impl super::Report for SendReport {
    fn report(&self) -> Text {
        let mut text = Text::led_by(match self.state {
            SendState::Sealed | SendState::Approved => "Not sent.\n",
            SendState::Sending => "Being sent.\n",
            SendState::Sent => "Sent: accepted by Front.\n",
            SendState::Failed => "Not sent: Front refused it.\n",
            SendState::Unknown => "UNKNOWN whether it was sent; it will not be sent again.\n",
            SendState::Declined => "Not sent: declined.\n",
            SendState::Expired => "Not sent: it can no longer be released.\n",
            SendState::Drafted => "Not sent: a shared draft was left in Front.\n",
        });
        if let Some(id) = &self.envelope_id {
            text.say("Envelope ").say(Vouched::ours(id.clone()));
        }
        if let Some(draft) = &self.draft_id {
            text.say("Draft ").say(draft);
        }
        if let Some(digest) = &self.digest {
            text.say(", digest ").say(Vouched::ours(digest.clone()));
        }
        if let Some(expires) = &self.expires_at {
            text.say(", expires ").say(expires);
        }
        if let Some(uid) = &self.message_uid {
            text.say(", message uid ").quote(uid);
        }
        if let Some(reason) = &self.reason {
            text.say("; Front says ").quote(reason);
        }
        text.say(".\nNext: ")
            .say(Vouched::ours(self.next.clone()))
            .say(".\n");
        self.message.say(&mut text);
        text
    }
}

/// The result for an envelope as it stands.
pub fn report(envelope: &Envelope) -> SendReport {
    let state = match envelope.state {
        State::Sealed => SendState::Sealed,
        State::Approved => SendState::Approved,
        State::Sending => SendState::Sending,
        State::Sent => SendState::Sent,
        State::Failed => SendState::Failed,
        State::Unknown => SendState::Unknown,
        State::Declined => SendState::Declined,
        State::Expired => SendState::Expired,
    };
    let open = matches!(state, SendState::Sealed | SendState::Approved);
    SendReport {
        state,
        envelope_id: Some(envelope.id.to_string()),
        digest: Some(envelope.digest.clone()),
        expires_at: open.then(|| Moment::at(envelope.expires)),
        message_uid: envelope
            .message_uid
            .as_ref()
            .map(|uid| Words::line(&Untrusted::new(uid))),
        draft_id: None,
        reason: envelope.refusal.as_ref().map(|said| Words::cut(said, 300)),
        next: match state {
            SendState::Sealed if envelope.needs_person => next_step_of_a_person(envelope),
            _ => next_step(state, &envelope.id),
        },
        message: Preview::of(&envelope.letter),
    }
}

fn next_step_of_a_person(envelope: &Envelope) -> String {
    let id = &envelope.id;
    if envelope.approvers.is_some() {
        return format!(
            "{} has not decided yet, on the page whose link `send-message` answered with; the same `send-message` again answers it again, and `check-send` with envelope_id `{id}` tells what they said",
            approvers(envelope)
        );
    }
    format!(
        "a person has not agreed yet: the user decides where they were asked, or with `front-mcp approve {id}` in a terminal; the same `send-message` again asks them again, and `check-send` with envelope_id `{id}` tells what they said"
    )
}

fn next_step(state: SendState, id: &EnvelopeId) -> String {
    match state {
        SendState::Sealed => format!(
            "show this message to the user; when they agree, call `confirm-send` with envelope_id `{id}`"
        ),
        SendState::Approved => format!(
            "it is released and was not taken (Front's rate limit, no connection, or the server ended before); call `confirm-send` with envelope_id `{id}` in a moment"
        ),
        SendState::Sending => format!("call `check-send` with envelope_id `{id}` in a moment"),
        SendState::Sent => "nothing; do not send it again".into(),
        SendState::Failed => "correct the message and seal it anew with `send-message`".into(),
        SendState::Unknown => format!(
            "read the conversation, or call `check-send` with envelope_id `{id}`; never send it again on a guess"
        ),
        SendState::Declined => "do not send it; ask the user what to change".into(),
        SendState::Expired => "seal it anew with `send-message` if it is still wanted".into(),
        SendState::Drafted => next_step_drafted(),
    }
}

/// Leaves a shared draft in Front instead of an envelope.
pub async fn leave_draft(context: &Context<'_>, letter: &Letter) -> Result<SendReport, ToolError> {
    let created = drafting::leave(context, letter, Mode::Shared, &Signature::None).await?;
    let mut next = next_step_drafted();
    if let Some(conversation) = letter
        .conversation()
        .or(created.links.conversation().as_ref())
    {
        next = format!("{next}: https://app.frontapp.com/open/{conversation}");
    }
    Ok(SendReport {
        state: SendState::Drafted,
        envelope_id: None,
        digest: None,
        expires_at: None,
        message_uid: None,
        draft_id: Some(created.id),
        reason: None,
        next,
        message: Preview::of(letter),
    })
}

fn next_step_drafted() -> String {
    "tell the user that the draft waits in Front for their Send button".into()
}
