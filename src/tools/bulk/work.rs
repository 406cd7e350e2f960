//! Carrying a plan out: a few at a time, until it is done or the call's time or budget is.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures_util::{StreamExt as _, stream};
use tokio::time::Instant;

use super::{
    AT_ONCE,
    change::Why,
    last_moment,
    plan::{Failure, Plan, State},
    seen::{Moved, Seen},
};
use crate::{
    front::{Client, FrontError, FrontErrorKind, id::ConversationId, model::Conversation},
    tools::{Context, ToolError, before},
};

/// So many answers in a row that say nothing, and Front is left alone.
const MOST_UNKNOWN: usize = 2 * AT_ONCE;

/// Why a plan was left before its end.
#[derive(Debug)]
pub enum Stop {
    /// The call's time was nearly up.
    Time,
    /// The company's request budget is spent, for so long.
    Budget(Duration),
    /// Nothing more can be asked of Front for now.
    Trouble(FrontError),
    /// Front answered nothing that could be read, again and again.
    Unanswered,
}

/// What the calls that run side by side share.
#[derive(Default)]
struct Course {
    stop: Option<Stop>,
    unknown_in_a_row: usize,
}

/// Makes what is still to be made of a plan.
///
/// # Errors
/// When nothing at all could be asked of Front: then the plan is as it was.
pub async fn carry_out(context: &Context<'_>, plan: &Plan) -> Result<Option<Stop>, ToolError> {
    let end = last_moment(context.client.deadline());
    // What people did since the dry run must be seen, not what another call was told before.
    let client = context.client.within(end).fresh();
    let open = plan.open();
    let before = plan.len() - open.len();
    let course = Mutex::new(Course::default());
    let mut steps = stream::iter(open)
        .map(|one| step(&client, plan, &course, one))
        .buffer_unordered(AT_ONCE);
    let total = Some(plan.len() as u64);
    while steps.next().await.is_some() {
        let done = (plan.len() - plan.open().len()) as u64;
        let progress = context.host.progress();
        progress.tell(done, total, "conversations").await;
    }
    drop(steps);
    let stop = course
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .stop;
    let is_as_it_was = plan.len() - plan.open().len() == before
        && plan
            .each()
            .iter()
            .all(|(_, state)| !matches!(state, State::Unknown(_)));
    match stop {
        Some(Stop::Trouble(error)) if is_as_it_was => Err(ToolError::from(error)),
        stop => Ok(stop),
    }
}

/// What became of one conversation.
struct Outcome {
    state: State,
    /// Why the others need not be tried.
    stop: Option<Stop>,
    /// Whether Front said anything that could be read.
    is_answered: bool,
}

impl Outcome {
    const fn of(state: State) -> Self {
        Self {
            state,
            stop: None,
            is_answered: true,
        }
    }
}

impl Course {
    /// Whether no more is to be begun.
    fn is_over(&mut self, deadline: Instant) -> bool {
        if self.stop.is_none() && Instant::now() >= deadline {
            self.stop = Some(Stop::Time);
        }
        self.stop.is_some()
    }

    fn note(&mut self, stop: Option<Stop>, is_answered: bool) {
        self.unknown_in_a_row = match is_answered {
            true => 0,
            false => self.unknown_in_a_row + 1,
        };
        if self.stop.is_none() {
            self.stop = stop;
        }
        if self.stop.is_none() && self.unknown_in_a_row >= MOST_UNKNOWN {
            self.stop = Some(Stop::Unanswered);
        }
    }
}

/// One conversation, unless it is time to stop.
async fn step(
    client: &Client,
    plan: &Plan,
    course: &Mutex<Course>,
    (place, id, earlier): (usize, ConversationId, State),
) {
    let course = || course.lock().unwrap_or_else(PoisonError::into_inner);
    if course().is_over(client.deadline()) {
        return;
    }
    let outcome = attempt(client, plan, (place, &id, earlier)).await;
    plan.put(place, outcome.state);
    course().note(outcome.stop, outcome.is_answered);
}

/// Looks at one as it is now, and makes the change if it is still the one that the dry run saw.
async fn attempt(
    client: &Client,
    plan: &Plan,
    (place, id, earlier): (usize, &ConversationId, State),
) -> Outcome {
    let now = match before::read(client, id).await {
        Ok(now) => now,
        Err(error) => return unread(error, earlier),
    };
    if let Some(state) = settled(plan, place, &now, &earlier) {
        return Outcome::of(state);
    }
    // Until there is an answer: a call that is cancelled meanwhile leaves it so.
    let unknown = State::Unknown(Seen::of(&now).updated_at());
    plan.put(place, unknown.clone());
    match plan.change.make(client, id).await {
        Ok(()) => Outcome::of(State::Done),
        Err(error) => judged(error, earlier, unknown),
    }
}

/// What one is without being changed: as wanted, or no longer what the dry run saw.
fn settled(plan: &Plan, place: usize, now: &Conversation, earlier: &State) -> Option<State> {
    if plan.change.is_due(now) == Err(Why::AlreadySo) {
        return Some(State::Done);
    }
    let (kind, now) = (plan.change.kind, Seen::of(now));
    if let Some(moved) = plan.seen(place).and_then(|seen| seen.moved(kind, &now)) {
        return Some(State::Skipped(moved));
    }
    // The attempt may have been made and undone by somebody, which looks like never made.
    match earlier {
        State::Unknown(updated_at) if *updated_at != now.updated_at() => {
            Some(State::Skipped(Moved::Something))
        }
        _ => None,
    }
}

/// What an error of the look says: without it nothing was asked for, so that it is as before.
fn unread(error: FrontError, earlier: State) -> Outcome {
    let unanswered = earlier.clone();
    judged(error, earlier, unanswered)
}

/// What an error says of this conversation, which is as before where it was not asked for, and
/// otherwise unknown where no answer could be read; and whether the others need not be tried.
fn judged(error: FrontError, earlier: State, unknown: State) -> Outcome {
    let stop = match &error.kind {
        FrontErrorKind::RateLimited(wait) => Stop::Budget(*wait),
        FrontErrorKind::NoToken
        | FrontErrorKind::SignedOut(_)
        | FrontErrorKind::NotRenewed(_)
        | FrontErrorKind::Status(401)
        | FrontErrorKind::Denied(_)
        | FrontErrorKind::Unreachable(_) => Stop::Trouble(error),
        kind if kind.certainly_nothing_happened() => {
            return Outcome::of(State::Failed(Failure::of(error)));
        }
        _ => {
            return Outcome {
                state: unknown,
                stop: None,
                is_answered: false,
            };
        }
    };
    Outcome {
        state: earlier,
        stop: Some(stop),
        is_answered: true,
    }
}
