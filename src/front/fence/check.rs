//! The checks around one call: before it leaves, and before its answer is given.

use std::{borrow::Cow, collections::BTreeSet};

use serde::{Deserialize, de::DeserializeOwned};

use super::{
    Denied,
    place::{Place, places},
    reach::{Admission, reach},
    search::names_visible_inboxes,
};
use crate::front::{
    client::{Call, Client, failure, read},
    error::{FrontError, FrontErrorKind},
    id::InboxId,
    model::{Attachment, Channel, Inbox, Links},
    operation::{Effect, Method, Operation},
    page::Page,
    path::Segment,
    wire::{Accept, Answer, rules::Sharing},
};

/// What a message or a comment says of where it belongs.
#[derive(Deserialize)]
pub(super) struct Held {
    #[serde(rename = "_links", default)]
    links: Links,
    #[serde(default)]
    attachments: Vec<Attachment>,
}

pub(super) fn denied(operation: &Operation, Denied(line): Denied) -> FrontError {
    failure(operation, FrontErrorKind::Denied(line.into()))
}

pub(super) fn outside(operation: &Operation) -> FrontError {
    failure(operation, FrontErrorKind::Outside)
}

impl Client {
    /// Whether a call may leave, and by which exception if it takes one.
    pub(in crate::front) async fn admit(
        &self,
        call: &Call,
    ) -> Result<Option<&'static str>, FrontError> {
        let operation = call.operation;
        let keeper = &self.fence.keeper;
        let decided = match &self.claim {
            None => keeper.operation(operation).map(|()| None),
            Some(claim) => keeper.claimed(call, &**claim),
        };
        let exception = decided.map_err(|line| denied(operation, line))?;
        if let Some(visible) = keeper.inboxes() {
            self.admit_places(call, visible).await?;
        }
        self.admit_tags(call).await?;
        Ok(exception)
    }

    async fn admit_places(
        &self,
        call: &Call,
        visible: &BTreeSet<InboxId>,
    ) -> Result<(), FrontError> {
        let operation = call.operation;
        match reach(operation) {
            // A mail does not say which conversation it is in: the message does.
            Admission::Answer if call.accept == Accept::Mail => {
                let message = call.parameters.first().cloned().map(Place::Message);
                let place = message.unwrap_or(Place::Missing);
                match self.is_inside(&place, visible).await? {
                    true => Ok(()),
                    false => Err(outside(operation)),
                }
            }
            // An answer is looked at when it is there; a read changes nothing until then.
            Admission::Anywhere | Admission::Answer => Ok(()),
            Admission::Search => {
                let query = call.parameters.first();
                match query.is_some_and(|query| names_visible_inboxes(query, visible)) {
                    true => Ok(()),
                    false => Err(failure(operation, FrontErrorKind::NameAnInbox)),
                }
            }
            Admission::CompanyWide => Err(failure(operation, FrontErrorKind::NameAnInbox)),
            Admission::Nowhere => Err(denied(operation, beyond())),
            Admission::Named => {
                let looking = self.looking_for(operation);
                for place in places(call) {
                    if !looking.is_inside(&place, visible).await? {
                        return Err(outside(operation));
                    }
                }
                Ok(())
            }
        }
    }

    /// Who looks where an operation leads: what was established earlier may be no longer so, which
    /// a read may show for a while, but a write must not change.
    fn looking_for(&self, operation: &Operation) -> Cow<'_, Self> {
        match operation.effect {
            Effect::Read => Cow::Borrowed(self),
            _ => Cow::Owned(self.clone().fresh()),
        }
    }

    /// Whether a place is established to lie in a visible inbox.
    pub(super) async fn is_inside(
        &self,
        place: &Place,
        visible: &BTreeSet<InboxId>,
    ) -> Result<bool, FrontError> {
        match place {
            Place::Inbox(id) => Ok(is_visible(InboxId::parse(id.as_str()), visible)),
            Place::Channel(id) => self.is_channel_inside(id, visible).await,
            Place::Conversation(id) => self.is_conversation_inside(id, visible).await,
            Place::Message(id) => self.is_held_inside("get-message", id, None, visible).await,
            Place::Comment(id) => self.is_held_inside("get-comment", id, None, visible).await,
            Place::MessageFile(id, file) => {
                self.is_held_inside("get-message", id, Some(file), visible)
                    .await
            }
            Place::CommentFile(id, file) => {
                self.is_held_inside("get-comment", id, Some(file), visible)
                    .await
            }
            Place::Missing => Ok(false),
        }
    }

    async fn is_channel_inside(
        &self,
        id: &Segment,
        visible: &BTreeSet<InboxId>,
    ) -> Result<bool, FrontError> {
        let key = format!("channel {}", id.as_str());
        if let Some(inside) = self.known(&key) {
            return Ok(inside);
        }
        let channel = self.look::<Channel>("get-channel", id.clone()).await?;
        let inside = is_visible(channel.and_then(|channel| channel.links.inbox()), visible);
        self.fence.known.note(key, inside);
        Ok(inside)
    }

    pub(super) async fn is_conversation_inside(
        &self,
        id: &Segment,
        visible: &BTreeSet<InboxId>,
    ) -> Result<bool, FrontError> {
        let key = conversation_key(id.as_str());
        if let Some(inside) = self.known(&key) {
            return Ok(inside);
        }
        let inboxes = self
            .look::<Page<Inbox>>("list-conversation-inboxes", id.clone())
            .await?;
        let inside = inboxes.is_some_and(|page| {
            page.results
                .into_iter()
                .any(|inbox| visible.contains(&inbox.id))
        });
        self.fence.known.note(key, inside);
        Ok(inside)
    }

    /// A message, draft or comment, and perhaps a file on it.
    async fn is_held_inside(
        &self,
        operation: &'static str,
        id: &Segment,
        file: Option<&Segment>,
        visible: &BTreeSet<InboxId>,
    ) -> Result<bool, FrontError> {
        let Some(held) = self.look::<Held>(operation, id.clone()).await? else {
            return Ok(false);
        };
        let is_on_it = file.is_none_or(|file| {
            held.attachments.iter().any(|attachment| {
                attachment
                    .id
                    .as_ref()
                    .is_some_and(|id| id.as_str() == file.as_str())
            })
        });
        Ok(is_on_it && self.is_holder_inside(&held, visible).await?)
    }

    pub(super) async fn is_holder_inside(
        &self,
        held: &Held,
        visible: &BTreeSet<InboxId>,
    ) -> Result<bool, FrontError> {
        match held.links.conversation() {
            Some(id) => self.is_conversation_inside(&id.segment(), visible).await,
            None => Ok(false),
        }
    }

    /// What was established, unless this client takes nothing that is older than itself.
    fn known(&self, key: &str) -> Option<bool> {
        (self.sharing == Sharing::Shared)
            .then(|| self.fence.known.get(key))
            .flatten()
    }

    /// Reads one thing past the fence, to decide about it; nothing when Front shows none.
    pub(super) async fn look<T: DeserializeOwned>(
        &self,
        id: &'static str,
        segment: Segment,
    ) -> Result<Option<T>, FrontError> {
        let Some(operation) = Operation::by_id(id).filter(|one| one.method == Method::Get) else {
            return Ok(None);
        };
        let call = Call {
            operation,
            parameters: vec![segment],
            query: Vec::new(),
            body: None,
            files: Vec::new(),
            accept: Accept::Usual,
        };
        match self.follow(&call).await {
            Ok(answer) => read(operation, &answer).map(Some),
            Err(error) => match error.kind {
                FrontErrorKind::Status(403) => {
                    tracing::warn!(%error, "the token may not read what the policy must know");
                    Ok(None)
                }
                FrontErrorKind::Status(400 | 404 | 410 | 422)
                | FrontErrorKind::Redirected
                | FrontErrorKind::Unbuildable => Ok(None),
                _ => Err(error),
            },
        }
    }

    /// One exchange, and the one it is redirected to when a conversation was merged.
    async fn follow(&self, call: &Call) -> Result<Answer, FrontError> {
        let answer = self.attempt(call).await?;
        if !(300..400).contains(&answer.status) {
            return Ok(answer);
        }
        let redirected = || failure(call.operation, FrontErrorKind::Redirected);
        let (moved, _) = crate::front::client::merged(call, &answer).ok_or_else(redirected)?;
        let answer = self.attempt(&moved).await?;
        match (300..400).contains(&answer.status) {
            true => Err(redirected()),
            false => Ok(answer),
        }
    }
}

/// Whatever the doorkeeper says of it.
fn beyond() -> Denied {
    Denied("this operation cannot be limited to the visible inboxes".to_owned())
}

pub(super) fn conversation_key(id: &str) -> String {
    format!("conversation {id}")
}

pub(super) fn is_visible(inbox: Option<InboxId>, visible: &BTreeSet<InboxId>) -> bool {
    inbox.is_some_and(|inbox| visible.contains(&inbox))
}
