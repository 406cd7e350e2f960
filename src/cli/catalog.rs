//! `front-mcp catalog import`: rebuilds the operation table from newer OpenAPI files.
//!
//! It runs in a checkout of the project, for its developers: the table it writes is built into
//! the next binary. What the files cannot know (what an operation does to the world, whether it
//! is guarded) is kept for known operations and left open for new ones, which are refused until
//! somebody has classified them.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::Value;

use super::{Failure, print};
use crate::openapi::{self, Facts};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Rebuild manifests/facts.json and manifests/operations.tsv from OpenAPI files, and print
    /// what changed
    Import {
        /// Front's OpenAPI files (JSON)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The folder of the table
        #[arg(long, default_value = "manifests")]
        manifests: PathBuf,
    },
}

/// Imports and tells what changed.
pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let Action::Import { files, manifests } = &options.action;
    let documents = files
        .iter()
        .map(|path| read_json(path))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let facts = openapi::read(&documents).map_err(anyhow::Error::from)?;
    let (facts_path, table_path) = (
        manifests.join("facts.json"),
        manifests.join("operations.tsv"),
    );
    let known = std::fs::read_to_string(&table_path)
        .with_context(|| format!("{} cannot be read", table_path.display()))?;
    let before: Vec<Facts> = match std::fs::read_to_string(&facts_path) {
        Ok(text) => serde_json::from_str(&text)
            .with_context(|| format!("{} cannot be read", facts_path.display()))?,
        Err(_) => Vec::new(),
    };
    let changes = changes(&before, &facts);
    write(&facts_path, &facts_file(&facts)?)?;
    write(&table_path, &openapi::table::write(&facts, &known))?;
    print(&changes);
    Ok(ExitCode::SUCCESS)
}

fn read_json(path: &Path) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

/// One operation a line, so that a diff reads as a list of operations.
fn facts_file(facts: &[Facts]) -> anyhow::Result<String> {
    let lines = facts
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(format!("[\n{}\n]\n", lines.join(",\n")))
}

/// What is new, gone or different, by operation.
fn changes(before: &[Facts], after: &[Facts]) -> String {
    let by_route = |facts: &[Facts]| -> BTreeMap<(String, String), Facts> {
        facts
            .iter()
            .map(|each| ((each.path.clone(), each.method.clone()), each.clone()))
            .collect()
    };
    let (before, after) = (by_route(before), by_route(after));
    let mut text = String::new();
    let mut count = 0;
    for (route, facts) in &after {
        let change = match before.get(route) {
            None => "new, and refused until it is classified in operations.tsv",
            Some(known) if known != facts => "changed",
            Some(_) => continue,
        };
        count += 1;
        let _ = writeln!(
            text,
            "{:<7} {}  {} {change}",
            route.1, route.0, facts.operation
        );
    }
    for (route, facts) in before
        .iter()
        .filter(|(route, _)| !after.contains_key(*route))
    {
        count += 1;
        let _ = writeln!(text, "{:<7} {}  {} gone", route.1, route.0, facts.operation);
    }
    let _ = write!(text, "{} operations, {count} changes", after.len());
    text
}
