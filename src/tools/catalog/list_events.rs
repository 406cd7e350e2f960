//! `list-events`: what happened in a conversation, in inboxes, or in the whole company, newest
//! first.
//!
//! Front filters the company's events, 15 a page, and not those of a conversation. What it does
//! not filter is filtered here, over a limited number of pages; a cursor goes on behind them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        FrontErrorKind,
        endpoints::events::{ListConversationEvents, ListEvents},
        id::{ConversationId, InboxId, TeammateId},
        model::{Inbox, Teammate, event::Event},
        page::{Page, Paged},
    },
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, arguments,
        conversation_row::say_next,
        cursor,
        event_row::{EventRow, Where, types},
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<ListEventsTool>();

struct ListEventsTool;

/// What Front gives of the company's events at once.
const PAGE: u32 = 15;

/// Pages that one call reads at the most.
const MOST_PAGES: usize = 8;

/// Tokens of rows in one answer, estimated from above.
const BUDGET: usize = 8_000;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Of this conversation alone: id or pasted link.
    conversation_id: Option<String>,
    /// In these inboxes, by name or id.
    #[serde(default)]
    inboxes: Vec<String>,
    /// Such as `inbound`, `assigned`, `tagged`, `comment`, `call`.
    #[serde(default)]
    types: Vec<String>,
    /// Done by these, by name, e-mail or id.
    #[serde(default)]
    teammates: Vec<String>,
    /// After: ISO 8601, date, Unix seconds, `24h`.
    since: Option<String>,
    /// Before.
    until: Option<String>,
    /// Default time.
    #[serde(default)]
    by: By,
    /// Default 30.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum By {
    #[default]
    Time,
    Conversation,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// Newest first; empty where they are grouped.
    events: Vec<EventRow>,
    /// The same by conversation, the one with the newest event first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conversations: Vec<Group>,
    /// How many events were looked at, where they were filtered here.
    #[serde(skip_serializing_if = "Option::is_none")]
    looked_at: Option<usize>,
    /// Pass as `cursor` to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Group {
    /// Absent for what happened to no conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation: Option<Where>,
    /// Newest first.
    events: Vec<EventRow>,
}

/// Where the list goes on. An age such as `24h` means the same on every page.
#[derive(Serialize, Deserialize, Default)]
struct Position {
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(rename = "k", default)]
    skip: usize,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

/// What was asked, names resolved.
struct Asked {
    conversation: Option<ConversationId>,
    inboxes: Vec<InboxId>,
    types: Vec<&'static str>,
    teammates: Vec<TeammateId>,
}

impl Tool for ListEventsTool {
    const SPEC: Spec = Spec {
        name: "list-events",
        title: "List events",
        description: "Lists what happened, newest first: who did what in which conversation, by type, inbox, teammate and time.",
        effect: Effect::Read,
        toolset: Toolset::Events,
    };
    const USES: &'static [&'static str] = &[
        "list-events",
        "list-conversation-events",
        "list-inboxes",
        "list-teammates",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let asked = asked(context, &input).await?;
        let mut position = match &input.cursor {
            Some(text) => cursor::read(context, text)?,
            None => Position {
                after: arguments::time(context, "since", input.since.as_deref())?,
                before: arguments::time(context, "until", input.until.as_deref())?,
                ..Position::default()
            },
        };
        let most = usize::try_from(input.limit.unwrap_or(30)).unwrap_or(usize::MAX);
        let (mut rows, mut cost, mut looked_at) = (Vec::new(), 0, 0);
        let mut more = true;
        for _ in 0..MOST_PAGES {
            let page = asked.page(context, &position).await?;
            let mut is_full = false;
            for event in page.results.iter().skip(position.skip) {
                let row = asked
                    .is_wanted(event, &position)
                    .then(|| EventRow::short(event));
                if let Some(row) = row {
                    cost += row.cost();
                    if rows.len() == most || (cost > BUDGET && !rows.is_empty()) {
                        is_full = true;
                        break;
                    }
                    rows.push(row);
                }
                position.skip += 1;
                looked_at += 1;
            }
            if is_full {
                break;
            }
            // Whatever is on the next page is older still.
            let is_past = asked.conversation.is_some()
                && page
                    .results
                    .last()
                    .is_some_and(|last| is_before(last, position.after));
            position.skip = 0;
            let is_same = page.next == position.token;
            position.token = page.next;
            more = position.token.is_some() && !is_past && !is_same;
            if !more || rows.len() == most {
                break;
            }
        }
        let next_cursor = more.then(|| cursor::write(context, position)).flatten();
        let looked_at = asked.filters_here().then_some(looked_at);
        Ok(output(rows, input.by, looked_at, next_cursor))
    }
}

async fn asked(context: &Context<'_>, input: &Input) -> Result<Asked, ToolError> {
    let conversation = match &input.conversation_id {
        Some(given) => Some(resolve::conversation("conversation_id", given)?),
        None => None,
    };
    if conversation.is_some() && !input.inboxes.is_empty() {
        let message = Text::of("cannot be combined with `conversation_id`");
        return Err(ToolError::invalid("inboxes", message).next("keep one of the two"));
    }
    let mut inboxes = Vec::new();
    for (index, inbox) in input.inboxes.iter().enumerate() {
        inboxes.push(resolve::id::<Inbox>(context, &format!("inboxes[{index}]"), inbox).await?);
    }
    let mut teammates = Vec::new();
    for (index, one) in input.teammates.iter().enumerate() {
        let field = format!("teammates[{index}]");
        teammates.push(resolve::id::<Teammate>(context, &field, one).await?);
    }
    Ok(Asked {
        conversation,
        inboxes,
        types: types(&input.types)?,
        teammates,
    })
}

impl Asked {
    async fn page(
        &self,
        context: &Context<'_>,
        position: &Position,
    ) -> Result<Page<Event>, ToolError> {
        let token = position.token.as_deref();
        let page = match &self.conversation {
            Some(conversation) => {
                let of = ListConversationEvents {
                    conversation: conversation.clone(),
                };
                let limit = Some(100);
                let page = Paged {
                    of: &of,
                    limit,
                    token,
                };
                context.client.send(&page).await
            }
            None => {
                let of = ListEvents {
                    types: self.types.clone(),
                    inboxes: self.inboxes.clone(),
                    after: position.after,
                    before: position.before,
                };
                let limit = Some(PAGE);
                let page = Paged {
                    of: &of,
                    limit,
                    token,
                };
                context.client.send(&page).await
            }
        };
        page.map_err(|error| {
            let is_limited = matches!(error.kind, FrontErrorKind::NameAnInbox);
            let error = ToolError::from(error);
            match is_limited {
                // Naming one does not help here: Front's answer does not say what lies where.
                true => error.next(
                    "give `conversation_id`: under this policy events are listed by conversation",
                ),
                false => error,
            }
        })
    }

    fn is_wanted(&self, event: &Event, position: &Position) -> bool {
        let is_by = self.teammates.is_empty()
            || event
                .source
                .things()
                .filter_map(|thing| thing.id::<TeammateId>())
                .any(|id| self.teammates.contains(&id));
        let is_of_type = self.types.is_empty() || self.types.contains(&event.kind.as_str());
        let is_in_time = !is_before(event, position.after)
            && position
                .before
                .is_none_or(|before| event.emitted_at.is_none_or(|at| at < before as f64));
        is_by && is_of_type && is_in_time
    }

    /// Whether Front gives more than was asked for.
    fn filters_here(&self) -> bool {
        !self.teammates.is_empty() || (self.conversation.is_some() && !self.types.is_empty())
    }
}

fn is_before(event: &Event, after: Option<i64>) -> bool {
    after.is_some_and(|after| event.emitted_at.is_some_and(|at| at < after as f64))
}

fn output(
    rows: Vec<EventRow>,
    by: By,
    looked_at: Option<usize>,
    next_cursor: Option<String>,
) -> Output {
    let mut output = Output {
        events: Vec::new(),
        conversations: Vec::new(),
        looked_at,
        next_cursor,
    };
    if by == By::Time {
        output.events = rows;
        return output;
    }
    for mut row in rows {
        let conversation = row.conversation.take();
        let id = conversation.as_ref().map(|one| one.id.clone());
        let known = output
            .conversations
            .iter_mut()
            .find(|group| group.conversation.as_ref().map(|one| &one.id) == id.as_ref());
        match known {
            Some(group) => group.events.push(row),
            None => output.conversations.push(Group {
                conversation,
                events: vec![row],
            }),
        }
    }
    output
}

impl Report for Output {
    fn report(&self) -> Text {
        let grouped: usize = self
            .conversations
            .iter()
            .map(|group| group.events.len())
            .sum();
        let count = self.events.len() + grouped;
        let mut text = Text::of(count);
        text.say(if count == 1 { " event" } else { " events" });
        if !self.conversations.is_empty() {
            text.say(" in ")
                .say(self.conversations.len())
                .say(" conversations");
        }
        if let Some(looked_at) = self.looked_at {
            text.say(" of ").say(looked_at).say(" looked at");
        }
        text.say(if count == 0 { "." } else { ":" });
        for event in &self.events {
            text.say("\n- ");
            event.say(&mut text);
        }
        for group in &self.conversations {
            text.say("\n");
            match &group.conversation {
                Some(place) => place.say(&mut text),
                None => {
                    text.say("no conversation");
                }
            }
            for event in &group.events {
                text.say("\n- ");
                event.say(&mut text);
            }
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
