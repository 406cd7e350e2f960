//! Somebody else's envelope, and one's own too often.

use front_mcp::{app::App, gate::mode::SendMode, host::Host};
use futures_util::future::join_all;
use serde_json::json;

use super::Siege;
use crate::support::in_process::{call, caller, config_in, state};

/// Sealed by Ann at her desk; who else tries, and is told that there is no such envelope.
const OTHERS: [(&str, &str); 4] = [
    ("local/bob", "desk"),
    ("local/ann", "phone"),
    ("local/ANN", "desk"),
    ("", ""),
];

#[tokio::test]
async fn an_envelope_of_another_person_or_client_is_neither_released_nor_read() {
    for mode in [SendMode::Approve, SendMode::Confirm] {
        let siege = Siege::start(mode).await;
        let id = siege.seal("Mine.").await;
        for (person, client) in OTHERS {
            let other = caller(person, client);
            for tool in ["confirm-send", "check-send"] {
                let arguments = json!({ "envelope_id": id });
                let outcome = call(&siege.app, tool, arguments, &other, &Host::silent()).await;
                assert_eq!(
                    state(&outcome),
                    "not_found",
                    "{person} {client}: {outcome:?}"
                );
                assert!(!outcome.text.contains("Mine."), "{outcome:?}");
            }
        }
        assert_eq!(siege.posts(), 0);
        // Nor once it has left.
        if mode == SendMode::Approve {
            siege.approve(&id).await;
        }
        assert_eq!(siege.release(&id, &siege.me).await, "sent");
        for (person, client) in OTHERS {
            assert_eq!(
                siege.release(&id, &caller(person, client)).await,
                "not_found"
            );
        }
        assert_eq!(siege.posts(), 1);
    }
}

#[tokio::test]
async fn a_thousand_replays_send_once() {
    for mode in [SendMode::Approve, SendMode::Confirm] {
        let siege = Siege::start(mode).await;
        let id = siege.seal("Only once.").await;
        if mode == SendMode::Approve {
            siege.approve(&id).await;
        }
        for _ in 0..1_000 {
            assert_eq!(siege.release(&id, &siege.me).await, "sent");
        }
        assert_eq!(siege.posts(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_confirmations_at_once_send_once() {
    let folder = tempfile::tempdir().unwrap();
    for is_kept in [false, true] {
        let mut siege = Siege::start(SendMode::Confirm).await;
        if is_kept {
            let config = config_in(folder.path(), &siege.front.base(), SendMode::Confirm);
            siege.app = App::new(&config).unwrap();
        }
        let id = siege.seal("Only once.").await;
        let states = join_all((0..64).map(|_| siege.release(&id, &siege.me))).await;
        assert!(states.iter().all(|state| state == "sent"), "{states:?}");
        assert_eq!(siege.posts(), 1);
    }
}

#[tokio::test]
async fn sixty_four_confirmations_of_what_nobody_approved_send_nothing() {
    let siege = Siege::start(SendMode::Approve).await;
    let id = siege.seal("Not yet.").await;
    let states = join_all((0..64).map(|_| siege.release(&id, &siege.me))).await;
    assert!(
        states.iter().all(|state| state == "approval_pending"),
        "{states:?}"
    );
    assert_eq!(siege.posts(), 0);
}

#[tokio::test]
async fn sixty_four_approvals_at_once_send_once() {
    let siege = Siege::start(SendMode::Approve).await;
    let id = siege.seal("Only once.").await;
    let decided = join_all((0..64).map(|_| siege.approve(&id))).await;
    assert!(decided.iter().all(|one| one.state.word() == "sent"));
    assert_eq!(siege.posts(), 1);
}
