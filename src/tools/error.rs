//! What a caller reads when a tool could not do its work.
//!
//! One error, two audiences: the text says what was wrong, whether retrying is safe and what to
//! do next; `_meta` says the same for programs. Sources (status lines, parser errors) go to the
//! log where they happen. Front's own words are quoted, never spoken.

use std::time::Duration;

use serde_json::{Value, json};

use super::fix::{Call, Fix};
use crate::{
    front::{FrontError, FrontErrorKind},
    shape::{
        text::{Own, Text, Vouched},
        words::{Foreign, Words},
    },
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

/// Front's refusals in a caller's words.
impl From<FrontError> for ToolError {
    fn from(error: FrontError) -> Self {
        let retry_safe =
            error.method == crate::front::Method::Get || error.kind.certainly_nothing_happened();
        let (code, message, next) = explain(&error);
        let mut message = Text::of(message);
        match &error.kind {
            FrontErrorKind::RateLimited(wait) => {
                message.say(wait.as_secs().max(1)).say(" s");
            }
            FrontErrorKind::Status(status) => {
                message.say(" (status ").say(*status).say(")");
            }
            FrontErrorKind::Merged(id) => {
                message.say(id);
            }
            FrontErrorKind::Denied(line) => {
                message.say(Vouched::ours(&**line));
            }
            FrontErrorKind::SignedOut(reason)
            | FrontErrorKind::NotRenewed(reason)
            | FrontErrorKind::Unreachable(reason)
            | FrontErrorKind::Unreadable(reason) => {
                message.say(*reason);
            }
            _ => {}
        }
        if let Some(said) = &error.said {
            message.say("; Front says ").quote(&Words::cut(said, 300));
        }
        let mut text = Text::of(next);
        if let (FrontErrorKind::Status(403), Some(scope)) = (&error.kind, error.scope) {
            text.say("; the operation needs the scope `")
                .say(scope)
                .say("`");
        }
        tracing::debug!(%error, "Front refused or failed");
        Self {
            code,
            field: None,
            retry_safe,
            retry_after: match error.kind {
                FrontErrorKind::RateLimited(wait) => Some(wait),
                _ => None,
            },
            is_refusal: matches!(
                error.kind,
                FrontErrorKind::Denied(_) | FrontErrorKind::NameAnInbox
            ),
            message,
            next: Some(text),
            fix: None,
            corrected: None,
        }
    }
}

/// Code, message and next step for each kind of failure.
fn explain(error: &FrontError) -> (&'static str, &'static str, &'static str) {
    let is_read = error.method == crate::front::Method::Get;
    let look_first = if is_read {
        "try again in a moment"
    } else {
        "read the object first: the change may have been made"
    };
    match &error.kind {
        FrontErrorKind::NoToken => (
            "no_token",
            "nobody has signed in to Front and no API token is configured, so Front was not asked",
            "ask the user to run `front-mcp login` in a terminal, or to create an API token in Front (Settings > Developers > API tokens), to set it as FRONT_API_TOKEN in the settings of this MCP server and to restart it; `front-mcp serve --sandbox` works without either",
        ),
        FrontErrorKind::SignedOut(_) => (
            "signed_out",
            "a person must sign in to Front again, and Front was not asked: ",
            "ask the user to run `front-mcp login` in a terminal; this server then goes on by itself",
        ),
        FrontErrorKind::NotRenewed(_) => (
            "not_renewed",
            "the sign-in to Front could not be renewed just now, and Front was not asked: ",
            "call again in a moment; if it stays so, ask the user to run `front-mcp doctor`",
        ),
        FrontErrorKind::Status(401) => (
            "unauthorized",
            "Front does not accept the token",
            "ask the user to check FRONT_API_TOKEN: it may be mistyped, revoked or expired; a new one is made in Front under Settings > Developers > API tokens",
        ),
        FrontErrorKind::Status(403) => (
            "forbidden",
            "Front's token may not do this",
            "ask the user for a token with more permissions; for a sign-in, they are added to its application in Front, and then signed in for again",
        ),
        FrontErrorKind::Status(404) => (
            "not_found",
            "Front knows no such thing, or this token cannot see it",
            "check the id with a list tool; private and other teams' resources are invisible to some tokens",
        ),
        FrontErrorKind::Status(409) => (
            "conflict",
            "somebody else changed it meanwhile",
            "read it again, then decide",
        ),
        FrontErrorKind::Status(400 | 422) => (
            "rejected",
            "Front rejected the request",
            "correct what Front names and call again",
        ),
        FrontErrorKind::Status(501) => (
            "not_simulated",
            "this operation is not simulated by the sandbox",
            "use another operation, or a real Front account",
        ),
        FrontErrorKind::Status(_) => ("front_error", "Front failed", look_first),
        FrontErrorKind::RateLimited(_) => (
            "rate_limited",
            "the company's request budget at Front is spent; it is refilled in ",
            "wait that long, then call again, asking for less if you can",
        ),
        FrontErrorKind::Merged(_) => (
            "merged",
            "the conversation was merged into another one and nothing was changed; it lives now under ",
            "call again with that conversation id",
        ),
        FrontErrorKind::Redirected => (
            "redirected",
            "Front answered with a redirect to another place, which is not followed",
            "check FRONT_API_BASE_URL and any proxy in between",
        ),
        FrontErrorKind::Unreachable(_) => (
            "unreachable",
            "Front could not be reached: ",
            "check the network and FRONT_API_BASE_URL, then call again",
        ),
        FrontErrorKind::Broken => (
            "connection_lost",
            "the connection to Front broke before an answer came",
            look_first,
        ),
        FrontErrorKind::TimedOut(_) => ("timeout", "Front did not answer in time", look_first),
        FrontErrorKind::TooLarge(_) => (
            "answer_too_large",
            "Front's answer is larger than this server takes",
            if is_read {
                "ask for less: a smaller `limit` or a narrower filter"
            } else {
                look_first
            },
        ),
        FrontErrorKind::Unreadable(_) => (
            "unreadable_answer",
            "Front's answer could not be read: ",
            look_first,
        ),
        FrontErrorKind::IsSend => (
            "refused",
            "this operation sends to a customer, which only `send-message` may prepare",
            "use `send-message`",
        ),
        FrontErrorKind::Denied(_) => (
            "refused",
            "the operator's policy does not allow it and nothing was done: ",
            "tell the user; the operator can change the policy",
        ),
        FrontErrorKind::Outside => (
            "not_found",
            "no such thing is visible under the operator's policy (policy.allow_inboxes), and nothing was done",
            "check the id with a list tool; what lies in other inboxes, or cannot be told to lie in these, is invisible",
        ),
        FrontErrorKind::NameAnInbox => (
            "refused",
            "the operator's policy shows some inboxes alone (policy.allow_inboxes), and this would read the whole company's; nothing was done",
            "name an inbox: `list-inboxes` shows those that are visible, GET `/inboxes/{inbox_id}/conversations` lists one, and a search takes `inbox:` and its id",
        ),
        FrontErrorKind::Unbuildable => (
            "internal",
            "the request could not be built",
            "check ids and values for odd characters",
        ),
        FrontErrorKind::Cancelled => ("cancelled", "the call was cancelled", look_first),
    }
}
