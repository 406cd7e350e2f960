//! Waiting for what Front computes in its own time: looking again after ever longer pauses, and
//! going away in time with what is known, so that another call can go on.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::{
    front::{
        Client, Endpoint, FrontError, FrontErrorKind,
        model::analytics::{Export, Progress, Report},
    },
    shape::text::Text,
    tools::{Context, ToolError},
};

/// Before the first look; short, because small reports are there at once.
const FIRST_PAUSE: Duration = Duration::from_millis(400);

/// Between looks at the most.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Kept at the end of the call for the answer.
const MARGIN: Duration = Duration::from_secs(3);

/// Something that Front works on.
pub trait Job {
    /// How far it is.
    fn status(&self) -> Progress;
    /// Per cent.
    fn percent(&self) -> u64;

    /// Nothing will change any more.
    fn has_ended(&self) -> bool {
        matches!(
            self.status(),
            Progress::Done | Progress::TooBig | Progress::Failed
        )
    }
}

impl Job for Report {
    fn status(&self) -> Progress {
        self.status
    }
    fn percent(&self) -> u64 {
        self.progress
    }
}

impl Job for Export {
    fn status(&self) -> Progress {
        self.status
    }
    fn percent(&self) -> u64 {
        self.progress
    }
}

/// How long a call waits.
#[derive(Debug)]
pub struct Waiting {
    /// The door, closed in time for an answer.
    pub client: Client,
    until: Instant,
}

impl Waiting {
    /// To a margin before the call's deadline, or for so many seconds if that is shorter.
    pub fn of(context: &Context<'_>, seconds: Option<u32>) -> Self {
        let now = Instant::now();
        let deadline = context.client.deadline();
        let margin = MARGIN.min(deadline.saturating_duration_since(now) / 5);
        let end = deadline.checked_sub(margin).unwrap_or(now);
        let asked = seconds.map(|seconds| now + Duration::from_secs(seconds.into()));
        Self {
            client: context.client.within(end),
            until: asked.map_or(end, |asked| asked.min(end)),
        }
    }

    /// Looks at all of these until each has ended or time is up, and tells how far they are.
    ///
    /// What is known of one is beside it; of one that nothing is known of, a first look fails
    /// as any read does.
    pub async fn follow<E>(
        &self,
        context: &Context<'_>,
        looks: Vec<(E, Option<E::Answer>)>,
    ) -> Result<Vec<E::Answer>, FrontError>
    where
        E: Endpoint,
        E::Answer: Job,
    {
        let mut known = Vec::with_capacity(looks.len());
        for (look, found) in looks {
            let found = match found {
                Some(found) => found,
                None => self.client.send(&look).await?,
            };
            known.push((look, found));
        }
        let mut pause = FIRST_PAUSE;
        loop {
            tell(context, known.iter().map(|(_, found)| found)).await;
            let has_ended = known.iter().all(|(_, found)| found.has_ended());
            if has_ended || Instant::now() + pause >= self.until {
                break;
            }
            sleep(pause).await;
            pause = pause.mul_f64(1.6).min(LONGEST_PAUSE);
            for (look, found) in known.iter_mut().filter(|(_, found)| !found.has_ended()) {
                match self.client.send(look).await {
                    Ok(newer) => *found = newer,
                    // Time is up, here or in the company's budget: what is known is the answer.
                    Err(error) if is_of_time(&error) => break,
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(known.into_iter().map(|(_, found)| found).collect())
    }
}

/// The mean of all, and less than everything while anything is missing.
async fn tell<'job>(context: &Context<'_>, jobs: impl Iterator<Item = &'job (impl Job + 'job)>) {
    let (mut sum, mut count, mut is_done) = (0, 0, true);
    for job in jobs {
        let is_there = job.status() == Progress::Done;
        sum += if is_there { 100 } else { job.percent().min(99) };
        count += 1;
        is_done &= is_there;
    }
    let percent = sum / u64::max(count, 1);
    let percent = if is_done { 100 } else { percent.min(99) };
    let progress = context.host.progress();
    progress.tell(percent, Some(100), "percent").await;
}

fn is_of_time(error: &FrontError) -> bool {
    matches!(
        error.kind,
        FrontErrorKind::TimedOut(_) | FrontErrorKind::RateLimited(_)
    )
}

/// What Front could not do.
pub fn given_up(status: Progress, what: &'static str) -> Option<ToolError> {
    match status {
        Progress::TooBig => {
            let mut message = Text::of("Front gave the ");
            message.say(what).say(" up: it is too big");
            Some(
                ToolError::new("too_big", message)
                    .next("ask for fewer days, or set `filters`; nothing needs to be removed"),
            )
        }
        Progress::Failed => {
            let mut message = Text::of("Front gave the ");
            message.say(what).say(" up and does not say why");
            Some(ToolError::new("failed", message).next(
                "call again for a new one, if it fails again for fewer days; nothing needs to be removed",
            ))
        }
        Progress::Running | Progress::Done | Progress::Other => None,
    }
}
