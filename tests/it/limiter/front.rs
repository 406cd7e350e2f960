//! A Front that has nothing but limits and a network, and callers of it.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
    time::Duration,
};

use front_mcp::front::{
    Operation,
    wire::{
        Answer, WireFault,
        limit::{CallerKey, GuardKey, Lesson, Priority, RateClass},
        rules::{Carried, Failure, Journey, Repeats, Rules, Sharing, Waited},
    },
};
use tokio::time::{Instant, sleep};

/// Repeatable chance (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    pub fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}

/// What Front counted.
#[derive(Clone, Copy, Default, Debug)]
pub struct Counts {
    pub served: u64,
    pub refused: u64,
    pub refused_by_tier: u64,
    pub failed: u64,
}

impl Counts {
    pub fn all(&self) -> u64 {
        self.served + self.refused + self.refused_by_tier + self.failed
    }
}

pub struct Front {
    state: Mutex<State>,
}

struct State {
    limit: u32,
    window_ends: Instant,
    used: u32,
    burst: f64,
    burst_at: Instant,
    recent: HashMap<GuardKey, VecDeque<Instant>>,
    counts: Counts,
    is_down: bool,
    chance: Chance,
}

impl Front {
    pub fn new(limit: u32) -> Self {
        let now = Instant::now();
        Self {
            state: Mutex::new(State {
                limit,
                window_ends: now,
                used: 0,
                burst: f64::from(limit / 2),
                burst_at: now,
                recent: HashMap::new(),
                counts: Counts::default(),
                is_down: false,
                chance: Chance(7),
            }),
        }
    }

    pub fn counts(&self) -> Counts {
        self.state.lock().unwrap().counts
    }

    /// Somebody else of the same company, unknown to us, makes a request.
    pub fn spend_elsewhere(&self) {
        let mut state = self.state.lock().unwrap();
        let _ = state.company(Instant::now());
    }

    pub fn fail(&self, is_down: bool) {
        self.state.lock().unwrap().is_down = is_down;
    }

    /// One exchange: there, decided, back.
    pub async fn carry(&self, guard: &GuardKey) -> Carried {
        let (there, back, manner) = {
            let chance = &mut self.state.lock().unwrap().chance;
            (
                chance.millis(20, 250),
                chance.millis(20, 250),
                chance.below(4),
            )
        };
        sleep(there).await;
        let is_down = {
            let mut state = self.state.lock().unwrap();
            state.counts.failed += u64::from(state.is_down);
            state.is_down
        };
        if is_down {
            return fail(manner).await;
        }
        let lesson = self.state.lock().unwrap().decide(guard);
        sleep(back).await;
        Carried {
            outcome: Ok(answer(lesson.status, lesson.retry_after)),
            lesson: Some(lesson),
            is_renewed: false,
        }
    }
}

async fn fail(manner: u64) -> Carried {
    let outcome = match manner {
        0 => Err(WireFault::Broken),
        1 => {
            sleep(Duration::from_secs(5)).await;
            Err(WireFault::TimedOut(Duration::from_secs(5)))
        }
        _ => Ok(answer(503, None)),
    };
    let lesson = outcome.as_ref().ok().map(|answer| Lesson {
        status: answer.status,
        ..Lesson::default()
    });
    Carried {
        outcome,
        lesson,
        is_renewed: false,
    }
}

fn answer(status: u16, retry_after: Option<Duration>) -> Answer {
    Answer {
        status,
        location: None,
        content_type: None,
        retry_after,
        body: bytes::Bytes::from_static(b"{}"),
    }
}

impl State {
    fn decide(&mut self, guard: &GuardKey) -> Lesson {
        let now = Instant::now();
        self.turn(now);
        let mut lesson = Lesson {
            status: 200,
            resets_at: Some(self.window_ends),
            limit: Some(self.limit),
            burst_limit: Some(self.limit / 2),
            ..Lesson::default()
        };
        if let Some(wait) = self.tier(now, guard) {
            self.counts.refused_by_tier += 1;
            lesson.status = 429;
            lesson.tier = true;
            lesson.retry_after = Some(Duration::from_secs(wait.as_secs() + 1));
        } else if !self.company(now) {
            self.counts.refused += 1;
            let left = self.window_ends - now;
            lesson.status = 429;
            lesson.retry_after = Some(Duration::from_secs(left.as_secs() + 1));
        }
        if lesson.status == 200 {
            self.counts.served += 1;
            self.recent.entry(guard.clone()).or_default().push_back(now);
        }
        lesson.remaining = Some(self.limit - self.used);
        lesson.burst_remaining = Some(self.burst as u32);
        lesson
    }

    fn turn(&mut self, now: Instant) {
        if now >= self.window_ends {
            self.window_ends = now + Duration::from_secs(60);
            self.used = 0;
        }
        let full = f64::from(self.limit / 2);
        let refilled = (now - self.burst_at).as_secs_f64() * full / 600.0;
        self.burst = (self.burst + refilled).min(full);
        self.burst_at = now;
    }

    /// Takes one request out of the company's limit, or of its reserve.
    fn company(&mut self, now: Instant) -> bool {
        self.turn(now);
        if self.used < self.limit {
            self.used += 1;
            true
        } else if self.burst >= 1.0 {
            self.burst -= 1.0;
            true
        } else {
            false
        }
    }

    /// How long this resource is to be left alone, where it is.
    fn tier(&mut self, now: Instant, guard: &GuardKey) -> Option<Duration> {
        let (most, seconds) = match guard.class {
            RateClass::Plain => return None,
            RateClass::ResourceWrite => (5, 1),
            RateClass::Analytics => (1, 3),
            RateClass::Search => (self.limit as usize * 2 / 5, 60),
            RateClass::Seen => (10, 3600),
            RateClass::Links => (60, 60),
        };
        let span = Duration::from_secs(seconds);
        let recent = self.recent.entry(guard.clone()).or_default();
        recent.retain(|served| *served + span > now);
        let oldest = *recent.front()?;
        (recent.len() >= most).then(|| oldest + span - now)
    }
}

/// One request of a caller's.
pub struct Request {
    pub operation: &'static str,
    pub path: String,
    pub priority: Priority,
}

/// Makes it, and tells how it went.
pub async fn ask(
    rules: &Rules,
    front: &Front,
    caller: &CallerKey,
    request: Request,
    patience: Duration,
) -> Result<Answer, Failure> {
    let operation = Operation::by_id(request.operation).unwrap();
    let guard = GuardKey::new(operation, &request.path);
    let waited = Waited::default();
    let journey = Journey {
        operation,
        guard: guard.clone(),
        target: request.path,
        caller: caller.clone(),
        priority: request.priority,
        sharing: Sharing::Shared,
        deadline: Instant::now() + patience,
        repeats: Repeats::Judged,
        waited: &waited,
    };
    rules.run(journey, || front.carry(&guard)).await
}
