//! Channels, also by the inbox that they feed.

use super::{Resolvable, candidates, named, one, unwrapped};
use crate::{
    front::{
        id::InboxId,
        model::{Channel, Inbox},
    },
    shape::text::Text,
    tools::{context::Context, error::ToolError, fix::Fix},
};

/// A channel by id, address or name; an inbox id answers with that inbox's channels.
pub async fn channel(
    context: &Context<'_>,
    field: &str,
    given: &str,
) -> Result<Channel, ToolError> {
    let Some(inbox) = InboxId::parse(unwrapped(given)) else {
        return match one(context, field, given).await {
            Err(error) if error.code == "not_found" && error.fix().is_none() => {
                Err(error.fixed_by(channel_of(context, unwrapped(given)).await))
            }
            result => result,
        };
    };
    let channels = Channel::all(context).await?;
    let within = channels
        .iter()
        .filter(|channel| channel.links.inbox().as_ref() == Some(&inbox));
    let only = only_one(within.clone());
    let mut message = Text::of(
        "is an inbox, and messages leave through channels; the channels of this inbox are ",
    );
    message.append(candidates(within));
    Err(ToolError::invalid(field, message)
        .next("call again with one of these channel ids")
        .fixed_by(only))
}

/// The one channel of the inbox with this name.
async fn channel_of(context: &Context<'_>, given: &str) -> Option<Fix> {
    let inboxes = Inbox::all(context).await.ok()?;
    let named = named(&inboxes, given);
    let [inbox] = named.as_slice() else {
        return None;
    };
    let channels = Channel::all(context).await.ok()?;
    let is_of = |channel: &&Channel| channel.links.inbox().as_ref() == Some(&inbox.id);
    only_one(channels.iter().filter(is_of))
}

fn only_one<'list>(mut channels: impl Iterator<Item = &'list Channel>) -> Option<Fix> {
    let only = channels.next()?;
    let is_only = channels.next().is_none();
    is_only.then(|| Fix::Here(only.id.as_str().into()))
}
