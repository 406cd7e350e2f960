//! `search-conversations`: every filter of Front's search, as arguments.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        conversation_row::{ConversationRow, place, say_next},
        cursor,
        detail::Detail,
        fit::Room,
        listing::Plan,
        search_filters::{Wanted, searches},
        search_query::Is,
        sources::{read, resume, sources},
    },
};

pub static TOOL: Entry = Entry::of::<SearchConversationsTool>();

struct SearchConversationsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Words and quoted phrases.
    #[schemars(length(max = 500))]
    text: Option<String>,
    /// Teammates, contact ids, one address.
    #[serde(default)]
    participants: Vec<String>,
    /// Any.
    #[serde(default)]
    from: Vec<String>,
    /// Any.
    #[serde(default)]
    to: Vec<String>,
    /// Any.
    #[serde(default)]
    cc: Vec<String>,
    /// Any.
    #[serde(default)]
    bcc: Vec<String>,
    /// Teammate or `unassigned`.
    assignee: Option<String>,
    /// Teammate.
    author: Option<String>,
    /// Teammate.
    commenter: Option<String>,
    /// Teammate.
    mention: Option<String>,
    /// All.
    #[serde(default)]
    tags: Vec<String>,
    /// Any.
    #[serde(default)]
    inboxes: Vec<String>,
    /// All.
    #[serde(default)]
    is: Vec<Is>,
    /// Name to value.
    #[serde(default)]
    custom_fields: BTreeMap<String, String>,
    /// Has a message since: ISO 8601, Unix seconds, `7d`.
    after: Option<String>,
    /// Has a message before.
    before: Option<String>,
    /// Day.
    during: Option<String>,
    /// Default 25.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
    /// Default concise.
    #[serde(default)]
    detail: Detail,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    conversations: Vec<ConversationRow>,
    /// The queries that Front was sent: one, or one for each inbox.
    searched: Vec<Words>,
    /// How many there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// Pass as `cursor` for the next rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Input {
    /// The filters among the arguments.
    fn wanted(&mut self) -> Wanted {
        use std::mem::take;
        Wanted {
            text: self.text.take(),
            participants: take(&mut self.participants),
            from: take(&mut self.from),
            to: take(&mut self.to),
            cc: take(&mut self.cc),
            bcc: take(&mut self.bcc),
            assignee: self.assignee.take(),
            author: self.author.take(),
            commenter: self.commenter.take(),
            mention: self.mention.take(),
            tags: take(&mut self.tags),
            inboxes: take(&mut self.inboxes),
            is: take(&mut self.is),
            custom_fields: take(&mut self.custom_fields),
            after: self.after.take(),
            before: self.before.take(),
            during: self.during.take(),
        }
    }
}

impl Tool for SearchConversationsTool {
    const SPEC: Spec = Spec {
        name: "search-conversations",
        title: "Search conversations",
        description: "Searches conversations by all of Front's filters, newest first. `list-conversations` is cheaper for plain lists.",
        toolset: Toolset::Core,
        effect: Effect::Read,
    };
    const NEEDS: &'static [&'static str] = &["search-conversations"];
    const USES: &'static [&'static str] = &["list-inboxes", "list-tags", "list-teammates"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, mut input: Input) -> Result<Output, ToolError> {
        let found = searches(context, &input.wanted()).await?;
        let searches = found.plan()?;
        let several = searches.len() > 1;
        let mut sources = sources(Plan::Search(searches));
        if let Some(text) = &input.cursor {
            resume(&mut sources, cursor::read(context, text)?)?;
        }
        let place_too = if several { PLACE } else { 0 };
        let mut room = Room::default();
        let limit = input.limit.unwrap_or(25);
        let read = read(&context.client, &mut sources, limit, |conversation| {
            room.takes_with(&ConversationRow::of(conversation, input.detail), place_too)
        })
        .await?;
        let places = match several {
            true => context.directory.inboxes(&context.client).await?,
            false => std::sync::Arc::default(),
        };
        let rows = read.rows.iter().map(|(inbox, conversation)| {
            let row = ConversationRow::of(conversation, input.detail);
            let listed = places.iter().find(|one| Some(&one.id) == inbox.as_ref());
            ConversationRow {
                inbox: listed.map(place),
                ..row
            }
        });
        let conversations = rows.collect();
        let states: Vec<_> = sources.into_iter().map(|source| source.state).collect();
        let more = states.iter().any(|state| !state.done);
        Ok(Output {
            conversations,
            searched: found.queries().map(|query| Words::block(&query)).collect(),
            total: read.total,
            next_cursor: more.then(|| cursor::write(context, states)).flatten(),
        })
    }
}

/// Tokens that a row's inbox is counted with before it is known.
const PLACE: usize = 20;

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        match (self.conversations.len(), self.total) {
            (0, _) => text.say("No conversations match"),
            (count, Some(total)) => text
                .say(count)
                .say(" of ")
                .say(total)
                .say(" conversations, newest activity first"),
            (count, None) => text.say(count).say(" conversations, newest activity first"),
        };
        for (index, query) in self.searched.iter().enumerate() {
            text.say(if index == 0 { "; searched " } else { ", " });
            text.quote(query);
        }
        text.say(match self.conversations.is_empty() {
            true => ".",
            false => " (id, status, last activity, subject, contact, assignee, tags):",
        });
        for row in &self.conversations {
            text.say("\n");
            row.say(&mut text);
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
