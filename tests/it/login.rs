//! `front-mcp login` and `logout` as a person runs them, with as much of a browser as they need.

mod accounts;
mod answers;
mod browser;
mod killed;
mod logout;
mod secrecy;
#[cfg(unix)]
mod terminal;
mod ways;

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
};

use front_mcp::sandbox::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

use crate::support::{
    front::Front,
    mcp::{HANG, binary},
};

const COMPANY: &str = "Larkspur Cycles";

/// A Front, and a state folder for its accounts.
struct Desk {
    front: Front,
    folder: TempDir,
}

impl Desk {
    async fn new() -> Self {
        Self {
            front: Front::start().await,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// A command for this Front with this folder, as for Front itself: not as for a sandbox.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = binary();
        command
            .args(arguments)
            .arg(format!("--state-dir={}", self.state().display()))
            .env("FRONT_API_BASE_URL", self.front.base())
            .env("FRONT_OAUTH_BASE_URL", self.front.base())
            .env("FRONT_MCP_CLIENT_ID", OAUTH_CLIENT_ID)
            .env("FRONT_MCP_CLIENT_SECRET", OAUTH_CLIENT_SECRET);
        command
    }

    /// A login that waits at a plain address of this machine.
    async fn login(&self, arguments: &[&str]) -> Login {
        let redirect = format!("--redirect-uri=http://127.0.0.1:{}/callback", free_port());
        let all = [&["login", &redirect], arguments].concat();
        Login::start(self.command(&all)).await
    }

    /// A whole sign-in that ends well.
    async fn sign_in(&self, arguments: &[&str]) -> Ended {
        let login = self.login(arguments).await;
        let page = browser::answer(&login.address, browser::ALLOW).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let ended = login.end().await;
        assert_eq!(ended.code, 0, "{ended:?}");
        ended
    }

    async fn set(&self, change: Value) {
        let path = "/_sandbox/oauth";
        self.front.ask(Method::POST, path, Some(change)).await;
    }

    async fn count(&self, name: &str) -> u64 {
        let counts = self.front.ask(Method::GET, "/_sandbox/oauth", None).await;
        counts[name].as_u64().unwrap()
    }

    /// Whether Front takes an account's tokens now.
    async fn accepts(&self, account: &Value) -> (bool, bool) {
        let ask = async |field: &str, kind: &str| {
            let body = json!({ "token": account[field] });
            let path = "/_sandbox/oauth/check";
            self.front.ask(Method::POST, path, Some(body)).await[kind]
                .as_bool()
                .unwrap()
        };
        (
            ask("access_token", "access").await,
            ask("refresh_token", "refresh").await,
        )
    }

    /// An account as it is kept, if it is.
    fn account(&self, name: &str) -> Option<Value> {
        let path = self.state().join(format!("accounts/{name}.json"));
        let text = fs::read(path).ok()?;
        Some(serde_json::from_slice(&text).unwrap())
    }

    fn kept_nothing(&self) {
        let left = files(&self.state());
        assert!(left.iter().all(|file| file.ends_with(".lock")), "{left:?}");
    }
}

/// All files beneath a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(files(&path)),
            false => all.push(path.display().to_string()),
        }
    }
    all
}

/// A port that nobody had a moment ago.
fn free_port() -> u16 {
    let socket = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    socket.local_addr().unwrap().port()
}

/// A login that waits for its answer.
struct Login {
    child: Child,
    input: Option<ChildStdin>,
    lines: Lines<BufReader<ChildStdout>>,
    said: String,
    /// Where it sends the browser.
    address: String,
}

/// How a command ended.
#[derive(Debug)]
struct Ended {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Ended {
    /// It ended badly, and said so in these words.
    fn is_failure(&self, words: &[&str]) {
        assert_eq!(self.code, 1, "{self:?}");
        self.says(words);
    }

    fn says(&self, words: &[&str]) {
        let all = format!("{}\n{}", self.stdout, self.stderr);
        for word in words {
            assert!(all.contains(word), "{word}: {self:?}");
        }
    }
}

impl Login {
    /// Starts it, and waits for the address.
    async fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = String::new();
        let address = loop {
            let line = timeout(HANG, lines.next_line()).await.unwrap().unwrap();
            let Some(line) = line else {
                let mut errors = String::new();
                let stderr = child.stderr.as_mut().unwrap();
                stderr.read_to_string(&mut errors).await.unwrap();
                panic!("it ended before it said where to go: {said}{errors}");
            };
            said += &line;
            said.push('\n');
            if line.starts_with("http") {
                break line;
            }
        };
        Self {
            input: child.stdin.take(),
            child,
            lines,
            said,
            address,
        }
    }

    /// Ends it in the middle of whatever it does.
    async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    async fn paste(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        input
            .write_all(format!("{line}\n").as_bytes())
            .await
            .unwrap();
    }

    async fn end(mut self) -> Ended {
        drop(self.input.take());
        while let Some(line) = timeout(HANG, self.lines.next_line())
            .await
            .unwrap()
            .unwrap()
        {
            self.said += &line;
            self.said.push('\n');
        }
        let output = timeout(HANG, self.child.wait_with_output()).await.unwrap();
        let output = output.unwrap();
        Ended {
            code: output.status.code().unwrap_or(-1),
            stdout: self.said,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs a command that waits for nobody.
async fn run(mut command: Command) -> Ended {
    let output = command.stdin(Stdio::null()).output();
    let output = timeout(HANG, output).await.unwrap().unwrap();
    Ended {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
