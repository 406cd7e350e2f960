//! Fifty calls of three callers in a random order, over a Front that answers sends as it likes:
//! nothing leaves that was not approved, nothing leaves twice, and what is kept in the end is
//! what Front saw.

mod judge;
mod ledger;
mod moves;
mod person;
mod recorded;
mod world;

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use front_mcp::gate::envelope::{Envelope, State};
use futures_util::future::join_all;

use self::{judge::Tally, ledger::Yeses, moves::Move, world::World};
use crate::support::{
    mailbox::{Fate, Post},
    random::Random,
};

/// The first seed; a single sequence is replayed with `SEQUENCES=1`.
const SEED_VARIABLE: &str = "SEQUENCE_SEED";

/// How many seeds, from the first on.
const COUNT_VARIABLE: &str = "SEQUENCES";

/// Calls in a sequence.
const CALLS: usize = 50;

/// Sequences under way at once: those that wait for a silent Front leave the processor to others.
const THREADS: usize = 3;

/// What is known after a sequence: by Front, by the store, and by the test.
struct Played {
    posts: Vec<Post>,
    kept: Vec<Envelope>,
    yeses: Yeses,
    /// Whether the audit log tells of the same.
    recorded: Result<(), String>,
}

/// One sequence, whole.
async fn played(seed: u64) -> Played {
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
        if number(COUNT_VARIABLE, 0) == 1 {
            println!("{moves:?}");
        }
        let is_late = moves.iter().any(|one| matches!(one, Move::Late));
        join_all(moves.into_iter().map(|one| moves::make(&world, one))).await;
        // Once no call is open any more: in time, it would be a yes.
        if is_late {
            world.ledger.late_answers().await;
        }
    }
    world.ledger.late_answers().await;
    world.app.gate.hall().drain().await;
    let mut kept = Vec::new();
    for id in world.ledger.envelopes() {
        kept.push(world.app.gate.look(&id).await.unwrap());
    }
    let posts = world.front.posts();
    Played {
        recorded: recorded::compare(world.app.gate.audit(), &posts),
        posts,
        kept,
        yeses: world.ledger.yeses(),
    }
}

impl Played {
    fn judged(&self) -> Result<Tally, String> {
        self.recorded.clone()?;
        judge::judge(&self.posts, &self.kept, &self.yeses)
    }
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
                    let one = runtime.block_on(played(seed)).judged();
                    let one = one.unwrap_or_else(|wrong| panic!("{wrong}"));
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

/// A judge that finds nothing wrong with these would find nothing wrong with anything.
#[tokio::test]
async fn the_judge_sees_what_is_wrong() {
    let (mut last, mut played_through) = (20_261_121, None);
    while played_through.is_none() {
        let one = played(last).await;
        let is_told = one.posts.iter().any(|post| post.fate == Fate::Taken);
        played_through = is_told.then_some(one);
        last += 1;
    }
    let mut played = played_through.unwrap();
    played.judged().unwrap();
    let taken = played
        .posts
        .iter()
        .position(|post| post.fate == Fate::Taken)
        .unwrap();
    let post = played.posts[taken].clone();
    let is_its = |one: &&mut Envelope| one.message_uid.as_ref() == Some(&post.uid);

    played.posts.push(Post {
        uid: "another".to_owned(),
        ..post.clone()
    });
    assert!(played.judged().unwrap_err().contains("used"), "sent twice");
    played.posts.pop();

    let yeses = std::mem::take(&mut played.yeses);
    assert!(
        played.judged().unwrap_err().contains("0 approved"),
        "unapproved"
    );
    played.yeses = yeses;

    played.posts[taken].body["to"] = serde_json::json!(["evil@evil.example"]);
    assert!(
        played.judged().unwrap_err().contains("0 approved"),
        "other recipients"
    );
    played.posts[taken] = post.clone();

    let removed = played.posts.remove(taken);
    assert!(played.judged().is_err(), "never seen");
    played.posts.insert(taken, removed);

    played.kept.iter_mut().find(is_its).unwrap().state = State::Unknown;
    assert!(played.judged().is_err(), "forgotten");
    played.kept.iter_mut().find(is_its).unwrap().state = State::Sealed;
    assert!(played.judged().is_err(), "lost");
    played.kept.iter_mut().find(is_its).unwrap().state = State::Sent;
    played.judged().unwrap();
}

#[test]
#[ignore = "ten thousand sequences; SEQUENCES sets another number"]
fn ten_thousand_sequences_send_only_what_was_approved_and_once() {
    sequences(10_000);
}
