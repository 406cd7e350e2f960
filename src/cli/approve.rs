//! `front-mcp approve`: a person decides at a terminal on what servers that share the state
//! folder have sealed.

mod show;

use std::{
    io::{self, IsTerminal as _, Write as _},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::anyhow;
use clap::Args;
use secrecy::SecretString;

use super::{Failure, print};
use crate::{
    app::App,
    approver::{Approver, Verdict},
    config::{Config, Layers},
    gate::{
        Gate, Refusal,
        envelope::{Channel, Envelope, EnvelopeId, State},
        mode::SendMode,
    },
    shape::time::iso,
    state::StateFolder,
};

/// How long a server that sealed a message has to send it once it is approved.
const SERVERS_TURN: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The message, by envelope id; without one, all that wait are listed
    envelope: Option<String>,
}

/// Lists, or asks about one.
pub(super) async fn run(layers: &Layers, options: &Options) -> Result<ExitCode, Failure> {
    let mut config = Config::read(layers)?;
    let Some(path) = config.state_dir.clone() else {
        return Err(Failure::Usage(
            "there is no state folder that a server could share; name it with `--state-dir` (FRONT_MCP_STATE_DIR)"
                .to_owned(),
        ));
    };
    // Whatever a server on this machine is set to, a person's yes is all that counts here.
    config.send.mode = SendMode::Approve;
    let folder = StateFolder::open(&path)
        .map_err(|error| anyhow!("{} cannot be opened: {error}", path.display()))?;
    let app = App::new(&config).map_err(anyhow::Error::from)?;
    app.gate.tidy_up().await.map_err(unusable)?;
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
    let approver = Approver::open(&folder);
    if !approver.is_set().map_err(anyhow::Error::from)? {
        return Err(anyhow!(
            "no PIN is set in {}; set one with `front-mcp approver set --state-dir \"{}\"`; nothing was sent",
            path.display(),
            path.display()
        )
        .into());
    }
    print(&show::whole(&envelope));
    let Some(says_yes) = ask()? else {
        print("Nothing was decided; the message still waits.");
        return Ok(ExitCode::from(1));
    };
    check_pin(&approver)?;
    let decided = match says_yes {
        false => app.gate.decline(&id, Channel::Terminal).await,
        true => approve(&app.gate, &id).await,
    };
    let decided = decided.map_err(|refusal| {
        let error = crate::tools::sending::refused(refusal);
        anyhow!("{}", error.text())
    })?;
    app.gate.drain().await;
    print(&show::outcome(&decided));
    Ok(match decided.state {
        State::Sent | State::Declined => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    })
}

/// Keeps the yes. The server that sealed the message sends it, under the operator's settings for
/// that server: this process, which may have others, never does.
async fn approve(gate: &Arc<Gate>, id: &EnvelopeId) -> Result<Envelope, Refusal> {
    gate.keep_approval(id, Channel::Terminal).await?;
    gate.taken_up(id, SERVERS_TURN).await
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

fn check_pin(approver: &Approver) -> Result<(), Failure> {
    let pin = rpassword::prompt_password("PIN: ")
        .map_err(|error| anyhow!("the terminal cannot be asked: {error}; nothing was sent"))?;
    let verdict = approver
        .check(&SecretString::from(pin))
        .map_err(anyhow::Error::from)?;
    Err(match verdict {
        Verdict::Right => return Ok(()),
        Verdict::NotSet => anyhow!(
            "no PIN is set; set one with `front-mcp approver set`; nothing was sent"
        ),
        Verdict::Wrong { left } => anyhow!(
            "this is not the PIN; nothing was sent, {left} more tries before none is taken for 15 minutes"
        ),
        Verdict::Locked { until } => anyhow!(
            "too many tries were wrong; nothing was sent, try again after {}",
            iso(until)
        ),
    }
    .into())
}

fn unusable(refusal: Refusal) -> Failure {
    anyhow!("the envelope store cannot be used: {refusal:?}").into()
}
