//! Files that go with messages: only those that the operator lets go, exactly as they were when
//! the message was sealed, once, and under a name that breaks nothing.

mod delivered;
mod form;
#[cfg(unix)]
mod places;
mod refused;

use std::path::PathBuf;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

const CONVERSATION: &str = front_mcp::sandbox::landmarks::URGENT_CONVERSATION;

/// A folder that the operator names, and the file that names it.
struct Desk {
    root: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("out")).unwrap();
        Self { root }
    }

    /// A path in the named folder.
    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join("out").join(name)
    }

    /// Puts a file there.
    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A path beside the named folder.
    fn beside(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    async fn serving(&self, front: &Front, mode: &str, max_bytes: u64) -> Mcp {
        let folder = self.root.path().join("out");
        let config = self.beside("config.toml");
        let text = format!("[attachments]\nfolders = [{folder:?}]\nmax_bytes = {max_bytes}\n");
        std::fs::write(&config, text).unwrap();
        let flags = [
            &format!("--send={mode}")[..],
            "--config",
            config.to_str().unwrap(),
        ];
        Mcp::serving(front, Era::Handshake, &flags).await
    }
}

/// A file in the call itself.
fn inline(name: &str, content: impl AsRef<[u8]>) -> Value {
    json!({ "name": name, "content_base64": STANDARD.encode(content) })
}

async fn send(mcp: &mut Mcp, attachments: Value) -> Value {
    let arguments = json!({
        "conversation_id": CONVERSATION,
        "body": "Here they are.",
        "attachments": attachments,
    });
    mcp.call("send-message", arguments).await
}

/// Seals and releases, and gives the state of the message.
async fn deliver(mcp: &mut Mcp, attachments: Value) -> Value {
    let sealed = send(mcp, attachments).await;
    release(mcp, verdict::good("send-message", &sealed)).await
}

async fn release(mcp: &mut Mcp, report: &Value) -> Value {
    let arguments = json!({ "envelope_id": report["envelope_id"] });
    let result = mcp.call("confirm-send", arguments).await;
    verdict::good("confirm-send", &result).clone()
}
