//! The gate over a store that fails now and then, and over what an ended process left behind.

use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep, timeout};

use super::{
    envelope::{Approval, Channel, State, Voice},
    own_drafts::Remembered,
    sender::Outcome,
    store::{
        Rule, Select,
        rules::{Caps, Claim, Claimant},
    },
    *,
};
use crate::front::{
    base::ApiBase,
    fence::Fence,
    id::{ChannelId, MessageId},
    wire::Wire,
};

/// A store whose next changes fail, and that counts the others.
#[derive(Debug, Default)]
struct Failing {
    kept: MemoryStore,
    failures: AtomicU32,
    changes: AtomicU32,
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
            Err(_) => {
                self.changes.fetch_add(1, Ordering::SeqCst);
                self.kept.change(select, rule)
            }
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

    fn keep_draft<'a>(&'a self, draft: &'a Remembered) -> BoxFuture<'a, Result<(), StoreError>> {
        self.kept.keep_draft(draft)
    }

    fn draft<'a>(
        &'a self,
        id: &'a MessageId,
        caller: &'a str,
    ) -> BoxFuture<'a, Result<Option<Remembered>, StoreError>> {
        self.kept.draft(id, caller)
    }

    fn forget_draft<'a>(
        &'a self,
        id: &'a MessageId,
        caller: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.kept.forget_draft(id, caller)
    }

    fn forget_drafts(
        &self,
        before: Timestamp,
        most: usize,
    ) -> BoxFuture<'_, Result<(), StoreError>> {
        self.kept.forget_drafts(before, most)
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
        caps: Caps::default(),
        own_caps: Caps::default(),
        approvers: None,
    }
}

fn sender() -> Sender {
    let base = ApiBase::parse("http://127.0.0.1:9").unwrap();
    Sender::new(Wire::new(base, None, Duration::from_secs(1)))
}

fn in_folder(folder: &StateFolder) -> Gate {
    let hall = Hall::in_folder(folder, sender(), Steps::default()).unwrap();
    Gate::new(hall, parts(SendMode::Confirm))
}

fn over(store: &Arc<Failing>) -> Arc<Gate> {
    gate(SendMode::Confirm, store)
}

fn gate(mode: SendMode, store: &Arc<Failing>) -> Arc<Gate> {
    let hall = Hall::with(
        Arc::<Failing>::clone(store),
        Audit::memory(),
        Running::alone().unwrap(),
        sender(),
        Steps::default(),
    );
    Arc::new(Gate::new(hall, parts(mode)))
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
        own_caps: Caps::default(),
        needs_person: false,
    };
    let open = [State::Sealed, State::Approved];
    let claim = rules::claim(&*gate.hall.store, id, &open, claimant).await;
    assert!(matches!(claim, Ok(Claim::Yes(_))), "{claim:?}");
}

fn events(gate: &Gate) -> Vec<Event> {
    let entries = gate.hall.audit.records().unwrap();
    entries.iter().map(|entry| entry.record.event()).collect()
}

#[tokio::test(start_paused = true)]
async fn an_outcome_is_offered_for_a_second_to_a_store_that_fails() {
    for (failures, is_kept) in [(0, true), (1, true), (4, true), (5, false)] {
        let store = Arc::new(Failing::default());
        let gate = over(&store);
        let id = seal(&gate).await;
        claim(&gate, &id, gate.hall.running.id()).await;
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

/// On threads of its own, or one that never rests would leave no time to count.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_for_an_outcome_looks_now_and_then() {
    let store = Arc::new(Failing::default());
    let gate = over(&store);
    let id = seal(&gate).await;
    claim(&gate, &id, gate.hall.running.id()).await;
    let before = store.changes.load(Ordering::SeqCst);
    let waiting = tokio::spawn({
        let (gate, id) = (Arc::clone(&gate), id.clone());
        async move { gate.settled(&id).await }
    });
    sleep(Duration::from_millis(500)).await;
    let looks = store.changes.load(Ordering::SeqCst) - before;
    let outcome = Outcome::Accepted(202, "ab12".into());
    gate.settle(&id, outcome).await.unwrap();
    assert_eq!(waiting.await.unwrap().unwrap().state, State::Sent);
    assert!((1..=10).contains(&looks), "{looks}");
}

/// A process that ended before its post began: nothing left, and the log must say so.
#[tokio::test]
async fn what_an_ended_process_left_is_put_right_and_on_record() {
    for is_approved in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(dir.path()).unwrap();
        let gate = in_folder(&folder);
        let gate = Arc::new(gate);
        let id = seal(&gate).await;
        if is_approved {
            gate.keep_approval(&id, Channel::Terminal).await.unwrap();
        }
        claim(&gate, &id, "0a").await;
        gate.hall().keep_tidy();
        let put_right = async {
            while gate.look(&id).await.unwrap().state == State::Sending {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(Duration::from_secs(20), put_right).await.unwrap();
        gate.hall().tidy_up().await.unwrap();
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

/// Nobody has to wait for the next round of tidying.
#[tokio::test]
async fn who_asks_for_what_an_ended_process_left_has_it_put_right() {
    let dir = tempfile::tempdir().unwrap();
    let folder = StateFolder::open(dir.path()).unwrap();
    let gate = Arc::new(in_folder(&folder));
    assert!(gate.is_shared());
    let id = seal(&gate).await;
    claim(&gate, &id, "0a").await;
    let settled = timeout(Duration::from_secs(20), gate.settled(&id)).await;
    assert_eq!(settled.unwrap().unwrap().state, State::Sealed);
}

#[tokio::test]
async fn a_persons_yes_counts_where_a_person_is_asked_and_is_a_persons() {
    for (mode, channel) in [
        (SendMode::Confirm, Channel::Page),
        (SendMode::Approve, Channel::Agent),
    ] {
        let gate = gate(mode, &Arc::default());
        assert!(!gate.is_shared());
        let id = seal(&gate).await;
        let refused = gate.approve(&id, channel).await;
        assert!(matches!(refused, Err(Refusal::Mode(_))), "{refused:?}");
        assert_eq!(gate.look(&id).await.unwrap().state, State::Sealed);
    }
}

#[tokio::test]
async fn an_envelope_is_decided_by_those_whom_it_names_and_nobody_else() {
    let name = |text: &str| text.parse::<CallerName>().unwrap();
    let hall = Hall::in_memory(sender(), Steps::default()).unwrap();
    let named = |approvers| Parts {
        approvers,
        ..parts(SendMode::Approve)
    };
    let named = |approvers| Arc::new(Gate::new(Arc::clone(&hall), named(approvers)));
    let nobody = named(Some(Vec::new()));
    let refused = nobody.can_be_decided();
    assert!(matches!(refused, Err(Refusal::NoApprover)), "{refused:?}");
    let local = named(None);
    let gate = named(Some(vec![name("dana"), name("eve")]));
    let id = seal(&gate).await;
    for voice in [
        Voice::from(Channel::Page),
        Voice::from(Channel::Elicitation),
        Voice::from(Channel::Terminal),
        Voice::named(Channel::Page, &name("mallory")),
    ] {
        // Neither the own gate nor another takes it.
        for gate in [&gate, &local] {
            let refused = gate.approve(&id, voice.clone()).await;
            assert!(
                matches!(refused, Err(Refusal::NotTheApprover(_))),
                "{refused:?}"
            );
            let refused = gate.decline(&id, voice.clone()).await;
            assert!(
                matches!(refused, Err(Refusal::NotTheApprover(_))),
                "{refused:?}"
            );
        }
    }
    assert_eq!(gate.look(&id).await.unwrap().state, State::Sealed);
    let dana = Voice::named(Channel::Page, &name("dana"));
    let kept = gate
        .keep_approval(&id, dana.clone())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.approval.unwrap().by, Some(name("dana")));
    // And a name decides nothing that is for the person at the machine.
    let of_local = {
        let caller = Caller {
            id: "local/other".into(),
            client: "test".into(),
        };
        let letter = Letter::saying("Of somebody else.", Vec::new());
        let sealed = local.seal(&caller, letter, &Surroundings::default()).await;
        sealed.unwrap().id
    };
    let refused = local.approve(&of_local, dana).await;
    assert!(
        matches!(refused, Err(Refusal::NotTheApprover(_))),
        "{refused:?}"
    );
}

/// A yes that names nobody, put into the store behind the gate's back, releases nothing.
#[tokio::test]
async fn a_yes_of_somebody_else_is_no_yes() {
    let hall = Hall::in_memory(sender(), Steps::default()).unwrap();
    let parts = Parts {
        approvers: Some(vec!["dana".parse().unwrap()]),
        ..parts(SendMode::Approve)
    };
    let gate = Arc::new(Gate::new(hall, parts));
    for by in [None, Some("eve".parse().unwrap())] {
        let id = seal(&gate).await;
        rules::advance(&*gate.hall.store, &id, &[State::Sealed], |envelope| {
            envelope.state = State::Approved;
            envelope.approval = Some(Approval {
                channel: Channel::Page,
                by,
                at: jiff::Timestamp::now(),
            });
        })
        .await
        .unwrap();
        let refused = gate.commit(&id).await;
        assert!(
            matches!(refused, Err(Refusal::Unapproved(_))),
            "{refused:?}"
        );
        assert_eq!(gate.look(&id).await.unwrap().state, State::Sealed);
    }
}

/// Whoever can write to the store cannot choose what leaves under somebody's yes.
#[tokio::test]
async fn a_message_that_was_changed_in_the_store_does_not_leave() {
    for field in 0..4 {
        let gate = gate(SendMode::Confirm, &Arc::default());
        let id = seal(&gate).await;
        rules::advance(&*gate.hall.store, &id, &[State::Sealed], |envelope| {
            let letter = &mut envelope.letter;
            match field {
                0 => letter.to.push("eve@evil.test".into()),
                1 => letter.html.push('!'),
                2 => letter.archive = true,
                _ => letter.channel = ChannelId::parse("cha_2").unwrap(),
            }
        })
        .await
        .unwrap();
        let refused = gate.commit(&id).await;
        assert!(
            matches!(refused, Err(Refusal::Changed(why)) if why.contains("is not the one")),
            "{refused:?}"
        );
        assert_eq!(gate.look(&id).await.unwrap().state, State::Expired);
    }
}

#[tokio::test]
async fn a_log_names_an_envelope_without_its_words() {
    let gate = gate(SendMode::Approve, &Arc::default());
    let id = seal(&gate).await;
    let asked = gate.asking(&id).await.unwrap().unwrap();
    let logged = format!("{asked:?}");
    assert!(logged.contains(&asked.digest), "{logged}");
    for words in ["As sealed", "jo@acme.example", &asked.word] {
        assert!(!logged.contains(words), "{logged}");
    }
}

#[tokio::test]
async fn what_a_person_was_to_decide_on_is_theirs_in_every_mode() {
    let store = Arc::new(Failing::default());
    let id = seal(&gate(SendMode::Approve, &store)).await;
    let confirming = gate(SendMode::Confirm, &store);
    let caller = Caller {
        id: "local/default".into(),
        client: "test".into(),
    };
    let released = confirming.release(&caller, &id).await;
    assert!(
        matches!(released, Err(Refusal::Unapproved(_))),
        "{released:?}"
    );
    assert_eq!(confirming.look(&id).await.unwrap().state, State::Sealed);
}
