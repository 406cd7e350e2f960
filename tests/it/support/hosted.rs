//! A hosted server: the real binary on a real socket, whose callers were registered by the real
//! `front-mcp token`, and the other end of its sockets, which can write any bytes.

pub mod certificate;
pub mod client;
pub mod wire;

use std::{
    net::SocketAddr,
    path::Path,
    process::{ExitStatus, Output, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader},
    process::{Child, Command},
    sync::oneshot,
    time::timeout,
};

use super::mcp::{HANG, binary};

/// A state folder, and what its operator does from processes of their own.
pub struct Operator {
    folder: tempfile::TempDir,
}

impl Operator {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file beside the state.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.folder().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// `front-mcp token`, whatever becomes of it.
    pub async fn token(&self, arguments: &[&str]) -> Output {
        let mut command = binary();
        command.arg("token").args(arguments);
        command.arg("--state-dir").arg(self.folder());
        command.stdin(Stdio::null()).output().await.unwrap()
    }

    async fn done(&self, arguments: &[&str]) -> String {
        let output = self.token(arguments).await;
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {told}");
        let given = String::from_utf8(output.stdout).unwrap();
        given.trim_end().to_owned()
    }

    /// Registers a caller, and is given its token. `more` are further arguments.
    pub async fn create(&self, name: &str, more: &[&str]) -> String {
        self.done(&[&["create", "--name", name], more].concat())
            .await
    }

    /// The caller's next token.
    pub async fn rotate(&self, name: &str) -> String {
        self.done(&["rotate", name]).await
    }

    pub async fn revoke(&self, name: &str) {
        self.done(&["revoke", name]).await;
    }

    /// `front-mcp serve --http 127.0.0.1:0` on this state against a Front, not yet started.
    pub fn server(&self, base: &str, arguments: &[&str]) -> Command {
        self.server_at("127.0.0.1:0", base, arguments)
    }

    /// The same on an address of the test's choice.
    pub fn server_at(&self, address: &str, base: &str, arguments: &[&str]) -> Command {
        let mut command = super::mcp::server(base, &["--http", address]);
        command.args(arguments);
        command.env("FRONT_MCP_STATE_DIR", self.folder());
        command
    }
}

/// A running hosted server; dropping it kills it.
pub struct Hosted {
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
    log: Arc<Mutex<String>>,
}

const LISTENS: &str = "front-mcp listens on ";

impl Hosted {
    /// Starts it and waits until it listens.
    pub async fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::<Mutex<String>>::default();
        let (told, listens) = oneshot::channel();
        let errors = BufReader::new(child.stderr.take().unwrap());
        tokio::spawn(follow(errors, Arc::clone(&log), told));
        let address = timeout(HANG, listens).await;
        let Ok(Ok(address)) = address else {
            panic!("it does not listen; log: {}", log.lock().unwrap());
        };
        Self {
            address,
            child,
            log,
        }
    }

    /// A server on an operator's state against this Front.
    pub async fn serving(operator: &Operator, base: &str, arguments: &[&str]) -> Self {
        Self::start(operator.server(base, arguments)).await
    }

    /// The name that it is called by.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    pub fn pid(&self) -> u32 {
        self.child.id().expect("it has ended")
    }

    /// What it wrote to stderr so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until the log holds these words.
    pub async fn has_told(&self, words: &str) {
        let told = async {
            while !self.log.lock().unwrap().contains(words) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let in_time = timeout(HANG, told).await.is_ok();
        assert!(in_time, "nothing of `{words}`: {}", self.log());
    }

    /// Sends it a signal by name, such as `TERM`.
    #[cfg(unix)]
    pub fn signal(&self, name: &str) {
        let status = std::process::Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.pid().to_string())
            .status()
            .unwrap();
        assert!(status.success(), "{name}");
    }

    /// Until it has ended by itself.
    pub async fn end(&mut self) -> ExitStatus {
        timeout(HANG, self.child.wait())
            .await
            .expect("it does not end")
            .unwrap()
    }

    /// Tells it to end, which it must do in good order; gives its log.
    #[cfg(unix)]
    pub async fn stop(mut self) -> String {
        self.signal("TERM");
        let status = self.end().await;
        let log = self.log();
        assert!(status.success(), "{status}: {log}");
        assert!(!log.contains("panicked"), "{log}");
        log
    }

    /// Resident memory in KiB.
    #[cfg(target_os = "linux")]
    pub fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    #[cfg(target_os = "linux")]
    pub fn threads(&self) -> u64 {
        self.status("Threads:")
    }

    /// Open file descriptors.
    #[cfg(target_os = "linux")]
    pub fn descriptors(&self) -> usize {
        let folder = format!("/proc/{}/fd", self.pid());
        std::fs::read_dir(folder).unwrap().count()
    }

    #[cfg(target_os = "linux")]
    fn status(&self, key: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find(|line| line.starts_with(key)).unwrap();
        let value = line.split_whitespace().nth(1).unwrap();
        value.parse().unwrap()
    }
}

/// Keeps the log, and hears where the server listens.
async fn follow(
    mut errors: BufReader<tokio::process::ChildStderr>,
    log: Arc<Mutex<String>>,
    told: oneshot::Sender<SocketAddr>,
) {
    let mut told = Some(told);
    let mut line = Vec::new();
    while errors.read_until(b'\n', &mut line).await.unwrap_or(0) > 0 {
        let text = String::from_utf8_lossy(&line).into_owned();
        log.lock().unwrap().push_str(&text);
        if let Some(address) = listening(&text)
            && let Some(told) = told.take()
        {
            let _ = told.send(address);
        }
        line.clear();
    }
    let _ = errors.read(&mut [0]).await;
}

fn listening(line: &str) -> Option<SocketAddr> {
    let (_, address) = line.trim_end().split_once(LISTENS)?;
    let (_, rest) = address.split_once("://")?;
    rest.strip_suffix("/mcp")?.parse().ok()
}
