//! The dry run: which conversations a change is for, as they are now.

use futures_util::{StreamExt as _, stream};

use super::{
    AT_ONCE, MOST,
    change::{Change, Why},
    last_moment,
};
use crate::{
    front::{
        Client, FrontError, FrontErrorKind, endpoints::conversations::GetConversation,
        id::ConversationId, model::Conversation,
    },
    tools::{
        Context, ToolError,
        listing::Plan as Lists,
        search_filters::Searches,
        sources::{read, sources},
    },
};

/// What was found.
#[derive(Debug, Default)]
pub struct Survey {
    /// Those that the change is for.
    pub due: Vec<Conversation>,
    /// Those that it is not for.
    pub skipped: Vec<(ConversationId, Why, Option<ConversationId>)>,
    /// Found beyond the most that one plan takes.
    pub beyond: u64,
}

impl Survey {
    fn judge(&mut self, change: &Change, conversation: Conversation) {
        match change.is_due(&conversation) {
            Ok(()) => self.due.push(conversation),
            Err(why) => self.skipped.push((conversation.id, why, None)),
        }
    }
}

/// Looks at what a search finds, the newest first.
pub async fn found(
    context: &Context<'_>,
    change: &Change,
    searches: &Searches,
) -> Result<Survey, ToolError> {
    let mut survey = Survey::default();
    let mut lists = sources(Lists::Search(searches.plan()?));
    let (mut seen, mut total) = (Vec::<ConversationId>::new(), 0);
    while seen.len() < MOST && lists.iter().any(|list| !list.state.done) {
        let left = u32::try_from(MOST - seen.len()).unwrap_or(100).min(100);
        let page = read(&context.client, &mut lists, left, |_| true).await?;
        total = page.total.unwrap_or(0).max(total);
        for (_, conversation) in page.rows {
            if !seen.contains(&conversation.id) {
                seen.push(conversation.id.clone());
                survey.judge(change, conversation);
            }
        }
    }
    if lists.iter().any(|list| !list.state.done) {
        survey.beyond = total.saturating_sub(seen.len() as u64).max(1);
    }
    Ok(survey)
}

/// Looks at each of these. What there is no time or budget for is told, and not in the plan.
pub async fn named(
    context: &Context<'_>,
    change: &Change,
    ids: Vec<ConversationId>,
) -> Result<Survey, ToolError> {
    let client = context
        .client
        .within(last_moment(context.client.deadline()));
    let (mut survey, total) = (Survey::default(), ids.len() as u64);
    let mut looks = stream::iter(ids)
        .map(|id| look(&client, id))
        .buffered(AT_ONCE);
    let (mut looked, mut is_over) = (0, false);
    while let Some((id, look)) = looks.next().await {
        match look {
            Ok((conversation, None)) => survey.judge(change, conversation),
            Ok((_, into)) => survey.skipped.push((id, Why::Merged, into)),
            Err(error) => match why(&error.kind) {
                Some(Why::NotRead) => {
                    is_over = true;
                    survey.skipped.push((id, Why::NotRead, None));
                }
                Some(why) => survey.skipped.push((id, why, None)),
                None if is_over => survey.skipped.push((id, Why::NotRead, None)),
                None => return Err(error.into()),
            },
        }
        looked += 1;
        let progress = context.host.progress();
        progress.tell(looked, Some(total), "conversations").await;
    }
    Ok(survey)
}

type Look = Result<(Conversation, Option<ConversationId>), FrontError>;

async fn look(client: &Client, id: ConversationId) -> (ConversationId, Look) {
    let get = GetConversation {
        conversation: id.clone(),
    };
    let found = client.find(&get).await;
    (id, found.map(|found| (found.answer, found.merged_into)))
}

/// Why one could not be looked at; none where it is about more than this one.
fn why(kind: &FrontErrorKind) -> Option<Why> {
    match kind {
        FrontErrorKind::Status(404) | FrontErrorKind::Outside => Some(Why::NotFound),
        FrontErrorKind::Status(403) => Some(Why::Forbidden),
        FrontErrorKind::RateLimited(_) | FrontErrorKind::TimedOut(_) => Some(Why::NotRead),
        _ => None,
    }
}
