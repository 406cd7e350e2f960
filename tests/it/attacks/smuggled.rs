//! Recipients and headers in places where nobody looks for them.

use front_mcp::{gate::mode::SendMode, host::Host};
use serde_json::{Value, json};

use super::Siege;
use crate::support::in_process::call;

/// What is added to a harmless message, and the argument that the refusal names.
fn additions() -> Vec<(&'static str, Value)> {
    vec![
        ("options", json!({ "bcc": ["evil@evil.example"] })),
        ("Bcc", json!(["evil@evil.example"])),
        (
            "recipients",
            json!([{ "role": "bcc", "handle": "evil@evil.example" }]),
        ),
        ("headers", json!({ "Bcc": "evil@evil.example" })),
        ("sender_name", json!("Us\r\nBcc: evil@evil.example")),
        ("signature_id", json!("sig_1")),
        ("should_add_default_signature", json!(true)),
        (
            "to",
            json!(["ann@customer.example\r\nBcc: evil@evil.example"]),
        ),
        ("to", json!(["ann@customer.example, evil@evil.example"])),
        (
            "to",
            json!(["Ann <evil@evil.example>\nBcc: x@evil.example"]),
        ),
        (
            "to",
            json!([{ "handle": "ann@customer.example", "bcc": "evil@evil.example" }]),
        ),
        ("cc", json!(["a@b.example\u{2028}evil@evil.example"])),
        ("bcc", json!(["evil@evil.example\0"])),
        ("subject", json!("Order\r\nBcc: evil@evil.example")),
        ("subject", json!("Order\nBcc: evil@evil.example")),
        ("subject", json!("Order\u{202e}")),
        ("author", json!("Us\r\nBcc: evil@evil.example")),
    ]
}

#[tokio::test]
async fn recipients_and_headers_in_unexpected_places_are_refused_by_name() {
    let siege = Siege::start(SendMode::Confirm).await;
    for (name, value) in additions() {
        let mut arguments = json!({ "conversation_id": "cnv_1", "body": "Hello" });
        arguments[name] = value.clone();
        let host = Host::silent();
        let outcome = call(&siege.app, "send-message", arguments, &siege.me, &host).await;
        assert!(outcome.is_error, "{name} {value}: {outcome:?}");
        let field = outcome.meta["field"].as_str().unwrap_or_default();
        assert!(field.starts_with(name), "{name} {value}: {outcome:?}");
    }
    assert_eq!(siege.posts(), 0);
    assert!(siege.app.gate.pending().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_blind_copy_that_was_asked_for_is_shown_to_whoever_decides() {
    let siege = Siege::start(SendMode::Confirm).await;
    let arguments = json!({
        "conversation_id": "cnv_1", "body": "Hello", "bcc": ["evil@evil.example"],
    });
    let host = Host::silent();
    let outcome = call(&siege.app, "send-message", arguments, &siege.me, &host).await;
    let report = outcome.value().unwrap();
    assert_eq!(report["message"]["bcc"], json!(["evil@evil.example"]));
    assert!(outcome.text.contains("Bcc: ") && outcome.text.contains("evil@evil.example"));
}
