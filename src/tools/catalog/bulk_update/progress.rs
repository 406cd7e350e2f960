//! What was made of a plan so far.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::Skipped;
use crate::{
    front::id::ConversationId,
    tools::{
        ToolError,
        bulk::{
            change::Why,
            plan::{Failure, Plan, State},
            seen::Moved,
            work::Stop,
        },
    },
};

/// What was made of a plan so far.
#[derive(Serialize, JsonSchema)]
pub(super) struct Progress {
    /// Changed since the plan was made, or found as wanted.
    pub(super) done: usize,
    pub(super) of: usize,
    /// Left alone, as people changed them since the dry run: for a new dry run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) skipped: Vec<Skipped>,
    /// Refused by Front; the same handle does not try them again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) failed: Vec<Failed>,
    /// Perhaps changed: the same handle looks at them again, and repeats what is not made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) unknown: Vec<ConversationId>,
    /// Left for the next call.
    pub(super) not_tried: usize,
    /// Why it stopped before the end: `time`, `rate_limited`, `unanswered`, or an error's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stopped: Option<&'static str>,
    /// When going on makes sense.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retry_after_seconds: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Failed {
    #[serde(flatten)]
    pub(super) failure: Failure,
    pub(super) conversation_ids: Vec<ConversationId>,
}

/// How far a plan is, and why no further.
pub(super) fn progress(plan: &Plan, stop: Option<Stop>) -> Progress {
    let mut progress = Progress {
        done: plan.done(),
        of: plan.len(),
        skipped: Vec::new(),
        failed: Vec::new(),
        unknown: Vec::new(),
        not_tried: 0,
        stopped: None,
        retry_after_seconds: None,
    };
    for (id, state) in plan.each() {
        match state {
            State::Done => {}
            State::Waiting => progress.not_tried += 1,
            State::Unknown(_) => progress.unknown.push(id),
            State::Skipped(moved) => progress.skip(id, moved),
            State::Failed(failure) => progress.fail(id, failure),
        }
    }
    progress.stop(stop);
    progress
}

impl Progress {
    fn skip(&mut self, id: ConversationId, moved: Moved) {
        let same = |group: &&mut Skipped| group.changed == Some(moved);
        match self.skipped.iter_mut().find(same) {
            Some(group) => group.conversation_ids.push(id),
            None => self.skipped.push(Skipped {
                why: Why::ChangedSince,
                merged_into: None,
                changed: Some(moved),
                conversation_ids: vec![id],
            }),
        }
    }

    fn fail(&mut self, id: ConversationId, failure: Failure) {
        let same = |group: &&mut Failed| group.failure == failure;
        match self.failed.iter_mut().find(same) {
            Some(group) => group.conversation_ids.push(id),
            None => self.failed.push(Failed {
                failure,
                conversation_ids: vec![id],
            }),
        }
    }

    fn stop(&mut self, stop: Option<Stop>) {
        let seconds = |wait: Duration| wait.as_secs().max(1);
        match stop {
            None => {}
            Some(Stop::Time) => self.stopped = Some("time"),
            Some(Stop::Unanswered) => self.stopped = Some("unanswered"),
            Some(Stop::Budget(wait)) => {
                self.stopped = Some("rate_limited");
                self.retry_after_seconds = Some(seconds(wait));
            }
            Some(Stop::Trouble(error)) => {
                let error = ToolError::from(error);
                self.stopped = Some(error.code);
                self.retry_after_seconds = error.retry_after.map(seconds);
            }
        }
    }
}
