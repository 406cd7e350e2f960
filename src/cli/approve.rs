//! `front-mcp approve`: a person decides at a terminal on what servers that share the state
//! folder have sealed.

mod show;

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::Path,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::anyhow;
use clap::Args;

use super::{Failure, pin, print, state};
use crate::{
    app::App,
    approver::Approver,
    callers::CallerName,
    config::{Config, Layers},
    gate::{
        Gate, Refusal,
        envelope::{Channel, Envelope, EnvelopeId, State, Voice},
    },
    tools::sending::approvers,
};

/// How long a server that sealed a message has to send it once it is approved.
const SERVERS_TURN: Duration = Duration::from_secs(10);

/// What every refusal says.
const UNDONE: &str = "nothing was sent";

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The message, by envelope id; without one, all that wait are listed
    envelope: Option<String>,
    /// Decide as an approver of callers over HTTP, with their PIN or password
    #[arg(long = "as", value_name = "NAME", requires = "envelope")]
    who: Option<CallerName>,
}

/// Lists, or asks about one.
pub(super) async fn run(layers: &Layers, options: &Options) -> Result<ExitCode, Failure> {
    let config = Config::read(layers)?;
    let path = state::path(&config)?;
    let folder = state::open(&path)?;
    let app = App::new(&config).map_err(anyhow::Error::from)?;
    app.gate.hall().tidy_up().await.map_err(unusable)?;
    let pending = app.gate.pending().await.map_err(unusable)?;
    let Some(given) = &options.envelope else {
        print(&show::list(&pending, &path));
        return Ok(ExitCode::SUCCESS);
    };
    let id = EnvelopeId::parse(given).ok_or_else(|| {
        Failure::Usage("this is no envelope id (`env_` and 32 hex digits)".to_owned())
    })?;
    let Some(envelope) = pending.into_iter().find(|envelope| envelope.id == id) else {
        return Err(anyhow!(
            "no message with this id waits for a decision in {}: it was decided, its ten minutes are over, or its server has another state folder (`--state-dir`); `front-mcp approve` lists those that wait",
            path.display()
        )
        .into());
    };
    // An agent with pipes is no person.
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "a message is approved by a person at a terminal, and standard input is none; nothing was sent"
                .to_owned(),
        ));
    }
    let who = options.who.as_ref();
    if !envelope.is_for(who) {
        return Err(not_theirs(&envelope).into());
    }
    let approver = match who {
        None => Approver::open(&folder),
        Some(name) => Approver::named(&folder, name).map_err(anyhow::Error::from)?,
    };
    if who.is_none() && !approver.is_set().map_err(anyhow::Error::from)? {
        return Err(no_pin(&path).into());
    }
    print(&show::whole(&envelope));
    let Some(says_yes) = ask()? else {
        print("Nothing was decided; the message still waits.");
        return Ok(ExitCode::from(1));
    };
    if let pin::IsSet::No = pin::ask_approver(&approver, &question(who), UNDONE, "")? {
        return Err(no_pin(&path).into());
    }
    let voice = match who {
        None => Channel::Terminal.into(),
        Some(name) => Voice::named(Channel::Terminal, name),
    };
    let decided = match says_yes {
        false => app.gate.decline(&id, voice).await,
        true => approve(&app.gate, &id, voice).await,
    };
    let decided = decided.map_err(|refusal| {
        let error = crate::tools::sending::refused(refusal);
        anyhow!("{}", error.text())
    })?;
    print(&show::outcome(&decided));
    Ok(match decided.state {
        State::Sent | State::Declined => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    })
}

/// Keeps the yes. The server that sealed the message sends it, under the operator's settings for
/// that server: this process, which may have others, never does.
async fn approve(gate: &Arc<Gate>, id: &EnvelopeId, voice: Voice) -> Result<Envelope, Refusal> {
    gate.keep_approval(id, voice).await?;
    gate.taken_up(id, SERVERS_TURN).await
}

fn question(who: Option<&CallerName>) -> String {
    match who {
        None => "PIN: ".to_owned(),
        Some(name) => format!("PIN or password of {name}: "),
    }
}

fn not_theirs(envelope: &Envelope) -> anyhow::Error {
    match &envelope.approvers {
        None => anyhow!(
            "this message is decided by the person at this machine, without `--as`; {UNDONE}"
        ),
        Some(_) => anyhow!(
            "this message is decided by {}: on the page whose link the agent was given, or here with `--as NAME`; {UNDONE}",
            approvers(envelope)
        ),
    }
}

/// Send, decline, or neither.
fn ask() -> Result<Option<bool>, Failure> {
    let _ = write!(
        io::stdout(),
        "\nType `send` to send it, `decline` to close it, anything else to leave it: "
    );
    let _ = io::stdout().flush();
    let mut line = String::new();
    io::stdin()
        .read_line(&mut line)
        .map_err(anyhow::Error::from)?;
    Ok(match line.trim().to_lowercase().as_str() {
        "send" => Some(true),
        "decline" => Some(false),
        _ => None,
    })
}

fn no_pin(folder: &Path) -> anyhow::Error {
    let folder = folder.display();
    anyhow!(
        "no PIN is set in {folder}; set one with `front-mcp approver set --state-dir \"{folder}\"`; {UNDONE}"
    )
}

fn unusable(refusal: Refusal) -> Failure {
    anyhow!("the envelope store cannot be used: {refusal:?}").into()
}
