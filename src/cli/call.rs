//! `front-mcp call`: one tool call from a shell.

use std::{io::Write as _, process::ExitCode};

use anyhow::anyhow;
use clap::Args;
use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use super::{Failure, Settings, print, setup};
use crate::{
    app::App, call::unknown_tool, config::Layers, host::Host, strict_json, tools::context::Caller,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The tool's name, such as list-conversations
    tool: String,
    /// Its arguments as a JSON object
    arguments: Option<String>,
    /// Print the structured result instead of the readable one
    #[arg(long)]
    json: bool,
}

/// Calls a tool once and prints its result.
pub(super) async fn run(
    layers: &Layers,
    settings: &Settings,
    options: Options,
) -> Result<ExitCode, Failure> {
    let arguments = match options.arguments.as_deref() {
        Some(text) => arguments(text)?,
        None => Map::new(),
    };
    let ready = setup::ready(layers, settings).await?;
    let caller = Caller {
        id: "local/default".to_owned(),
        client: "front-mcp call".to_owned(),
    };
    // A shell is an agent's as well: nobody is asked through it.
    let (host, stop) = (Host::silent(), CancellationToken::new());
    let calling = ready
        .app
        .call(&options.tool, arguments, caller, &host, &stop);
    let outcome = tokio::select! {
        outcome = calling => Some(outcome),
        Ok(()) = tokio::signal::ctrl_c() => None,
    };
    // A message under way, and a sign-in that is being renewed, would end with the process. Ctrl-C
    // (once more, if it ended the call) does not wait for them.
    tokio::select! {
        () = finished(&ready.app) => {}
        Ok(()) = tokio::signal::ctrl_c() => {}
    }
    let outcome = outcome
        .ok_or_else(|| anyhow!("interrupted"))?
        .map_err(|_| Failure::Usage(unknown_tool(&options.tool, &ready.app.surface)))?;
    if outcome.is_error {
        let _ = writeln!(std::io::stderr(), "{}", outcome.text);
        return Ok(ExitCode::from(1));
    }
    match outcome.value().filter(|_| options.json) {
        Some(structured) => {
            print(&serde_json::to_string_pretty(&structured).map_err(anyhow::Error::from)?);
        }
        None => print(&outcome.text),
    }
    Ok(ExitCode::SUCCESS)
}

async fn finished(app: &App) {
    app.gate.hall().drain().await;
    app.wire.credential().settled().await;
}

fn arguments(text: &str) -> Result<Map<String, Value>, Failure> {
    match strict_json::parse(text.as_bytes()) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Failure::Usage(
            "the arguments must be a JSON object such as '{\"limit\": 5}'".to_owned(),
        )),
        Err(error) => Err(Failure::Usage(format!(
            "the arguments are no readable JSON: {error}; write them in single quotes, such as '{{\"limit\": 5}}'"
        ))),
    }
}
