//! `front-mcp approver`: the PIN of whoever approves, set at a terminal and nowhere else.

use std::{
    io::{self, IsTerminal as _},
    process::ExitCode,
};

use anyhow::anyhow;
use clap::{Args, Subcommand};
use secrecy::SecretString;

use super::{Failure, print};
use crate::{
    approver::{Approver, Pin, Verdict},
    config::{Config, Layers},
    shape::time::iso,
    state::StateFolder,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Set the PIN, or change it; asks at the terminal, without echo
    Set,
    /// Forget the PIN; asks for it first
    Clear,
}

/// Sets or clears.
pub(super) fn run(layers: &Layers, options: &Options) -> Result<ExitCode, Failure> {
    let path = Config::read(layers)?.state_dir.ok_or_else(|| {
        Failure::Usage(
            "no state folder is in use here; name one with `--state-dir FOLDER` (FRONT_MCP_STATE_DIR)"
                .to_owned(),
        )
    })?;
    // A program with pipes can neither answer these questions nor make a person answer them.
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "a PIN is set and cleared by a person at a terminal, and standard input is none; nothing was changed"
                .to_owned(),
        ));
    }
    let folder = StateFolder::open(&path)
        .map_err(|error| anyhow!("{} cannot be opened: {error}", path.display()))?;
    let approver = Approver::open(&folder);
    let is_set = approver.is_set().map_err(anyhow::Error::from)?;
    match options.action {
        Action::Clear if !is_set => print("no PIN is set"),
        Action::Clear => {
            ask_old(&approver)?;
            approver.clear().map_err(anyhow::Error::from)?;
            print("the PIN is forgotten");
        }
        Action::Set => {
            if is_set {
                ask_old(&approver)?;
            }
            approver.set(&ask_new()?).map_err(anyhow::Error::from)?;
            print(
                "the PIN is set; whoever approves what servers with this state folder sealed is asked for it",
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn ask_old(approver: &Approver) -> Result<(), Failure> {
    let pin = ask("current PIN: ")?;
    match approver.check(&pin).map_err(anyhow::Error::from)? {
        // Somebody else cleared it meanwhile: there is none to know.
        Verdict::Right | Verdict::NotSet => Ok(()),
        Verdict::Wrong { left } => Err(anyhow!(
            "this is not the PIN; nothing was changed, {left} more tries before none is taken for 15 minutes; who has forgotten it removes {}",
            approver.path().display()
        )
        .into()),
        Verdict::Locked { until } => Err(anyhow!(
            "too many tries were wrong; nothing was changed, try again after {}",
            iso(until)
        )
        .into()),
    }
}

fn ask_new() -> Result<Pin, Failure> {
    let pin =
        Pin::choose(ask("new PIN: ")?).map_err(|error| anyhow!("{error}; nothing was changed"))?;
    if !pin.is(&ask("new PIN again: ")?) {
        return Err(anyhow!("the two are not the same; nothing was changed").into());
    }
    Ok(pin)
}

/// Asks at the controlling terminal, whatever the standard streams are.
fn ask(question: &str) -> Result<SecretString, Failure> {
    let answer = rpassword::prompt_password(question)
        .map_err(|error| anyhow!("the terminal cannot be asked: {error}; nothing was changed"))?;
    Ok(SecretString::from(answer))
}
