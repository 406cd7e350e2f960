//! Mistakes on the command line and in settings: each ends in words that name the mistake, its
//! place and what to do next, and none of them shows the token.

mod settings;
mod token;

use std::{path::PathBuf, process::Stdio};

use tokio::{process::Command, time::timeout};

use crate::support::mcp::{HANG, binary};

/// No output may hold it.
const SECRET: &str = "s3cret-t0ken-of-the-user";

/// How a run ended.
struct Ended {
    code: i32,
    stdout: String,
    stderr: String,
}

/// The binary with arguments and variables, under full logging; its output never shows the token.
async fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    let mut command = binary();
    command
        .args(arguments)
        .env("FRONT_API_TOKEN", SECRET)
        .env("FRONT_MCP_LOG", "trace");
    for (name, value) in variables {
        command.env(name, value);
    }
    finish(command).await
}

async fn finish(mut command: Command) -> Ended {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let running = command.spawn().unwrap().wait_with_output();
    let output = timeout(HANG, running).await.expect("it hangs").unwrap();
    let ended = Ended {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    for text in [&ended.stdout, &ended.stderr] {
        assert!(!text.contains(SECRET), "{text}");
        assert!(!text.contains("panicked"), "{text}");
    }
    ended
}

impl Ended {
    /// Bad usage: nothing on stdout, and all of these words on stderr.
    fn is_usage(&self, words: &[&str]) {
        assert_eq!(self.code, 2, "{}", self.stderr);
        assert_eq!(self.stdout, "");
        for word in words {
            assert!(
                self.stderr.contains(word),
                "no {word:?} in: {}",
                self.stderr
            );
        }
    }

    /// A tool's error, in words.
    fn is_error(&self, words: &[&str]) {
        assert_eq!(self.code, 1, "{}", self.stderr);
        assert_eq!(self.stdout, "");
        for word in words.iter().chain(&["Next: "]) {
            assert!(
                self.stderr.contains(word),
                "no {word:?} in: {}",
                self.stderr
            );
        }
    }
}

/// A settings file of this test's own.
fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("mistakes-{name}.toml"));
    std::fs::write(&path, text).unwrap();
    path
}
