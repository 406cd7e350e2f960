//! `front-mcp tools`: what `tools/list` says, and what it costs.

use std::{fmt::Write as _, process::ExitCode};

use clap::Args;
use serde_json::json;

use super::{Failure, Settings, print, setup};
use crate::{
    app::App,
    config::Layers,
    server::{cost, definition_under},
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Print the whole list as JSON, as a host gets it
    #[arg(long)]
    json: bool,
}

/// Prints the tools that these settings list.
pub(super) fn run(
    layers: &Layers,
    settings: &Settings,
    options: &Options,
) -> Result<ExitCode, Failure> {
    let mut config = setup::settings_alone(layers, settings)?;
    // What is listed needs nothing that was kept.
    config.state_dir = None;
    let app = App::new(&config).map_err(anyhow::Error::from)?;
    let tools: Vec<_> = app
        .surface
        .listed()
        .map(|entry| definition_under(&app.surface, entry))
        .collect();
    if options.json {
        let list = json!({ "tools": tools });
        print(&serde_json::to_string_pretty(&list).map_err(anyhow::Error::from)?);
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = String::new();
    let mut total = 0;
    for tool in &tools {
        let tokens = cost(tool);
        total += tokens;
        let effect = tool.annotations.as_ref().map_or("", |hints| {
            match (hints.read_only_hint, hints.destructive_hint) {
                (Some(true), _) => "reads",
                (_, Some(true)) => "acts",
                _ => "writes",
            }
        });
        let description = tool.description.as_deref().unwrap_or_default();
        let _ = writeln!(
            out,
            "{:<20} {effect:<6} {tokens:>5}  {description}",
            tool.name
        );
    }
    let _ = write!(
        out,
        "{} tools, at most {total} tokens in a model's context (an estimate from above)",
        tools.len()
    );
    print(&out);
    Ok(ExitCode::SUCCESS)
}
