//! Front's lists of conversations, one or several of them read as one.
//!
//! Each remembers how far it has been read, so that a cursor can go on in the middle of a page.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    error::ToolError,
    listing::{Plan, SearchIn},
};
use crate::{
    front::{
        Client, Endpoint, FrontError,
        endpoints::conversations::{
            ListConversations, ListInboxConversations, ListTagConversations,
            ListTeammateConversations, SearchConversations,
        },
        id::InboxId,
        model::Conversation,
        page::{Page, Paged},
    },
    shape::text::Text,
};

/// One list at Front, and how far it has been read.
#[derive(Debug)]
pub struct Source {
    from: From,
    inbox: Option<InboxId>,
    /// How far it has been read.
    pub state: Position,
}

#[derive(Debug)]
enum From {
    Company(ListConversations),
    Inbox(ListInboxConversations),
    Tag(ListTagConversations),
    Teammate(ListTeammateConversations),
    Search(SearchConversations),
}

/// Where a list goes on: a page, its size, and how many of its rows have been given already.
#[derive(Debug, Serialize, Deserialize, Default)]
pub struct Position {
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    size: Option<u32>,
    #[serde(rename = "k", default, skip_serializing_if = "is_zero")]
    skip: usize,
    #[serde(rename = "d", default, skip_serializing_if = "std::ops::Not::not")]
    /// Nothing is left of it.
    pub done: bool,
}

fn is_zero(skip: &usize) -> bool {
    *skip == 0
}

/// The lists of a plan, unread.
pub fn sources(plan: Plan) -> Vec<Source> {
    let one = |from, inbox| Source {
        from,
        inbox,
        state: Position::default(),
    };
    match plan {
        Plan::Company(statuses) => vec![one(From::Company(ListConversations { statuses }), None)],
        Plan::Tag(tag, statuses) => {
            vec![one(From::Tag(ListTagConversations { tag, statuses }), None)]
        }
        Plan::Teammate(teammate, statuses) => vec![one(
            From::Teammate(ListTeammateConversations { teammate, statuses }),
            None,
        )],
        Plan::Inboxes(inboxes, statuses) => inboxes
            .into_iter()
            .map(|inbox| {
                let list = ListInboxConversations {
                    inbox: inbox.clone(),
                    statuses: statuses.clone(),
                };
                one(From::Inbox(list), Some(inbox))
            })
            .collect(),
        Plan::Search(searches) => searches
            .into_iter()
            .map(|SearchIn { inbox, query }| {
                one(From::Search(SearchConversations { query }), inbox)
            })
            .collect(),
    }
}

/// Goes on where a cursor says.
pub fn resume(sources: &mut [Source], states: Vec<Position>) -> Result<(), ToolError> {
    if states.len() != sources.len() {
        return Err(ToolError::invalid(
            "cursor",
            Text::of("does not fit this call"),
        ));
    }
    for (source, state) in sources.iter_mut().zip(states) {
        source.state = state;
    }
    Ok(())
}

/// What was read: rows, and the inbox each was read from where it was one's own list.
#[derive(Debug)]
pub struct Read {
    /// The rows, newest activity first.
    pub rows: Vec<(Option<InboxId>, Conversation)>,
    /// How many there are in all, where Front says so.
    pub total: Option<u64>,
}

/// Reads one page of every source that has more, and merges the newest of them, as many as `takes`
/// has room for.
pub async fn read(
    client: &Client,
    sources: &mut [Source],
    limit: u32,
    mut takes: impl FnMut(&Conversation) -> bool,
) -> Result<Read, ToolError> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let single = sources.len() == 1;
    let mut total = None;
    let mut heads: Vec<(usize, Conversation)> = Vec::new();
    let mut pages = Vec::new();
    for (index, source) in sources.iter_mut().enumerate() {
        if source.state.done {
            pages.push((0, None));
            continue;
        }
        let size = if source.state.skip > 0 {
            source.state.size.unwrap_or(limit)
        } else {
            limit
        };
        source.state.size = Some(size);
        let page = fetch(client, source, size).await?;
        total = page.total.map(|count| count + total.unwrap_or(0)).or(total);
        pages.push((page.results.len(), page.next));
        heads.reserve_exact(page.results.len());
        heads.extend(
            page.results
                .into_iter()
                .skip(source.state.skip)
                .map(|conversation| (index, conversation)),
        );
    }
    if !single {
        // Stable: within one inbox Front's own order stays.
        heads.sort_by(|(_, one), (_, other)| activity(other).total_cmp(&activity(one)));
    }
    let mut rows = Vec::with_capacity(heads.len().min(wanted));
    let mut seen = HashSet::with_capacity(heads.len());
    for (index, conversation) in heads {
        // A conversation can be in two inboxes; it is given once.
        let twice = !seen.insert(conversation.id.clone());
        if rows.len() == wanted || !twice && !takes(&conversation) {
            break;
        }
        if let Some(source) = sources.get_mut(index) {
            source.state.skip += 1;
            if !twice {
                rows.push((source.inbox.clone(), conversation));
            }
        }
    }
    for (source, (length, next)) in sources.iter_mut().zip(pages) {
        if !source.state.done && source.state.skip >= length {
            source.state = Position {
                done: next.is_none(),
                token: next,
                ..Position::default()
            };
        }
    }
    Ok(Read { rows, total })
}

fn activity(conversation: &Conversation) -> f64 {
    conversation
        .updated_at
        .or(conversation.created_at)
        .unwrap_or_default()
}

async fn fetch(
    client: &Client,
    source: &Source,
    size: u32,
) -> Result<Page<Conversation>, FrontError> {
    let token = source.state.token.as_deref();
    match &source.from {
        From::Company(list) => page(client, list, size, token).await,
        From::Inbox(list) => page(client, list, size, token).await,
        From::Tag(list) => page(client, list, size, token).await,
        From::Teammate(list) => page(client, list, size, token).await,
        From::Search(list) => page(client, list, size, token).await,
    }
}

/// One page of a list.
pub async fn page<E: Endpoint>(
    client: &Client,
    list: &E,
    size: u32,
    token: Option<&str>,
) -> Result<E::Answer, FrontError> {
    let limit = Some(size);
    client
        .send(&Paged {
            of: list,
            limit,
            token,
        })
        .await
}
