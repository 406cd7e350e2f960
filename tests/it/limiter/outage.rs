//! Front fails entirely for ten minutes, then recovers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use front_mcp::front::wire::{
    limit::{CallerKey, Priority},
    retry::FLOOR,
    rules::Rules,
};
use tokio::time::{Instant, sleep, sleep_until};

use super::front::{Chance, Front, Request, ask};

const BEFORE: Duration = Duration::from_secs(300);
const OUTAGE: Duration = Duration::from_secs(600);
const AFTER: Duration = Duration::from_secs(300);

#[derive(Default)]
struct Tally {
    during: AtomicU64,
    after: AtomicU64,
    served_after: AtomicU64,
}

#[tokio::test(start_paused = true)]
async fn ten_minutes_without_front() {
    let front = Arc::new(Front::new(100));
    let rules = Arc::new(Rules::default());
    let tally = Arc::new(Tally::default());
    let breaks = Instant::now() + BEFORE;
    let recovers = breaks + OUTAGE;
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let (rules, front, tally) =
                (Arc::clone(&rules), Arc::clone(&front), Arc::clone(&tally));
            tokio::spawn(async move {
                let caller = CallerKey::new(&format!("caller {number}"));
                let mut chance = Chance(number);
                while Instant::now() < recovers + AFTER {
                    sleep(chance.millis(0, 40_000)).await;
                    let at = Instant::now();
                    let request = something(&mut chance);
                    let patience = Duration::from_secs(60);
                    let outcome = ask(&rules, &front, &caller, request, patience).await;
                    let is_served = outcome.is_ok_and(|answer| answer.status == 200);
                    // Requests that the outage began in the middle of count as made in it.
                    if Instant::now() >= breaks && at < recovers {
                        tally.during.fetch_add(1, Relaxed);
                    }
                    if at >= recovers + Duration::from_secs(30) {
                        tally.after.fetch_add(1, Relaxed);
                        tally.served_after.fetch_add(u64::from(is_served), Relaxed);
                    }
                }
            })
        })
        .collect();
    sleep_until(breaks).await;
    front.fail(true);
    sleep_until(recovers).await;
    front.fail(false);
    let to_front = front.counts().failed;
    for task in tasks {
        task.await.unwrap();
    }

    let wanted = tally.during.load(Relaxed);
    let (after, served) = (tally.after.load(Relaxed), tally.served_after.load(Relaxed));
    println!(
        "{wanted} requests of callers made {to_front} to a Front that failed ({:.3} each, floor \
         {FLOOR}); of {after} later than 30 s after recovery {served} were served",
        to_front as f64 / wanted as f64
    );
    assert!(to_front as f64 <= 1.1 * wanted as f64 + f64::from(FLOOR));
    assert!(wanted >= 200 && after > 50);
    assert_eq!(served, after);
}

fn something(chance: &mut Chance) -> Request {
    let of = chance.below(u64::MAX);
    let (operation, path) = match chance.below(10) {
        0..8 => ("get-conversation-by-id", format!("/conversations/cnv_{of}")),
        8 => ("update-conversation", format!("/conversations/cnv_{of}")),
        _ => ("create-contact", "/contacts".to_owned()),
    };
    Request {
        operation,
        path,
        priority: Priority::Interactive,
    }
}
