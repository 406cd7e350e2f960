//! `get-attachment`: pictures are shown by what they are, and what cannot be shown is saved where the
//! operator said, under a name that leads nowhere else.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use front_mcp::{
    digest::sha256,
    sandbox::landmarks::{ATTACHMENT, ATTACHMENT_MESSAGE, TABLE},
};
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{self, Era, Mcp},
    scripted::Scripted,
    verdict,
};

const TOOL: &str = "get-attachment";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

/// A Front with one file of this name, type and content.
async fn holding(name: &str, kind: &'static str, content: Vec<u8>) -> Scripted {
    let message = json!({
        "id": "msg_1",
        "attachments": [{
            "id": "fil_1", "filename": name, "content_type": kind, "size": content.len(),
        }],
    })
    .to_string();
    Scripted::start(move |request| {
        let (kind, body) = match request.target.contains("/download/") {
            true => (kind, content.clone()),
            false => ("application/json", message.clone().into_bytes()),
        };
        let mut answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        )
        .into_bytes();
        answer.extend_from_slice(&body);
        answer
    })
    .await
}

/// A server that saves beneath this folder.
async fn saving(base: &str, folder: &Path, more: &[&str]) -> Mcp {
    let config = folder.with_extension("toml");
    let text = format!("[attachments]\nsave_folder = {folder:?}\nmax_bytes = 2000000\n");
    std::fs::write(&config, text).unwrap();
    let mut arguments = vec!["--config", config.to_str().unwrap()];
    arguments.extend(more);
    Mcp::start(mcp::server(base, &arguments), Era::PerRequest).await
}

fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("in");
    std::fs::create_dir(&folder).unwrap();
    (root, folder)
}

fn file() -> Value {
    json!({ "attachment_id": "fil_1", "message_id": "msg_1" })
}

fn entries(folder: &Path) -> Vec<String> {
    let all = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = all
        .map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn pictures_are_shown_by_what_they_are() {
    let large = [PNG, &[0; 1024 * 1024]].concat();
    for (kind, content, shown) in [
        ("image/png", PNG.to_vec(), Some("image/png")),
        ("image/jpeg", PNG.to_vec(), Some("image/png")),
        (
            "application/octet-stream",
            b"GIF89a..".to_vec(),
            Some("image/gif"),
        ),
        (
            "text/plain",
            b"\xff\xd8\xff\xe0..".to_vec(),
            Some("image/jpeg"),
        ),
        (
            "image/webp",
            b"RIFF\0\0\0\0WEBPVP8 ".to_vec(),
            Some("image/webp"),
        ),
        ("image/png", b"PK\x03\x04 a zip".to_vec(), None),
        ("image/svg+xml", b"\0<svg/>".to_vec(), None),
        ("image/png", large, None),
    ] {
        let front = holding("a.png", kind, content.clone()).await;
        let mut mcp = Mcp::start(mcp::server(&front.base(), &[]), Era::PerRequest).await;
        let result = mcp.call(TOOL, file()).await;
        match shown {
            Some(media_type) => {
                let found = verdict::good(TOOL, &result);
                assert_eq!(found["picture"], media_type, "{found}");
                assert!(found.get("text").is_none(), "{found}");
                let picture = &result["content"][1];
                assert_eq!(picture["type"], "image");
                assert_eq!(picture["mimeType"], media_type);
                assert_eq!(picture["data"], STANDARD.encode(&content));
            }
            None => {
                let text = verdict::refuses(TOOL, "attachment_id", &result);
                assert!(text.contains("save_folder = "), "{text}");
                assert_eq!(result["content"].as_array().unwrap().len(), 1);
            }
        }
        mcp.close().await;
    }
}

/// Hosts let through unasked what only reads.
async fn is_announced_as_reading(mcp: &mut Mcp) -> bool {
    let listed = mcp.request("tools/list", json!({})).await;
    let mut tools = listed["result"]["tools"].as_array().unwrap().iter();
    let tool = tools.find(|tool| tool["name"] == TOOL).unwrap();
    tool["annotations"]["readOnlyHint"] == true
}

#[tokio::test]
async fn what_cannot_be_shown_is_saved_and_what_can_if_asked_to() {
    let front = Front::start().await;
    let (_root, folder) = folder();
    let mut mcp = saving(&front.base(), &folder, &[]).await;
    assert!(!is_announced_as_reading(&mut mcp).await);
    let wanted = json!({ "attachment_id": ATTACHMENT, "message_id": ATTACHMENT_MESSAGE });
    for _ in 1..=2 {
        let result = mcp.call(TOOL, wanted.clone()).await;
        let saved = verdict::good(TOOL, &result)["saved"].clone();
        let name = saved["name"].as_str().unwrap();
        // The same file is saved once.
        assert!(!name.contains("(2)"), "{name}");
        let content = std::fs::read(folder.join(name)).unwrap();
        assert!(content.starts_with(b"%PDF"));
        assert_eq!(saved["size"], content.len());
        assert_eq!(saved["sha256"], sha256(&content));
        let said = verdict::text(&result);
        assert!(!said.contains(folder.to_str().unwrap()), "{said}");
    }
    let table = json!({ "attachment_id": TABLE, "message_id": ATTACHMENT_MESSAGE });
    let result = mcp.call(TOOL, table.clone()).await;
    let found = verdict::good(TOOL, &result);
    assert!(found["text"].is_string() && found.get("saved").is_none());
    let mut asked = table;
    asked["save"] = true.into();
    let result = mcp.call(TOOL, asked.clone()).await;
    let found = verdict::good(TOOL, &result);
    assert!(found.get("text").is_none() && found["saved"]["name"] == "saddles.csv");
    // Without its message its name is not known.
    let result = mcp
        .call(TOOL, json!({ "attachment_id": TABLE, "save": true }))
        .await;
    assert_eq!(verdict::good(TOOL, &result)["saved"]["name"], TABLE);
    mcp.close().await;
    let before = entries(&folder).len();

    for (flags, config) in [(&["--read-only"][..], true), (&[], false)] {
        let mut mcp = match config {
            true => saving(&front.base(), &folder, flags).await,
            false => Mcp::serving(&front, Era::PerRequest, flags).await,
        };
        assert!(is_announced_as_reading(&mut mcp).await);
        let result = mcp.call(TOOL, asked.clone()).await;
        verdict::refuses(TOOL, "save", &result);
        mcp.close().await;
    }
    assert_eq!(entries(&folder).len(), before);
}

#[tokio::test]
async fn hostile_names_lead_nowhere() {
    let (root, folder) = folder();
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.path().join("elsewhere"), folder.join("x")).unwrap();
    for name in [
        "../../x",
        "/etc/cron.d/x",
        "C:\\x",
        "CON",
        ".bashrc",
        "gpj.\u{202e}exe",
        "a\0b",
        "name. . .",
        "-rf",
        "..",
        "",
        &"n".repeat(300),
    ] {
        let front = holding(name, "application/zip", b"PK\x03\x04".to_vec()).await;
        let mut mcp = saving(&front.base(), &folder, &[]).await;
        let result = mcp.call(TOOL, file()).await;
        let saved = verdict::good(TOOL, &result)["saved"]["name"].clone();
        let saved = saved.as_str().unwrap();
        assert!(
            !saved.contains(['/', '\\', ':', '\u{202e}', '\0']),
            "{saved}"
        );
        assert!(!saved.starts_with(['.', '-']), "{saved}");
        assert_eq!(std::fs::read(folder.join(saved)).unwrap(), b"PK\x03\x04");
        mcp.close().await;
    }
    let outside = entries(root.path());
    assert_eq!(outside, ["in", "in.toml"]);
}

#[tokio::test]
async fn what_is_too_large_is_not_asked_for() {
    let front = holding("a.zip", "application/zip", vec![b'z'; 2_000_001]).await;
    let (_root, folder) = folder();
    let mut mcp = saving(&front.base(), &folder, &[]).await;
    let result = mcp.call(TOOL, file()).await;
    let text = verdict::refuses(TOOL, "attachment_id", &result);
    assert!(text.contains("larger"), "{text}");
    mcp.close().await;
    assert!(entries(&folder).is_empty());
}
