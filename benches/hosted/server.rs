//! The processes: a sandbox Front without a rate limit, and the server that a team reaches.

use std::{
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command, Stdio},
};

use front_mcp::sandbox::TOKEN;
use serde_json::Value;

/// A process that ends with its handle.
pub struct Process {
    child: Child,
    /// Its endpoint.
    pub url: String,
}

impl Process {
    /// Starts a command and reads its address behind these words, on standard output or error.
    pub fn start(mut command: Command, words: &str, is_on_stderr: bool) -> Self {
        command.stdin(Stdio::null());
        match is_on_stderr {
            true => command.stderr(Stdio::piped()),
            false => command.stdout(Stdio::piped()),
        };
        let mut child = command.spawn().unwrap();
        let stream: Box<dyn Read + Send> = match is_on_stderr {
            true => Box::new(child.stderr.take().unwrap()),
            false => Box::new(child.stdout.take().unwrap()),
        };
        let mut lines = BufReader::new(stream).lines();
        let url = loop {
            // One that ends before it listens has told why on its other stream.
            let told = lines.next().unwrap().unwrap();
            if let Some((_, url)) = told.split_once(words) {
                break url.trim().to_owned();
            }
        };
        // The rest of what it prints has to go somewhere.
        std::thread::spawn(move || lines.count());
        Self { child, url }
    }

    /// `serve --http` on this machine, joined to a sandbox.
    pub fn hosted(sandbox: &Sandbox) -> Self {
        let config = tempfile::NamedTempFile::new().unwrap();
        let limits = "[http]\nrequests_per_second = 100000\nmax_requests_per_caller = 2000\nmax_requests = 2000\n";
        std::fs::write(config.path(), limits).unwrap();
        let mut command = front_mcp(&[
            "serve",
            "--sandbox",
            "--http=127.0.0.1:0",
            "--allow-anonymous",
        ]);
        command
            .arg("--config")
            .arg(config.path())
            .env("FRONT_API_BASE_URL", &sandbox.base);
        // Read by the time it listens.
        Self::start(command, "front-mcp listens on ", true)
    }

    /// Resident kilobytes, where `/proc` tells.
    pub fn resident(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary, with none of the settings of whoever runs this.
fn front_mcp(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_front-mcp"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FRONT_") {
            command.env_remove(name);
        }
    }
    command.args(arguments);
    command
}

/// A sandbox Front in a process of its own.
pub struct Sandbox {
    _process: Process,
    /// Where it listens.
    pub base: String,
}

impl Sandbox {
    pub fn start() -> Self {
        let command = front_mcp(&["sandbox", "--listen", "127.0.0.1:0", "--rate-limit", "off"]);
        let process = Process::start(command, "listens on ", false);
        Self {
            base: process.url.clone(),
            _process: process,
        }
    }

    /// Some contact's id.
    pub async fn contact(&self) -> String {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.get(format!("{}/contacts?limit=1", self.base));
        let text = request
            .bearer_auth(TOKEN)
            .send()
            .await
            .unwrap()
            .text()
            .await;
        let contacts: Value = serde_json::from_str(&text.unwrap()).unwrap();
        contacts["_results"][0]["id"].as_str().unwrap().to_owned()
    }
}
