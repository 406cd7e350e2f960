//! What arrives is what was sealed.

use front_mcp::digest::sha256;
use reqwest::Method;
use serde_json::json;

use super::{CONVERSATION, Desk, deliver, inline, release, send};
use crate::support::{front::Front, verdict};

/// Every byte there is, and what could end a part of a form.
fn awkward() -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    bytes.extend_from_slice(
        b"\r\n--front-mcp-\r\nContent-Disposition: form-data; name=\"to[]\"\r\n\r\nx",
    );
    bytes
}

#[tokio::test]
async fn sealed_released_and_there_once_byte_for_byte() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "confirm", 1_000_000).await;
    let path = desk.put("Rechnung 12 – söl.pdf", awkward());
    let arguments = json!({
        "conversation_id": CONVERSATION,
        "to": ["a@x.example", "b@x.example"],
        "bcc": ["c@x.example"],
        "body": "Line one.\n\n\"quoted\"; name=\"x\"",
        "archive": true,
        "tags": ["Urgent"],
        "attachments": [{ "path": path }, inline("notes.txt", "hello")],
    });
    let result = mcp.call("send-message", arguments).await;
    let report = verdict::good("send-message", &result).clone();
    assert_eq!(
        report["message"]["attachments"],
        json!([
            {
                "name": "Rechnung 12 – söl.pdf",
                "content_type": "application/pdf",
                "size": awkward().len(),
                "sha256": sha256(&awkward()),
            },
            { "name": "notes.txt", "content_type": "text/plain", "size": 5, "sha256": sha256(b"hello") },
        ])
    );
    let shown = verdict::text(&result);
    for part in [
        "söl.pdf",
        &format!("{} bytes", awkward().len()),
        &sha256(b"hello"),
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    assert!(front.outbox().await.is_empty());

    // Whatever becomes of the file now.
    desk.put("Rechnung 12 – söl.pdf", "swapped");
    let released = release(&mut mcp, &report).await;
    assert_eq!(released["state"], "sent");
    assert_eq!(release(&mut mcp, &report).await["state"], "sent");
    assert_eq!(front.send_posts().await, 1);

    let outbox = front.outbox().await;
    assert_eq!(outbox.len(), 1);
    let sent = &outbox[0];
    assert_eq!(sent["to"], json!(["a@x.example", "b@x.example"]));
    assert_eq!(sent["cc"], json!([]));
    assert_eq!(sent["bcc"], json!(["c@x.example"]));
    assert_eq!(sent["archive"], true);
    assert_eq!(sent["tag_ids"].as_array().unwrap().len(), 1);
    assert!(sent["body"].as_str().unwrap().contains("Line one."));
    let files = sent["attachments"].as_array().unwrap();
    for (file, pinned) in files
        .iter()
        .zip(report["message"]["attachments"].as_array().unwrap())
    {
        assert_eq!(file["filename"], pinned["name"]);
        for name in ["content_type", "size", "sha256"] {
            assert_eq!(file[name], pinned[name], "{name}");
        }
    }
    assert_eq!(files.len(), 2);

    let path = format!("/messages/{}", sent["message_id"].as_str().unwrap());
    let message = front.ask(Method::GET, &path, None).await;
    let kept = &message["attachments"][1];
    assert!(kept["id"].as_str().unwrap().starts_with("fil_"));
    assert_eq!(kept["filename"], "notes.txt");
    let path = format!("/download/{}", kept["id"].as_str().unwrap());
    let url = format!("{}{path}", front.base());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let download = client.get(url).bearer_auth(front_mcp::sandbox::TOKEN);
    let bytes = download.send().await.unwrap().bytes().await.unwrap();
    assert_eq!(bytes.as_ref(), b"hello");
    mcp.close().await;
}

#[tokio::test]
async fn a_file_that_is_gone_is_sent_as_it_was() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "confirm", 1_000).await;
    let path = desk.put("a.csv", "a;b");
    let sealed = send(&mut mcp, json!([{ "path": path }])).await;
    std::fs::remove_file(&path).unwrap();
    let report = verdict::good("send-message", &sealed);
    assert_eq!(release(&mut mcp, report).await["state"], "sent");
    let sent = &front.outbox().await[0];
    assert_eq!(sent["attachments"][0]["sha256"], sha256(b"a;b"));
    mcp.close().await;
}

#[tokio::test]
async fn another_content_is_another_message() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "confirm", 1_000).await;
    let first = send(&mut mcp, json!([inline("a.txt", "1")])).await;
    let second = send(&mut mcp, json!([inline("a.txt", "2")])).await;
    let renamed = send(&mut mcp, json!([inline("b.txt", "2")])).await;
    let digests = [&first, &second, &renamed].map(|one| one["structuredContent"]["digest"].clone());
    assert!(
        digests[0] != digests[1] && digests[1] != digests[2],
        "{digests:?}"
    );

    let sent = deliver(&mut mcp, json!([inline("a.txt", "2")])).await;
    assert_eq!(sent["state"], "sent");
    // The same content under another name says the same thing again.
    let again = send(&mut mcp, json!([inline("c.txt", "2")])).await;
    assert_eq!(verdict::bad("send-message", &again)["code"], "repetition");
    let other = send(&mut mcp, json!([inline("a.txt", "3")])).await;
    verdict::good("send-message", &other);
    mcp.close().await;
}

#[tokio::test]
async fn a_draft_keeps_its_files() {
    let (front, desk) = (Front::start().await, Desk::new());
    let mut mcp = desk.serving(&front, "draft", 1_000_000).await;
    let path = desk.put("a.bin", awkward());
    let channel = front_mcp::sandbox::landmarks::SUPPORT_CHANNEL;
    for place in [
        json!({ "conversation_id": CONVERSATION }),
        json!({ "channel_id": channel, "to": ["a@x.example"], "subject": "Files" }),
    ] {
        let mut arguments = place;
        arguments["body"] = json!("See the files.");
        arguments["attachments"] = json!([{ "path": path }, inline("b.txt", "b")]);
        let result = mcp.call("send-message", arguments).await;
        let report = verdict::good("send-message", &result);
        assert_eq!(report["state"], "drafted");
        assert_eq!(report["message"]["attachments"][1]["sha256"], sha256(b"b"));
        let path = format!("/messages/{}", report["draft_id"].as_str().unwrap());
        let draft = front.ask(Method::GET, &path, None).await;
        assert_eq!(draft["draft_mode"], "shared");
        assert_eq!(draft["attachments"][0]["size"], awkward().len());
        assert_eq!(draft["attachments"][1]["filename"], "b.txt");
    }
    assert!(front.outbox().await.is_empty());
    mcp.close().await;
}
