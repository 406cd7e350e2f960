//! The approval page over a real socket, behind the real server: what a browser, a forger and a
//! link scanner can bring about, and what nobody is told.

mod browser;
mod decisions;
mod forgeries;
mod inert;
mod pin;
mod secrecy;

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use front_mcp::sandbox::landmarks;
use serde_json::{Value, json};

use self::browser::Browser;
use crate::support::{
    front::Front,
    mcp::{Era, HANG, Mcp, server},
    verdict,
};

const CONVERSATION: &str = landmarks::URGENT_CONVERSATION;

/// A server in `approve` mode whose browser writes down what it is told to open.
struct Desk {
    front: Front,
    mcp: Mcp,
    opened: PathBuf,
    seen: usize,
    folder: tempfile::TempDir,
}

impl Desk {
    /// A call waits this long for the person.
    async fn start(wait: &str) -> Self {
        Self::logging(wait, "warn").await
    }

    async fn logging(wait: &str, log: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opened = folder.path().join("opened");
        let script = folder.path().join("browser");
        fs::write(
            &script,
            format!(
                "#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n",
                opened.display()
            ),
        )
        .unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
        let config = folder.path().join("config.toml");
        let text = format!(
            "[send]\nask = [\"page\"]\nask_wait = \"{wait}\"\nbrowser = \"{}\"\n",
            script.display()
        );
        fs::write(&config, text).unwrap();
        let front = Front::start().await;
        let flag = format!("--config={}", config.display());
        let log = format!("--log={log}");
        let mut command = server(&front.base(), &[&flag, &log]);
        command.env("FRONT_MCP_STATE_DIR", folder.path().join("state"));
        let mcp = Mcp::start(command, Era::Handshake).await;
        Self {
            front,
            mcp,
            opened,
            seen: 0,
            folder,
        }
    }

    /// The next address that the browser was told to open.
    async fn address(&mut self) -> String {
        let read = async {
            loop {
                let text = fs::read_to_string(&self.opened).unwrap_or_default();
                let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
                if let Some(line) = whole.lines().nth(self.seen) {
                    return line.to_owned();
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let address = tokio::time::timeout(HANG, read).await;
        self.seen += 1;
        address.unwrap_or_else(|_| panic!("no browser was opened: {}", self.mcp.log()))
    }

    /// Seals a reply without waiting for the person; gives its envelope and its page's address.
    async fn seal(&mut self, body: &str) -> (String, String) {
        let arguments = json!({ "conversation_id": CONVERSATION, "body": body });
        let result = self.mcp.call("send-message", arguments).await;
        let report = verdict::good("send-message", &result);
        assert_eq!(report["state"], "sealed", "{result}");
        let id = report["envelope_id"].as_str().unwrap().to_owned();
        (id, self.address().await)
    }

    async fn state(&mut self, envelope: &str) -> String {
        let arguments = json!({ "envelope_id": envelope });
        let result = self.mcp.call("check-send", arguments).await;
        let report: &Value = verdict::good("check-send", &result);
        report["state"].as_str().unwrap().to_owned()
    }

    /// Changes kept envelopes behind the server's back, as time would.
    fn expire(&self, envelope: &str) {
        let store = rusqlite::Connection::open(self.folder.path().join("state/envelopes.db"));
        let changed = store
            .unwrap()
            .execute(
                "UPDATE envelopes SET expires = 0,
                   record = json_set(record, '$.expires', '2020-01-01T00:00:00Z') WHERE id = ?1",
                [envelope],
            )
            .unwrap();
        assert_eq!(changed, 1);
    }

    async fn nothing_was_sent(&self) {
        assert_eq!(self.front.send_posts().await, 0);
        assert!(self.front.outbox().await.is_empty());
    }
}

/// A program in place of a browser, and where it writes what it is told to open.
fn recorder(folder: &Path) -> (PathBuf, PathBuf) {
    let (script, opened) = (folder.join("browser"), folder.join("opened"));
    let text = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n",
        opened.display()
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).unwrap();
    (script, opened)
}

/// A browser that already looks at the page, and the page.
async fn looking(address: &str) -> (Browser, String) {
    let mut browser = Browser::new();
    let page = browser.get(address).await;
    assert_eq!(page.status, 200, "{}", page.body);
    (browser, page.body)
}
