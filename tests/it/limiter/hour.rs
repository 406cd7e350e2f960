//! An hour of fifty callers who want twice what the company may have.

use std::{sync::Arc, time::Duration};

use front_mcp::front::wire::{
    limit::{CallerKey, Priority},
    rules::{Failure, Rules},
};
use tokio::time::{Instant, sleep};

use super::front::{Chance, Front, Request, ask};

const LIMIT: u32 = 100;
const CALLERS: u64 = 50;
const HOUR: Duration = Duration::from_secs(3600);
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Default)]
struct Tally {
    served: u64,
    told_to_wait: u64,
    refused_by_front: u64,
    longest: Duration,
}

#[tokio::test(start_paused = true)]
async fn an_hour_above_capacity() {
    an_hour(0).await;
}

/// The budget is the company's, and another program of its spends of it.
#[tokio::test(start_paused = true)]
async fn an_hour_beside_another_program() {
    an_hour(30).await;
}

async fn an_hour(elsewhere_a_minute: u32) {
    let front = Arc::new(Front::new(LIMIT));
    let rules = Arc::new(Rules::default());
    let ends = Instant::now() + HOUR;
    if let Some(pause) = Duration::from_secs(60).checked_div(elsewhere_a_minute) {
        let front = Arc::clone(&front);
        tokio::spawn(async move {
            while Instant::now() < ends {
                front.spend_elsewhere();
                sleep(pause).await;
            }
        });
    }
    let mut callers = Vec::new();
    for number in 0..CALLERS {
        // Every tenth caller never pauses and asks four things at once.
        let workers = if number % 10 == 0 { 4 } else { 1 };
        let caller = CallerKey::new(&format!("caller {number}"));
        let tasks: Vec<_> = (0..workers)
            .map(|worker| {
                let (rules, front) = (Arc::clone(&rules), Arc::clone(&front));
                let chance = Chance(number * 100 + worker);
                tokio::spawn(work(
                    rules,
                    front,
                    caller.clone(),
                    chance,
                    workers > 1,
                    ends,
                ))
            })
            .collect();
        callers.push(tasks);
    }
    let mut served = Vec::new();
    let mut sum = Tally::default();
    for tasks in callers {
        let mut of_caller = 0;
        for task in tasks {
            let tally = task.await.unwrap();
            of_caller += tally.served;
            sum.told_to_wait += tally.told_to_wait;
            sum.refused_by_front += tally.refused_by_front;
            sum.longest = sum.longest.max(tally.longest);
        }
        sum.served += of_caller;
        served.push(of_caller as f64);
    }

    let counts = front.counts();
    let refusals = (counts.refused + counts.refused_by_tier) as f64 / counts.all() as f64;
    let used = counts.served as f64 / f64::from((LIMIT - elsewhere_a_minute) * 60);
    let total: f64 = served.iter().sum();
    let squares: f64 = served.iter().map(|count| count * count).sum();
    let jain = total * total / (served.len() as f64 * squares);
    let least = served.iter().copied().fold(f64::MAX, f64::min);
    let most = served.iter().copied().fold(0.0, f64::max);
    println!(
        "429s {:.2} % ({} of the company's limit, {} of a tighter one, of {}), use {:.1} %, \
         Jain {jain:.3} ({least} to {most} each), longest without an answer {:.1} s, \
         told to come back {}",
        refusals * 100.0,
        counts.refused,
        counts.refused_by_tier,
        counts.all(),
        used * 100.0,
        sum.longest.as_secs_f64(),
        sum.told_to_wait,
    );
    assert!(refusals <= 0.01, "{refusals}");
    assert!(used >= 0.9, "{used}");
    assert!(jain >= 0.95, "{jain}");
    assert!(sum.longest <= PATIENCE, "{:?}", sum.longest);
}

async fn work(
    rules: Arc<Rules>,
    front: Arc<Front>,
    caller: CallerKey,
    mut chance: Chance,
    is_greedy: bool,
    ends: Instant,
) -> Tally {
    let mut tally = Tally::default();
    let mut number = 0;
    sleep(chance.millis(0, 15_000)).await;
    while Instant::now() < ends {
        number += 1;
        let request = something(&mut chance, number);
        let started = Instant::now();
        let outcome = ask(&rules, &front, &caller, request, PATIENCE).await;
        tally.longest = tally.longest.max(started.elapsed());
        match outcome {
            Ok(answer) if answer.status == 200 => tally.served += 1,
            Ok(_) => tally.refused_by_front += 1,
            Err(Failure::RateLimited(wait)) => {
                tally.told_to_wait += 1;
                // An agent told to come back in an hour does something else.
                sleep(wait.min(Duration::from_secs(20))).await;
            }
            Err(Failure::Fault(fault)) => panic!("{fault:?}"),
        }
        if !is_greedy {
            sleep(chance.millis(0, 20_000)).await;
        }
    }
    tally
}

/// Reads for the most part; searches, hot conversations and other tightly limited things.
fn something(chance: &mut Chance, number: u64) -> Request {
    let of = chance.below(u64::MAX);
    let few = of % 3;
    let (operation, path) = match chance.below(100) {
        0..40 => ("get-conversation-by-id", format!("/conversations/cnv_{of}")),
        40..70 => (
            "search-conversations",
            format!("/conversations/search/{of}"),
        ),
        70..85 => ("update-conversation", format!("/conversations/cnv_{few}")),
        85..91 => ("create-analytics-report", "/analytics/reports".to_owned()),
        91..96 => ("mark-message-seen", format!("/messages/msg_{few}/seen")),
        _ => ("create-link", "/links".to_owned()),
    };
    let priority = if number.is_multiple_of(10) {
        Priority::Bulk
    } else {
        Priority::Interactive
    };
    Request {
        operation,
        path,
        priority,
    }
}
