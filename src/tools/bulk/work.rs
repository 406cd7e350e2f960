//! Carrying a plan out: a few at a time, until it is done or the call's time or budget is.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures_util::{StreamExt as _, stream};
use tokio::time::Instant;

use super::{
    AT_ONCE, last_moment,
    plan::{Failure, Plan, State},
};
use crate::{
    front::{Client, FrontError, FrontErrorKind, id::ConversationId},
    tools::{Context, ToolError},
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
    let client = context.client.within(end);
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
            .all(|(_, state)| *state != State::Unknown);
    match stop {
        Some(Stop::Trouble(error)) if is_as_it_was => Err(ToolError::from(error)),
        stop => Ok(stop),
    }
}

/// One conversation, unless it is time to stop.
async fn step(
    client: &Client,
    plan: &Plan,
    course: &Mutex<Course>,
    (place, id, earlier): (usize, ConversationId, State),
) {
    let with = |change: &mut dyn FnMut(&mut Course)| {
        change(&mut course.lock().unwrap_or_else(PoisonError::into_inner));
    };
    let mut is_over = false;
    with(&mut |course| {
        if course.stop.is_none() && Instant::now() >= client.deadline() {
            course.stop = Some(Stop::Time);
        }
        is_over = course.stop.is_some();
    });
    if is_over {
        return;
    }
    // Until there is an answer: a call that is cancelled meanwhile leaves it so.
    plan.put(place, State::Unknown);
    let (state, mut stop) = match plan.change.make(client, &id).await {
        Ok(()) => (State::Done, None),
        Err(error) => judged(error, earlier),
    };
    with(&mut |course| {
        course.unknown_in_a_row = match state {
            State::Unknown => course.unknown_in_a_row + 1,
            _ => 0,
        };
    });
    plan.put(place, state);
    with(&mut |course| {
        if course.stop.is_none() {
            course.stop = stop.take();
        }
        if course.stop.is_none() && course.unknown_in_a_row >= MOST_UNKNOWN {
            course.stop = Some(Stop::Unanswered);
        }
    });
}

/// What an error says of this conversation, which is as before where it was not asked for, and whether the others need not be tried.
fn judged(error: FrontError, earlier: State) -> (State, Option<Stop>) {
    match &error.kind {
        FrontErrorKind::RateLimited(wait) => (earlier, Some(Stop::Budget(*wait))),
        FrontErrorKind::NoToken
        | FrontErrorKind::SignedOut(_)
        | FrontErrorKind::NotRenewed(_)
        | FrontErrorKind::Status(401)
        | FrontErrorKind::Denied(_)
        | FrontErrorKind::Unreachable(_) => (earlier, Some(Stop::Trouble(error))),
        kind if kind.certainly_nothing_happened() => (State::Failed(Failure::of(error)), None),
        _ => (State::Unknown, None),
    }
}
