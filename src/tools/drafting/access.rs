//! Whether a draft may be changed or deleted by this caller, asked right before it is.

use super::conflict::{self, Texts};
use crate::{
    front::{
        Client, FrontErrorKind, Operation,
        id::{ChannelId, MessageId, TeammateId},
        model::Message,
    },
    gate::own_drafts::{Standing, Unseen},
    shape::text::{Text, Vouched},
    tools::{Context, ToolError, permission},
    untrusted::Untrusted,
};

/// A draft that may be changed now, as it is.
pub struct Access {
    /// The draft, read a moment ago.
    pub now: Message,
    /// Its version, which Front holds the change to.
    pub version: String,
    /// The door that lets the change through.
    pub client: Client,
    /// Channel and author, of an own draft: Front does not tell the first, and tells of the second
    /// whoever it counts as.
    pub own: Option<(ChannelId, Option<TeammateId>)>,
}

/// Reads a draft, and whether this operation may be called on it: it is the caller's own and was not
/// changed since, or the policy names the operation and the caller the version.
pub async fn access(
    context: &Context<'_>,
    operation: &'static str,
    draft: &MessageId,
    given: Option<&str>,
    wanted: Option<&str>,
) -> Result<Access, ToolError> {
    let operation = Operation::by_id(operation).ok_or_else(ToolError::unshapable)?;
    permission::check_own_draft(context.gate, operation)?;
    let looked = context
        .gate
        .look_at_draft(&context.caller, &context.client, draft)
        .await;
    let (now, standing) = looked.map_err(unseen)?;
    if now.draft_mode.is_none() {
        let mut message = Text::new();
        message
            .say(draft)
            .say(" is no draft, or none any more: a person may have sent it; nothing was changed");
        return Err(ToolError::invalid("draft_id", message)
            .next("`list-drafts` shows the conversation's drafts"));
    }
    let is_now = |version: &str| now.version.as_ref().map(Untrusted::raw) == Some(version);
    let texts = Texts {
        wanted,
        now: Some(&now),
    };
    let (client, own) = match standing {
        Standing::Own(own, kept) => {
            if given.is_some_and(|given| !is_now(given)) {
                return Err(conflict::conflict(draft, &texts));
            }
            let client = context.client.clone().claiming(own);
            (client, Some((kept.channel, kept.author)))
        }
        other => {
            let is_changed = matches!(other, Standing::Changed(_));
            if !context.gate.policy().decide(operation).allowed {
                return Err(match is_changed {
                    true => conflict::changed(draft, operation.id, &texts),
                    false => foreign(draft, operation.id),
                });
            }
            match given {
                Some(given) if is_now(given) => {}
                Some(_) => return Err(conflict::conflict(draft, &texts)),
                None => return Err(version_missing()),
            }
            (context.client.clone(), None)
        }
    };
    let version = now.version.as_ref().map(|version| version.raw().to_owned());
    Ok(Access {
        version: version.ok_or_else(version_missing)?,
        now,
        client,
        own,
    })
}

fn unseen(unseen: Unseen) -> ToolError {
    match unseen {
        Unseen::Front(error) => {
            let is_absent = matches!(
                error.kind,
                FrontErrorKind::Status(404) | FrontErrorKind::Outside
            );
            let error = ToolError::from(error);
            match is_absent {
                true => error.on("draft_id").next(
                    "`list-drafts` shows a conversation's drafts: this one may be deleted or sent",
                ),
                false => error,
            }
        }
        Unseen::Store(_) => ToolError::refused(Text::of(
            "whose draft it is could not be told, because the store of this server failed; see its log; nothing was changed",
        ))
        .coded("store")
        .next("tell the user, who can change the draft in Front"),
    }
}

fn version_missing() -> ToolError {
    ToolError::invalid(
        "version",
        Text::of("is needed for a draft that you did not make here; nothing was changed"),
    )
    .next("read the draft with `list-drafts`, and give the version that it shows")
}

/// Somebody else's: guarded, and no exception.
fn foreign(draft: &MessageId, operation: &'static str) -> ToolError {
    let mut message = Text::new();
    message.say(draft).say(
        " is not a draft that you made here, or was made too long ago, and other people's drafts are left alone: they may be about to be sent; nothing was changed",
    );
    ToolError::refused(message)
        .on("draft_id")
        .next_text(how_else(operation))
}

/// What can be done instead.
pub(super) fn how_else(operation: &'static str) -> Text {
    let mut next =
        Text::of("leave a draft of your own with `create-draft`, or ask the operator whether ");
    next.say(Vouched::ours(format!(
        "`[policy] allow_operations = [\"{operation}\"]`"
    )))
    .say(" may be set");
    next
}
