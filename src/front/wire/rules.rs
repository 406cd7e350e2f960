//! What happens to a request on its way, in order: join an identical read, wait for the budget,
//! one exchange, verdict, retry. All of it but the exchange, which is handed in, so that the
//! rules can be tried against a simulated Front.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;

use super::{
    Answer, WireFault,
    limit::{Ask, Budget, CallerKey, Fate, GuardKey, Lesson, Priority},
    retry::{ATTEMPTS, RetryBudget, Verdict, verdict},
    share::Shared,
};
use crate::front::operation::{Effect, Method, Operation};

/// A request that leaves in the last moment is spent for nothing.
const EXCHANGE: Duration = Duration::from_secs(1);

/// What one exchange brought: its outcome, and what its headers taught if they came.
#[derive(Debug)]
pub struct Carried {
    /// The answer or why there is none.
    pub outcome: Result<Answer, WireFault>,
    /// The rate-limit headers.
    pub lesson: Option<Lesson>,
    /// Front refused the token, and there is another one now.
    pub is_renewed: bool,
}

impl Carried {
    /// Nothing left this machine.
    pub(super) fn never_left(fault: WireFault) -> Self {
        Self {
            outcome: Err(fault),
            lesson: None,
            is_renewed: false,
        }
    }

    /// Whether bytes left this machine.
    pub(super) fn has_left(&self) -> bool {
        self.fate() != Fate::NeverLeft
    }

    fn fate(&self) -> Fate {
        match (&self.outcome, self.lesson) {
            (_, Some(lesson)) => Fate::Answered(lesson),
            (
                Err(
                    WireFault::NoToken
                    | WireFault::SignedOut(_)
                    | WireFault::NotRenewed(_)
                    | WireFault::Unbuildable
                    | WireFault::Unreachable(_),
                ),
                None,
            ) => Fate::NeverLeft,
            (_, None) => Fate::Lost,
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The budget is spent; nothing was asked. Come back after so long.
    RateLimited(Duration),
    /// The exchange failed.
    Fault(WireFault),
}

/// How long a call waited for the budget, over all its requests.
#[derive(Clone, Debug, Default)]
pub struct Waited(Arc<AtomicU64>);

impl Waited {
    /// The time so far. Requests that waited side by side add up.
    pub fn total(&self) -> Duration {
        Duration::from_micros(self.0.load(Ordering::Relaxed))
    }

    /// Counts until it is dropped, by a deadline above too.
    fn count(&self) -> Counting<'_> {
        Counting(&self.0, Instant::now())
    }
}

struct Counting<'waited>(&'waited AtomicU64, Instant);

impl Drop for Counting<'_> {
    fn drop(&mut self) {
        let micros = u64::try_from(self.1.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.0.fetch_add(micros, Ordering::Relaxed);
    }
}

/// One request as the rules see it.
#[derive(Debug)]
pub struct Journey<'call> {
    /// What is asked of Front.
    pub operation: &'static Operation,
    /// Which guard watches it.
    pub guard: GuardKey,
    /// Path and query: what makes two reads identical.
    pub target: String,
    /// Whose turn it takes.
    pub caller: CallerKey,
    /// Before or after others.
    pub priority: Priority,
    /// Whether it may be answered by an identical read that is already under way.
    pub sharing: Sharing,
    /// When there must be an answer.
    pub deadline: Instant,
    /// Whether it may be made again when it fails.
    pub repeats: Repeats,
    /// Where its waiting is counted.
    pub waited: &'call Waited,
}

impl Journey<'_> {
    /// Its place in the queue, which it leaves with some time left for the exchange.
    fn ask(&self) -> Ask {
        Ask {
            guard: self.guard.clone(),
            caller: self.caller.clone(),
            priority: self.priority,
            deadline: self.deadline.checked_sub(EXCHANGE).unwrap_or(self.deadline),
        }
    }
}

/// Whether a request that failed may be made again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeats {
    /// As `retry` judges.
    #[default]
    Judged,
    /// No: whoever asks wants to know that it failed. Once more with a renewed token all the same.
    Never,
}

/// Whether a read may be answered by one that began before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// Yes: identical reads at one moment are one request.
    #[default]
    Shared,
    /// No: what it decides must not rest on an older look.
    Fresh,
}

fn is_shareable(operation: &Operation) -> bool {
    operation.effect == Effect::Read && operation.method == Method::Get
}

/// The rules of one company, shared by all its callers.
#[derive(Debug, Default)]
pub struct Rules {
    /// The request budget.
    pub budget: Budget,
    retries: RetryBudget,
    reads: Shared<Answer>,
}

impl Rules {
    /// Takes a request to its answer, whatever its status.
    pub async fn run<F, R>(&self, journey: Journey<'_>, carry: F) -> Result<Answer, Failure>
    where
        F: Fn() -> R,
        R: Future<Output = Carried>,
    {
        let Journey {
            operation,
            priority,
            deadline,
            ..
        } = journey;
        if journey.sharing == Sharing::Fresh && is_shareable(operation) {
            return self.attempts(&journey, carry).await;
        }
        if !is_shareable(operation) {
            let _anew = BeginAnew(&self.reads);
            return self.attempts(&journey, carry).await;
        }
        // Who waits must not be held up by who pages.
        let key = format!("{priority:?} {}", journey.target);
        let started = Instant::now();
        let make = self.attempts(&journey, carry);
        self.reads
            .join(key, deadline, make, is_for_all)
            .await
            .unwrap_or_else(|_| Err(Failure::Fault(WireFault::TimedOut(started.elapsed()))))
    }

    /// Budget, exchange, verdict, until there is an answer.
    async fn attempts<F, R>(&self, journey: &Journey<'_>, carry: F) -> Result<Answer, Failure>
    where
        F: Fn() -> R,
        R: Future<Output = Carried>,
    {
        let operation = journey.operation;
        let ask = journey.ask();
        let mut attempt = match journey.repeats {
            Repeats::Judged => 1,
            Repeats::Never => ATTEMPTS,
        };
        let mut was_renewed = false;
        self.retries.earn();
        loop {
            let counting = journey.waited.count();
            let permit = self.budget.enter(&ask).await;
            drop(counting);
            let permit = permit.map_err(Failure::RateLimited)?;
            let carried = carry().await;
            permit.end(carried.fate());

            let Carried {
                outcome,
                lesson,
                is_renewed,
            } = carried;
            // Front did not process what it refused: once more, whatever the operation, with the
            // new token.
            if is_renewed && !was_renewed && operation.effect != Effect::Send {
                was_renewed = true;
                continue;
            }
            let Verdict::Retry(pause) = verdict(operation, attempt, &outcome, jitter()) else {
                return outcome.map_err(Failure::Fault);
            };
            let is_refusal = lesson.is_some_and(|lesson| lesson.is_refusal());
            if !is_refusal {
                let in_time = Instant::now() + pause < journey.deadline;
                if !in_time || !self.retries.spend() {
                    return outcome.map_err(Failure::Fault);
                }
                tokio::time::sleep(pause).await;
            }
            // After a 429 the budget knows how long to wait, and in what order.
            tracing::debug!(operation = operation.id, attempt, "trying again");
            attempt += 1;
        }
    }

    /// One exchange that is counted and nothing else: never queued, repeated or shared.
    pub async fn count(
        &self,
        guard: &GuardKey,
        exchange: impl Future<Output = Carried>,
    ) -> Result<Answer, WireFault> {
        let _anew = BeginAnew(&self.reads);
        let permit = self.budget.count(guard);
        let carried = exchange.await;
        permit.end(carried.fate());
        carried.outcome
    }
}

/// What is wrong with a request is wrong for all who made it; what befell it is not.
fn is_for_all(answer: &Answer) -> bool {
    answer.status < 500 && answer.status != 429
}

/// Whatever becomes of a write, who reads after it sees it.
struct BeginAnew<'rules>(&'rules Shared<Answer>);

impl Drop for BeginAnew<'_> {
    fn drop(&mut self) {
        self.0.begin_anew();
    }
}

fn jitter() -> f64 {
    getrandom::u32().map_or(0.5, |random| f64::from(random) / f64::from(u32::MAX))
}
