//! Everything the budget knows, behind one lock: who waits, who was let through, what is left.
//! No waiting happens here, and the clock is an argument, so that tests can try any order of
//! events.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use tokio::time::Instant;

use super::{
    Fate,
    class::GuardKey,
    company::Company,
    guard::Guards,
    turns::{CallerKey, Priority, Turns},
};

/// Requests that may wait at once; beyond, callers are told to come back.
pub const MOST_WAITING: usize = 512;

/// A request that asks to leave.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Which guard watches it.
    pub guard: GuardKey,
    /// Whose turn it takes.
    pub caller: CallerKey,
    /// Before or after others.
    pub priority: Priority,
    /// Waiting beyond is of no use.
    pub deadline: Instant,
}

/// A place in the queue. Their order is the order of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket {
    priority: Priority,
    round: u64,
    number: u64,
}

/// How things stand for a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may leave now, and is counted.
    Granted,
    /// It cannot leave before its deadline; this is how long to stay away.
    Refused(Duration),
    /// It waits; look again then, or when something changed.
    Waits(Ticket, Instant),
}

/// The state.
#[derive(Debug)]
pub struct State {
    /// The company's limit.
    pub company: Company,
    guards: Guards,
    turns: Turns,
    waiting: BTreeMap<Ticket, Ask>,
    granted: HashMap<Ticket, Ask>,
    /// Nobody who waits can leave before, unless something changes.
    idle_until: Instant,
    tickets: u64,
    /// Something changed for those who wait.
    news: bool,
}

impl State {
    /// Nothing known, nobody waiting.
    pub fn new(now: Instant) -> Self {
        Self {
            company: Company::new(now),
            guards: Guards::default(),
            turns: Turns::default(),
            waiting: BTreeMap::new(),
            granted: HashMap::new(),
            idle_until: now,
            tickets: 0,
            news: false,
        }
    }

    /// A request wants to leave: at once, later, or not in time.
    pub fn ask(&mut self, now: Instant, ask: &Ask) -> Standing {
        self.company.turn(now);
        let ticket = Ticket {
            priority: ask.priority,
            round: self.turns.next(&ask.caller),
            number: self.tickets,
        };
        if self.waiting.is_empty() && self.ready_at(now, ask) <= now {
            self.turns.join(&ask.caller, ticket.round);
            self.turns.serve(ticket.round);
            self.take(now, &ask.guard);
            return Standing::Granted;
        }
        let (by_company, by_guard) = self.expect(now, ask, ticket);
        if by_company > now && self.turns.has_others(&ask.caller) {
            self.company.spread(now);
        }
        let expected = by_company.max(by_guard);
        if expected > ask.deadline.max(now) || self.waiting.len() >= MOST_WAITING {
            return refused(now, expected);
        }
        self.tickets += 1;
        self.turns.join(&ask.caller, ticket.round);
        self.waiting.insert(ticket, ask.clone());
        self.look_again(now);
        self.stand(now, ticket)
    }

    /// How things stand for a ticket now.
    pub fn stand(&mut self, now: Instant, ticket: Ticket) -> Standing {
        self.serve(now);
        if self.granted.remove(&ticket).is_some() {
            return Standing::Granted;
        }
        let Some(ask) = self.waiting.get(&ticket) else {
            return refused(now, now);
        };
        let possible = self.ready_at(now, ask);
        if now < ask.deadline && possible <= ask.deadline {
            return Standing::Waits(ticket, self.idle_until.min(ask.deadline));
        }
        let (by_company, by_guard) = self.expect(now, ask, ticket);
        self.leave(now, ticket);
        refused(now, by_company.max(by_guard))
    }

    /// A request gave up its place, or what it was granted.
    pub fn leave(&mut self, now: Instant, ticket: Ticket) {
        if let Some(ask) = self.waiting.remove(&ticket) {
            self.turns.resign(&ask.caller);
        }
        if let Some(ask) = self.granted.remove(&ticket) {
            self.turns.resign(&ask.caller);
            self.company.give_back();
            self.guards.give_back(&ask.guard);
            self.look_again(now);
            self.serve(now);
        }
    }

    /// A request that nobody may hold back leaves.
    pub fn take(&mut self, now: Instant, guard: &GuardKey) {
        self.company.turn(now);
        self.company.take(now);
        self.guards.take(now, guard, self.company.limit());
    }

    /// A request that was let through has ended.
    pub fn end(&mut self, now: Instant, guard: &GuardKey, fate: Fate) {
        let lesson = match fate {
            Fate::NeverLeft => {
                self.company.give_back();
                self.guards.give_back(guard);
                None
            }
            Fate::Lost => {
                self.company.answered(now, None);
                self.guards.answered(now, guard, self.company.limit());
                None
            }
            Fate::Answered(lesson) => {
                self.company.answered(now, Some(&lesson));
                self.guards.answered(now, guard, self.company.limit());
                Some(lesson)
            }
        };
        if let Some(lesson) = lesson.filter(|lesson| lesson.is_refusal() && lesson.tier) {
            let pause = lesson.retry_after.unwrap_or(Duration::from_secs(1));
            let limit = self.company.limit();
            self.guards.block(now, guard, now + pause, limit);
        }
        self.look_again(now);
        self.serve(now);
    }

    /// Whether nobody waits.
    #[cfg(test)]
    pub fn is_quiet(&self) -> bool {
        self.waiting.is_empty() && self.granted.is_empty()
    }

    /// Whether those who wait should look again; asked once, it is forgotten.
    pub fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.news)
    }

    fn look_again(&mut self, now: Instant) {
        self.idle_until = now;
        self.news |= !self.waiting.is_empty();
    }

    /// Lets through, in order, everyone who may leave now.
    fn serve(&mut self, now: Instant) {
        self.company.turn(now);
        while now >= self.idle_until && !self.waiting.is_empty() {
            let Some(ticket) = self.first_ready(now) else {
                return;
            };
            if let Some(ask) = self.waiting.remove(&ticket) {
                self.turns.serve(ticket.round);
                self.take(now, &ask.guard);
                self.granted.insert(ticket, ask);
                self.news = true;
            }
        }
    }

    /// The first in order who may leave now; otherwise notes until when nobody may. Who waits
    /// for a guard does not hold up those behind.
    fn first_ready(&mut self, now: Instant) -> Option<Ticket> {
        let mut earliest: Option<Instant> = None;
        for (ticket, ask) in &self.waiting {
            let ready = self.ready_at(now, ask);
            if ready <= now {
                return Some(*ticket);
            }
            earliest = Some(earliest.map_or(ready, |earliest| earliest.min(ready)));
        }
        self.idle_until = earliest.unwrap_or(now);
        None
    }

    fn ready_at(&self, now: Instant, ask: &Ask) -> Instant {
        let limit = self.company.limit();
        self.company
            .ready_at(now, ask.priority)
            .max(self.guards.ready_at(now, &ask.guard, limit, 0))
    }

    /// When this request will probably leave: by the company's limit, and by its guard's.
    fn expect(&self, now: Instant, ask: &Ask, ticket: Ticket) -> (Instant, Instant) {
        let (mut ahead, mut of_guard) = (0, 0);
        for (_, other) in self.waiting.range(..ticket) {
            ahead += 1;
            of_guard += usize::from(other.guard == ask.guard);
        }
        let limit = self.company.limit();
        (
            self.company.expect(now, ask.priority, ahead),
            self.guards.ready_at(now, &ask.guard, limit, of_guard),
        )
    }
}

fn refused(now: Instant, until: Instant) -> Standing {
    let wait = until.saturating_duration_since(now);
    Standing::Refused(wait.max(Duration::from_secs(1)))
}
