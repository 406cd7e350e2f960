//! What must still be as it was when a message was sealed, looked at just before it goes.

use std::time::Duration;

use tokio::time::Instant;

use super::{
    Gate, Refusal,
    envelope::Envelope,
    judge::judge,
    letter::{Kind, Letter},
};
use crate::front::{
    CallerKey, Client,
    endpoints::{conversations::ListMessages, lists::ListChannels},
    id::{ConversationId, MessageId},
    model::Message,
    page::Paged,
};

/// How long the looks at Front may take.
const LOOKING: Duration = Duration::from_secs(30);

impl Gate {
    /// The conversation must still be the one that was sealed, and the record what was sealed.
    pub(super) async fn recheck(&self, envelope: &Envelope) -> Result<(), Refusal> {
        if !envelope.is_as_sealed() {
            tracing::error!(envelope = %envelope.id, "the kept message is not the sealed one");
            return Err(Refusal::Changed(
                "the message that is kept is not the one that was sealed",
            ));
        }
        let client = self
            .reader
            .until(Instant::now() + LOOKING)
            .for_caller(CallerKey::new(&envelope.caller.id))
            // A look that began before the release could miss what came in between.
            .fresh();
        if let Kind::Reply {
            conversation,
            last_message,
        } = &envelope.letter.kind
        {
            recheck_conversation(&client, conversation, last_message.as_ref()).await?;
        }
        // Last, so that nothing is waited for between the policy's word and the post.
        self.recheck_channel(&client, &envelope.letter).await
    }

    /// The channel must still be there with the address that was sealed, and the policy must
    /// still let the message through it.
    async fn recheck_channel(&self, client: &Client, letter: &Letter) -> Result<(), Refusal> {
        let channels = client
            .send(&ListChannels)
            .await
            .map_err(Refusal::Unchecked)?
            .results;
        let channel = channels.iter().find(|channel| channel.id == letter.channel);
        let Some(channel) = channel.filter(|channel| channel.sender().raw() == letter.from) else {
            return Err(Refusal::Changed(
                "the channel is gone or has another address than when this was sealed",
            ));
        };
        let inbox = channel.links.inbox();
        let decision = judge(&self.policy, letter, inbox.as_ref(), false);
        match decision.allowed {
            true => Ok(()),
            false => Err(Refusal::Denied(Box::new(decision))),
        }
    }
}

async fn recheck_conversation(
    client: &Client,
    conversation: &ConversationId,
    last_message: Option<&MessageId>,
) -> Result<(), Refusal> {
    let newest = newest_message(client, conversation).await?;
    if newest.as_ref() != last_message {
        return Err(Refusal::Changed(
            "the conversation has a newer message than when this was sealed",
        ));
    }
    Ok(())
}

/// The newest message of a conversation that has not been merged away.
async fn newest_message(
    client: &Client,
    conversation: &ConversationId,
) -> Result<Option<MessageId>, Refusal> {
    let list = ListMessages {
        conversation: conversation.clone(),
    };
    let found = client
        .find(&Paged {
            of: &list,
            limit: Some(LOOKED_AT),
            token: None,
        })
        .await
        .map_err(Refusal::Unchecked)?;
    if found.merged_into.is_some() {
        return Err(Refusal::Changed(
            "the conversation was merged into another one since this was sealed",
        ));
    }
    Ok(newest_of(&found.answer.results))
}

/// How many messages are looked at for the newest that is no draft, sealing and releasing alike.
pub const LOOKED_AT: u32 = 25;

/// The newest that is no draft, of messages newest first.
pub fn newest_of(messages: &[Message]) -> Option<MessageId> {
    messages
        .iter()
        .find(|message| message.draft_mode.is_none())
        .map(|message| message.id.clone())
}
