//! `list-conversations`: what is in an inbox, newest activity first.

use futures_util::{StreamExt, stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::time::{Duration, Instant};

use crate::{
    front::{
        Client, FrontError,
        endpoints::{conversations::ListMessages, messages::GetMessage},
        id::{ConversationId, MessageId},
        model::{Inbox, Message, Tag, Teammate},
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, arguments,
        conversation_row::{ConversationRow, Place, Preview, place, say_next},
        cursor,
        detail::Detail,
        fit::Room,
        listing::{Assignee, Filter, Status, plan},
        resolve,
        sources::{page, read, resume, sources},
    },
};

pub static TOOL: Entry = Entry::of::<ListConversationsTool>();

struct ListConversationsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Inboxes, by name or id. Default: all.
    #[serde(default)]
    #[schemars(length(max = 10))]
    inboxes: Vec<String>,
    /// A tag, by name or id.
    tag: Option<String>,
    /// A teammate (name, e-mail or id), or `unassigned`.
    assignee: Option<String>,
    /// Any of these. Default: all. `open` means assigned or unassigned.
    #[serde(default)]
    statuses: Vec<Status>,
    /// Words, or Front's search grammar (`from:a@b.c is:waiting`).
    #[schemars(length(max = 1000))]
    query: Option<String>,
    /// Has a message at or after: ISO 8601, date, Unix seconds, or `7d`, `24h`.
    after: Option<String>,
    /// Has a message before; newer ones too, perhaps.
    before: Option<String>,
    /// Rows. Default 25.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
    /// `preview`: the last message's first lines, one request a row.
    #[serde(default)]
    include: Vec<Include>,
    /// Default concise.
    #[serde(default)]
    detail: Detail,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Include {
    Preview,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    conversations: Vec<ConversationRow>,
    /// How many there are in all, where Front says so (searches).
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// Pass as `cursor` for the next rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    /// Rows whose preview was not read: time or half the minute's request budget was used up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    without_preview: Vec<ConversationId>,
}

impl Tool for ListConversationsTool {
    const SPEC: Spec = Spec {
        name: "list-conversations",
        title: "List conversations",
        description: "Lists or searches conversations, newest activity first. Filters combine; what Front cannot combine is an error.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const USES: &'static [&'static str] = &[
        "list-conversations",
        "list-inbox-conversations",
        "list-tagged-conversations",
        "list-assigned-conversations",
        "search-conversations",
        "list-inboxes",
        "list-tags",
        "list-teammates",
        "get-message",
        "list-conversation-messages",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let filter = filter(context, &input).await?;
        let several = filter.inboxes.len() > 1;
        let mut sources = sources(plan(&filter)?);
        if let Some(text) = &input.cursor {
            resume(&mut sources, cursor::read(context, text)?)?;
        }
        let limit = input.limit.unwrap_or(25);
        let with_preview = input.include.contains(&Include::Preview);
        let more = if with_preview { PREVIEW } else { 0 } + if several { PLACE } else { 0 };
        let mut room = Room::default();
        let read = read(&context.client, &mut sources, limit, |conversation| {
            room.takes_with(&ConversationRow::of(conversation, input.detail), more)
        })
        .await?;

        let places = if several {
            places(context).await?
        } else {
            Vec::new()
        };
        let mut rows: Vec<_> = read
            .rows
            .iter()
            .map(|(inbox, conversation)| ConversationRow {
                inbox: places
                    .iter()
                    .find(|place| Some(&place.id) == inbox.as_ref())
                    .cloned(),
                ..ConversationRow::of(conversation, input.detail)
            })
            .collect();
        let without_preview = if with_preview {
            let wanted = read.rows.iter().map(|(_, conversation)| Wanted {
                conversation: conversation.id.clone(),
                message: conversation.links.last_message(),
            });
            add_previews(&context.client, wanted.collect(), &mut rows).await
        } else {
            Vec::new()
        };
        let states: Vec<_> = sources.into_iter().map(|source| source.state).collect();
        let more = states.iter().any(|state| !state.done);
        Ok(Output {
            conversations: rows,
            total: read.total,
            next_cursor: more.then(|| cursor::write(context, states)).flatten(),
            without_preview,
        })
    }
}

async fn filter(context: &Context<'_>, input: &Input) -> Result<Filter, ToolError> {
    let mut inboxes = Vec::new();
    for (index, inbox) in input.inboxes.iter().enumerate() {
        let id = resolve::id::<Inbox>(context, &format!("inboxes[{index}]"), inbox).await?;
        if !inboxes.contains(&id) {
            inboxes.push(id);
        }
    }
    let tag = match &input.tag {
        Some(tag) => Some(resolve::id::<Tag>(context, "tag", tag).await?),
        None => None,
    };
    let assignee = match input.assignee.as_deref().map(str::trim) {
        None | Some("") => Assignee::Any,
        Some(nobody) if nobody.eq_ignore_ascii_case("unassigned") => Assignee::Nobody,
        Some(name) => {
            let found = resolve::id::<Teammate>(context, "assignee", name).await;
            Assignee::One(found.map_err(|error| resolve::or_unassigned(error, name))?)
        }
    };
    if inboxes.is_empty()
        && let Some(visible) = context.gate.policy().inboxes()
    {
        inboxes.extend(visible.iter().cloned());
    }
    Ok(Filter {
        inboxes,
        tag,
        assignee,
        statuses: input.statuses.clone(),
        query: input.query.clone().filter(|query| !query.trim().is_empty()),
        after: arguments::time(context, "after", input.after.as_deref())?,
        before: arguments::time(context, "before", input.before.as_deref())?,
    })
}

async fn places(context: &Context<'_>) -> Result<Vec<Place>, ToolError> {
    let inboxes = context.directory.inboxes(&context.client).await?;
    Ok(inboxes.iter().map(place).collect())
}

/// Tokens that a row's preview, and its inbox, are counted with before they are known.
const PREVIEW: usize = 80;
const PLACE: usize = 20;

/// Previews asked for at once.
const AT_ONCE: usize = 4;

/// What is kept of the deadline for writing the answer.
const RESERVE: Duration = Duration::from_secs(2);

/// A conversation whose last message is to be previewed.
struct Wanted {
    conversation: ConversationId,
    message: Option<MessageId>,
}

/// Adds previews until time or half the minute's budget is used up; gives the rows without.
async fn add_previews(
    client: &Client,
    wanted: Vec<Wanted>,
    rows: &mut [ConversationRow],
) -> Vec<ConversationId> {
    let budget = client.budget();
    let half = budget.limit().map_or(usize::MAX, |limit| {
        usize::try_from(limit / 2).unwrap_or(usize::MAX)
    });
    let left = budget.remaining().map_or(usize::MAX, |left| {
        usize::try_from(left).unwrap_or(usize::MAX)
    });
    let until = client.deadline() - RESERVE;
    let previews: Vec<_> = stream::iter(wanted.into_iter().take(half.min(left)))
        .map(|wanted| preview(client, wanted, until))
        .buffered(AT_ONCE)
        .collect()
        .await;
    let mut previews = previews.into_iter();
    let mut without = Vec::new();
    for row in rows {
        match previews.next() {
            Some(Look::Seen(preview)) => row.preview = Some(preview),
            Some(Look::Nothing) => {}
            Some(Look::Missed) | None => without.push(row.id.clone()),
        }
    }
    without
}

/// What came of looking at a conversation's last message.
enum Look {
    Seen(Preview),
    /// A discussion without messages has nothing to preview.
    Nothing,
    Missed,
}

async fn preview(client: &Client, wanted: Wanted, until: Instant) -> Look {
    if Instant::now() >= until {
        return Look::Missed;
    }
    match tokio::time::timeout_at(until, last_message(client, wanted)).await {
        Ok(Ok(Some(message))) => Look::Seen(Preview {
            inbound: message.is_inbound,
            text: Words::cut(&message.blurb, 200),
            id: message.id,
        }),
        Ok(Ok(None)) => Look::Nothing,
        Ok(Err(_)) | Err(_) => Look::Missed,
    }
}

async fn last_message(client: &Client, wanted: Wanted) -> Result<Option<Message>, FrontError> {
    if let Some(message) = wanted.message {
        return client.send(&GetMessage { message }).await.map(Some);
    }
    let list = ListMessages {
        conversation: wanted.conversation,
    };
    let page = page(client, &list, 1, None).await?;
    Ok(page.results.into_iter().next())
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        match (self.conversations.len(), self.total) {
            (0, _) => text.say("No conversations match."),
            (count, Some(total)) => text
                .say(count)
                .say(" of ")
                .say(total)
                .say(" conversations, newest activity first (id, status, last activity, subject, contact, assignee, tags):"),
            (count, None) => text
                .say(count)
                .say(" conversations, newest activity first (id, status, last activity, subject, contact, assignee, tags):"),
        };
        for row in &self.conversations {
            text.say("\n");
            row.say(&mut text);
        }
        if !self.without_preview.is_empty() {
            text.say("\nNo preview was read for ");
            for (index, id) in self.without_preview.iter().enumerate() {
                text.say(if index == 0 { "" } else { ", " }).say(id);
            }
            text.say(": time or half the minute's request budget was used up.");
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
