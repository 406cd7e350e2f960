//! The gate over a store that fails now and then, and over what an ended process left behind.

use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep, timeout};

use super::{
    envelope::{Channel, State},
    sender::Outcome,
    store::{
        Rule, Select,
        rules::{Caps, Claim, Claimant},
    },
    *,
};
use crate::front::{base::ApiBase, fence::Fence, wire::Wire};

/// A store whose next changes fail.
#[derive(Debug, Default)]
struct Failing {
    kept: MemoryStore,
    failures: AtomicU32,
}

impl Store for Failing {
    fn change<'a>(
        &'a self,
        select: Select,
        rule: Rule<'a>,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        let less = |left: u32| left.checked_sub(1);
        match self
            .failures
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less)
        {
            Ok(_) => Box::pin(async { Err(StoreError("the disk is full".to_owned())) }),
            Err(_) => self.kept.change(select, rule),
        }
    }

    fn note_silent<'a>(
        &'a self,
        client: &'a str,
        is_silent: bool,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.kept.note_silent(client, is_silent)
    }

    fn is_silent<'a>(&'a self, client: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.kept.is_silent(client)
    }
}

/// Of a gate that never reaches a Front.
fn parts(mode: SendMode) -> Parts {
    let base = ApiBase::parse("http://127.0.0.1:9").unwrap();
    let wire = Wire::new(base, None, Duration::from_secs(1));
    let policy = Policy::default();
    Parts {
        mode,
        reader: Client::new(wire.clone(), Fence::new(policy.clone()), Instant::now()),
        policy,
        sender: Sender::new(wire),
        steps: Steps::default(),
    }
}

async fn seal(gate: &Arc<Gate>) -> EnvelopeId {
    let caller = Caller {
        id: "local/default".into(),
        client: "test".into(),
    };
    let letter = Letter::saying("As sealed.", Vec::new());
    let sealed = gate.seal(&caller, letter, &Surroundings::default()).await;
    sealed.unwrap().id
}

async fn claim(gate: &Gate, id: &EnvelopeId, owner: &str) {
    let claimant = Claimant {
        owner,
        caps: Caps::default(),
        needs_person: false,
    };
    let open = [State::Sealed, State::Approved];
    let claim = rules::claim(&*gate.store, id, &open, claimant).await;
    assert!(matches!(claim, Ok(Claim::Yes(_))), "{claim:?}");
}

fn events(gate: &Gate) -> Vec<Event> {
    let entries = gate.audit.records().unwrap();
    entries.iter().map(|entry| entry.record.event()).collect()
}

#[tokio::test(start_paused = true)]
async fn an_outcome_is_offered_for_a_second_to_a_store_that_fails() {
    for (failures, is_kept) in [(0, true), (1, true), (4, true), (5, false)] {
        let store = Arc::new(Failing::default());
        let gate = Arc::new(Gate::with(
            parts(SendMode::Confirm),
            Arc::<Failing>::clone(&store),
            Arc::new(Audit::memory()),
            Running::alone().unwrap(),
        ));
        let id = seal(&gate).await;
        claim(&gate, &id, gate.running.id()).await;
        store.failures.store(failures, Ordering::SeqCst);
        let begun = Instant::now();
        let settling = gate.settle(&id, Outcome::Accepted(202, "ab12".into()));
        let settled = timeout(Duration::from_secs(60), settling).await.unwrap();
        assert_eq!(settled.is_ok(), is_kept, "{failures}");
        if failures >= 4 {
            // One that is busy has had its time.
            assert!(begun.elapsed() >= Duration::from_secs(1), "{failures}");
        }
        let left = gate.look(&id).await.unwrap();
        let (state, event) = match is_kept {
            true => (State::Sent, Event::Sent),
            false => (State::Sending, Event::Sealed),
        };
        assert_eq!(left.state, state, "{failures}");
        assert_eq!(events(&gate).last(), Some(&event), "{failures}");
    }
}

/// A process that ended before its post began: nothing left, and the log must say so.
#[tokio::test]
async fn what_an_ended_process_left_is_put_right_and_on_record() {
    for is_approved in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(dir.path()).unwrap();
        let gate = Gate::in_folder(parts(SendMode::Confirm), &folder).unwrap();
        let gate = Arc::new(gate);
        let id = seal(&gate).await;
        if is_approved {
            gate.keep_approval(&id, Channel::Terminal).await.unwrap();
        }
        claim(&gate, &id, "0a").await;
        gate.keep_tidy();
        let put_right = async {
            while gate.look(&id).await.unwrap().state == State::Sending {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(Duration::from_secs(20), put_right).await.unwrap();
        gate.tidy_up().await.unwrap();
        let state = match is_approved {
            true => State::Approved,
            false => State::Sealed,
        };
        let envelope = gate.look(&id).await.unwrap();
        assert_eq!(envelope.state, state);
        let returned = events(&gate)
            .into_iter()
            .filter(|event| *event == Event::Returned);
        assert_eq!(returned.count(), 1, "{state:?}");
        assert!(!envelope.is_unrecorded, "{state:?}");
    }
}
