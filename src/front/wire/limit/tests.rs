//! Any order of events: what must hold of the budget whoever asks, answers, fails or gives up.

use std::{collections::HashMap, sync::Arc, time::Duration};

use proptest::prelude::*;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::{state::*, *};
use crate::front::operation::Operation;

fn guard(id: &str, path: &str) -> GuardKey {
    GuardKey::new(Operation::by_id(id).unwrap(), path)
}

fn plain() -> GuardKey {
    guard("list-conversations", "/conversations")
}

fn ask(caller: usize, priority: Priority, deadline: Instant) -> Ask {
    Ask {
        guard: plain(),
        caller: CallerKey::new(&caller.to_string()),
        priority,
        deadline,
    }
}

/// Front's own count: windows of a minute on its own cadence, and a reserve.
struct Front {
    began: Instant,
    limit: u32,
    used: u32,
    burst: u32,
}

impl Front {
    /// Decides a request, which the budget promised it would not refuse.
    fn decide(&mut self, now: Instant) -> Lesson {
        while now >= self.began + lesson::WINDOW {
            self.began += lesson::WINDOW;
            self.used = 0;
        }
        let status = if self.used < self.limit {
            self.used += 1;
            200
        } else if self.burst > 0 {
            self.burst -= 1;
            200
        } else {
            429
        };
        Lesson {
            status,
            limit: Some(self.limit),
            remaining: Some(self.limit - self.used),
            resets_at: Some(self.began + lesson::WINDOW),
            burst_limit: Some(self.limit / 2),
            burst_remaining: Some(self.burst),
            ..Lesson::default()
        }
    }
}

#[derive(Clone, Debug)]
enum Event {
    Pass(u64),
    Ask { caller: usize, is_bulk: bool },
    Decide(usize),
    Deliver(usize),
    GiveUp(usize),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => (0..4000u64).prop_map(Event::Pass),
        6 => (0..5usize, any::<bool>()).prop_map(|(caller, is_bulk)| Event::Ask { caller, is_bulk }),
        3 => any::<usize>().prop_map(Event::Decide),
        5 => any::<usize>().prop_map(Event::Deliver),
        1 => any::<usize>().prop_map(Event::GiveUp),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whenever Front decides a request and whenever its answer comes, none is refused.
    #[test]
    fn front_is_never_asked_for_more_than_it_gives(
        limit in prop_oneof![Just(50u32), Just(100), Just(200)],
        offset in 0..60_000u64,
        events in prop::collection::vec(event(), 1..1500),
    ) {
        let start = Instant::now() + Duration::from_secs(60);
        let mut now = start;
        let mut state = State::new(start);
        let mut front = Front {
            began: start - Duration::from_millis(offset),
            limit,
            used: 0,
            burst: limit / 2,
        };
        let mut waiting: Vec<Ticket> = Vec::new();
        // Let through, and what Front said if it has decided.
        let mut gone: Vec<Option<Lesson>> = Vec::new();
        for event in events {
            match event {
                Event::Pass(millis) => now += Duration::from_millis(millis),
                Event::Ask { caller, is_bulk } => {
                    let priority = if is_bulk { Priority::Bulk } else { Priority::Interactive };
                    let ask = ask(caller, priority, now + Duration::from_secs(30));
                    match state.ask(now, &ask) {
                        Standing::Granted => gone.push(None),
                        Standing::Waits(ticket, until) => {
                            prop_assert!(until > now);
                            waiting.push(ticket);
                        }
                        Standing::Refused(wait) => prop_assert!(wait >= Duration::from_secs(1)),
                    }
                }
                Event::Decide(which) if !gone.is_empty() => {
                    let which = which % gone.len();
                    gone[which].get_or_insert_with(|| front.decide(now));
                }
                Event::Deliver(which) if !gone.is_empty() => {
                    let lesson = gone.swap_remove(which % gone.len());
                    let lesson = lesson.unwrap_or_else(|| front.decide(now));
                    prop_assert_eq!(lesson.status, 200);
                    state.end(now, &plain(), Fate::Answered(lesson));
                }
                Event::GiveUp(which) if !waiting.is_empty() => {
                    let ticket = waiting.swap_remove(which % waiting.len());
                    state.leave(now, ticket);
                }
                _ => {}
            }
            waiting.retain(|ticket| match state.stand(now, *ticket) {
                Standing::Granted => {
                    gone.push(None);
                    false
                }
                Standing::Refused(_) => false,
                Standing::Waits(..) => true,
            });
        }
    }

    /// However much each wants, callers who wait are served one each in turn.
    #[test]
    fn callers_take_turns(wants in prop::collection::vec(1..40usize, 2..12)) {
        let mut now = Instant::now();
        let mut state = State::new(now);
        let forever = now + Duration::from_secs(100_000);
        // Sends take all there is, so that everyone has to wait.
        for _ in 0..75 {
            state.take(now, &plain());
        }
        let mut tickets = HashMap::new();
        for (caller, wanted) in wants.iter().enumerate() {
            for _ in 0..*wanted {
                let standing = state.ask(now, &ask(caller, Priority::Interactive, forever));
                let Standing::Waits(ticket, _) = standing else {
                    return Err(TestCaseError::fail(format!("{standing:?}")));
                };
                tickets.insert(ticket, caller);
            }
        }
        for _ in 0..75 {
            state.end(now, &plain(), Fate::Lost);
        }
        let mut served = vec![0; wants.len()];
        while !tickets.is_empty() {
            now += Duration::from_millis(100);
            let granted: Vec<_> = tickets
                .keys()
                .copied()
                .filter(|ticket| state.stand(now, *ticket) == Standing::Granted)
                .collect();
            for ticket in granted {
                served[tickets.remove(&ticket).unwrap()] += 1;
                state.end(now, &plain(), Fate::Lost);
            }
            let most = served.iter().max().copied().unwrap_or_default();
            for (served, wanted) in served.iter().zip(&wants) {
                prop_assert!(served + 1 >= most || served == wanted, "{served} of {wanted}, {most}");
            }
        }
    }

    /// Whoever waits is let through or refused by the deadline, whoever else is dropped.
    #[test]
    fn no_wake_up_is_lost(
        callers in prop::collection::vec(
            (0..6usize, 0..90_000u64, 1..40_000u64, 0..40_000u64, 0..3000u64, 0..4u8), 1..250,
        ),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let budget = Arc::new(Budget::default());
            let tasks: Vec<_> = callers
                .into_iter()
                .map(|(caller, arrives, patience, cancelled, takes, kind)| {
                    let budget = Arc::clone(&budget);
                    tokio::spawn(async move {
                        sleep(Duration::from_millis(arrives)).await;
                        let deadline = Instant::now() + Duration::from_millis(patience);
                        let mut ask = ask(caller, Priority::Interactive, deadline);
                        match kind {
                            0 => ask.guard = guard("create-analytics-report", "/analytics/reports"),
                            1 => ask.priority = Priority::Bulk,
                            _ => {}
                        }
                        let enter = timeout_at(
                            deadline + Duration::from_millis(2),
                            budget.enter(&ask),
                        );
                        match timeout(Duration::from_millis(cancelled), enter).await {
                            Err(_) => {}
                            Ok(Err(_)) => panic!("nobody told it"),
                            Ok(Ok(Err(_))) => {}
                            Ok(Ok(Ok(permit))) => {
                                sleep(Duration::from_millis(takes)).await;
                                permit.end(match kind {
                                    2 => Fate::Lost,
                                    _ => Fate::NeverLeft,
                                });
                            }
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
            budget.with(|state, _| {
                assert!(state.is_quiet());
                assert_eq!(state.company.in_flight(), 0);
            });
        });
    }
}

#[tokio::test(start_paused = true)]
async fn the_queue_is_bounded() {
    let budget = Arc::new(Budget::default());
    let blocked: Vec<_> = (0..75).map(|_| budget.count(&plain())).collect();
    let deadline = Instant::now() + Duration::from_secs(3600);
    let waiting: Vec<_> = (0..MOST_WAITING)
        .map(|_| {
            let budget = Arc::clone(&budget);
            tokio::spawn(async move {
                let ask = ask(1, Priority::Interactive, deadline);
                budget.enter(&ask).await.map(|_| ()).is_ok()
            })
        })
        .collect();
    sleep(Duration::from_millis(1)).await;
    let one_more = ask(2, Priority::Interactive, deadline);
    assert!(budget.enter(&one_more).await.is_err());
    drop(blocked);
    for task in waiting {
        assert!(task.await.unwrap());
    }
}

#[tokio::test(start_paused = true)]
async fn interactive_goes_before_bulk() {
    let budget = Arc::new(Budget::default());
    let blocked: Vec<_> = (0..75).map(|_| budget.count(&plain())).collect();
    let deadline = Instant::now() + Duration::from_secs(100);
    let order = Arc::new(Mutex::new(Vec::new()));
    let tasks: Vec<_> = [Priority::Bulk, Priority::Interactive]
        .map(|priority| {
            let (budget, order) = (Arc::clone(&budget), Arc::clone(&order));
            tokio::spawn(async move {
                let permit = budget.enter(&ask(1, priority, deadline)).await.unwrap();
                order.lock().unwrap().push(priority);
                permit.end(Fate::Lost);
            })
        })
        .into();
    sleep(Duration::from_millis(1)).await;
    drop(blocked);
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(
        *order.lock().unwrap(),
        [Priority::Interactive, Priority::Bulk]
    );
}

#[tokio::test(start_paused = true)]
async fn a_tier_blocks_its_resource_alone() {
    let budget = Budget::default();
    let soon = Instant::now() + Duration::from_secs(5);
    let lesson = Lesson {
        status: 429,
        tier: true,
        retry_after: Some(Duration::from_secs(30)),
        ..Lesson::default()
    };
    let of = |guard| Ask {
        guard,
        ..ask(1, Priority::Interactive, soon)
    };
    let contacts = of(guard("list-contacts", "/contacts"));
    let permit = budget.enter(&contacts).await.unwrap();
    permit.end(Fate::Answered(lesson));
    let wait = budget.enter(&contacts).await.unwrap_err();
    assert_eq!(wait, Duration::from_secs(30));
    drop(budget.enter(&of(plain())).await.unwrap());

    let all = Lesson {
        tier: false,
        ..lesson
    };
    budget.count(&plain()).end(Fate::Answered(all));
    assert!(budget.enter(&of(plain())).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn what_states_no_limit_is_not_held_to_one() {
    let budget = Budget::default();
    let soon = Instant::now() + Duration::from_secs(5);
    let silent = Lesson {
        status: 200,
        ..Lesson::default()
    };
    for _ in 0..1000 {
        let ask = ask(1, Priority::Interactive, soon);
        let permit = budget.enter(&ask).await.unwrap();
        permit.end(Fate::Answered(silent));
    }
    assert_eq!(budget.limit(), None);
}

#[tokio::test(start_paused = true)]
async fn an_empty_minute_waits_for_the_next() {
    let budget = Budget::default();
    let lesson = Lesson {
        status: 200,
        limit: Some(50),
        remaining: Some(0),
        resets_at: Some(Instant::now() + Duration::from_secs(20)),
        ..Lesson::default()
    };
    budget.count(&plain()).end(Fate::Answered(lesson));
    assert_eq!((budget.limit(), budget.remaining()), (Some(50), Some(0)));
    let until = |seconds| Instant::now() + Duration::from_secs(seconds);
    let wait = budget
        .enter(&ask(1, Priority::Interactive, until(19)))
        .await;
    assert_eq!(wait.unwrap_err().as_secs(), 20);
    drop(
        budget
            .enter(&ask(1, Priority::Interactive, until(21)))
            .await
            .unwrap(),
    );
}
