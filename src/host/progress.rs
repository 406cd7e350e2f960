//! How far a call is, for a client that asked to be told (MCP's progress).

use std::{
    fmt,
    time::{Duration, Instant},
};

use futures_util::future::BoxFuture;
use tokio::sync::Mutex;

/// Between two words on the way: a client that draws them needs no more, and its context should
/// not fill with them.
const PAUSE: Duration = Duration::from_millis(200);

/// How far a call is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is done; more than the last time.
    pub done: u64,
    /// Of how much, where that is known.
    pub total: Option<u64>,
    /// What is counted, in our own words: `conversations`.
    pub of: &'static str,
}

/// Passes a step on, in the order of the calls.
pub trait Tell: Send + Sync {
    /// Passes it on; whether it arrived does not matter to the call.
    fn tell(&self, step: Step) -> BoxFuture<'_, ()>;
}

/// Tells the client of one call how far it is; says nothing to one that did not ask.
#[derive(Default)]
pub struct Progress {
    to: Option<Box<dyn Tell>>,
    last: Mutex<Option<(Instant, u64)>>,
}

impl Progress {
    /// Tells through this.
    pub fn to(tell: Box<dyn Tell>) -> Self {
        Self {
            to: Some(tell),
            last: Mutex::default(),
        }
    }

    /// Whether anybody listens.
    pub fn is_heard(&self) -> bool {
        self.to.is_some()
    }

    /// Says how far the call is, unless that is no further than was said, or it was said a moment
    /// ago and this is not the end.
    pub async fn tell(&self, done: u64, total: Option<u64>, of: &'static str) {
        let Some(to) = &self.to else { return };
        let mut last = self.last.lock().await;
        let is_end = total == Some(done);
        let is_due =
            last.is_none_or(|(at, before)| done > before && (is_end || at.elapsed() >= PAUSE));
        if !is_due {
            return;
        }
        *last = Some((Instant::now(), done));
        to.tell(Step { done, total, of }).await;
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
    struct Heard(Arc<std::sync::Mutex<Vec<u64>>>);

    impl Tell for Heard {
        fn tell(&self, step: Step) -> BoxFuture<'_, ()> {
            self.0.lock().unwrap().push(step.done);
            Box::pin(async {})
        }
    }

    #[tokio::test]
    async fn only_what_is_further_is_told_and_the_end_always() {
        let heard = Heard::default();
        let progress = Progress::to(Box::new(heard.clone()));
        for done in [0, 1, 0, 2, 10, 10] {
            progress.tell(done, Some(10), "conversations").await;
        }
        assert_eq!(*heard.0.lock().unwrap(), [0, 10]);
    }
}
