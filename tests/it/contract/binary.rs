//! The real binary, as a host runs it: spawned, spoken to over stdio, ended.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

/// The day that every sandbox of these tests takes for today.
pub const TODAY: &str = "2026-11-20";

/// The binary on the sandbox, with none of the settings of whoever runs the tests.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_front-mcp"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FRONT_") {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .args(["--sandbox", "--today", TODAY]);
    command
}

/// What a command printed; it must have succeeded.
pub fn stdout(arguments: &[&str]) -> String {
    let output = command(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// All that an operator can list: every set, with a policy that names what is guarded.
pub const ALL: [&str; 3] = [
    "--toolsets=all",
    "--config",
    concat!(env!("CARGO_MANIFEST_DIR"), "/manifests/policy/full.toml"),
];

/// The list of all tools, as `front-mcp tools --json` prints it.
pub fn tools() -> Value {
    let command = [&["tools", "--json"][..], &ALL].concat();
    serde_json::from_str(&stdout(&command)).unwrap()
}

/// `serve` over stdio, with its own sandbox.
pub struct Server {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_id: u64,
}

impl Server {
    /// Starts it and shakes hands.
    pub fn start() -> Self {
        let serve = ["serve", "--send", "confirm", "--rate-limit", "off"];
        let mut child = command(&[&serve[..], &ALL].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut server = Self {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
            last_id: 0,
        };
        server.request(
            "initialize",
            json!({
                "protocolVersion": "2025-11-25",
                "capabilities": {},
                "clientInfo": { "name": "tests", "version": "0" },
            }),
        );
        server.write(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        server
    }

    /// The result of one tool call.
    pub fn call(&mut self, tool: &str, arguments: Value) -> Value {
        self.request(
            "tools/call",
            json!({ "name": tool, "arguments": arguments }),
        )
    }

    /// The result of one tool call that must succeed.
    pub fn succeed(&mut self, tool: &str, arguments: Value) -> Answer {
        let result = self.call(tool, arguments);
        assert_ne!(result["isError"], true, "{tool}: {result}");
        Answer {
            text: result["content"][0]["text"].as_str().unwrap().to_owned(),
            structured: result["structuredContent"].clone(),
            meta: result["_meta"].clone(),
        }
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "it ended");
            let mut message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == id {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].take();
            }
        }
    }

    fn write(&mut self, message: &Value) {
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{message}").unwrap();
        input.flush().unwrap();
    }
}

impl Drop for Server {
    /// The end of standard input is what ends it.
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}

/// A successful result.
pub struct Answer {
    /// The readable half.
    pub text: String,
    /// `structuredContent`.
    pub structured: Value,
    /// `_meta`.
    pub meta: Value,
}
