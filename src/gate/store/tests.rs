//! Both stores keep the same rules.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{
    Left, MemoryStore, SqliteStore, Store,
    rules::{self, Caps, Claim, Claimant, Repetition, Sealing},
};
use crate::{
    front::{
        Upload,
        id::{ChannelId, MessageId},
    },
    gate::{
        attachment::Attachment,
        envelope::{Approval, Channel, Envelope, State},
        letter::Letter,
        own_drafts::Remembered,
    },
    state::StateFolder,
    tools::context::Caller,
    untrusted::Untrusted,
};

const AGAIN: Repetition = Repetition {
    within: SignedDuration::from_hours(24),
    is_refused: false,
};

const YES: Approval = Approval {
    channel: Channel::Page,
    by: None,
    at: Timestamp::UNIX_EPOCH,
};

fn envelope(text: &str) -> Envelope {
    sealed(letter(text))
}

fn letter(text: &str) -> Letter {
    Letter::saying(
        text,
        vec![Attachment::pin(Upload {
            name: "a.txt".into(),
            content_type: "text/plain".into(),
            bytes: bytes::Bytes::from_static(b"as sealed"),
        })],
    )
}

fn sealed(letter: Letter) -> Envelope {
    let caller = Caller {
        id: "local/default".into(),
        client: "test".into(),
    };
    let now = Timestamp::now();
    let later = now + SignedDuration::from_mins(10);
    Envelope::seal(&caller, letter, Vec::new(), now, later).unwrap()
}

/// One of each kind, and the folder that holds the second's file.
fn stores() -> (tempfile::TempDir, [Arc<dyn Store>; 2]) {
    let dir = tempfile::tempdir().unwrap();
    let folder = StateFolder::open(dir.path()).unwrap();
    let file = SqliteStore::open(&folder).unwrap();
    (dir, [Arc::new(MemoryStore::default()), Arc::new(file)])
}

async fn keep(store: &dyn Store, envelope: Envelope) -> Envelope {
    match rules::seal(store, envelope, Timestamp::now(), AGAIN).await {
        Ok(Sealing::Fresh(kept)) => kept,
        other => panic!("{other:?}"),
    }
}

async fn claim(store: &dyn Store, id: &crate::gate::envelope::EnvelopeId, caps: Caps) -> Claim {
    let open = [State::Sealed, State::Approved];
    let claimant = Claimant {
        owner: "0a",
        caps,
        own_caps: Caps::default(),
        needs_person: false,
    };
    rules::claim(store, id, &open, claimant).await.unwrap()
}

#[tokio::test]
async fn files_are_held_for_as_long_as_they_could_be_sent() {
    let (_dir, stores) = stores();
    for store in &stores {
        let sealed = keep(&**store, envelope("One.")).await;
        for _ in 0..2 {
            let Claim::Yes(claimed) = claim(&**store, &sealed.id, Caps::default()).await else {
                panic!("{store:?}");
            };
            assert!(claimed.letter.files().is_some(), "{store:?}");
            // Given back by Front unprocessed, it can be posted again.
            rules::advance(&**store, &sealed.id, &[State::Sending], |one| {
                one.state = State::Approved;
            })
            .await
            .unwrap();
        }
        for state in [State::Sent, State::Approved] {
            let open = [State::Approved, State::Sent];
            rules::advance(&**store, &sealed.id, &open, |one| one.state = state)
                .await
                .unwrap();
        }
        let Claim::Yes(claimed) = claim(&**store, &sealed.id, Caps::default()).await else {
            panic!("{store:?}");
        };
        assert!(claimed.letter.files().is_none(), "{store:?}");
    }
}

#[tokio::test]
async fn one_is_on_its_way_to_a_place_and_caps_count_what_left() {
    let (_dir, stores) = stores();
    for store in &stores {
        let [first, second] = [envelope("First."), envelope("Second.")];
        let first = keep(&**store, first).await;
        let second = keep(&**store, second).await;
        let caps = Caps {
            per_hour: Some(1),
            per_day: None,
        };
        assert!(matches!(
            claim(&**store, &first.id, caps).await,
            Claim::Yes(_)
        ));
        assert!(matches!(claim(&**store, &first.id, caps).await, Claim::No));
        assert!(matches!(
            claim(&**store, &second.id, caps).await,
            Claim::Busy(_)
        ));
        rules::advance(&**store, &first.id, &[State::Sending], |one| {
            one.state = State::Sent;
            one.posted = Some(Timestamp::now());
        })
        .await
        .unwrap();
        assert!(matches!(
            claim(&**store, &second.id, caps).await,
            Claim::Capped(left) if left.hour == 1
        ));
        assert!(matches!(
            claim(&**store, &second.id, Caps::default()).await,
            Claim::Yes(_)
        ));
    }
}

/// Whoever began to post is among those that left, and is not counted twice.
#[tokio::test]
async fn caps_count_those_that_are_on_their_way() {
    let hour = |most| Caps {
        per_hour: Some(most),
        per_day: None,
    };
    let day = |most| Caps {
        per_hour: None,
        per_day: Some(most),
    };
    let (_dir, stores) = stores();
    for store in &stores {
        let mut ids = Vec::new();
        for channel in ["cha_1", "cha_2", "cha_3"] {
            let mut letter = letter("To another place.");
            letter.channel = ChannelId::parse(channel).unwrap();
            ids.push(keep(&**store, sealed(letter)).await.id);
        }
        assert!(matches!(
            claim(&**store, &ids[0], hour(1)).await,
            Claim::Yes(_)
        ));
        for caps in [hour(1), day(1)] {
            let one = Left { hour: 1, day: 1 };
            assert!(matches!(
                claim(&**store, &ids[1], caps).await,
                Claim::Capped(left) if left == one
            ));
        }
        assert!(matches!(
            claim(&**store, &ids[1], hour(2)).await,
            Claim::Yes(_)
        ));
        rules::advance_own(&**store, &ids[0], "0a", |one| {
            one.posted = Some(Timestamp::now());
        })
        .await
        .unwrap();
        for caps in [hour(2), day(2)] {
            assert!(matches!(
                claim(&**store, &ids[2], caps).await,
                Claim::Capped(_)
            ));
        }
        assert!(matches!(
            claim(&**store, &ids[2], day(3)).await,
            Claim::Yes(_)
        ));
    }
}

#[tokio::test]
async fn an_outcome_is_kept_with_what_front_said_until_it_is_on_record() {
    let (_dir, stores) = stores();
    for store in &stores {
        let failed = keep(&**store, envelope("Refused.")).await;
        keep(&**store, envelope("Another.")).await;
        rules::advance(&**store, &failed.id, &[State::Sealed], |one| {
            one.state = State::Failed;
            one.refusal = Some(Untrusted::new("No such channel.".to_owned()));
            one.is_unrecorded = true;
        })
        .await
        .unwrap();
        let found = rules::unrecorded(&**store).await.unwrap();
        assert_eq!(found.len(), 1, "{store:?}");
        assert_eq!(found[0].id, failed.id);
        let said = found[0].refusal.as_ref().unwrap().raw();
        assert_eq!(said, "No such channel.", "{store:?}");
        rules::recorded(&**store, &failed.id).await.unwrap();
        assert!(rules::unrecorded(&**store).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_an_ended_process_left_is_unknown_only_if_its_post_began() {
    let (_dir, stores) = stores();
    for store in &stores {
        let began = keep(&**store, envelope("Began.")).await;
        claim(&**store, &began.id, Caps::default()).await;
        let mark = |one: &mut Envelope| one.posted = Some(Timestamp::now());
        rules::advance(&**store, &began.id, &[State::Sending], mark)
            .await
            .unwrap();
        let now = Timestamp::now();
        assert!(
            rules::recover(&**store, |_| false, now)
                .await
                .unwrap()
                .is_empty()
        );
        let settled = rules::recover(&**store, |owner| owner == "0a", now)
            .await
            .unwrap();
        assert_eq!(settled[0].state, State::Unknown, "{store:?}");
        // Without anybody's yes it waits for one again; what a person agreed to stays agreed to.
        for (approval, state) in [(None, State::Sealed), (Some(YES), State::Approved)] {
            let waited = keep(&**store, envelope(&format!("Did not begin: {state:?}."))).await;
            rules::advance(&**store, &waited.id, &[State::Sealed], |one| {
                one.approval = approval
            })
            .await
            .unwrap();
            claim(&**store, &waited.id, Caps::default()).await;
            let settled = rules::recover(&**store, |_| true, now).await.unwrap();
            assert_eq!(settled[0].state, state, "{store:?}");
            rules::advance(&**store, &waited.id, &[state], |one| {
                one.state = State::Declined
            })
            .await
            .unwrap();
        }
    }
}

#[tokio::test]
async fn words_are_forgotten_a_day_after_the_end() {
    let (_dir, stores) = stores();
    for store in &stores {
        let sealed = keep(&**store, envelope("Forget me.")).await;
        let day = sealed.expires + SignedDuration::from_hours(24);
        rules::purge(&**store, day).await.unwrap();
        let kept = rules::get(&**store, &sealed.id, sealed.created).await;
        assert_eq!(kept.unwrap().unwrap().letter.text, "Forget me.");
        let later = day + SignedDuration::from_secs(1);
        rules::purge(&**store, later).await.unwrap();
        let kept = rules::get(&**store, &sealed.id, later)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (kept.letter.text.as_str(), kept.letter.html.as_str()),
            ("", "")
        );
        assert_eq!((kept.state, kept.is_purged), (State::Expired, true));
    }
}

#[tokio::test]
async fn the_agents_word_is_not_enough_where_a_person_must_agree() {
    let (_dir, stores) = stores();
    for store in &stores {
        let sealed = keep(&**store, envelope("On the agent's word.")).await;
        rules::advance(&**store, &sealed.id, &[State::Sealed], |one| {
            one.state = State::Approved;
            one.approval = Some(Approval {
                channel: Channel::Agent,
                by: None,
                ..YES
            });
        })
        .await
        .unwrap();
        let claimant = Claimant {
            owner: "0a",
            caps: Caps::default(),
            own_caps: Caps::default(),
            needs_person: true,
        };
        let open = [State::Approved];
        let claim = rules::claim(&**store, &sealed.id, &open, claimant).await;
        let Claim::Unapproved(again) = claim.unwrap() else {
            panic!("{store:?}");
        };
        assert_eq!((again.state, again.approval), (State::Sealed, None));
    }
}

#[tokio::test]
async fn what_was_sealed_twice_before_either_left_leaves_once() {
    let (_dir, stores) = stores();
    for store in &stores {
        let [first, mut second] = ["Twice.", "Twice."].map(envelope);
        second.caller.client = "another".into();
        let first = keep(&**store, first).await;
        let second = keep(&**store, second).await;
        claim(&**store, &first.id, Caps::default()).await;
        rules::advance_own(&**store, &first.id, "0a", |one| {
            one.state = State::Sent;
            one.posted = Some(Timestamp::now());
        })
        .await
        .unwrap();
        let Claim::Repeated(left) = claim(&**store, &second.id, Caps::default()).await else {
            panic!("{store:?}");
        };
        assert_eq!(left.id, first.id);
    }
}

#[tokio::test]
async fn what_another_process_took_over_is_not_touched() {
    let (_dir, stores) = stores();
    for store in &stores {
        let sealed = keep(&**store, envelope("Taken over.")).await;
        claim(&**store, &sealed.id, Caps::default()).await;
        let change = |one: &mut Envelope| one.state = State::Sent;
        let other = rules::advance_own(&**store, &sealed.id, "0b", change).await;
        assert!(other.unwrap().is_none(), "{store:?}");
        let own = rules::advance_own(&**store, &sealed.id, "0a", change).await;
        assert!(own.unwrap().is_some(), "{store:?}");
    }
}

#[tokio::test]
async fn what_was_found_at_front_is_its_own_unless_it_could_be_anothers() {
    let (_dir, stores) = stores();
    for store in &stores {
        for (number, (state, others, found, is_own)) in [
            (State::Declined, None, Some("a"), true),
            (State::Declined, None, None, true),
            (State::Sent, Some("b"), Some("a"), true),
            (State::Sent, Some("a"), Some("a"), false),
            (State::Sending, None, Some("a"), false),
            (State::Unknown, None, Some("a"), false),
            (State::Unknown, None, None, false),
        ]
        .into_iter()
        .enumerate()
        {
            let text = format!("The same: {number}.");
            let [unknown, mut other] = [(), ()].map(|()| envelope(&text));
            other.caller.client = "another".into();
            let unknown = keep(&**store, unknown).await;
            let other = keep(&**store, other).await;
            let uid = |uid: &str| format!("{uid}{number}");
            for (id, state, uid) in [
                (&unknown.id, State::Unknown, None),
                (&other.id, state, others.map(uid)),
            ] {
                rules::advance(&**store, id, &[State::Sealed], |one| {
                    one.state = state;
                    one.message_uid = uid;
                })
                .await
                .unwrap();
            }
            let resolved = rules::resolve(&**store, &unknown, found.map(uid)).await;
            let resolved = resolved.unwrap().map(|one| (one.id, one.state));
            let own = is_own.then_some((unknown.id, State::Sent));
            assert_eq!(resolved, own, "{store:?}: {number}");
        }
    }
}

fn draft(id: &str, caller: &str, age: SignedDuration) -> Remembered {
    Remembered {
        id: MessageId::parse(id).unwrap(),
        caller: caller.into(),
        version: "v1".into(),
        channel: ChannelId::parse("cha_1").unwrap(),
        author: None,
        written: Timestamp::now() - age,
    }
}

#[tokio::test]
async fn drafts_are_remembered_for_their_caller_within_bounds() {
    let (dir, stores) = stores();
    let day = SignedDuration::from_hours(24);
    for store in &stores {
        let newest = draft("msg_1", "ann", SignedDuration::ZERO);
        for one in [
            &newest,
            &draft("msg_1", "bob", day),
            &draft("msg_2", "ann", day * 2),
            &draft("msg_3", "ann", day * 40),
        ] {
            store.keep_draft(one).await.unwrap();
        }
        let rewritten = Remembered {
            version: "v2".into(),
            ..newest
        };
        store.keep_draft(&rewritten).await.unwrap();
        let found = store.draft(&rewritten.id, "ann").await.unwrap();
        assert_eq!(found.as_ref(), Some(&rewritten), "{store:?}");
        assert_eq!(store.draft(&rewritten.id, "eve").await.unwrap(), None);

        let before = Timestamp::now() - day * 30;
        store.forget_drafts(before, 2).await.unwrap();
        for (id, caller, is_kept) in [
            ("msg_1", "ann", true),
            ("msg_1", "bob", true),
            ("msg_2", "ann", false),
            ("msg_3", "ann", false),
        ] {
            let id = MessageId::parse(id).unwrap();
            let found = store.draft(&id, caller).await.unwrap();
            assert_eq!(found.is_some(), is_kept, "{store:?} {id} {caller}");
        }
        store.forget_draft(&rewritten.id, "ann").await.unwrap();
        assert_eq!(store.draft(&rewritten.id, "ann").await.unwrap(), None);
        assert!(store.draft(&rewritten.id, "bob").await.unwrap().is_some());
    }
    // Another process finds what this one kept.
    let again = SqliteStore::open(&StateFolder::open(dir.path()).unwrap()).unwrap();
    let id = MessageId::parse("msg_1").unwrap();
    assert!(again.draft(&id, "bob").await.unwrap().is_some());
}

#[tokio::test]
async fn a_file_of_the_layout_before_drafts_is_taken_over() {
    let dir = tempfile::tempdir().unwrap();
    let folder = StateFolder::open(dir.path()).unwrap();
    let store = SqliteStore::open(&folder).unwrap();
    let sealed = keep(&store, envelope("One.")).await;
    drop(store);
    let file = rusqlite::Connection::open(dir.path().join("envelopes.db")).unwrap();
    file.execute_batch("DROP TABLE drafts; DROP TABLE callers; PRAGMA user_version = 1;")
        .unwrap();
    drop(file);
    let store = SqliteStore::open(&folder).unwrap();
    let found = rules::get(&store, &sealed.id, Timestamp::now()).await;
    assert!(found.unwrap().is_some());
    let one = draft("msg_1", "ann", SignedDuration::ZERO);
    store.keep_draft(&one).await.unwrap();
    assert_eq!(store.draft(&one.id, "ann").await.unwrap(), Some(one));
}
