//! Fifty calls of three callers in a random order, over a Front that answers sends as it likes:
//! nothing leaves that was not approved, nothing leaves twice, and what is kept in the end is
//! what Front saw.

mod judge;
mod ledger;
mod moves;
mod person;
mod world;

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use futures_util::future::join_all;

use self::{judge::Tally, world::World};
use crate::support::random::Random;

/// The first seed; a single sequence is replayed with `SEQUENCES=1`.
const SEED_VARIABLE: &str = "SEQUENCE_SEED";

/// How many seeds, from the first on.
const COUNT_VARIABLE: &str = "SEQUENCES";

/// Calls in a sequence.
const CALLS: usize = 50;

/// Sequences under way at once: those that wait for a silent Front leave the processor to others.
const THREADS: usize = 3;

/// One sequence, whole.
async fn sequence(seed: u64) -> Tally {
    let mut random = Random::new(seed, "calls");
    let world = World::new(seed, &mut random).await;
    let mut calls = 0;
    while calls < CALLS {
        // Mostly one after the other, sometimes side by side.
        let together = match random.below(10) {
            0..7 => 1,
            7..9 => 2,
            _ => 3,
        };
        let moves: Vec<_> = (0..together)
            .map(|_| moves::draw(&world, &mut random))
            .collect();
        calls += together;
        join_all(moves.into_iter().map(|one| moves::make(&world, one))).await;
    }
    world.ledger.late_answers().await;
    world.app.gate.drain().await;
    let mut kept = Vec::new();
    for id in world.ledger.envelopes() {
        kept.push(world.app.gate.pending_one(&id).await.unwrap());
    }
    let verdict = judge::judge(&world.front.posts(), &kept, &world.ledger.yeses());
    verdict.unwrap_or_else(|wrong| panic!("{SEED_VARIABLE}={seed}: {wrong}"))
}

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |number| number.parse().unwrap())
}

fn sequences(usual: u64) {
    let first = number(SEED_VARIABLE, 20_261_121);
    let count = number(COUNT_VARIABLE, usual);
    println!("{COUNT_VARIABLE}={count} from {SEED_VARIABLE}={first}");
    let next = AtomicU64::new(first);
    let tally = Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + count {
                        return;
                    }
                    let told = Told(seed);
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()
                        .unwrap();
                    let one = runtime.block_on(sequence(seed));
                    tally.lock().unwrap().add(&one);
                    std::mem::forget(told);
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap();
    println!("{tally:?}");
    if count >= 100 {
        tally.shows_something();
    }
}

/// Says which sequence it was if it ends here.
struct Told(u64);

impl Drop for Told {
    fn drop(&mut self) {
        println!("failed: {SEED_VARIABLE}={} {COUNT_VARIABLE}=1", self.0);
    }
}

#[test]
fn a_hundred_sequences_send_only_what_was_approved_and_once() {
    sequences(100);
}

#[test]
#[ignore = "ten thousand sequences; SEQUENCES sets another number"]
fn ten_thousand_sequences_send_only_what_was_approved_and_once() {
    sequences(10_000);
}
