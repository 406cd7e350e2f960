//! The company's own limit: so many requests a window, and a reserve above it that refills
//! slowly. Arithmetic alone: nothing here waits, and the clock is an argument.
//!
//! Front's last answer is the truth, as of when Front gave it. Requests in flight since then
//! are counted as if Front had not seen them; requests that never got an answer, as if it had.
//! Both err towards fewer requests, and the next answer corrects them.

use std::time::Duration;

use tokio::time::Instant;

use super::{
    burst::Burst,
    lesson::{LONGEST_WAIT, Lesson, WINDOW},
    turns::Priority,
};

/// The smallest plan that Front sells, until an answer says more.
const SMALLEST_PLAN: u32 = 50;

/// Clocks and windows of two machines never agree to the millisecond.
const MARGIN: Duration = Duration::from_millis(250);

/// Paced requests end so long before the window does, so that none falls into the next.
const SLACK: Duration = Duration::from_secs(2);

/// Answers in a row without a rate-limit header, after which there is no limit to keep to.
const SILENT_ANSWERS: u32 = 5;

/// What is known of the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// Nothing yet; so many answers said nothing.
    Assumed { silent: u32 },
    /// Front states it in its answers.
    Stated,
    /// Whatever answers (a stand-in for Front) states none.
    Unlimited,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    began: Instant,
    ends: Instant,
    /// Front named this window's end; otherwise it is a guess.
    named: bool,
    /// Requests left in it, but for those in flight.
    left: u32,
}

/// The company's budget.
#[derive(Debug)]
pub struct Company {
    plan: Plan,
    limit: u32,
    window: Window,
    burst: Burst,
    in_flight: u32,
    blocked_until: Instant,
    last_left: Instant,
    /// Callers compete for what is left: it is spread over the window until then.
    paced_until: Instant,
}

impl Company {
    /// A company nothing is known of.
    pub fn new(now: Instant) -> Self {
        Self {
            plan: Plan::Assumed { silent: 0 },
            limit: SMALLEST_PLAN,
            window: Window {
                began: now,
                ends: now + WINDOW,
                named: false,
                left: SMALLEST_PLAN,
            },
            burst: Burst::full(now, SMALLEST_PLAN / 2),
            in_flight: 0,
            blocked_until: now,
            last_left: now,
            paced_until: now,
        }
    }

    /// Requests a window, assumed or stated.
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// Requests a window, where Front has said so.
    pub fn stated_limit(&self) -> Option<u32> {
        (self.plan == Plan::Stated).then_some(self.limit)
    }

    /// Requests left in this window, where Front has said so and the window has not turned.
    pub fn stated_left(&self, now: Instant) -> Option<u32> {
        (self.plan == Plan::Stated && self.window.named && now < self.window.ends)
            .then(|| self.left(now, Priority::Interactive))
    }

    /// Requests that left and have not ended.
    #[cfg(test)]
    pub fn in_flight(&self) -> u32 {
        self.in_flight
    }

    /// When the next request may leave.
    pub fn ready_at(&self, now: Instant, priority: Priority) -> Instant {
        let now = now.max(self.blocked_until);
        if self.plan == Plan::Unlimited {
            return now;
        }
        match self.left(now, priority) {
            0 => now.max(self.window.ends + MARGIN),
            _ if now >= self.paced_until => now,
            left => now.max(self.last_left + self.pace(left)),
        }
    }

    /// Roughly when the request behind `ahead` others may leave.
    pub fn expect(&self, now: Instant, priority: Priority, ahead: usize) -> Instant {
        let first = self.ready_at(now, priority);
        let ahead = u32::try_from(ahead).unwrap_or(u32::MAX);
        if ahead == 0 || self.plan == Plan::Unlimited {
            return first;
        }
        let left = self.left(first, priority);
        if ahead < left {
            let gap = if first >= self.paced_until {
                Duration::ZERO
            } else if first > self.window.ends {
                WINDOW / self.limit.max(1)
            } else {
                self.pace(left)
            };
            return first + gap.saturating_mul(ahead);
        }
        let next = first.max(self.window.ends + MARGIN);
        next + (WINDOW / self.limit.max(1)).saturating_mul((ahead - left).min(10_000))
    }

    /// Spreads what is left from now on, because callers compete for it.
    pub fn spread(&mut self, now: Instant) {
        self.paced_until = self.paced_until.max(now + WINDOW);
    }

    /// A request leaves.
    pub fn take(&mut self, now: Instant) {
        self.in_flight = self.in_flight.saturating_add(1);
        self.last_left = now;
    }

    /// A request that was let go did not leave.
    pub fn give_back(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// A request was answered, or will never be.
    pub fn answered(&mut self, now: Instant, lesson: Option<&Lesson>) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.turn(now);
        let Some(lesson) = lesson else {
            self.charge();
            return;
        };
        if lesson.is_refusal() && !lesson.tier {
            let pause = lesson.retry_after.unwrap_or(Duration::from_secs(1));
            let until = now + pause.min(LONGEST_WAIT);
            self.blocked_until = self.blocked_until.max(until);
        }
        let is_news = self.plan != Plan::Stated;
        match (lesson.limit, lesson.remaining) {
            (Some(limit), Some(remaining)) => {
                self.plan = Plan::Stated;
                self.limit = limit.max(1);
                self.learn_window(remaining, lesson.resets_at);
                self.burst.learn(now, lesson, is_news);
            }
            _ => self.learn_silence(lesson),
        }
    }

    /// Begins a new window where the old one has ended. Its end is a guess, and a late one, so
    /// that a wrong guess costs a pause and not a 429.
    pub fn turn(&mut self, now: Instant) {
        if now < self.window.ends + MARGIN {
            return;
        }
        self.window = Window {
            began: now,
            ends: now + WINDOW,
            named: false,
            left: self.limit,
        };
    }

    fn left(&self, now: Instant, priority: Priority) -> u32 {
        let window = if now >= self.window.ends + MARGIN {
            self.limit
        } else {
            self.window.left
        };
        // The reserve is for people who wait, not for paging.
        let reserve = match priority {
            Priority::Interactive => self.burst.left(now),
            Priority::Bulk => 0,
        };
        window
            .saturating_add(reserve)
            .saturating_sub(self.in_flight)
    }

    /// The gap that spreads what is left over what remains of the window.
    fn pace(&self, left: u32) -> Duration {
        let from = self.last_left.max(self.window.began);
        let until = self.window.ends.checked_sub(SLACK).unwrap_or(from);
        until.saturating_duration_since(from) / left.max(1)
    }

    fn charge(&mut self) {
        if self.window.left > 0 {
            self.window.left -= 1;
        } else {
            self.burst.take();
        }
    }

    fn learn_window(&mut self, remaining: u32, resets_at: Option<Instant>) {
        let Some(ends) = resets_at else {
            let most = if self.window.named {
                self.window.left
            } else {
                remaining
            };
            self.window.left = remaining.min(most);
            return;
        };
        if ends <= self.window.began + Duration::from_secs(1) {
            // It speaks of the window before.
            return;
        }
        let apart = ends.max(self.window.ends) - ends.min(self.window.ends);
        if self.window.named && apart < Duration::from_millis(1500) {
            // Answers overtake each other; within one window what is left only falls.
            self.window.left = self.window.left.min(remaining);
            return;
        }
        if self.window.named && ends < self.window.ends {
            // The window before again: an answer of this one has overtaken it.
            return;
        }
        let began = ends.checked_sub(WINDOW).unwrap_or(self.window.began);
        self.window = Window {
            began: began.max(self.window.began),
            ends,
            named: true,
            left: remaining,
        };
    }

    fn learn_silence(&mut self, lesson: &Lesson) {
        self.charge();
        self.plan = match self.plan {
            Plan::Stated => Plan::Stated,
            _ if lesson.is_refusal() => Plan::Assumed { silent: 0 },
            Plan::Assumed { silent } if lesson.status < 400 => match silent + 1 {
                SILENT_ANSWERS => Plan::Unlimited,
                silent => Plan::Assumed { silent },
            },
            plan => plan,
        };
    }
}
