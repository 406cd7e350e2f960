//! Whatever becomes of the one post, nobody makes a second.

use std::time::Duration;

use front_mcp::{app::App, gate::mode::SendMode, host::Host};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::Siege;
use crate::support::{
    in_process::{config, config_in},
    mailbox::{Fate, Moment},
};

/// What Front does, and what the envelope says then and after the next release.
const FATES: [(Fate, &str, &str); 16] = [
    (Fate::Taken, "sent", "sent"),
    (Fate::Unlisted, "sent", "sent"),
    (Fate::Refused(500), "unknown", "unknown"),
    (Fate::Refused(502), "unknown", "unknown"),
    (Fate::Refused(503), "unknown", "unknown"),
    (Fate::Refused(504), "unknown", "unknown"),
    (Fate::Reset { taken: false }, "unknown", "unknown"),
    (Fate::Reset { taken: true }, "unknown", "unknown"),
    (Fate::Unreadable, "unknown", "unknown"),
    (Fate::Refused(301), "failed", "failed"),
    (Fate::Refused(307), "failed", "failed"),
    (Fate::Refused(400), "failed", "failed"),
    (Fate::Refused(401), "failed", "failed"),
    (Fate::Refused(403), "failed", "failed"),
    (Fate::Refused(404), "failed", "failed"),
    // Certainly not done: it may leave, by the same envelope.
    (Fate::Refused(429), "approved", "sent"),
];

#[tokio::test]
async fn every_answer_to_the_post_is_final_but_a_rate_limit() {
    for (fate, then, after) in FATES {
        let siege = Siege::start(SendMode::Approve).await;
        siege.front.decide(move || fate);
        let id = siege.seal("Whatever comes of it.").await;
        assert_eq!(siege.approve(&id).await.state.word(), then, "{fate:?}");
        assert_eq!(siege.posts(), 1, "{fate:?}");
        siege.front.decide(|| Fate::Taken);
        for _ in 0..3 {
            assert_eq!(siege.release(&id, &siege.me).await, after, "{fate:?}");
        }
        // A redirect names another conversation: nothing went there either.
        let posts = siege.front.posts();
        assert_eq!(
            posts.len(),
            1 + usize::from(fate.is_turned_away()),
            "{fate:?}"
        );
        assert!(
            posts
                .iter()
                .all(|post| post.target == "/conversations/cnv_1/messages")
        );
    }
}

#[tokio::test]
async fn a_front_that_goes_silent_leaves_it_unknown_and_unrepeated() {
    for moment in [Moment::Head, Moment::Request] {
        let mut siege = Siege::start(SendMode::Approve).await;
        let mut config = config(&siege.front.base(), SendMode::Approve);
        config.api.request_timeout = Duration::from_secs(2);
        siege.app = App::new(&config).unwrap();
        siege.front.decide(move || Fate::Held(moment));
        let id = siege.seal("Into the silence.").await;
        assert_eq!(
            siege.approve(&id).await.state.word(),
            "unknown",
            "{moment:?}"
        );
        siege.front.decide(|| Fate::Taken);
        for _ in 0..3 {
            assert_eq!(siege.release(&id, &siege.me).await, "unknown", "{moment:?}");
        }
        assert_eq!(siege.posts(), 1, "{moment:?}");
    }
}

#[tokio::test]
async fn a_client_that_leaves_in_the_middle_of_the_post_loses_nothing() {
    let siege = Siege::start(SendMode::Confirm).await;
    siege.front.decide(|| Fate::Held(Moment::Answer));
    let id = siege.seal("Cancelled too late.").await;
    let Value::Object(arguments) = json!({ "envelope_id": id }) else {
        unreachable!("it is an object");
    };
    let cancelled = CancellationToken::new();
    let host = Host::silent();
    let call = siege.app.call(
        "confirm-send",
        arguments,
        siege.me.clone(),
        &host,
        &cancelled,
    );
    let leaving = async {
        siege.front.has_seen(1).await;
        cancelled.cancel();
    };
    let (outcome, ()) = tokio::join!(call, leaving);
    assert!(outcome.unwrap().is_error);
    siege.front.go_on().await;
    // Whoever asks now waits for the one post and is told what came of it.
    assert_eq!(siege.release(&id, &siege.me).await, "sent");
    assert_eq!(siege.posts(), 1);
}

/// The same words again, and the look at the first finds the second's message.
#[tokio::test]
async fn a_message_that_is_known_as_anothers_resolves_no_unknown_one() {
    let folder = tempfile::tempdir().unwrap();
    for is_kept in [false, true] {
        let mut siege = Siege::start(SendMode::Approve).await;
        if is_kept {
            let config = config_in(folder.path(), &siege.front.base(), SendMode::Approve);
            siege.app = App::new(&config).unwrap();
        }
        siege.front.decide(|| Fate::Refused(500));
        let lost = siege.seal("Twice the same.").await;
        assert_eq!(siege.approve(&lost).await.state.word(), "unknown");
        siege.front.decide(|| Fate::Taken);
        let again = siege.seal("Twice the same.").await;
        assert_ne!(lost, again);
        assert_eq!(siege.approve(&again).await.state.word(), "sent");
        for _ in 0..2 {
            assert_eq!(siege.check(&lost).await, "unknown");
            assert_eq!(siege.check(&again).await, "sent");
        }
    }
}

/// The same words to others, or twice to the same people with nothing known of either.
#[tokio::test]
async fn a_message_that_could_be_anothers_resolves_no_unknown_one() {
    let siege = Siege::start(SendMode::Approve).await;
    siege.front.decide(|| Fate::Refused(500));
    let lost = siege.seal("The same words.").await;
    assert_eq!(siege.approve(&lost).await.state.word(), "unknown");
    siege.front.decide(|| Fate::Reset { taken: true });
    let mut copied = json!({ "conversation_id": "cnv_1", "body": "The same words." });
    copied["cc"] = json!(["carol@us.example"]);
    let copied = siege.seal_as(copied).await;
    assert_eq!(siege.approve(&copied).await.state.word(), "unknown");
    assert_eq!(siege.check(&lost).await, "unknown");
    assert_eq!(siege.check(&copied).await, "sent");

    let again = siege.seal("The same words.").await;
    assert_eq!(siege.approve(&again).await.state.word(), "unknown");
    assert_eq!(siege.check(&lost).await, "unknown");
    assert_eq!(siege.check(&again).await, "unknown");
}
