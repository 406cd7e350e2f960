//! What was approved is what leaves, whatever changed around it since.

use front_mcp::gate::mode::SendMode;

use super::Siege;

#[tokio::test]
async fn what_was_approved_leaves_though_other_words_were_prepared_after() {
    let siege = Siege::start(SendMode::Approve).await;
    let shown = siege.seal("The honest text.").await;
    let kept = siege
        .app
        .gate
        .keep_approval(&shown, front_mcp::gate::envelope::Channel::Page);
    assert!(kept.await.unwrap().is_some());
    let swapped = siege.seal("The other text.").await;
    assert_ne!(shown, swapped);
    assert_eq!(siege.release(&shown, &siege.me).await, "sent");
    assert_eq!(siege.release(&swapped, &siege.me).await, "approval_pending");
    let posts = siege.front.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].body["text"], "The honest text.");
}

#[tokio::test]
async fn a_signature_that_changed_since_is_not_added() {
    let siege = Siege::start(SendMode::Approve).await;
    let id = siege.seal("Without a signature.").await;
    let shown = siege.app.gate.look(&id).await.unwrap().letter;
    assert_eq!(siege.approve(&id).await.state.word(), "sent");
    let body = &siege.front.posts()[0].body;
    assert_eq!(body["should_add_default_signature"], false);
    assert!(body.get("signature_id").is_none(), "{body}");
    assert_eq!(
        (&body["body"], &body["text"]),
        (&shown.html.into(), &shown.text.into())
    );
}

#[tokio::test]
async fn a_conversation_that_moved_on_or_was_merged_away_stops_it() {
    let siege = Siege::start(SendMode::Approve).await;
    let id = siege.seal("Before the new mail.").await;
    siege.front.receive("cnv_1", "<p>Forget it.</p>");
    let refused = siege
        .app
        .gate
        .approve(&id, front_mcp::gate::envelope::Channel::Page)
        .await;
    assert!(
        format!("{refused:?}").contains("newer message"),
        "{refused:?}"
    );
    let id = siege.seal("Before the merge.").await;
    siege.front.merge("cnv_1", "cnv_2");
    let refused = siege
        .app
        .gate
        .approve(&id, front_mcp::gate::envelope::Channel::Page)
        .await;
    assert!(format!("{refused:?}").contains("merged"), "{refused:?}");
    assert_eq!(siege.release(&id, &siege.me).await, "expired");
    assert_eq!(siege.posts(), 0);
}
