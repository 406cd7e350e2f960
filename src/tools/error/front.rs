//! What Front, or the door to it, refused or failed at, in a caller's words.

use super::ToolError;
use crate::{
    front::{FrontError, FrontErrorKind, Method},
    shape::{
        text::{Text, Vouched},
        words::Words,
    },
};

impl From<FrontError> for ToolError {
    fn from(error: FrontError) -> Self {
        let retry_safe = error.method == Method::Get || error.kind.certainly_nothing_happened();
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
    let is_read = error.method == Method::Get;
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
