//! What is not taken, and what the caller hears.

use serde_json::{Value, json};

use super::{Desk, inline, send};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

/// The error about the first attachment.
fn first(result: &Value) -> String {
    verdict::refuses("send-message", "attachments[0]", result)
}

#[tokio::test]
async fn without_the_setting_no_file_leaves_this_machine() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = Mcp::serving(&front, Era::Handshake, &["--send=confirm"]).await;
    let path = desk.put("a.txt", "hello");
    let result = send(&mut mcp, json!([{ "path": path }])).await;
    let said = first(&result);
    assert!(
        said.contains("[attachments]") && said.contains("folders = ["),
        "{said}"
    );
    // What is in the call was in the caller's hands already.
    let result = send(&mut mcp, json!([inline("a.txt", "hello")])).await;
    verdict::good("send-message", &result);
    mcp.close().await;
}

#[tokio::test]
async fn names_that_hide_or_break_something() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "confirm", 1_000).await;
    for name in [
        "",
        "..",
        "a/b.txt",
        "a\\b.txt",
        "a\r\nContent-Type: text/html",
        "a\0b",
        "a\"; filename=\"b",
        "gpj.\u{202e}exe",
        "a\u{200b}b",
        &"x".repeat(256),
    ] {
        let result = send(&mut mcp, json!([inline(name, "x")])).await;
        assert!(first(&result).contains("name"), "{name:?}");
    }
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn contents_that_are_none() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "confirm", 1_000).await;
    for one in [
        json!({ "name": "a.txt", "content_base64": "not base64!" }),
        json!({ "name": "a.txt", "content_base64": "data:text/plain;base64,aGk=" }),
        json!({ "name": "a.txt", "content_base64": " \n" }),
        json!({ "name": "a.txt" }),
        json!({ "content_base64": "aGk=" }),
        json!({}),
        json!({ "path": desk.put("a.txt", "x"), "name": "b.txt" }),
        json!({ "path": desk.put("a.txt", "x"), "content_base64": "aGk=" }),
        json!({ "name": "a.txt", "content_base64": "aGk=", "content_type": "text/html\r\nX: y" }),
    ] {
        first(&send(&mut mcp, json!([one])).await);
    }
    let wrapped = json!({ "name": "a.txt", "content_base64": "aGVs\r\nbG8=\n" });
    let result = send(&mut mcp, json!([wrapped])).await;
    assert_eq!(
        verdict::good("send-message", &result)["message"]["attachments"][0]["size"],
        5
    );
    mcp.close().await;
}

#[tokio::test]
async fn too_much_and_too_many() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "confirm", 1_000).await;
    let large = desk.put("large.bin", vec![7; 1_001]);
    let half = desk.put("half.bin", vec![7; 501]);
    let said = first(&send(&mut mcp, json!([{ "path": large }])).await);
    assert!(said.contains("1000"), "{said}");
    first(&send(&mut mcp, json!([inline("a", vec![7; 1_001])])).await);
    // All of them together count.
    let both = send(&mut mcp, json!([{ "path": half }, { "path": half }])).await;
    verdict::refuses("send-message", "attachments[1]", &both);
    let both = send(
        &mut mcp,
        json!([{ "path": half }, inline("a", vec![7; 500])]),
    )
    .await;
    verdict::refuses("send-message", "attachments[1]", &both);
    let whole = send(&mut mcp, json!([inline("a", vec![7; 1_000])])).await;
    verdict::good("send-message", &whole);
    let eleven: Vec<_> = (0..11)
        .map(|number| inline(&format!("{number}"), "x"))
        .collect();
    let result = send(&mut mcp, json!(eleven)).await;
    verdict::refuses("send-message", "attachments", &result);
    mcp.close().await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_is_read_counts_and_not_what_the_size_says() {
    let (front, desk) = (Front::start().await, Desk::new());
    let config = desk.beside("proc.toml");
    let text = "[attachments]\nfolders = [\"/proc/self\"]\nmax_bytes = 100\n";
    std::fs::write(&config, text).unwrap();
    let flags = ["--send=confirm", "--config", config.to_str().unwrap()];
    let mut mcp = Mcp::serving(&front, Era::Handshake, &flags).await;
    // Of no size until it is read.
    let said = first(&send(&mut mcp, json!([{ "path": "/proc/self/smaps" }])).await);
    assert!(said.contains("too large"), "{said}");
    for link in ["/proc/self/exe", "/proc/self/cwd/Cargo.toml"] {
        let said = first(&send(&mut mcp, json!([{ "path": link }])).await);
        assert!(said.contains("link"), "{said}");
    }
    mcp.close().await;
}
