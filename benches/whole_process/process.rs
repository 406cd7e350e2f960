//! The two processes: a sandbox Front, and the server that a host runs.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

/// The binary, with none of the settings of whoever runs this.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_front-mcp"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FRONT_") {
            command.env_remove(name);
        }
    }
    command.args(arguments).stdout(Stdio::piped());
    command
}

/// A sandbox Front in a process of its own, without a rate limit.
pub struct Sandbox {
    child: Child,
    /// Where it listens.
    pub base: String,
}

impl Sandbox {
    pub fn start() -> Self {
        let mut child = command(&["sandbox", "--listen", "127.0.0.1:0", "--rate-limit", "off"])
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let greeting = lines.next().unwrap().unwrap();
        let base = greeting.split_whitespace().last().unwrap().to_owned();
        // The rest of what it prints has to go somewhere.
        std::thread::spawn(move || lines.count());
        Self { child, base }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The protocol's two eras: with a handshake, and with what it said in every request.
#[derive(Clone, Copy)]
pub enum Era {
    Handshake,
    Stateless,
}

/// `serve` over stdio, joined to the sandbox.
pub struct Server {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    line: String,
    last_id: u64,
    era: Era,
}

impl Server {
    /// Starts it and makes its era's first exchange.
    pub fn start(sandbox: &Sandbox, era: Era) -> Self {
        let mut child = command(&["serve", "--sandbox"])
            .env("FRONT_API_BASE_URL", &sandbox.base)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut server = Self {
            input: child.stdin.take(),
            output: BufReader::with_capacity(256 * 1024, child.stdout.take().unwrap()),
            child,
            line: String::new(),
            last_id: 0,
            era,
        };
        match era {
            Era::Handshake => {
                server.request(
                    "initialize",
                    json!({
                        "protocolVersion": "2025-11-25",
                        "capabilities": {},
                        "clientInfo": { "name": "bench", "version": "0" },
                    }),
                );
                server.write(&json!({
                    "jsonrpc": "2.0",
                    "method": "notifications/initialized",
                }));
            }
            Era::Stateless => server.request("server/discover", json!({})),
        }
        server
    }

    /// Asks for the list of tools.
    pub fn list(&mut self) {
        self.request("tools/list", json!({}));
        assert!(self.line.contains("list-conversations"), "{}", self.line);
    }

    /// Calls a tool and waits for its result.
    pub fn call(&mut self, tool: &str, arguments: &Value) {
        self.send_call(tool, arguments);
        self.await_result();
    }

    /// Calls a tool without waiting.
    pub fn send_call(&mut self, tool: &str, arguments: &Value) {
        self.send(
            "tools/call",
            json!({ "name": tool, "arguments": arguments }),
        );
    }

    /// Waits for the next successful result, whichever call it answers.
    pub fn await_result(&mut self) {
        self.read();
        // Not parsed: the client's own work is no part of what is measured.
        assert!(
            self.line.contains("\"structuredContent\""),
            "no success: {}",
            self.line
        );
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn request(&mut self, method: &str, params: Value) {
        self.send(method, params);
        self.read();
        assert!(self.line.contains("\"result\""), "{method}: {}", self.line);
    }

    fn send(&mut self, method: &str, mut params: Value) {
        self.last_id += 1;
        if matches!(self.era, Era::Stateless) {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": {},
                "io.modelcontextprotocol/clientInfo": { "name": "bench", "version": "0" },
            });
        }
        self.write(&json!({
            "jsonrpc": "2.0",
            "id": self.last_id,
            "method": method,
            "params": params,
        }));
    }

    fn write(&mut self, message: &Value) {
        let mut line = message.to_string();
        line.push('\n');
        self.input
            .as_mut()
            .unwrap()
            .write_all(line.as_bytes())
            .unwrap();
    }

    fn read(&mut self) {
        self.line.clear();
        let read = self.output.read_line(&mut self.line).unwrap();
        assert_ne!(read, 0, "the server ended");
    }
}

impl Drop for Server {
    /// The end of standard input is what ends it.
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}
