//! `front-mcp approver`: the PIN of whoever approves, set at a terminal and nowhere else.

use std::{
    io::{self, IsTerminal as _},
    process::ExitCode,
};

use anyhow::anyhow;
use clap::{Args, Subcommand};

use super::{Failure, pin, print, state};
use crate::{
    approver::{Approver, Pin},
    config::{Config, Layers},
};

/// What every refusal says.
const UNDONE: &str = "nothing was changed";

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
    let path = state::path(&Config::read(layers)?)?;
    // A program with pipes can neither answer these questions nor make a person answer them.
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "a PIN is set and cleared by a person at a terminal, and standard input is none; nothing was changed"
                .to_owned(),
        ));
    }
    let approver = Approver::open(&state::open(&path)?);
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
    let hint = format!(
        "; who has forgotten it removes {}",
        approver.path().display()
    );
    // Where somebody else cleared it meanwhile there is none to know.
    pin::ask_approver(approver, "current PIN: ", UNDONE, &hint).map(drop)
}

fn ask_new() -> Result<Pin, Failure> {
    let chosen = Pin::choose(pin::ask("new PIN: ", UNDONE)?)
        .map_err(|error| anyhow!("{error}; {UNDONE}"))?;
    if !chosen.is(&pin::ask("new PIN again: ", UNDONE)?) {
        return Err(anyhow!("the two are not the same; {UNDONE}").into());
    }
    Ok(chosen)
}
