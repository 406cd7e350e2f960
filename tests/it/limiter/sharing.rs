//! Identical reads in flight are one request, whatever becomes of the first.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use front_mcp::front::{
    Operation,
    wire::{
        Answer, WireFault,
        limit::{CallerKey, GuardKey, Priority},
        rules::{Carried, Failure, Journey, Repeats, Rules, Sharing, Waited},
    },
};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep},
};

type Outcome = Result<Answer, Failure>;

/// Starts a request whose exchange takes a second; `fails` exchanges fail before others succeed.
fn start(
    rules: &Arc<Rules>,
    exchanges: &Arc<AtomicU32>,
    (id, path): (&str, &str),
    fails: u32,
) -> JoinHandle<Outcome> {
    let (rules, exchanges) = (Arc::clone(rules), Arc::clone(exchanges));
    let operation = Operation::by_id(id).unwrap();
    let path = path.to_owned();
    tokio::spawn(async move {
        let waited = Waited::default();
        let journey = Journey {
            operation,
            guard: GuardKey::new(operation, &path),
            target: path,
            caller: CallerKey::default(),
            priority: Priority::Interactive,
            sharing: Sharing::Shared,
            deadline: Instant::now() + Duration::from_secs(20),
            repeats: Repeats::Judged,
            waited: &waited,
        };
        let carry = || async {
            let number = exchanges.fetch_add(1, Relaxed);
            sleep(Duration::from_secs(1)).await;
            let outcome = if number < fails {
                Err(WireFault::TooLarge)
            } else {
                Ok(Answer {
                    status: 200,
                    location: None,
                    content_type: None,
                    retry_after: None,
                    body: bytes::Bytes::from(number.to_string()),
                })
            };
            Carried {
                outcome,
                lesson: None,
                is_renewed: false,
            }
        };
        rules.run(journey, carry).await
    })
}

const READ: (&str, &str) = ("list-tags", "/tags");
const WRITE: (&str, &str) = ("create-tag", "/tags");

async fn body(task: JoinHandle<Outcome>) -> String {
    String::from_utf8(task.await.unwrap().unwrap().body.to_vec()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn all_get_the_one_answer() {
    let (rules, exchanges) = (Arc::default(), Arc::default());
    let tasks: Vec<_> = (0..10)
        .map(|_| start(&rules, &exchanges, READ, 0))
        .collect();
    let other = start(&rules, &exchanges, ("list-tags", "/tags?limit=1"), 0);
    for task in tasks {
        assert_eq!(body(task).await, "0");
    }
    assert_eq!(body(other).await, "1");
    // An answer is not kept.
    assert_eq!(body(start(&rules, &exchanges, READ, 0)).await, "2");
}

#[tokio::test(start_paused = true)]
async fn a_follower_takes_over() {
    let (rules, exchanges) = (Arc::default(), Arc::default());
    let mut tasks: Vec<_> = (0..10)
        .map(|_| start(&rules, &exchanges, READ, 2))
        .collect();
    sleep(Duration::from_millis(500)).await;
    let leader = tasks.remove(0);
    leader.abort();
    assert!(leader.await.unwrap_err().is_cancelled());
    // The second leads and fails; that is its own failure alone.
    let second = tasks.remove(0);
    let fault = Failure::Fault(WireFault::TooLarge);
    assert_eq!(second.await.unwrap().unwrap_err(), fault);
    for task in tasks {
        assert_eq!(body(task).await, "2");
    }
    assert_eq!(exchanges.load(Relaxed), 3);
}

#[tokio::test(start_paused = true)]
async fn who_reads_after_a_write_sees_it() {
    let (rules, exchanges) = (Arc::default(), Arc::default());
    let write = start(&rules, &exchanges, WRITE, 0);
    sleep(Duration::from_millis(500)).await;
    let before = start(&rules, &exchanges, READ, 0);
    assert_eq!(body(write).await, "0");
    let after = start(&rules, &exchanges, READ, 0);
    assert_eq!(body(before).await, "1");
    assert_eq!(body(after).await, "2");
}

#[tokio::test(start_paused = true)]
async fn writes_are_never_shared() {
    let (rules, exchanges) = (Arc::default(), Arc::default());
    let tasks = [(); 3].map(|()| start(&rules, &exchanges, WRITE, 0));
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(exchanges.load(Relaxed), 3);
}
