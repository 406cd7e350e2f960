//! `front-mcp approver`: the PINs of those who approve, set at a terminal and nowhere else.

use std::{
    io::{self, IsTerminal as _},
    process::ExitCode,
};

use anyhow::anyhow;
use clap::{Args, Subcommand};

use super::{Failure, pin, print, state};
use crate::{
    approver::{Approver, Pin},
    callers::CallerName,
    config::{Config, Layers},
    shape::time::iso,
    state::StateFolder,
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
    Set(Whose),
    /// Forget the PIN; asks for it first
    Clear(Whose),
    /// List who has one
    List,
}

#[derive(Debug, Args)]
struct Whose {
    /// An approver of callers over HTTP, who may have a password as well [default: the person at this
    /// machine]
    #[arg(long)]
    name: Option<CallerName>,
}

impl Whose {
    /// What they are called behind "PIN".
    fn of(&self) -> String {
        self.name
            .as_ref()
            .map_or_else(String::new, |name| format!(" or password of {name}"))
    }
}

/// Sets, clears or lists.
pub(super) fn run(layers: &Layers, options: &Options) -> Result<ExitCode, Failure> {
    let path = state::path(&Config::read(layers)?)?;
    let whose = match &options.action {
        Action::List => return list(&state::open(&path)?),
        Action::Set(whose) | Action::Clear(whose) => whose,
    };
    // A program with pipes can neither answer these questions nor make a person answer them.
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "a PIN is set and cleared by a person at a terminal, and standard input is none; nothing was changed"
                .to_owned(),
        ));
    }
    let folder = state::open(&path)?;
    let approver = match &whose.name {
        None => Approver::open(&folder),
        Some(name) => Approver::named(&folder, name).map_err(anyhow::Error::from)?,
    };
    let is_set = approver.is_set().map_err(anyhow::Error::from)?;
    let of = whose.of();
    match options.action {
        Action::List => {}
        Action::Clear(_) if !is_set => print(&format!("no PIN{of} is set")),
        Action::Clear(_) => {
            ask_old(&approver, &of)?;
            approver.clear().map_err(anyhow::Error::from)?;
            print(&format!("the PIN{of} is forgotten"));
        }
        Action::Set(_) => {
            if is_set {
                ask_old(&approver, &of)?;
            }
            approver.set(&ask_new(&of)?).map_err(anyhow::Error::from)?;
            print(&set(whose));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What setting it means.
fn set(whose: &Whose) -> String {
    match &whose.name {
        None => "the PIN is set; whoever approves what servers with this state folder sealed is asked for it"
            .to_owned(),
        Some(name) => format!(
            "the PIN or password of {name} is set; it is asked for where {name} approves what callers seal that name them: `front-mcp token create --approver {name}`"
        ),
    }
}

/// Everybody who has one, and for whom no try is taken now.
fn list(folder: &StateFolder) -> Result<ExitCode, Failure> {
    let told = |approver: &Approver| -> Result<String, Failure> {
        let locked = approver.locked_until().map_err(anyhow::Error::from)?;
        Ok(match locked {
            None => "set".to_owned(),
            Some(until) => format!(
                "set; too many tries were wrong, none is taken until {}",
                iso(until)
            ),
        })
    };
    let local = Approver::open(folder);
    let of_local = match local.is_set().map_err(anyhow::Error::from)? {
        true => told(&local)?,
        false => "not set".to_owned(),
    };
    print(&format!("the person at this machine: {of_local}"));
    for name in Approver::names(folder).map_err(anyhow::Error::from)? {
        let approver = Approver::named(folder, &name).map_err(anyhow::Error::from)?;
        print(&format!("{name}: {}", told(&approver)?));
    }
    Ok(ExitCode::SUCCESS)
}

fn ask_old(approver: &Approver, of: &str) -> Result<(), Failure> {
    let hint = format!(
        "; who has forgotten it removes {}",
        approver.path().display()
    );
    // Where somebody else cleared it meanwhile there is none to know.
    pin::ask_approver(approver, &format!("current PIN{of}: "), UNDONE, &hint).map(drop)
}

fn ask_new(of: &str) -> Result<Pin, Failure> {
    let chosen = Pin::choose(pin::ask(&format!("new PIN{of}: "), UNDONE)?)
        .map_err(|error| anyhow!("{error}; {UNDONE}"))?;
    if !chosen.is(&pin::ask(&format!("new PIN{of} again: "), UNDONE)?) {
        return Err(anyhow!("the two are not the same; {UNDONE}").into());
    }
    Ok(chosen)
}
