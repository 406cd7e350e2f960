//! What the gate puts on record, in the audit log's words.

use super::{
    Gate, Hall,
    envelope::{Channel, Envelope, State, Voice},
};
use crate::{
    audit::{AuditError, Decision, Event, Record},
    callers::CallerName,
    tools::context::Caller,
};

impl Hall {
    /// Records what became of an envelope. A log that fails stops nothing: it happened. What has
    /// not happened yet goes through [`Gate::announce`].
    /// Whether it is in the log.
    pub(super) fn note(&self, event: Event, envelope: &Envelope) -> bool {
        tell(event, envelope);
        self.audit.note(record(event, envelope))
    }
}

impl Gate {
    /// As [`Hall::note`].
    pub(super) fn note(&self, event: Event, envelope: &Envelope) -> bool {
        self.hall.note(event, envelope)
    }

    /// Records a no, and whose it is.
    pub(super) fn note_declined(&self, envelope: &Envelope, voice: &Voice) {
        tell(Event::Declined, envelope);
        let record = record(Event::Declined, envelope);
        let record = told_by(record, voice.channel, voice.by.as_ref());
        self.hall.audit.note(record);
    }

    /// Records that somebody would have decided who may not.
    pub(super) fn alert_of(&self, voice: &Voice, envelope: &Envelope) {
        let record =
            record(Event::Alert, envelope).decision(Decision::Denied, "envelope.approvers");
        let record = told_by(record, voice.channel, voice.by.as_ref());
        self.hall.audit.note(record.code("not-the-approver"));
    }

    /// Records what is about to happen. It must not happen when this fails.
    pub(super) fn announce(&self, event: Event, envelope: &Envelope) -> Result<(), AuditError> {
        tell(event, envelope);
        self.hall.audit.write(record(event, envelope)).map(drop)
    }

    /// Records that somebody asked for another's envelope.
    pub(super) fn alert(&self, caller: &Caller, envelope: &Envelope) {
        let record = Record::new(Event::Alert)
            .caller(&caller.id)
            .client(&caller.client)
            .envelope(&envelope.id.to_string())
            .decision(Decision::Denied, "envelope.owner")
            .code("not-the-callers");
        self.hall.audit.note(record);
    }
}

fn tell(event: Event, envelope: &Envelope) {
    tracing::info!(envelope = %envelope.id, digest = envelope.digest, ?event);
}

fn told_by(record: Record, channel: Channel, by: Option<&CallerName>) -> Record {
    let record = record.channel(channel);
    match by {
        Some(name) => record.approver(name.as_str()),
        None => record,
    }
}

/// The event of an outcome.
pub(super) fn outcome(state: State) -> Event {
    match state {
        State::Sealed | State::Approved => Event::Returned,
        State::Sending => Event::Sending,
        State::Sent => Event::Sent,
        State::Failed => Event::Failed,
        State::Unknown => Event::Unknown,
        State::Declined => Event::Declined,
        State::Expired => Event::Expired,
    }
}

fn record(event: Event, envelope: &Envelope) -> Record {
    let letter = &envelope.letter;
    let operation = match letter.conversation() {
        Some(_) => "create-message-reply",
        None => "create-message",
    };
    let mut record = Record::new(event)
        .caller(&envelope.caller.id)
        .client(&envelope.caller.client)
        .operation(operation)
        .effect("send")
        .object(letter.channel.as_str())
        .envelope(&envelope.id.to_string())
        .digest(&envelope.digest);
    if let Some(conversation) = letter.conversation() {
        record = record.object(conversation.as_str());
    }
    if let Some(approval) = &envelope.approval {
        record = told_by(record, approval.channel, approval.by.as_ref());
    }
    if let Some(uid) = &envelope.message_uid {
        record = record.message_uid(uid);
    }
    match envelope.status {
        Some(status) => record.status(status),
        None => record,
    }
}
