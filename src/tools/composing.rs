//! A message out of what an agent gives: recipients, channel, author and body, with everything
//! pinned that Front would decide later.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Context, ToolError, addressing, arguments,
    attaching::{Attach, attachments},
    fix::{self, Fix},
    handle::recipient,
    resolve,
    sending::{Kind, LOOKED_AT, Message, Pinned, Surroundings, newest_of},
};
use crate::{
    aside::aside,
    front::{
        FrontErrorKind,
        endpoints::conversations::{ListInboxesOfConversation, ListMessages},
        id::{ConversationId, InboxId, TagId, TeammateId},
        model::{Channel, Message as FrontMessage, Tag, Teammate},
        page::Paged,
    },
    shape::{
        outgoing::{Format, Outgoing, outgoing},
        text::Text,
        visible::visible,
    },
};

/// The longest body in bytes: Front takes more, no person reads it.
const LONGEST_BODY: usize = 200_000;

/// What an agent gives.
pub struct Wish {
    /// To reply: a conversation.
    pub conversation_id: Option<String>,
    /// For a new message, or to choose the channel of a reply.
    pub channel_id: Option<String>,
    /// Recipients; a reply without them goes to those of the last message.
    pub to: Vec<String>,
    /// Copies.
    pub cc: Vec<String>,
    /// Blind copies.
    pub bcc: Vec<String>,
    /// The subject of a new message.
    pub subject: Option<String>,
    /// The text.
    pub body: Body,
    /// The teammate in whose name it goes.
    pub author: Option<String>,
    /// Archives the conversation with it.
    pub archive: bool,
    /// Tags to apply with it.
    pub tags: Vec<String>,
    /// Files.
    pub attachments: Vec<Attach>,
}

/// The text of a message.
pub enum Body {
    /// As an agent wrote it, and how that is written.
    Written(String, BodyFormat),
    /// Made here out of something else.
    Made(Outgoing),
}

/// How a body is written.
#[derive(Deserialize, JsonSchema, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub enum BodyFormat {
    /// CommonMark.
    #[default]
    Markdown,
    /// HTML.
    Html,
    /// As it stands.
    Text,
}

/// Makes the message, and tells what is known of where it goes.
pub async fn compose(
    context: &Context<'_>,
    mut wish: Wish,
) -> Result<(Message, Surroundings), ToolError> {
    let body = match &wish.body {
        Body::Written(text, format) => body(text, *format)?,
        Body::Made(body) => body.clone(),
    };
    let attachments = attachments(context, std::mem::take(&mut wish.attachments)).await?;
    let (mut letter, surroundings) = match (&wish.conversation_id, &wish.channel_id) {
        (Some(conversation), _) => reply(context, &wish, conversation, body).await?,
        (None, Some(channel)) => new_message(context, &wish, channel, body).await?,
        (None, None) => {
            return Err(ToolError::invalid(
                "conversation_id",
                Text::of(
                    "neither a conversation to reply in nor a channel for a new message is given",
                ),
            )
            .next("give `conversation_id`, or `channel_id` and `to`"));
        }
    };
    letter.attachments = attachments;
    Ok((letter, surroundings))
}

/// What an agent wrote, as Front is given it.
pub fn body(given: &str, format: BodyFormat) -> Result<Outgoing, ToolError> {
    if given.len() > LONGEST_BODY {
        let mut message = Text::of("has ");
        message
            .say(given.len())
            .say(" bytes, and the maximum is ")
            .say(LONGEST_BODY);
        return Err(ToolError::invalid("body", message));
    }
    let format = match format {
        BodyFormat::Markdown => Format::Markdown,
        BodyFormat::Html => Format::Html,
        BodyFormat::Text => Format::Text,
    };
    let made = aside(given.len() * 8, || outgoing(given, format));
    made.map_err(|refusal| {
        let mut message = Text::new();
        message.quote_text(&refusal.to_string());
        ToolError::invalid("body", message)
    })
}

async fn reply(
    context: &Context<'_>,
    wish: &Wish,
    conversation: &str,
    body: Outgoing,
) -> Result<(Message, Surroundings), ToolError> {
    let conversation = resolve::conversation("conversation_id", conversation)?;
    let messages = messages(context, &conversation).await?;
    let channels = context.directory.channels(&context.client).await?;
    let channel = match &wish.channel_id {
        Some(given) => resolve::channel(context, "channel_id", given).await?,
        None => match addressing::channel(&messages, &channels) {
            Some(channel) => channel.clone(),
            None => only_channel(context, &conversation, &channels).await?,
        },
    };
    let defaults = addressing::reply_to(&messages, &channels);
    // Whoever names recipients names all of them: nobody is copied behind their back.
    let (to, cc) = if wish.to.is_empty() {
        let to = default_recipients(&defaults.to, &channel)?;
        let cc = if wish.cc.is_empty() {
            default_recipients(&defaults.cc, &channel)?
        } else {
            recipients("cc", &wish.cc, &channel)?
        };
        (to, cc)
    } else {
        (
            recipients("to", &wish.to, &channel)?,
            recipients("cc", &wish.cc, &channel)?,
        )
    };
    let last_message = newest_of(&messages);
    let kind = Kind::Reply {
        conversation,
        last_message,
    };
    let letter = letter(context, wish, kind, &channel, (to, cc), body).await?;
    Ok((letter, addressing::surroundings(&messages, &channels)))
}

async fn new_message(
    context: &Context<'_>,
    wish: &Wish,
    channel: &str,
    body: Outgoing,
) -> Result<(Message, Surroundings), ToolError> {
    let channel = resolve::channel(context, "channel_id", channel).await?;
    let channels = context.directory.channels(&context.client).await?;
    let to = recipients("to", &wish.to, &channel)?;
    let cc = recipients("cc", &wish.cc, &channel)?;
    let letter = letter(context, wish, Kind::New, &channel, (to, cc), body).await?;
    Ok((letter, addressing::surroundings(&[], &channels)))
}

async fn letter(
    context: &Context<'_>,
    wish: &Wish,
    kind: Kind,
    channel: &Channel,
    (to, cc): (Vec<String>, Vec<String>),
    body: Outgoing,
) -> Result<Message, ToolError> {
    let mut seen = HashSet::new();
    let [to, cc, bcc] = [to, cc, recipients("bcc", &wish.bcc, channel)?].map(|list| {
        let mut list = list;
        // Once for each, in the first place it is named.
        list.retain(|one| seen.insert(one.to_lowercase()));
        list
    });
    if to.is_empty() {
        return Err(ToolError::invalid("to", Text::of("names nobody")).next("give `to`"));
    }
    let tags = tags(context, &wish.tags).await?;
    let (author, author_email) = writer(context, wish.author.as_deref()).await?;
    Ok(Message {
        kind,
        channel: channel.id.clone(),
        from: channel.sender().raw().to_owned(),
        to,
        cc,
        bcc,
        subject: subject(wish.subject.as_deref())?,
        html: body.html,
        text: body.text,
        author,
        author_email,
        archive: wish.archive,
        tags,
        attachments: Vec::new(),
    })
}

async fn tags(context: &Context<'_>, given: &[String]) -> Result<Vec<Pinned<TagId>>, ToolError> {
    let mut tags: Vec<Pinned<TagId>> = Vec::new();
    for (index, tag) in given.iter().enumerate() {
        let tag = resolve::one::<Tag>(context, &format!("tags[{index}]"), tag).await?;
        if tags.iter().all(|known| known.id != tag.id) {
            tags.push(Pinned {
                name: tag.name.raw().to_owned(),
                id: tag.id,
            });
        }
    }
    Ok(tags)
}

/// An author, and the address they sign in with.
type Writer = (Option<Pinned<TeammateId>>, Option<String>);

/// In whose name a message goes: the teammate that was named, or the one in whose name this caller
/// writes, and nobody else in that case.
async fn writer(context: &Context<'_>, given: Option<&str>) -> Result<Writer, ToolError> {
    let Some(signature) = context.client.signature() else {
        return match given {
            Some(given) => author(context, given).await,
            None => Ok((None, None)),
        };
    };
    let own = signature.id(&context.client).await?;
    let writer = author(context, given.unwrap_or(own.as_str())).await?;
    match &writer.0 {
        Some(named) if named.id != *own => Err(ToolError::invalid(
            "author",
            Text::of("is somebody else than the teammate in whose name this caller writes"),
        )
        .next("leave `author` out")),
        _ => Ok(writer),
    }
}

/// A teammate by name, e-mail or id, and the address it signs in with.
pub async fn author(context: &Context<'_>, given: &str) -> Result<Writer, ToolError> {
    let teammate = resolve::one::<Teammate>(context, "author", given).await?;
    let email = teammate.email.raw().to_owned();
    let pinned = Pinned {
        name: teammate.name().raw().to_owned(),
        id: teammate.id,
    };
    Ok((Some(pinned), Some(email)))
}

/// A subject; a line break in it would be a header of its own.
pub fn subject(given: Option<&str>) -> Result<Option<String>, ToolError> {
    let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) else {
        return Ok(None);
    };
    if given.contains(['\n', '\r', '\t']) || visible(given) != given {
        return Err(ToolError::invalid(
            "subject",
            Text::of("holds line breaks or invisible characters"),
        ));
    }
    Ok(Some(given.to_owned()))
}

/// The newest messages; a merged conversation is not replied in under its old id.
async fn messages(
    context: &Context<'_>,
    conversation: &ConversationId,
) -> Result<Vec<FrontMessage>, ToolError> {
    let of = &ListMessages {
        conversation: conversation.clone(),
    };
    let (limit, token) = (Some(LOOKED_AT), None);
    match context.client.own(&Paged { of, limit, token }).await {
        Ok(page) => Ok(page.results),
        Err(error) => {
            let is_merged = matches!(error.kind, FrontErrorKind::Merged(_));
            let error = ToolError::from(error);
            Err(match is_merged {
                true => error.on("conversation_id"),
                false => error,
            })
        }
    }
}

/// The one channel of the conversation's inboxes, or the candidates.
async fn only_channel(
    context: &Context<'_>,
    conversation: &ConversationId,
    channels: &[Channel],
) -> Result<Channel, ToolError> {
    let conversation = conversation.clone();
    let inboxes = context
        .client
        .send(&ListInboxesOfConversation { conversation })
        .await?;
    let ids: Vec<InboxId> = inboxes.results.into_iter().map(|inbox| inbox.id).collect();
    let within: Vec<_> = channels
        .iter()
        .filter(|channel| {
            channel
                .links
                .inbox()
                .is_some_and(|inbox| ids.contains(&inbox))
        })
        .collect();
    if let [only] = within.as_slice() {
        return Ok((*only).clone());
    }
    let mut message =
        Text::of("must be given: the last message does not say through which channel to reply");
    if !within.is_empty() {
        message.say("; candidates are ");
        message.append(resolve::candidates(within.into_iter()));
    }
    Err(ToolError::invalid("channel_id", message).next("call again with `channel_id`"))
}

/// Recipients of a reply that nobody named: out of a stranger's mail, so held to the same rules
/// as those an agent names.
fn default_recipients(given: &[String], channel: &Channel) -> Result<Vec<String>, ToolError> {
    let by_hand = |error: ToolError| {
        error
            .on("to")
            .next("the last message names recipients that cannot be replied to: give `to` and `cc` yourself, after asking the user")
    };
    if given.len() > MOST_RECIPIENTS {
        let message = Text::of("the last message names more recipients than a reply may have");
        return Err(by_hand(ToolError::invalid("to", message)));
    }
    recipients("to", given, channel).map_err(by_hand)
}

/// Recipients of each kind, as for those that are named.
const MOST_RECIPIENTS: usize = 100;

/// Each recipient as the channel takes it, once.
pub fn recipients(
    field: &str,
    given: &[String],
    channel: &Channel,
) -> Result<Vec<String>, ToolError> {
    let mut list: Vec<String> = Vec::new();
    for (index, one) in given.iter().enumerate() {
        let handle = recipient(channel.kind.as_str(), one).ok_or_else(|| {
            let mut message = Text::of("is no address that this channel can send to: ");
            message.quote_text(&arguments::clip(one));
            let several = fix::values::parts(one)
                .filter(|parts| {
                    parts
                        .iter()
                        .all(|part| recipient(&channel.kind, part).is_some())
                })
                .map(|parts| Fix::Several(parts.into_iter().map(str::to_owned).collect()));
            ToolError::invalid(format!("{field}[{index}]"), message).fixed_by(several)
        })?;
        if !list.contains(&handle) {
            list.push(handle);
        }
    }
    Ok(list)
}
