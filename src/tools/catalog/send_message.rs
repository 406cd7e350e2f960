//! `send-message`: seals a message, with everything pinned that Front would decide later. It
//! never sends by itself.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    aside::aside,
    front::{
        FrontError, FrontErrorKind,
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
    tools::{
        Context, Effect, Entry, Spec, Tool, ToolError, Toolset, addressing, arguments,
        asking::{answered, ask},
        attaching::{Attach, attachments},
        fix::{self, Fix},
        handle::recipient,
        permission, resolve,
        sending::{
            EnvelopeState, Kind, LOOKED_AT, Message, Pinned, SendMode, SendReport, Surroundings,
            check_mode, leave_draft, newest_of, refused, report,
        },
    },
};

pub static TOOL: Entry = Entry::of::<SendMessageTool>();

struct SendMessageTool;

/// The longest body in bytes: Front takes more, no person reads it.
const LONGEST_BODY: usize = 200_000;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// To reply: conversation id or pasted link.
    conversation_id: Option<String>,
    /// For a new message, or to choose the channel of a reply: id, address or name.
    channel_id: Option<String>,
    /// Addresses or numbers. A reply without it goes to those of the last message.
    #[serde(default)]
    #[schemars(length(max = 100))]
    to: Vec<String>,
    #[serde(default)]
    #[schemars(length(max = 100))]
    /// Copies.
    cc: Vec<String>,
    /// Blind copies.
    #[serde(default)]
    #[schemars(length(max = 100))]
    bcc: Vec<String>,
    /// Subject of a new e-mail.
    #[schemars(length(max = 900))]
    subject: Option<String>,
    /// The text.
    body: String,
    /// Default markdown.
    #[serde(default)]
    body_format: BodyFormat,
    /// Teammate in whose name it goes: name, e-mail or id.
    author: Option<String>,
    /// Archive the conversation too. Default false.
    #[serde(default)]
    archive: bool,
    /// Existing tags to apply, by name or id.
    #[serde(default)]
    #[schemars(length(max = 20))]
    tags: Vec<String>,
    /// Files, each `path` or `name` with `content_base64`.
    #[serde(default)]
    #[schemars(length(max = 10))]
    attachments: Vec<Attach>,
}

#[derive(Deserialize, JsonSchema, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum BodyFormat {
    #[default]
    Markdown,
    Html,
    Text,
}

impl Tool for SendMessageTool {
    const SPEC: Spec = Spec {
        name: "send-message",
        title: "Prepare a message",
        description: "Prepares a reply or a new message and shows exactly what would go to whom. Sends nothing by itself: a person is asked, or the result's `next` says what releases it.",
        effect: Effect::Seal,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-channels"];
    const USES: &'static [&'static str] = &[
        "list-conversation-messages",
        "list-conversation-inboxes",
        "list-tags",
        "list-teammates",
        "create-draft",
        "create-draft-reply",
        "create-message",
        "create-message-reply",
    ];
    type Input = Input;
    type Output = SendReport;

    async fn run(context: &Context<'_>, mut input: Input) -> Result<SendReport, ToolError> {
        let mode = check_mode(context)?;
        if let Some(answer) = context.host.answer() {
            return answered(context, answer).await;
        }
        if mode == SendMode::Draft && (input.archive || !input.tags.is_empty()) {
            let field = if input.archive { "archive" } else { "tags" };
            return Err(ToolError::invalid(
                field,
                Text::of("cannot be part of a draft, which is what this server's send mode leaves"),
            )
            .next("leave it out; `add-tag` tags at once"));
        }
        let body = body(&input)?;
        let attachments = attachments(context, std::mem::take(&mut input.attachments)).await?;
        let (mut letter, surroundings) = match (&input.conversation_id, &input.channel_id) {
            (Some(conversation), _) => reply(context, &input, conversation, body).await?,
            (None, Some(channel)) => new_message(context, &input, channel, body).await?,
            (None, None) => {
                return Err(ToolError::invalid(
                    "conversation_id",
                    Text::of("neither a conversation to reply in nor a channel for a new message is given"),
                )
                .next("give `conversation_id`, or `channel_id` and `to`"));
            }
        };
        letter.attachments = attachments;
        permission::check_send(context, &letter).await?;
        if mode == SendMode::Draft {
            return leave_draft(context, &letter).await;
        }
        let envelope = context
            .gate
            .seal(&context.caller, letter, &surroundings)
            .await
            .map_err(refused)?;
        match envelope.state {
            EnvelopeState::Sealed if mode == SendMode::Approve => ask(context, &envelope).await,
            _ => Ok(report(&envelope)),
        }
    }
}

fn body(input: &Input) -> Result<Outgoing, ToolError> {
    if input.body.len() > LONGEST_BODY {
        let mut message = Text::of("has ");
        message
            .say(input.body.len())
            .say(" bytes, and the maximum is ")
            .say(LONGEST_BODY);
        return Err(ToolError::invalid("body", message));
    }
    let format = match input.body_format {
        BodyFormat::Markdown => Format::Markdown,
        BodyFormat::Html => Format::Html,
        BodyFormat::Text => Format::Text,
    };
    let made = aside(input.body.len() * 8, || outgoing(&input.body, format));
    made.map_err(|refusal| {
        let mut message = Text::new();
        message.quote_text(&refusal.to_string());
        ToolError::invalid("body", message)
    })
}

async fn reply(
    context: &Context<'_>,
    input: &Input,
    conversation: &str,
    body: Outgoing,
) -> Result<(Message, Surroundings), ToolError> {
    let conversation = resolve::conversation("conversation_id", conversation)?;
    let messages = messages(context, &conversation).await?;
    let channels = context.directory.channels(&context.client).await?;
    let channel = match &input.channel_id {
        Some(given) => resolve::channel(context, "channel_id", given).await?,
        None => match addressing::channel(&messages, &channels) {
            Some(channel) => channel.clone(),
            None => only_channel(context, &conversation, &channels).await?,
        },
    };
    let defaults = addressing::reply_to(&messages, &channels);
    // Whoever names recipients names all of them: nobody is copied behind their back.
    let (to, cc) = if input.to.is_empty() {
        let to = default_recipients(&defaults.to, &channel)?;
        let cc = if input.cc.is_empty() {
            default_recipients(&defaults.cc, &channel)?
        } else {
            recipients("cc", &input.cc, &channel)?
        };
        (to, cc)
    } else {
        (
            recipients("to", &input.to, &channel)?,
            recipients("cc", &input.cc, &channel)?,
        )
    };
    let last_message = newest_of(&messages);
    let kind = Kind::Reply {
        conversation,
        last_message,
    };
    let letter = letter(context, input, kind, &channel, (to, cc), body).await?;
    Ok((letter, addressing::surroundings(&messages, &channels)))
}

async fn new_message(
    context: &Context<'_>,
    input: &Input,
    channel: &str,
    body: Outgoing,
) -> Result<(Message, Surroundings), ToolError> {
    let channel = resolve::channel(context, "channel_id", channel).await?;
    let channels = context.directory.channels(&context.client).await?;
    let to = recipients("to", &input.to, &channel)?;
    let cc = recipients("cc", &input.cc, &channel)?;
    let letter = letter(context, input, Kind::New, &channel, (to, cc), body).await?;
    Ok((letter, addressing::surroundings(&[], &channels)))
}

async fn letter(
    context: &Context<'_>,
    input: &Input,
    kind: Kind,
    channel: &Channel,
    (to, cc): (Vec<String>, Vec<String>),
    body: Outgoing,
) -> Result<Message, ToolError> {
    let mut seen = HashSet::new();
    let [to, cc, bcc] = [to, cc, recipients("bcc", &input.bcc, channel)?].map(|list| {
        let mut list = list;
        // Once for each, in the first place it is named.
        list.retain(|one| seen.insert(one.to_lowercase()));
        list
    });
    if to.is_empty() {
        return Err(ToolError::invalid("to", Text::of("names nobody")).next("give `to`"));
    }
    let tags = tags(context, &input.tags).await?;
    let (author, author_email) = match &input.author {
        Some(author) => self::author(context, author).await?,
        None => (None, None),
    };
    Ok(Message {
        kind,
        channel: channel.id.clone(),
        from: channel.sender().raw().to_owned(),
        to,
        cc,
        bcc,
        subject: subject(input.subject.as_deref())?,
        html: body.html,
        text: body.text,
        author,
        author_email,
        archive: input.archive,
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

async fn author(
    context: &Context<'_>,
    given: &str,
) -> Result<(Option<Pinned<TeammateId>>, Option<String>), ToolError> {
    let teammate = resolve::one::<Teammate>(context, "author", given).await?;
    let email = teammate.email.raw().to_owned();
    let pinned = Pinned {
        name: teammate.name().raw().to_owned(),
        id: teammate.id,
    };
    Ok((Some(pinned), Some(email)))
}

/// A line break in a subject would be a header of its own.
fn subject(given: Option<&str>) -> Result<Option<String>, ToolError> {
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
    let found = context.client.find(&Paged { of, limit, token }).await?;
    match found.merged_into {
        None => Ok(found.answer.results),
        Some(id) => {
            let operation = crate::front::Operation::by_id("create-message-reply");
            Err(ToolError::from(FrontError {
                method: crate::front::Method::Post,
                template: operation.map_or("", |operation| operation.template),
                scope: None,
                kind: FrontErrorKind::Merged(id),
                said: None,
            })
            .on("conversation_id"))
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
fn recipients(field: &str, given: &[String], channel: &Channel) -> Result<Vec<String>, ToolError> {
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
