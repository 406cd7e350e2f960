//! `front-mcp demo`: an agent's real work on the sandbox, told step by step.
//!
//! Nothing here is staged. The agent is an MCP client of its own over a real stdio child of this
//! very binary; what left is counted at the sandbox, not asked of the server; a step that did
//! not happen ends the demo with an error.

mod agent;
mod check;
mod outbox;
mod story;
mod tell;

use std::{process::ExitCode, time::Duration};

use anyhow::Context as _;

use super::{Failure, Settings};
use crate::sandbox::{Options, Sandbox};

/// It takes a second or two; a machine on which it hangs should say so.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the demo. Settings are for servers that people use: the demo is the same for everyone.
pub(super) async fn run(_settings: &Settings) -> Result<ExitCode, Failure> {
    let sandbox = Sandbox::start(Options::default())
        .await
        .context("the sandbox could not start")?;
    let mut teller = tell::Teller::stdout();
    tokio::time::timeout(PATIENCE, story::play(&sandbox, &mut teller))
        .await
        .unwrap_or_else(|_| Err(anyhow::anyhow!("it took more than {PATIENCE:?}")))
        .with_context(|| format!("the demo failed at step {}", teller.step()))?;
    Ok(ExitCode::SUCCESS)
}
