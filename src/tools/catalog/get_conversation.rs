//! `get-conversation`: one conversation and its timeline, newest first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        Found, FrontError,
        endpoints::conversations::{
            GetConversation, ListComments, ListDrafts, ListInboxesOfConversation, ListMessages,
        },
        id::ConversationId,
        model::{Comment, Message},
        page::{Page, Paged},
    },
    shape::{mail::Quotes, text::Text},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        conversation_row::{ConversationRow, Place, place, say_next},
        cursor,
        detail::Detail,
        fit::Room,
        resolve,
        timeline::{Event, comment, draft, message},
    },
};

pub static TOOL: Entry = Entry::of::<GetConversationTool>();

struct GetConversationTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Conversation id, or a link pasted from the Front app.
    conversation_id: String,
    /// Messages. Default 25.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// `next_cursor` of the last result: older messages.
    cursor: Option<String>,
    /// Default messages and comments.
    #[serde(default)]
    include: Vec<Include>,
    /// `full` keeps quoted history and adds recipients, inboxes, custom fields.
    #[serde(default)]
    detail: Detail,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Include {
    Messages,
    Comments,
    Drafts,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    conversation: ConversationRow,
    /// The inboxes it is in (`detail: full`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inboxes: Vec<Place>,
    /// The conversation asked for was merged into this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<ConversationId>,
    /// Messages, comments and drafts, newest first.
    timeline: Vec<Event>,
    /// Quoted history was left out; `detail: full` shows it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    quotes_folded: bool,
    /// Pass as `cursor` for what is older.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// Where the timeline goes on.
#[derive(Serialize, Deserialize, Default)]
struct Position {
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// The page's size, so that `skip` still means the same rows.
    #[serde(rename = "n")]
    size: u32,
    #[serde(rename = "k", default)]
    skip: usize,
    /// Comments at or after this have been given.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    before: Option<f64>,
    /// No message is left, comments may be.
    #[serde(rename = "d", default)]
    messages_done: bool,
}

impl Tool for GetConversationTool {
    const SPEC: Spec = Spec {
        name: "get-conversation",
        title: "Read a conversation",
        description: "Reads a conversation: who, status, tags, and one timeline of messages and internal comments, newest first, quoted history folded.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["get-conversation-by-id"];
    const USES: &'static [&'static str] = &[
        "list-conversation-messages",
        "list-conversation-comments",
        "list-conversation-drafts",
        "list-conversation-inboxes",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let id = resolve::conversation("conversation_id", &input.conversation_id)?;
        let position = match &input.cursor {
            Some(text) => cursor::read(context, text)?,
            None => Position {
                size: input.limit.unwrap_or(25),
                ..Position::default()
            },
        };
        let parts = Parts::wanted(&input, &position);
        let read = read(context, &id, &position, &parts).await?;

        let quotes = match input.detail {
            Detail::Concise => Quotes::Fold,
            Detail::Full => Quotes::Keep,
        };
        let full = input.detail == Detail::Full;
        let conversation = ConversationRow::of(&read.conversation.answer, input.detail);
        let inboxes: Vec<_> = read.inboxes.iter().map(place).collect();
        let room = Room::default().beside(&conversation).beside(&inboxes);
        let (timeline, rest) = timeline(&position, &read, quotes, full, room);
        Ok(Output {
            conversation,
            inboxes,
            merged_into: read.conversation.merged_into.clone(),
            quotes_folded: timeline.iter().any(|event| event.has_folded_quotes()),
            timeline,
            next_cursor: rest.and_then(|position| cursor::write(context, position)),
        })
    }
}

/// Which parts are to be read.
struct Parts {
    messages: bool,
    comments: bool,
    drafts: bool,
    inboxes: bool,
}

impl Parts {
    fn wanted(input: &Input, position: &Position) -> Self {
        let by_default = input.include.is_empty();
        Self {
            messages: (by_default || input.include.contains(&Include::Messages))
                && !position.messages_done,
            comments: by_default || input.include.contains(&Include::Comments),
            // Drafts are few and belong to now: on the first page alone.
            drafts: input.include.contains(&Include::Drafts) && input.cursor.is_none(),
            inboxes: input.detail == Detail::Full && input.cursor.is_none(),
        }
    }
}

struct Read {
    conversation: Found<crate::front::model::Conversation>,
    messages: Page<Message>,
    comments: Vec<Comment>,
    drafts: Vec<Message>,
    inboxes: Vec<crate::front::model::Inbox>,
}

/// All parts at once: each is a request of its own.
async fn read(
    context: &Context<'_>,
    id: &ConversationId,
    position: &Position,
    parts: &Parts,
) -> Result<Read, FrontError> {
    let client = &context.client;
    let conversation = id.clone();
    let get = GetConversation { conversation };
    let (found, messages, comments, drafts, inboxes) = tokio::try_join!(
        client.find(&get),
        async {
            if !parts.messages {
                return Ok(Page {
                    results: Vec::new(),
                    next: None,
                    total: None,
                });
            }
            let list = ListMessages {
                conversation: id.clone(),
            };
            let (of, limit) = (&list, Some(position.size));
            let token = position.token.as_deref();
            client.send(&Paged { of, limit, token }).await
        },
        async {
            let conversation = id.clone();
            match parts.comments {
                true => Ok(client.send(&ListComments { conversation }).await?.results),
                false => Ok(Vec::new()),
            }
        },
        async {
            let conversation = id.clone();
            match parts.drafts {
                true => Ok(client.send(&ListDrafts { conversation }).await?.results),
                false => Ok(Vec::new()),
            }
        },
        async {
            let conversation = id.clone();
            match parts.inboxes {
                true => Ok(client
                    .send(&ListInboxesOfConversation { conversation })
                    .await?
                    .results),
                false => Ok(Vec::new()),
            }
        },
    )?;
    Ok(Read {
        conversation: found,
        messages,
        comments,
        drafts,
        inboxes,
    })
}

/// Something of the timeline before it is shaped.
enum Raw<'read> {
    Message(&'read Message),
    Comment(&'read Comment),
    Draft(&'read Message),
}

impl Raw<'_> {
    fn at(&self) -> f64 {
        match self {
            Self::Message(message) | Self::Draft(message) => message.created_at,
            Self::Comment(comment) => comment.posted_at,
        }
        .unwrap_or_default()
    }
}

/// Merges what was read, newest first, as far as the budget goes; and where to go on.
fn timeline(
    position: &Position,
    read: &Read,
    quotes: Quotes,
    full: bool,
    mut room: Room,
) -> (Vec<Event>, Option<Position>) {
    let messages: Vec<_> = read.messages.results.iter().skip(position.skip).collect();
    let pages_left = read.messages.next.is_some();
    // Older comments wait for the page that holds their time.
    let oldest = if pages_left {
        messages.last().and_then(|message| message.created_at)
    } else {
        None
    };
    let comments = read.comments.iter().filter(|comment| {
        let at = comment.posted_at.unwrap_or_default();
        oldest.is_none_or(|oldest| at >= oldest) && position.before.is_none_or(|before| at < before)
    });
    let mut raw: Vec<_> = read.drafts.iter().map(Raw::Draft).collect();
    raw.extend(comments.map(Raw::Comment));
    raw.extend(messages.iter().map(|message| Raw::Message(message)));
    raw.sort_by(|one, other| other.at().total_cmp(&one.at()));

    let subject = &read.conversation.answer.subject;
    let mut events = Vec::new();
    let mut given = 0;
    let mut before = position.before;
    let mut cut = false;
    for each in raw {
        let event = match &each {
            Raw::Message(each) => message(each, subject, quotes, full),
            Raw::Comment(each) => comment(each),
            Raw::Draft(each) => draft(each, subject, quotes, full),
        };
        if !room.takes(&event) {
            cut = true;
            break;
        }
        given += usize::from(matches!(each, Raw::Message(_)));
        before = Some(each.at());
        events.push(event);
    }
    let rest = if cut {
        let exhausted = given == messages.len();
        Some(Position {
            token: if exhausted {
                read.messages.next.clone()
            } else {
                position.token.clone()
            },
            size: position.size,
            skip: if exhausted { 0 } else { position.skip + given },
            before,
            messages_done: exhausted && !pages_left,
        })
    } else {
        read.messages.next.clone().map(|token| Position {
            token: Some(token),
            size: position.size,
            skip: 0,
            before: oldest.or(before),
            messages_done: false,
        })
    };
    (events, rest)
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Conversation ");
        self.conversation.say(&mut text);
        for (index, inbox) in self.inboxes.iter().enumerate() {
            text.say(if index == 0 { "; in " } else { ", " });
            inbox.say(&mut text);
        }
        if let Some(id) = &self.merged_into {
            text.say("\nThe conversation asked for was merged: it lives now under ")
                .say(id)
                .say(".");
        }
        text.say("\nTimeline, newest first")
            .say(match self.quotes_folded {
                true => " (quoted history left out; `detail: full` shows it):",
                false => ":",
            });
        for event in &self.timeline {
            text.say("\n");
            event.say(&mut text);
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
