//! `front-mcp tools`: what `tools/list` says, and what it costs.

use std::{fmt::Write as _, process::ExitCode};

use clap::Args;
use serde_json::json;

use super::{Failure, Settings, print, setup};
use crate::{
    app::App,
    config::Layers,
    gate::policy::Rule,
    server::{cost, definition_under},
    tools::{Toolset, catalog::CATALOG, surface::Surface},
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
    for (set, tool, operation) in guarded(&app.surface) {
        let _ = write!(
            out,
            "\nOf `{}` nothing is listed: its tools are listed only where the policy names the operations that they call, such as `[policy] allow_operations = [\"{operation}\"]` in the configuration file for `{tool}`",
            set.name(),
        );
    }
    print(&out);
    Ok(ExitCode::SUCCESS)
}

/// The chosen sets of which nothing is listed because their operations are guarded: each with one
/// of its tools, and what the policy would have to name for that.
fn guarded(surface: &Surface) -> Vec<(Toolset, &'static str, &'static str)> {
    let of_set = |set: &Toolset| {
        let chosen = CATALOG
            .iter()
            .filter(|entry| entry.spec.toolset == *set)
            .filter(|entry| surface.choice().leaves_out(entry).is_none());
        let mut missing = None;
        for entry in chosen {
            match (surface.permit(entry), surface.decide(entry).rule) {
                (Ok(()), _) => return None,
                (Err(_), Rule::Guarded(operation, _)) => {
                    missing = missing.or(Some((*set, entry.spec.name, operation)));
                }
                (Err(_), _) => {}
            }
        }
        missing
    };
    let sets = surface.choice().toolsets();
    sets.iter().filter_map(of_set).collect()
}
