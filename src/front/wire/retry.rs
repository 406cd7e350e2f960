//! Whether a failed request is tried again: a pure verdict over what the operation does and
//! what happened. Nothing here waits or sends. How many retries there may be is `budget`'s.
//!
//! A send never comes here: the gate's sender makes one request and reads one answer.

mod budget;

use std::time::Duration;

pub use self::budget::{FLOOR, RetryBudget};
use super::{Answer, WireFault};
use crate::front::operation::{Effect, Method, Operation};

/// Attempts at one read, the first included.
pub const ATTEMPTS: u32 = 3;

/// What to do after an attempt.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// This is the answer, good or bad.
    Accept,
    /// Try again after so long.
    Retry(Duration),
}

/// The verdict after attempt number `attempt` (from 1). `jitter` in 0..1 spreads retries.
pub fn verdict(
    operation: &Operation,
    attempt: u32,
    outcome: &Result<Answer, WireFault>,
    jitter: f64,
) -> Verdict {
    if attempt >= ATTEMPTS || operation.effect == Effect::Send {
        return Verdict::Accept;
    }
    let pause = Verdict::Retry(backoff(attempt, jitter));
    match outcome {
        // Front did not process it: safe for every operation.
        Ok(answer) if answer.status == 429 => {
            Verdict::Retry(answer.retry_after.unwrap_or(Duration::from_secs(1)))
        }
        Ok(answer) if answer.status >= 500 && is_read(operation) => pause,
        Err(WireFault::Unreachable(_)) if is_read(operation) => pause,
        Err(WireFault::Unreachable(_)) if attempt == 1 && sets_full_state(operation) => pause,
        Err(WireFault::Broken) if is_read(operation) => pause,
        _ => Verdict::Accept,
    }
}

fn is_read(operation: &Operation) -> bool {
    operation.method == Method::Get && operation.effect == Effect::Read
}

fn sets_full_state(operation: &Operation) -> bool {
    matches!(
        operation.method,
        Method::Put | Method::Patch | Method::Delete
    )
}

/// Full jitter over 0.2 s, 0.4 s, ...
fn backoff(attempt: u32, jitter: f64) -> Duration {
    let ceiling = Duration::from_millis(200) * 2u32.saturating_pow(attempt.saturating_sub(1));
    ceiling.mul_f64(jitter.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16) -> Result<Answer, WireFault> {
        Ok(Answer {
            status,
            location: None,
            content_type: None,
            retry_after: Some(Duration::from_secs(7)),
            body: bytes::Bytes::new(),
        })
    }

    fn retries(id: &str, outcome: &Result<Answer, WireFault>) -> bool {
        let operation = Operation::by_id(id).unwrap();
        verdict(operation, 1, outcome, 0.5) != Verdict::Accept
    }

    #[test]
    fn a_send_is_never_tried_again() {
        for outcome in [
            answer(429),
            answer(500),
            Err(WireFault::Broken),
            Err(WireFault::Unreachable("x")),
        ] {
            assert!(!retries("create-message-reply", &outcome));
            assert!(!retries("create-message", &outcome));
        }
    }

    #[test]
    fn what_may_have_happened_is_not_repeated() {
        assert!(retries("list-conversations", &answer(503)));
        assert!(retries("list-conversations", &Err(WireFault::Broken)));
        assert!(!retries("create-contact", &answer(503)));
        assert!(!retries("create-contact", &Err(WireFault::Broken)));
        assert!(!retries(
            "create-contact",
            &Err(WireFault::Unreachable("x"))
        ));
        assert!(retries(
            "update-conversation",
            &Err(WireFault::Unreachable("x"))
        ));
        assert!(!retries("update-conversation", &Err(WireFault::Broken)));
        assert!(retries("create-contact", &answer(429)));
        assert!(!retries("list-conversations", &answer(404)));
    }

    #[test]
    fn attempts_end() {
        let operation = Operation::by_id("list-conversations").unwrap();
        assert_eq!(verdict(operation, 3, &answer(503), 0.5), Verdict::Accept);
    }
}
