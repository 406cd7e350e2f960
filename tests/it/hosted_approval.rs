//! The approval page of a hosted server, over real sockets: approvers with names, callers with
//! tokens, and whoever has a link and should not.

mod browser;
mod decisions;
mod intruders;
mod restarts;
mod sign_in;

use std::{
    process::Stdio,
    sync::{Arc, Mutex},
    time::Duration,
};

use front_mcp::{
    approver::{Approver, Pin},
    sandbox::landmarks,
    state::StateFolder,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::Child,
    time::timeout,
};

use self::browser::Browser;
use crate::support::{
    front::Front,
    mcp::{HANG, binary, server},
    verdict,
};

const CONVERSATION: &str = landmarks::URGENT_CONVERSATION;

/// The approvers' passwords.
const DANA: (&str, &str) = ("dana", "danas-secret-4815");
const EVE: (&str, &str) = ("eve", "eves-secret-1623");

/// A state folder with callers and approvers, a Front, and a server between them.
struct Office {
    front: Front,
    folder: tempfile::TempDir,
    origin: String,
    child: Child,
    log: Arc<Mutex<String>>,
}

impl Office {
    /// Nobody is registered yet but a caller that nobody uses.
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        register(folder.path(), "unused", &[]).await;
        for (name, password) in [DANA, EVE] {
            set(folder.path(), name, password);
        }
        let front = Front::start().await;
        let (child, origin, log) = serve(&front, folder.path()).await;
        Self {
            front,
            folder,
            origin,
            child,
            log,
        }
    }

    /// The server ends at once, and another one begins on another port.
    async fn restart(&mut self) {
        self.end().await;
        self.begin().await;
    }

    async fn end(&mut self) {
        self.child.kill().await.unwrap();
    }

    async fn begin(&mut self) {
        (self.child, self.origin, self.log) = serve(&self.front, self.folder.path()).await;
    }

    /// A caller with these approvers; its token.
    async fn caller(&self, name: &str, approvers: &[&str]) -> String {
        let flags: Vec<_> = approvers
            .iter()
            .map(|name| format!("--approver={name}"))
            .collect();
        let flags: Vec<_> = flags.iter().map(String::as_str).collect();
        let token = register(self.folder.path(), name, &flags).await;
        // A server knows of it within a second.
        tokio::time::sleep(Duration::from_millis(600)).await;
        token
    }

    /// A result of a tool.
    async fn call(&self, token: &str, tool: &str, arguments: Value) -> Value {
        let params = json!({ "name": tool, "arguments": arguments });
        self.request(token, params).await["result"].clone()
    }

    /// A `tools/call` of a client that says it can ask its user.
    async fn request(&self, token: &str, mut params: Value) -> Value {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": { "elicitation": { "form": {} } },
            "io.modelcontextprotocol/clientInfo": { "name": "test-client", "version": "1" },
        });
        let name = params["name"].as_str().unwrap().to_owned();
        let message =
            json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
        let answer = browser::client()
            .post(format!("{}/mcp", self.origin))
            .bearer_auth(token)
            .header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json")
            .header("mcp-protocol-version", "2026-07-28")
            .header("mcp-method", "tools/call")
            .header("mcp-name", name)
            .body(message.to_string())
            .send()
            .await
            .unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(
            status.is_success(),
            "{status} {text}: {}",
            self.log.lock().unwrap()
        );
        serde_json::from_str(&text).unwrap()
    }

    /// Seals a reply; its envelope and its link.
    async fn seal(&self, token: &str, body: &str) -> (String, String) {
        let arguments = json!({ "conversation_id": CONVERSATION, "body": body });
        let result = self.call(token, "send-message", arguments).await;
        let report = verdict::good("send-message", &result);
        assert_eq!(report["state"], "sealed", "{result}");
        let id = report["envelope_id"].as_str().unwrap().to_owned();
        let next = report["next"].as_str().unwrap();
        let begin = next
            .find("http")
            .unwrap_or_else(|| panic!("no link: {next}"));
        let link = next[begin..].split_whitespace().next().unwrap();
        let path = format!("{}/approve/{id}.", self.origin);
        assert!(link.starts_with(&path), "{next}");
        (id, link.to_owned())
    }

    async fn state(&self, token: &str, envelope: &str) -> String {
        let arguments = json!({ "envelope_id": envelope });
        let result = self.call(token, "check-send", arguments).await;
        let report = verdict::good("check-send", &result);
        report["state"].as_str().unwrap().to_owned()
    }

    /// What the audit log says of an envelope: event, channel, approver and code.
    async fn recorded(&self, envelope: &str) -> Vec<[String; 4]> {
        let mut command = binary();
        command.args(["audit", "show", "--json", "--state-dir"]);
        let output = command.arg(self.folder.path()).output().await.unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|record| record["envelope"] == envelope)
            .map(|record| {
                ["event", "channel", "approver", "code"]
                    .map(|field| record[field].as_str().unwrap_or_default().to_owned())
            })
            .collect()
    }

    async fn nothing_was_sent(&self) {
        assert_eq!(self.front.send_posts().await, 0);
        assert!(self.front.outbox().await.is_empty());
    }

    /// Until so many messages left.
    async fn has_sent(&self, messages: usize) {
        let sent = async {
            while self.front.outbox().await.len() < messages {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let in_time = timeout(HANG, sent).await.is_ok();
        assert!(in_time, "{}", self.log.lock().unwrap());
        assert_eq!(self.front.outbox().await.len(), messages);
    }

    /// A browser in which somebody signed in at a link, and the page that they see.
    async fn signed_in(&self, link: &str, who: (&str, &str)) -> (Browser, browser::Page) {
        let mut browser = Browser::default();
        let form = browser.get(link).await;
        assert_eq!(form.status, 200, "{}", form.body);
        let page = browser.sign_in(link, &form.body, who).await;
        (browser, page)
    }
}

async fn register(folder: &std::path::Path, name: &str, more: &[&str]) -> String {
    let mut command = binary();
    command.args(["token", "create", "--name", name]).args(more);
    command.arg("--state-dir").arg(folder).stdin(Stdio::null());
    let output = command.output().await.unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn set(folder: &std::path::Path, name: &str, password: &str) {
    let folder = StateFolder::open(folder).unwrap();
    let approver = Approver::named(&folder, &name.parse().unwrap()).unwrap();
    let pin = Pin::choose(SecretString::from(password)).unwrap();
    approver.set(&pin).unwrap();
}

async fn serve(front: &Front, folder: &std::path::Path) -> (Child, String, Arc<Mutex<String>>) {
    let mut command = server(&front.base(), &["--http=127.0.0.1:0", "--log=info"]);
    command.env("FRONT_MCP_STATE_DIR", folder);
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let log = Arc::<Mutex<String>>::default();
    let listens = async {
        loop {
            let line = lines.next_line().await.unwrap().expect("it ended");
            if let Some((_, at)) = line.split_once("front-mcp listens on ") {
                return at.strip_suffix("/mcp").unwrap().to_owned();
            }
        }
    };
    let origin = timeout(HANG, listens).await.expect("it does not listen");
    let kept = Arc::clone(&log);
    tokio::spawn(async move {
        while let Ok(Some(line)) = lines.next_line().await {
            *kept.lock().unwrap() += &format!("{line}\n");
        }
    });
    (child, origin, log)
}
