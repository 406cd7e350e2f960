//! Guards of Front's tighter limits.
//!
//! When Front counts a request is unknown: somewhere between its leaving and its answer. A
//! place is therefore taken when a request leaves and given back one span after its answer, so
//! that no span on Front's clock can hold more requests than the quota, whatever the network
//! does.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use super::class::{GuardKey, Quota};

/// More resources than anybody works on within an hour; the longest quiet are forgotten.
const MOST_GUARDS: usize = 4096;

#[derive(Debug, Default)]
struct Guard {
    in_flight: u32,
    /// When answers came, oldest first; none older than a span once pruned.
    answered: VecDeque<Instant>,
    /// Front refused: nothing may leave before.
    blocked_until: Option<Instant>,
}

/// The guards of a company.
#[derive(Debug, Default)]
pub struct Guards {
    kept: HashMap<GuardKey, Guard>,
}

impl Guards {
    /// When the request behind `ahead` others of the same guard may leave.
    pub fn ready_at(&self, now: Instant, key: &GuardKey, limit: u32, ahead: usize) -> Instant {
        let Some(guard) = self.kept.get(key) else {
            return match key.class.quota(limit) {
                Some(quota) => quota.after(now, ahead),
                None => now,
            };
        };
        let blocked = guard.blocked_until.map_or(now, |until| until.max(now));
        match key.class.quota(limit) {
            Some(quota) => blocked.max(guard.free_at(now, quota, ahead)),
            None => blocked,
        }
    }

    /// A request leaves.
    pub fn take(&mut self, now: Instant, key: &GuardKey, limit: u32) {
        if key.class.quota(limit).is_none() {
            return;
        }
        self.make_room(now, limit);
        self.kept.entry(key.clone()).or_default().in_flight += 1;
    }

    /// A request that was let go did not leave.
    pub fn give_back(&mut self, key: &GuardKey) {
        if let Some(guard) = self.kept.get_mut(key) {
            guard.in_flight = guard.in_flight.saturating_sub(1);
        }
    }

    /// A request was answered, or will never be.
    pub fn answered(&mut self, now: Instant, key: &GuardKey, limit: u32) {
        let Some(quota) = key.class.quota(limit) else {
            return;
        };
        if let Some(guard) = self.kept.get_mut(key) {
            guard.in_flight = guard.in_flight.saturating_sub(1);
            guard.answered.push_back(now);
            guard.prune(now, quota.span);
        }
    }

    /// Front refused this resource alone.
    pub fn block(&mut self, now: Instant, key: &GuardKey, until: Instant, limit: u32) {
        self.make_room(now, limit);
        let guard = self.kept.entry(key.clone()).or_default();
        guard.blocked_until = guard.blocked_until.max(Some(until));
    }

    /// How many guards are kept.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    fn make_room(&mut self, now: Instant, limit: u32) {
        if self.kept.len() < MOST_GUARDS {
            return;
        }
        self.kept.retain(|key, guard| {
            guard.prune(
                now,
                key.class.quota(limit).map_or(Duration::ZERO, |q| q.span),
            );
            !guard.is_idle(now)
        });
        if self.kept.len() < MOST_GUARDS {
            return;
        }
        // All are in use. Half of them at once, so that the work is not done for every request;
        // what is forgotten here Front still remembers, and says so by a 429.
        let mut quiet: Vec<_> = self.kept.values().map(Guard::last).collect();
        let middle = quiet.len() / 2;
        let (_, median, _) = quiet.select_nth_unstable(middle);
        let median = *median;
        self.kept
            .retain(|_, guard| guard.in_flight > 0 || guard.last() > median);
    }
}

impl Guard {
    fn free_at(&self, now: Instant, quota: Quota, ahead: usize) -> Instant {
        let stale = self
            .answered
            .partition_point(|answered| *answered + quota.span <= now);
        let held = self.answered.len() - stale + size(self.in_flight);
        let free = size(quota.most).saturating_sub(held);
        let Some(behind) = ahead.checked_sub(free) else {
            return now;
        };
        // More than the quota may be held when the quota shrinks or a send went past us.
        let behind = behind + held.saturating_sub(size(quota.most));
        match self.answered.get(stale + behind) {
            Some(answered) => *answered + quota.span,
            None => quota.after(now + quota.span, behind),
        }
    }

    fn prune(&mut self, now: Instant, span: Duration) {
        while self
            .answered
            .front()
            .is_some_and(|answered| *answered + span <= now)
        {
            self.answered.pop_front();
        }
    }

    fn is_idle(&self, now: Instant) -> bool {
        self.in_flight == 0
            && self.answered.is_empty()
            && self.blocked_until.is_none_or(|until| until <= now)
    }

    fn last(&self) -> Option<Instant> {
        self.answered.back().copied().max(self.blocked_until)
    }
}

impl Quota {
    /// Roughly when the request behind `ahead` others leaves, if the first leaves now.
    fn after(self, now: Instant, ahead: usize) -> Instant {
        let spans = u32::try_from(ahead / size(self.most).max(1)).unwrap_or(u32::MAX);
        now + self.span.saturating_mul(spans.min(1000))
    }
}

fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::operation::Operation;

    fn key(resource: &str) -> GuardKey {
        let operation = Operation::by_id("mark-message-seen").unwrap();
        GuardKey::new(operation, &format!("/messages/{resource}/seen"))
    }

    #[test]
    fn a_place_comes_back_one_span_after_the_answer() {
        let start = Instant::now();
        let mut guards = Guards::default();
        let key = key("msg_1");
        for second in 0..10 {
            let now = start + Duration::from_secs(second);
            assert_eq!(guards.ready_at(now, &key, 50, 0), now);
            guards.take(now, &key, 50);
            guards.answered(now + Duration::from_secs(1), &key, 50);
        }
        let now = start + Duration::from_secs(20);
        let hour = Duration::from_secs(3600);
        let first = start + Duration::from_secs(1) + hour;
        assert_eq!(guards.ready_at(now, &key, 50, 0), first);
        assert_eq!(
            guards.ready_at(now, &key, 50, 2),
            first + Duration::from_secs(2)
        );
        assert_eq!(guards.ready_at(first, &key, 50, 0), first);
    }

    #[test]
    fn memory_is_bounded() {
        let now = Instant::now();
        let mut guards = Guards::default();
        for message in 0..3 * MOST_GUARDS {
            let key = key(&format!("msg_{message}"));
            guards.take(now, &key, 50);
            guards.answered(now + Duration::from_micros(message as u64), &key, 50);
        }
        assert!(guards.len() <= MOST_GUARDS);
    }
}
