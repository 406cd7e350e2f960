//! Killed at a step, inside the post, or at any moment; then another process finds the folder.

use std::{collections::BTreeMap, time::Duration};

use front_mcp::gate::{
    envelope::{Envelope, State},
    steps::Step,
};

use super::{
    child::{Process, Role},
    kept,
};
use crate::support::{
    count,
    mailbox::{Fate, Mailbox, Moment},
    random::Random,
};

/// When it is killed.
#[derive(Clone, Copy, Debug)]
enum Point {
    At(Step),
    Inside(Moment),
    /// So many microseconds after it was sealed.
    After(u64),
}

impl Point {
    fn all() -> Vec<Self> {
        let mut all: Vec<_> = Step::ALL.into_iter().map(Self::At).collect();
        all.extend([Moment::Head, Moment::Request].map(Self::Inside));
        // Nothing but Unix can hold a process still.
        #[cfg(unix)]
        all.push(Self::Inside(Moment::Answer));
        all
    }

    /// What the store must say of an envelope whose process was killed there.
    fn leaves(self) -> Option<State> {
        Some(match self {
            Self::At(Step::Sealed) => State::Sealed,
            Self::At(Step::Approved | Step::Released) => State::Approved,
            Self::At(
                Step::Claimed | Step::Rechecked | Step::Announced | Step::Marked | Step::Answered,
            )
            | Self::Inside(_) => State::Sending,
            Self::At(Step::Kept | Step::Recorded | Step::Settled) => State::Sent,
            Self::After(_) => return None,
        })
    }

    /// Whether Front has seen the post by then, where that is certain.
    fn posts(self) -> Option<usize> {
        match self {
            Self::At(Step::Answered | Step::Kept | Step::Recorded | Step::Settled)
            | Self::Inside(_) => Some(1),
            Self::At(_) => Some(0),
            Self::After(_) => None,
        }
    }
}

/// Kills there, and gives what the store said then.
async fn killed_at(point: Point) -> &'static str {
    let folder = tempfile::tempdir().unwrap();
    let fate = match point {
        Point::Inside(moment) => Fate::Held(moment),
        _ => Fate::Taken,
    };
    let front = Mailbox::deciding(move || fate).await;
    let stop = match point {
        Point::At(step) => Some(step),
        _ => None,
    };
    let mut process = Process::start(Role::Send(stop), folder.path(), &front);
    match point {
        Point::At(_) => drop(process.says("stands").await),
        Point::Inside(moment) => {
            front.has_seen(1).await;
            if moment == Moment::Answer {
                #[cfg(unix)]
                process.freeze().await;
                front.go_on().await;
            }
        }
        Point::After(micros) => {
            process.says("sealed").await;
            tokio::time::sleep(Duration::from_micros(micros)).await;
        }
    }
    process.kill().await;

    let posts = front.posts().len();
    let [left] = kept(folder.path()).await.try_into().unwrap();
    if let Some(state) = point.leaves() {
        assert_eq!(left.state, state, "{point:?}: {left:?}");
    }
    assert!(
        point.posts().is_none_or(|certain| certain == posts),
        "{point:?}: {posts} posts"
    );
    front.decide(|| Fate::Taken);
    let mut heir = Process::start(Role::Recover, folder.path(), &front);
    let recovered = heir.says("recovered").await;
    let released = heir.says("released").await;
    heir.ends().await;
    let [after] = kept(folder.path()).await.try_into().unwrap();
    assert_eq!(after.state.word(), released, "{point:?}");
    let is = Is {
        left: &left,
        recovered: &recovered,
        released: &released,
    };
    is.judged(point, posts, front.posts().len());
    match (left.state, left.posted) {
        (State::Sending, Some(_)) => "posting",
        (state, _) => state.word(),
    }
}

/// What became of an envelope.
struct Is<'test> {
    /// As its process left it.
    left: &'test Envelope,
    recovered: &'test str,
    released: &'test str,
}

impl Is<'_> {
    /// By what was kept at the kill alone, whenever that was.
    fn judged(&self, point: Point, posts: usize, in_the_end: usize) {
        let (recovered, released, before, total) = match (self.left.state, self.left.posted) {
            (State::Sealed, None) => ("sealed", "sent", 0, 1),
            // The post never began: nothing left, and it can leave now.
            (State::Approved, None) | (State::Sending, None) => ("approved", "sent", 0, 1),
            // It began, and nobody knows more.
            (State::Sending, Some(_)) => ("unknown", "unknown", posts, posts),
            (State::Sent, Some(_)) => ("sent", "sent", 1, 1),
            other => panic!("{point:?} left {other:?}"),
        };
        assert!(
            posts <= 1 && in_the_end <= 1,
            "{point:?}: {posts}, {in_the_end}"
        );
        assert_eq!(
            (self.recovered, self.released, posts, in_the_end),
            (recovered, released, before, total),
            "{point:?}: {:?}",
            self.left
        );
    }
}

/// Each point in turn, and now and then any moment at all.
async fn killed(kills: usize) {
    let points = Point::all();
    let seed = count("CRASH_SEED", 20_261_121) as u64;
    println!("{kills} kills with CRASH_SEED={seed}");
    let mut random = Random::new(seed, "killed");
    let mut left: BTreeMap<_, usize> = BTreeMap::new();
    for kill in 0..kills {
        let point = match kill / points.len() % 4 {
            3 => Point::After(random.next() % 40_000),
            _ => points[kill % points.len()],
        };
        *left.entry(killed_at(point).await).or_default() += 1;
    }
    println!("{left:?}");
}

#[tokio::test]
async fn a_kill_at_any_step_sends_at_most_once_and_forgets_nothing() {
    for point in Point::all() {
        killed_at(point).await;
    }
}

#[tokio::test]
async fn a_kill_at_any_moment_sends_at_most_once() {
    let mut random = Random::new(20_261_121, "any moment");
    for _ in 0..4 {
        killed_at(Point::After(random.next() % 20_000)).await;
    }
}

#[tokio::test]
#[ignore = "two thousand processes; CRASH_KILLS sets another number"]
async fn two_thousand_kills() {
    killed(count("CRASH_KILLS", 2_000)).await;
}
