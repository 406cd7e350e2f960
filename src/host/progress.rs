//! How far a call is, for a client that asked to be told (MCP's progress).

use std::{fmt, pin::pin, time::Duration};

use futures_util::{
    FutureExt as _,
    future::{BoxFuture, Either, Shared, select},
};
use tokio::{sync::Mutex, time::Instant};

/// Between two words on the way: a client that draws them needs no more, and its context should
/// not fill with them.
const PAUSE: Duration = Duration::from_millis(200);

/// Between two signs of life of a call that says nothing itself.
const BEAT: Duration = Duration::from_secs(1);

/// How far a call is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// More than the last time.
    pub position: u64,
    /// Where the end is, on the same scale, if that is known.
    pub end: Option<u64>,
    /// In words of ours: `12 of 40 conversations`.
    pub message: String,
}

/// Passes a step on, in the order of the calls.
pub trait Tell: Send + Sync {
    /// Passes it on; whether it arrived does not matter to the call.
    fn tell(&self, step: Step) -> BoxFuture<'static, ()>;
}

/// Tells the client of one call how far it is; says nothing to one that did not ask.
#[derive(Default)]
pub struct Progress {
    to: Option<Box<dyn Tell>>,
    said: Mutex<Said>,
}

/// What was said.
#[derive(Default)]
struct Said {
    /// Signs of life. What the tool counts goes on from there, so that the position only grows.
    beats: u64,
    /// What the tool counted last, and when.
    last: Option<(Instant, u64)>,
    /// Nothing may come behind the result.
    is_over: bool,
    /// A step that may not have been passed on yet: whoever told it may have been stopped.
    on_its_way: Option<Shared<BoxFuture<'static, ()>>>,
}

impl Said {
    async fn pass_on(&mut self, to: &dyn Tell, step: Step) {
        self.arrived().await;
        let sent = to.tell(step).shared();
        self.on_its_way = Some(sent.clone());
        sent.await;
        self.on_its_way = None;
    }

    async fn arrived(&mut self) {
        if let Some(sent) = &self.on_its_way {
            sent.clone().await;
            self.on_its_way = None;
        }
    }
}

impl Progress {
    /// Tells through this.
    pub fn to(tell: Box<dyn Tell>) -> Self {
        Self {
            to: Some(tell),
            said: Mutex::default(),
        }
    }

    /// Says how far the call is, unless that is no further than was said, or it was said a moment
    /// ago and this is not the end. `of` is what is counted, in our own words: `conversations`.
    pub async fn tell(&self, done: u64, total: Option<u64>, of: &'static str) {
        let Some(to) = &self.to else { return };
        let mut said = self.said.lock().await;
        let is_end = total == Some(done);
        // Behind a sign of life, nothing done is not further.
        let is_further = |before: u64| done > before;
        let is_due = match said.last {
            None => said.beats == 0 || is_further(0),
            Some((at, before)) => is_further(before) && (is_end || at.elapsed() >= PAUSE),
        };
        if !is_due || said.is_over {
            return;
        }
        said.last = Some((Instant::now(), done));
        let step = Step {
            position: said.beats + done,
            end: total.map(|total| said.beats + total),
            message: match total {
                Some(total) => format!("{done} of {total} {of}"),
                None => format!("{done} {of}"),
            },
        };
        said.pass_on(to.as_ref(), step).await;
    }

    /// Runs a call, with a sign of life about every second for as long as its tool has said
    /// nothing of its own.
    pub async fn beside<T>(&self, call: impl Future<Output = T>) -> T {
        let mut call = pin!(call);
        if self.to.is_none() {
            return call.await;
        }
        let mut beats = pin!(self.beats());
        // The beats never end; a call that ends drops them.
        match select(&mut call, &mut beats).await {
            Either::Left((result, _)) => result,
            Either::Right(((), _)) => call.await,
        }
    }

    async fn beats(&self) {
        let begun = Instant::now();
        loop {
            tokio::time::sleep(BEAT).await;
            self.beat(begun.elapsed()).await;
        }
    }

    async fn beat(&self, waited: Duration) {
        let Some(to) = &self.to else { return };
        let mut said = self.said.lock().await;
        if said.is_over || said.last.is_some() {
            return;
        }
        said.beats += 1;
        let step = Step {
            position: said.beats,
            end: None,
            message: format!("at work for {} s", waited.as_secs().max(1)),
        };
        said.pass_on(to.as_ref(), step).await;
    }

    /// Says nothing more: returns once everything that was said is on its way before the result.
    pub async fn end(&self) {
        let mut said = self.said.lock().await;
        said.is_over = true;
        said.arrived().await;
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.to {
            Some(_) => "Progress(heard)",
            None => "Progress(unheard)",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[derive(Clone, Default)]
    struct Heard(Arc<std::sync::Mutex<Vec<Step>>>);

    impl Heard {
        fn positions(&self) -> Vec<u64> {
            self.0
                .lock()
                .unwrap()
                .iter()
                .map(|one| one.position)
                .collect()
        }
    }

    impl Tell for Heard {
        fn tell(&self, step: Step) -> BoxFuture<'static, ()> {
            let heard = self.clone();
            // A client that takes its time.
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(50)).await;
                heard.0.lock().unwrap().push(step);
            })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn only_what_is_further_is_told_and_the_end_always() {
        let heard = Heard::default();
        let progress = Progress::to(Box::new(heard.clone()));
        for done in [0, 1, 0, 2, 10, 10] {
            progress.tell(done, Some(10), "conversations").await;
        }
        assert_eq!(heard.positions(), [0, 10]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_call_gives_signs_of_life_until_its_tool_speaks() {
        let heard = Heard::default();
        let progress = Progress::to(Box::new(heard.clone()));
        let call = async {
            tokio::time::sleep(Duration::from_millis(3500)).await;
            for done in [1, 5] {
                progress.tell(done, Some(5), "conversations").await;
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        };
        progress.beside(call).await;
        progress.end().await;
        assert_eq!(heard.positions(), [1, 2, 3, 4, 8]);
        let said = heard.0.lock().unwrap();
        assert_eq!(said[2].message, "at work for 3 s");
        assert_eq!(
            (said[4].end, said[4].message.as_str()),
            (Some(8), "5 of 5 conversations")
        );
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_said_behind_the_result() {
        let heard = Heard::default();
        let progress = Progress::to(Box::new(heard.clone()));
        // Stopped in the midst of a word: it is said before the end, and nothing after.
        let call = progress.beside(async {
            tokio::time::sleep(Duration::from_millis(1020)).await;
        });
        call.await;
        let word = progress.tell(7, None, "conversations");
        assert!(
            tokio::time::timeout(Duration::from_millis(60), word)
                .await
                .is_err()
        );
        progress.end().await;
        assert_eq!(heard.positions(), [1, 8]);
        progress.tell(9, None, "conversations").await;
        progress.beat(Duration::from_secs(2)).await;
        assert_eq!(heard.positions(), [1, 8]);
    }

    #[tokio::test]
    async fn nobody_hears_of_a_call_that_nobody_asked_about() {
        let progress = Progress::default();
        assert_eq!(progress.beside(async { 5 }).await, 5);
        progress.end().await;
    }
}
