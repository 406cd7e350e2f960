//! What a caller reads when a tool could not do its work.
//!
//! One error, two audiences: the text says what was wrong, whether retrying is safe and what to
//! do next; `_meta` says the same for programs. Sources (status lines, parser errors) go to the
//! log where they happen. Front's own words are quoted, never spoken.

mod front;

use std::time::Duration;

use serde_json::{Value, json};

use super::fix::{Call, Fix};
use crate::shape::{
    text::{Own, Text, Vouched},
    words::Foreign,
};

/// Why a tool did not do its work.
#[derive(Debug)]
pub struct ToolError {
    /// A stable word for programs, such as `invalid_argument`.
    pub code: &'static str,
    /// The argument it is about.
    pub field: Option<String>,
    /// The same call again does no harm.
    pub retry_safe: bool,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<Duration>,
    /// The operator or the gate said no: the same call gets the same answer.
    is_refusal: bool,
    message: Text,
    next: Option<Text>,
    fix: Option<Box<Fix>>,
    corrected: Option<Box<Call>>,
}

/// What a call that was stopped may have left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It only read.
    Nothing,
    /// It only prepared a message, here and not at Front.
    Seal,
    /// It released a message: what becomes of that is recorded, and repeating sends nothing more.
    Release,
    /// It may have changed something.
    Change,
}

impl ToolError {
    /// An error with its message; by default it says that retrying is safe.
    pub fn new(code: &'static str, message: Text) -> Self {
        Self {
            code,
            field: None,
            retry_safe: true,
            retry_after: None,
            is_refusal: false,
            message,
            next: None,
            fix: None,
            corrected: None,
        }
    }

    /// Whether a person must do something before another call can come to more.
    fn is_for_a_person(&self) -> bool {
        matches!(
            self.code,
            "no_token" | "signed_out" | "unauthorized" | "forbidden"
        )
    }

    /// Whether the arguments are what is wrong: the same ones do no harm, and fail the same way.
    fn is_of_arguments(&self) -> bool {
        matches!(
            self.code,
            "invalid_argument"
                | "unknown_argument"
                | "missing_values"
                | "ambiguous"
                | "already_exists"
                | "not_found"
                | "rejected"
                | "merged"
                | "too_big"
        )
    }

    /// Whether the operator or the gate said no.
    pub fn is_refusal(&self) -> bool {
        self.is_refusal
    }

    /// An argument is not acceptable.
    pub fn invalid(field: impl Into<String>, message: Text) -> Self {
        Self {
            field: Some(field.into()),
            ..Self::new("invalid_argument", message)
        }
    }

    /// Something the caller named does not exist, or is not visible.
    pub fn not_found(field: impl Into<String>, message: Text) -> Self {
        Self {
            field: Some(field.into()),
            ..Self::new("not_found", message)
        }
    }

    /// The operator does not allow it.
    pub fn refused(message: Text) -> Self {
        Self {
            is_refusal: true,
            ..Self::new("refused", message)
        }
    }

    /// Has another code.
    pub fn coded(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// Says what to do next.
    pub fn next(mut self, next: impl Own) -> Self {
        self.next = Some(Text::of(next));
        self
    }

    /// Says what to do next, with quotes in it.
    pub fn next_text(mut self, next: Text) -> Self {
        self.next = Some(next);
        self
    }

    /// Adds to what was wrong.
    pub fn and(mut self, more: impl Own) -> Self {
        self.message.say("; ").say(more);
        self
    }

    /// Names the argument.
    pub fn on(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Knows what would be right.
    pub fn fix(&self) -> Option<&Fix> {
        self.fix.as_deref()
    }

    /// Says what would be right, where that is known.
    pub fn fixed_by(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into().map(Box::new).or(self.fix);
        self
    }

    /// Says which call was meant.
    pub fn corrected(mut self, call: Call) -> Self {
        self.corrected = Some(Box::new(call));
        self
    }

    /// Names the flags that a sign-in for this server needs, where that is what is missing.
    pub fn signing_in_with(mut self, flags: &str) -> Self {
        if !flags.is_empty() && matches!(self.code, "no_token" | "signed_out") {
            let mut next = Text::of("ask the user to run `front-mcp login");
            next.say(Vouched::ours(flags))
                .say("` in a terminal; this server then goes on by itself");
            self.next = Some(next);
        }
        self
    }

    /// The schema accepted what the type then refused: a fault of ours, told as such.
    pub fn unreadable_arguments(error: &serde_json::Error) -> Self {
        tracing::error!(%error, "arguments passed their schema but not their type");
        let mut message = Text::of("the arguments could not be read: ");
        message.quote_text(&error.to_string());
        Self::new("invalid_argument", message)
    }

    /// The result could not be written: a fault of ours.
    pub fn unshapable() -> Self {
        Self::new(
            "internal",
            Text::of("the result could not be written; this is a fault of front-mcp"),
        )
    }

    /// The call's time is up; what that may have left behind depends on the tool.
    pub fn deadline(after: Duration, lost: Lost) -> Self {
        let mut message = Text::of("the call did not finish within ");
        message
            .say(after.as_secs().max(1))
            .say(" s and was stopped");
        let (retry_safe, next) = match lost {
            Lost::Nothing => (
                true,
                "ask for less (a smaller `limit`, fewer `include`) or try again later",
            ),
            Lost::Seal => (
                true,
                "nothing was sent; call again in a moment, the same message is prepared only once",
            ),
            Lost::Release => (
                true,
                "call `check-send` with the same envelope_id: the message may be on its way, and is never sent twice",
            ),
            Lost::Change => (
                false,
                "read the object first: the change may have been made",
            ),
        };
        let error = Self {
            retry_safe,
            ..Self::new("deadline", message)
        };
        error.next(next)
    }

    /// The host cancelled the call.
    pub fn cancelled() -> Self {
        Self::new("cancelled", Text::of("the call was cancelled"))
    }

    /// The text a caller reads.
    pub fn text(&self) -> String {
        let mut text = Text::new();
        if let Some(field) = &self.field {
            text.say("`").say(Vouched::ours(field.clone())).say("`: ");
        }
        text.append(self.message.clone()).say(".");
        text.say(match (self.retry_safe, self.retry_after) {
            (true, None) if self.is_refusal => "\nRetrying is safe and changes nothing",
            (true, Some(_)) => "\nRetrying is safe, after ",
            // Nothing but the next step helps.
            (true, None) if self.is_for_a_person() => {
                "\nRetrying is safe, and in vain before the next step"
            }
            (true, None) if self.is_of_arguments() => "\nRetrying unchanged will fail again",
            (true, None) => "\nRetrying is safe",
            (false, _) => "\nDo not retry blindly",
        });
        if let (true, Some(after)) = (self.retry_safe, self.retry_after) {
            text.say(after.as_secs().max(1)).say(" s");
        }
        text.say(".");
        text.say("\nNext: ").append(self.next_step()).say(".");
        text.finish()
    }

    /// There is always something to do next, if only to correct what was named.
    fn next_step(&self) -> Text {
        if let Some(call) = &self.corrected {
            let mut next = Text::of("call `");
            next.say(call.tool).say("` with ");
            next.quote_text(&Value::Object(call.arguments.clone()).to_string());
            return next;
        }
        match (&self.next, &self.field) {
            (Some(next), _) => next.clone(),
            (None, Some(_)) => Text::of("correct this argument and call again"),
            (None, None) => Text::of("call again; if it happens again, tell the user"),
        }
    }

    /// The same for programs.
    pub fn meta(&self) -> Value {
        let mut meta = json!({
            "code": self.code,
            "field": self.field,
            "retry_safe": self.retry_safe,
            "next": self.next_step().finish(),
        });
        if let (Some(after), Some(fields)) = (self.retry_after, meta.as_object_mut()) {
            fields.insert("retry_after_seconds".into(), after.as_secs().max(1).into());
        }
        if let (Some(call), Some(fields)) = (&self.corrected, meta.as_object_mut()) {
            // Whatever a caller repeats in it may be a stranger's.
            let arguments = Foreign::clean(Value::Object(call.arguments.clone()));
            let call = json!({ "name": call.tool, "arguments": arguments });
            fields.insert("corrected_call".into(), call);
        }
        meta
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_go_well_the_next_time_is_said_to_be_worth_retrying() {
        let what = || Text::of("is wrong");
        for (error, said) in [
            (
                ToolError::invalid("body", what()),
                "Retrying unchanged will fail again.",
            ),
            (
                ToolError::not_found("tag", what()),
                "Retrying unchanged will fail again.",
            ),
            (
                ToolError::invalid("handle", what()).coded("busy"),
                "Retrying is safe.",
            ),
            (ToolError::new("failed", what()), "Retrying is safe."),
            (ToolError::cancelled(), "Retrying is safe."),
            (
                ToolError::refused(what()),
                "Retrying is safe and changes nothing.",
            ),
        ] {
            assert!(error.text().contains(said), "{}", error.text());
            assert_eq!(error.meta()["retry_safe"], true);
        }
        let lost = ToolError::deadline(Duration::from_secs(9), Lost::Change);
        assert!(lost.text().contains("Do not retry blindly."));
    }
}
