//! The gate's no, in a caller's words.

use crate::{
    gate::{
        Refusal,
        envelope::{Envelope, State},
        mode::SendMode,
    },
    shape::text::{Text, Vouched},
    tools::{Context, ToolError, permission},
};

/// Says it. Nothing left.
pub fn refused(refusal: Refusal) -> ToolError {
    match refusal {
        Refusal::Mode(mode) => mode_refusal(mode),
        Refusal::NoSuchEnvelope => ToolError::not_found(
            "envelope_id",
            Text::of("no envelope of this account and client has this id; nothing was sent"),
        )
        .next("seal the message with `send-message` and use the envelope_id it answers with"),
        Refusal::Repetition(earlier) => {
            let mut message = Text::of("the same message to the same people was ");
            message
                .say(if earlier.state == State::Sent {
                    "sent"
                } else {
                    "perhaps sent"
                })
                .say(" within a day (")
                .say(Vouched::ours(earlier.id.to_string()))
                .say("); nothing was sent now");
            ToolError::refused(message)
                .coded("repetition")
                .next("read the conversation; if it really must go out again, change its text")
        }
        Refusal::Changed(what) => {
            let mut message = Text::of(what);
            message.say("; nothing was sent");
            ToolError::refused(message)
                .next("read the conversation with `get-conversation`, then seal the message anew")
                .coded("conflict")
        }
        Refusal::Denied(decision) => permission::denied(&decision),
        Refusal::Unapproved(envelope) => {
            let mut message = Text::of("nobody has agreed to the message in envelope ");
            message.say(Vouched::ours(envelope.id.to_string())).say(
                " yet, and `confirm-send` sends only what a person approved; nothing was sent",
            );
            ToolError::refused(message).coded("approval_pending").next(
                "ask the user to approve it where they were asked, on the approval page, or with `front-mcp approve` in a terminal; `check-send` tells what they said",
            )
        }
        Refusal::NotTheApprover(envelope) => {
            let mut message = Text::of("this message is for its approvers to decide (");
            message.say(Vouched::ours(approvers(&envelope))).say("); nothing was decided");
            ToolError::refused(message).coded("not_the_approver").next(
                "hand the user the link that `send-message` answered with; the same `send-message` again answers it again",
            )
        }
        Refusal::NoApprover => ToolError::refused(Text::of(
            "a person must approve what this caller sends, and the operator named nobody who may; nothing was sealed or sent",
        ))
        .coded("no_approver")
        .next("tell the user; the operator names one with `front-mcp token create --approver NAME`, and they set a password with `front-mcp approver set --name NAME`. Until then `create-draft` leaves a draft in Front"),
        Refusal::Busy => ToolError::refused(Text::of(
            "another message in the same conversation is on its way; nothing was sent",
        ))
        .coded("conflict")
        .next("call again in a moment"),
        Refusal::Capped(left) => {
            let mut message = Text::of("the operator's limit on sends is reached (");
            message
                .say(left.hour)
                .say(" in the last hour, ")
                .say(left.day)
                .say(" in the last day); nothing was sent");
            ToolError::refused(message).coded("send_cap").next(
                "tell the user; the envelope stays, and can be released later in its ten minutes",
            )
        }
        Refusal::Unrecorded(_) => ToolError::refused(Text::of(
            "what was about to be sent could not be put in the audit log, so nothing was sent; see the server's log",
        ))
        .coded("store")
        .next("tell the user; `confirm-send` can be called again once the log can be written"),
        Refusal::Store(_) => ToolError::refused(Text::of(
            "the envelope store of this server failed; see its log",
        ))
        .coded("store")
        .next("call `check-send` with the envelope's id; do not send the message another way"),
        Refusal::Unchecked(error) => ToolError::from(error)
            .and("the conversation could not be checked first, so nothing was sent"),
        Refusal::ShutOut => ToolError::refused(Text::of(
            "this caller was shut out by the operator, so nothing was sent",
        ))
        .coded("shut_out")
        .next("tell the user; nothing that was prepared leaves any more"),
        Refusal::Internal => ToolError::unshapable(),
    }
}

/// Who may decide on an envelope, in words.
pub fn approvers(envelope: &Envelope) -> String {
    match &envelope.approvers {
        None => "the person at the server's machine".to_owned(),
        Some(names) => names
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" or "),
    }
}

fn mode_refusal(mode: SendMode) -> ToolError {
    let message = match mode {
        SendMode::Off => "the operator has switched sending off; nothing was sent",
        SendMode::Draft => {
            "the operator's send mode is `draft`: messages leave only by a person's Send button in Front; nothing was sent"
        }
        SendMode::Approve | SendMode::Confirm => "nothing was sent",
    };
    ToolError::refused(Text::of(message))
        .coded("send_mode")
        .next("give the user the text to send themselves")
}

/// The gate's mode allows `send-message` to go on at all, and somebody may agree where somebody must.
pub fn check_mode(context: &Context<'_>) -> Result<SendMode, ToolError> {
    match context.gate.mode() {
        SendMode::Off => Err(mode_refusal(SendMode::Off)),
        mode => context
            .gate
            .can_be_decided()
            .map(|()| mode)
            .map_err(refused),
    }
}
