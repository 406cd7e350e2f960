//! Drafts that a caller made here, and the one exception that follows from them: changing and
//! deleting drafts is guarded, so that nobody's draft is swapped under a person about to press
//! Send, and a draft is its caller's own for as long as it is what was written here.
//!
//! Whether it is stands in two places: what was written is in the store, what is there now at
//! Front. [`Gate::look_at_draft`] compares the two, and alone can build an [`OwnDraft`], the proof
//! that the doorkeeper takes:
//!
//! ```compile_fail
//! let own = front_mcp::gate::own_drafts::OwnDraft { draft: todo!(), version: todo!() };
//! ```
//!
//! The proof is good for that draft at that version. What changes it between the look and the
//! request changes its version, and Front refuses the request.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Gate, store::StoreError};
use crate::{
    front::{
        Client, FrontError,
        client::Call,
        endpoints::messages::GetMessage,
        fence::Claim,
        id::{ChannelId, MessageId, TeammateId},
        model::Message,
    },
    tools::context::Caller,
};

/// How long a draft is remembered after it was last written here.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Drafts that are remembered at the most; the oldest are forgotten first.
pub const MOST_REMEMBERED: usize = 10_000;

/// A draft as it was last written here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The draft.
    pub id: MessageId,
    /// Who made it: the id of a [`Caller`].
    pub caller: String,
    /// The version that Front gave for what was written.
    pub version: String,
    /// The channel it is to leave through, which Front does not tell of a draft.
    pub channel: ChannelId,
    /// The teammate in whose name it is, if one was named.
    pub author: Option<TeammateId>,
    /// When it was last written.
    pub written: Timestamp,
}

/// The proof that a draft was made by its caller and is what was written here.
#[derive(Debug)]
pub struct OwnDraft {
    draft: MessageId,
    version: String,
}

impl Claim for OwnDraft {}

impl OwnDraft {
    /// Whether a call changes or deletes this very draft, at this very version.
    pub(super) fn covers(&self, call: &Call) -> bool {
        let is_of_drafts = matches!(call.operation.id, "edit-draft" | "delete-draft");
        let mut named = call.parameters.iter();
        let names_it = named.next().map(|id| id.as_str()) == Some(self.draft.as_str())
            && named.next().is_none();
        let version = call.body.as_ref().and_then(|body| body.get("version"));
        is_of_drafts && names_it && version.and_then(Value::as_str) == Some(self.version.as_str())
    }
}

/// Whose a draft is to a caller.
#[derive(Debug)]
pub enum Standing {
    /// Made by the caller, and what was written here.
    Own(OwnDraft, Remembered),
    /// Made by the caller, and changed by somebody since.
    Changed(Remembered),
    /// Somebody else's, or so old that it is not remembered.
    Foreign,
}

/// Why it could not be told.
#[derive(Debug)]
pub enum Unseen {
    /// Front did not show the draft.
    Front(FrontError),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Unseen {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "whose draft it is could not be told");
        Self::Store(error)
    }
}

impl Gate {
    /// Reads a draft as it is now, and tells whose it is to this caller.
    ///
    /// # Errors
    /// When Front or the store fail. The message need not be a draft any more.
    pub async fn look_at_draft(
        &self,
        caller: &Caller,
        client: &Client,
        draft: &MessageId,
    ) -> Result<(Message, Standing), Unseen> {
        // In this order: what another call writes meanwhile makes it a changed one, never an own one.
        let remembered = self.hall.store.draft(draft, &caller.id).await?;
        let message = draft.clone();
        let now = client.clone().fresh().send(&GetMessage { message }).await;
        let now = now.map_err(Unseen::Front)?;
        let standing = match remembered {
            Some(kept) if is_as_written(&kept, &now) => {
                let own = OwnDraft {
                    draft: draft.clone(),
                    version: kept.version.clone(),
                };
                Standing::Own(own, kept)
            }
            Some(kept) => Standing::Changed(kept),
            None => Standing::Foreign,
        };
        Ok((now, standing))
    }

    /// Whether a draft that was read just now is the caller's own.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_own_draft(&self, caller: &Caller, draft: &Message) -> Result<bool, StoreError> {
        let kept = self.hall.store.draft(&draft.id, &caller.id).await?;
        Ok(kept.is_some_and(|kept| is_as_written(&kept, draft)))
    }

    /// Remembers a draft as this caller just wrote it. Where that fails the draft is nobody's own,
    /// which the log says: it stands in Front all the same.
    pub async fn remember_draft(
        &self,
        caller: &Caller,
        written: &Message,
        channel: &ChannelId,
        author: Option<&TeammateId>,
    ) {
        let Some(version) = written.version.as_ref().filter(|one| !one.is_blank()) else {
            tracing::warn!(draft = %written.id, "Front gave no version for a draft");
            return;
        };
        let kept = Remembered {
            id: written.id.clone(),
            caller: caller.id.clone(),
            version: version.raw().to_owned(),
            channel: channel.clone(),
            author: author.cloned(),
            written: Timestamp::now(),
        };
        if let Err(error) = self.hall.store.keep_draft(&kept).await {
            tracing::error!(%error, draft = %written.id, "a draft could not be remembered");
        }
    }

    /// Forgets a draft that is no more.
    pub async fn forget_draft(&self, caller: &Caller, draft: &MessageId) {
        if let Err(error) = self.hall.store.forget_draft(draft, &caller.id).await {
            tracing::error!(%error, %draft, "a deleted draft could not be forgotten");
        }
    }
}

fn is_as_written(kept: &Remembered, now: &Message) -> bool {
    let is_recent = Timestamp::now().duration_since(kept.written) < REMEMBERED;
    let version = now.version.as_ref().map(|version| version.raw());
    is_recent && now.draft_mode.is_some() && version == Some(kept.version.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        front::{Accept, Operation, path::Segment},
        gate::policy::{Policy, Rule, Settings},
    };

    fn own() -> OwnDraft {
        OwnDraft {
            draft: MessageId::parse("msg_1").unwrap(),
            version: "v1".into(),
        }
    }

    fn call(operation: &str, parameters: &[&str], body: Value) -> Call {
        Call {
            operation: Operation::by_id(operation).unwrap(),
            parameters: parameters
                .iter()
                .map(|one| Segment::plain(one).unwrap())
                .collect(),
            query: Vec::new(),
            body: Some(body),
            files: Vec::new(),
            accept: Accept::Usual,
        }
    }

    fn policy(text: &str) -> Policy {
        let settings: Settings = toml::from_str(text).unwrap();
        Policy::read(&settings, &[]).unwrap()
    }

    #[test]
    fn the_proof_is_good_for_one_draft_at_one_version() {
        let at = |version: &str| json!({ "version": version });
        assert!(own().covers(&call("edit-draft", &["msg_1"], at("v1"))));
        assert!(own().covers(&call("delete-draft", &["msg_1"], at("v1"))));
        for other in [
            call("edit-draft", &["msg_2"], at("v1")),
            call("edit-draft", &["msg_1"], at("v2")),
            call("edit-draft", &["msg_1"], json!({})),
            call("edit-draft", &["msg_1"], json!({ "version": null })),
            call("edit-draft", &["msg_1"], json!({ "version": ["v1"] })),
            call("edit-draft", &["msg_1", "msg_1"], at("v1")),
            call("edit-draft", &[], at("v1")),
            call("delete-conversation", &["msg_1"], at("v1")),
            call("mark-message-seen", &["msg_1"], at("v1")),
        ] {
            assert!(!own().covers(&other), "{other:?}");
        }
    }

    #[derive(Debug)]
    struct Forged;
    impl Claim for Forged {}

    #[test]
    fn it_lifts_the_guard_and_nothing_else() {
        let edit = call("edit-draft", &["msg_1"], json!({ "version": "v1" }));
        let free = policy("");
        let decision = free.decide_claimed(&edit, &own());
        assert!(decision.allowed);
        assert_eq!(decision.rule, Rule::OwnDraft);
        assert!(!free.decide_claimed(&edit, &Forged).allowed);
        let sends = call("create-message", &["cha_1"], json!({ "version": "v1" }));
        assert!(!free.decide_claimed(&sends, &own()).allowed);
        for closed in [
            "deny_operations = [\"edit-draft\"]",
            "read_only = true",
            "allow_scopes = [\"tags:*\"]",
        ] {
            let decision = policy(closed).decide_claimed(&edit, &own());
            assert!(!decision.allowed, "{closed}");
        }
        let named = policy("allow_operations = [\"edit-draft\"]").decide_claimed(&edit, &own());
        assert!(named.allowed && named.rule != Rule::OwnDraft);
    }
}
