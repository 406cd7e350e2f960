//! Opening an address in a person's browser: no shell, and where possible without the address in
//! the arguments of a process, which others on the machine can read.
//!
//! The platform's opener is given a private file that leads on to the address. A program that the
//! operator named, and `$BROWSER` where there is no display, get the address itself: they may show
//! it on another machine, which has no such file.

mod letterbox;

use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
    process::Stdio,
    time::Duration,
};

use jiff::Timestamp;
use tokio::process::Command;

use self::letterbox::Letterbox;

/// How long an opener may take to say that it failed. A browser that is still running is open.
const PATIENCE: Duration = Duration::from_secs(3);

/// How a browser is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The operator's program, with the address.
    Program,
    /// `$BROWSER`, with the address.
    Variable,
    /// The platform's opener, with a private file.
    Platform,
}

/// What opens addresses. Files that it left for a browser go with it.
#[derive(Debug)]
pub struct Browser {
    program: Option<String>,
    letterbox: Letterbox,
}

impl Browser {
    /// `program` opens addresses in place of the platform's own way; `folder` is a private folder for
    /// what a browser is told to open, where there is one.
    pub fn new(program: Option<String>, folder: Option<PathBuf>) -> Self {
        Self {
            program,
            letterbox: Letterbox::new(folder),
        }
    }

    /// How a browser could be opened here.
    ///
    /// # Errors
    /// Why none can.
    pub fn way(&self) -> Result<Way, String> {
        if self.program.is_some() {
            return Ok(Way::Program);
        }
        if has_display() {
            return Ok(Way::Platform);
        }
        if from_variable().is_some() {
            return Ok(Way::Variable);
        }
        Err("no browser can be opened here: there is no display, and neither `[send] browser` nor BROWSER names a program".to_owned())
    }

    /// Opens an address that is of use until then.
    ///
    /// # Errors
    /// Why not; never with the address in it.
    pub async fn open(&self, way: Way, address: &str, until: Timestamp) -> Result<(), String> {
        let (mut command, name) = match way {
            Way::Program => {
                let program = self.program.clone().unwrap_or_default();
                let mut command = bare(&program);
                command.arg(address);
                (
                    command,
                    format!("the program `{program}` of `[send] browser`"),
                )
            }
            Way::Variable => {
                let program = from_variable().unwrap_or_default();
                let mut command = bare(program);
                command.arg(address);
                (command, "the program of BROWSER".to_owned())
            }
            Way::Platform => {
                let file = self.letterbox.post(address, until).await.map_err(|error| {
                    format!("the private file for the browser could not be written: {error}")
                })?;
                (platform(file), "the platform's opener".to_owned())
            }
        };
        start(&mut command, &name).await
    }
}

/// A command with nothing of ours: not the token, and not standard output, which is the
/// protocol's. A browser's own words are nobody's.
fn bare(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (variable, _) in std::env::vars_os() {
        let name = variable.to_string_lossy().to_ascii_uppercase();
        if name.starts_with("FRONT_") {
            command.env_remove(variable);
        }
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

async fn start(command: &mut Command, name: &str) -> Result<(), String> {
    apart(command);
    let mut child = command
        .spawn()
        .map_err(|error| format!("{name} could not be started: {error}"))?;
    match tokio::time::timeout(PATIENCE, child.wait()).await {
        Ok(Ok(status)) if !status.success() => Err(format!("{name} failed ({status})")),
        Ok(Err(error)) => Err(format!("{name} could not be waited for: {error}")),
        Ok(Ok(_)) => Ok(()),
        Err(_) => {
            tokio::spawn(async move { child.wait().await });
            Ok(())
        }
    }
}

/// Not in our process group: what ends this process does not end the browser.
#[cfg(unix)]
fn apart(command: &mut Command) {
    command.process_group(0);
}

#[cfg(not(unix))]
fn apart(_: &mut Command) {}

#[cfg(any(windows, target_os = "macos"))]
fn has_display() -> bool {
    true
}

#[cfg(not(any(windows, target_os = "macos")))]
fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "DISPLAY"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The first program of `BROWSER`. One with arguments would need a shell's rules and is passed by.
fn from_variable() -> Option<OsString> {
    let programs = std::env::var_os("BROWSER")?;
    first_program(programs.to_str()?).map(OsString::from)
}

fn first_program(programs: &str) -> Option<&str> {
    let separator = if cfg!(windows) { ';' } else { ':' };
    programs
        .split(separator)
        .find(|program| !program.is_empty() && !program.contains([' ', '%', '"', '\'']))
}

#[cfg(target_os = "macos")]
fn platform(file: PathBuf) -> Command {
    let mut command = bare("/usr/bin/open");
    command.arg(file);
    command
}

/// Not `cmd /c start`, which reads the address as a shell does.
#[cfg(windows)]
fn platform(file: PathBuf) -> Command {
    let mut command = bare("rundll32.exe");
    command.arg("url.dll,FileProtocolHandler").arg(file);
    command
}

#[cfg(not(any(windows, target_os = "macos")))]
fn platform(file: PathBuf) -> Command {
    let mut command = bare("xdg-open");
    command.arg(file);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_with_arguments_is_passed_by() {
        let separator = if cfg!(windows) { ';' } else { ':' };
        let list = ["firefox --new-window %s", "", "lynx", "w3m"].join(&separator.to_string());
        assert_eq!(first_program(&list), Some("lynx"));
        assert_eq!(first_program("sh -c true"), None);
    }

    #[tokio::test]
    async fn a_reason_never_holds_the_address() {
        let browser = Browser::new(Some("no-such-program-anywhere".into()), None);
        let way = browser.way().unwrap();
        let address = "http://127.0.0.1:1/d/secret";
        let why = browser
            .open(way, address, Timestamp::now())
            .await
            .unwrap_err();
        assert!(why.contains("no-such-program-anywhere"), "{why}");
        assert!(
            !why.contains("secret") && !why.contains("127.0.0.1"),
            "{why}"
        );
    }
}
