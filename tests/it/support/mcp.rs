//! A raw MCP client on the real binary's streams. It can write any bytes, and everything that
//! comes back on stdout must be a JSON-RPC message.

use std::{
    collections::VecDeque,
    process::Stdio,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, Command},
    sync::mpsc,
    time::timeout,
};

use super::front::Front;

/// Longer than any answer may take: what is not there by then hangs.
pub const HANG: Duration = Duration::from_secs(40);

/// The two families of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// `initialize` first: 2025-11-25.
    Handshake,
    /// Every request says its version: 2026-07-28.
    PerRequest,
}

impl Era {
    pub const BOTH: [Self; 2] = [Self::Handshake, Self::PerRequest];
}

/// All that an operator can list: every set, with a policy that names what is guarded.
pub const ALL: [&str; 3] = [
    "--send=confirm",
    "--toolsets=all",
    concat!(
        "--config=",
        env!("CARGO_MANIFEST_DIR"),
        "/manifests/policy/full.toml"
    ),
];

/// The binary, with nothing of the developer's own settings in its environment.
pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_front-mcp"));
    for (name, _) in std::env::vars_os() {
        let shown = name.to_string_lossy().to_ascii_uppercase();
        if shown.starts_with("FRONT_") || shown.ends_with("_PROXY") {
            command.env_remove(name);
        }
    }
    // No page opens in the browser of who runs the tests.
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"] {
        command.env_remove(name);
    }
    let nowhere = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-home");
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA"] {
        command.env(name, nowhere);
    }
    command.env("FRONT_MCP_STATE_DIR", "memory");
    command.kill_on_drop(true);
    command
}

/// `front-mcp serve` against an address, not yet started.
pub fn server(base: &str, arguments: &[&str]) -> Command {
    let mut command = binary();
    command
        .arg("serve")
        .args(arguments)
        .env("FRONT_API_BASE_URL", base)
        .env("FRONT_API_TOKEN", front_mcp::sandbox::TOKEN);
    command
}

/// A running server and the client's side of its streams.
pub struct Mcp {
    era: Era,
    /// What the client declares that it can do.
    capabilities: Value,
    child: Child,
    input: Option<ChildStdin>,
    messages: mpsc::UnboundedReceiver<Value>,
    early: VecDeque<Value>,
    noise: Arc<Mutex<Vec<String>>>,
    log: Arc<Mutex<String>>,
    last_id: i64,
}

impl Mcp {
    /// A server against a sandbox, ready for calls.
    pub async fn serving(front: &Front, era: Era, arguments: &[&str]) -> Self {
        Self::start(server(&front.base(), arguments), era).await
    }

    /// A server whose client declares that it can ask its user.
    pub async fn asking(front: &Front, era: Era, arguments: &[&str]) -> Self {
        let mut mcp = Self::ungreeted(server(&front.base(), arguments), era);
        mcp.capabilities = json!({ "elicitation": {} });
        mcp.greet().await;
        mcp
    }

    /// A server that has been greeted as its era wants.
    pub async fn start(command: Command, era: Era) -> Self {
        let mut mcp = Self::ungreeted(command, era);
        mcp.greet().await;
        mcp
    }

    /// A server that has heard nothing yet.
    pub fn ungreeted(mut command: Command, era: Era) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, messages) = mpsc::unbounded_channel();
        let noise = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::<Mutex<String>>::default();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let heard = Arc::clone(&noise);
        tokio::spawn(async move {
            let mut line = Vec::new();
            while output.read_until(b'\n', &mut line).await.unwrap_or(0) > 0 {
                match message(&line) {
                    Some(message) => drop(sender.send(message)),
                    None => heard
                        .lock()
                        .unwrap()
                        .push(String::from_utf8_lossy(&line).into_owned()),
                }
                line.clear();
            }
        });
        let mut errors = child.stderr.take().unwrap();
        let logged = Arc::clone(&log);
        tokio::spawn(async move {
            let mut chunk = [0; 4096];
            while let Ok(length @ 1..) = errors.read(&mut chunk).await {
                let text = String::from_utf8_lossy(&chunk[..length]).into_owned();
                logged.lock().unwrap().push_str(&text);
            }
        });
        Self {
            era,
            capabilities: json!({}),
            input: child.stdin.take(),
            child,
            messages,
            early: VecDeque::new(),
            noise,
            log,
            last_id: 0,
        }
    }

    /// The handshake, where the era has one.
    pub async fn greet(&mut self) {
        if self.era == Era::PerRequest {
            return;
        }
        let hello = json!({
            "protocolVersion": "2025-11-25",
            "capabilities": self.capabilities,
            "clientInfo": { "name": "raw-test-client", "version": "1" },
        });
        let answer = self.request("initialize", hello).await;
        assert_eq!(
            answer["result"]["protocolVersion"], "2025-11-25",
            "{answer}"
        );
        self.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }))
            .await;
    }

    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("stdin was closed");
        input.write_all(bytes).await.unwrap();
        input.flush().await.unwrap();
    }

    pub async fn send(&mut self, message: &Value) {
        self.send_bytes(format!("{message}\n").as_bytes()).await;
    }

    /// A request as this era writes it, not yet sent.
    pub fn envelope(&mut self, method: &str, mut params: Value) -> Value {
        self.last_id += 1;
        if self.era == Era::PerRequest {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": self.capabilities,
                "io.modelcontextprotocol/clientInfo": { "name": "raw-test-client", "version": "1" },
            });
        }
        json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params })
    }

    /// Sends a request and gives its id.
    pub async fn post(&mut self, method: &str, params: Value) -> i64 {
        let message = self.envelope(method, params);
        self.send(&message).await;
        self.last_id
    }

    pub async fn post_call(&mut self, tool: &str, arguments: Value) -> i64 {
        self.post(
            "tools/call",
            json!({ "name": tool, "arguments": arguments }),
        )
        .await
    }

    /// The answer to a request, whole.
    pub async fn answer(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into();
        // The server's own requests have ids too.
        self.message(&format!("an answer to {id}"), |one| {
            one["id"] == id && one.get("method").is_none()
        })
        .await
    }

    /// The next message of this kind, whatever comes before it.
    async fn message(&mut self, what: &str, is_wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(position) = self.early.iter().position(&is_wanted) {
            return self.early.remove(position).unwrap();
        }
        loop {
            let message = timeout(HANG, self.messages.recv())
                .await
                .unwrap_or_else(|_| panic!("no {what}; log: {}", self.log()))
                .unwrap_or_else(|| panic!("the server ended before {what}; log: {}", self.log()));
            if is_wanted(&message) {
                return message;
            }
            self.early.push_back(message);
        }
    }

    /// The server's next question to the user, over the open connection.
    pub async fn question(&mut self) -> Value {
        self.message("question", |one| one["method"] == "elicitation/create")
            .await
    }

    /// Answers a question of the server's.
    pub async fn reply(&mut self, question: &Value, result: Value) {
        let answer = json!({ "jsonrpc": "2.0", "id": question["id"], "result": result });
        self.send(&answer).await;
    }

    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.post(method, params).await;
        self.answer(id).await
    }

    /// A tool call's result; a protocol error fails the test.
    pub async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let id = self.post_call(tool, arguments).await;
        self.result(id).await
    }

    /// The result of a call that was posted before.
    pub async fn result(&mut self, id: i64) -> Value {
        let answer = self.answer(id).await;
        assert!(answer["error"].is_null(), "{answer}");
        answer["result"].clone()
    }

    /// The server still serves: it lists its tools.
    pub async fn still_serves(&mut self) {
        let listed = self.request("tools/list", json!({})).await;
        assert!(listed["result"]["tools"].is_array(), "{listed}");
    }

    /// What it wrote to stderr so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Ends it in the middle of whatever it does.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Messages that came and that nobody waited for.
    pub fn unasked(&mut self) -> Vec<Value> {
        while let Ok(message) = self.messages.try_recv() {
            self.early.push_back(message);
        }
        self.early.drain(..).collect()
    }

    /// Closes stdin without waiting for the server's end.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Closes stdin: the server ends with 0, having panicked nowhere and written nothing to
    /// stdout but messages.
    pub async fn close(mut self) -> String {
        self.hang_up();
        let status = timeout(HANG, self.child.wait())
            .await
            .expect("the server goes on after stdin was closed")
            .unwrap();
        let log = self.log();
        assert!(status.success(), "{status}: {log}");
        assert!(!log.contains("panicked"), "{log}");
        let noise = self.noise.lock().unwrap();
        assert!(noise.is_empty(), "not MCP on stdout: {noise:?}");
        log
    }
}

/// A line of stdout as a JSON-RPC message, if it is one.
fn message(line: &[u8]) -> Option<Value> {
    let message: Value = serde_json::from_slice(line.strip_suffix(b"\n")?).ok()?;
    let kinds = ["result", "error", "method"];
    let known = kinds.iter().filter(|kind| message.get(kind).is_some());
    (message["jsonrpc"] == "2.0" && known.count() == 1).then_some(message)
}
