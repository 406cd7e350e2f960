//! The settings: what was set, and where.

use std::path::Path;

use crate::{
    config::{self, ConfigError, Used},
    doctor::{
        facts::Facts,
        finding::Finding,
        say::{self, text},
    },
    gate::policy::Policy,
};

/// The check's name.
pub const NAME: &str = "config";

/// Settings that can be used.
pub fn look(facts: &Facts) -> Vec<Finding> {
    let mut findings = settings(&facts.used);
    let config = &facts.config;
    if config.policy.to_string() != Policy::default().to_string() {
        findings.push(Finding::ok(text(
            "a policy is in force; `front-mcp policy show` prints it",
        )));
    }
    if !facts.used.iter().any(is_mode) {
        findings.push(Finding::ok(text(format!(
            "--send = {}, by default",
            config.send.mode
        ))));
    }
    for folder in &config.attachable.folders {
        if !folder.is_dir() {
            findings.push(missing(folder, "folders"));
        }
    }
    if let Some(folder) = &config.attachable.save_folder
        && !folder.is_dir()
    {
        findings.push(missing(folder, "save_folder"));
    }
    findings
}

fn is_mode(used: &Used) -> bool {
    matches!(&*used.key, "--send" | "FRONT_MCP_SEND" | "send.mode")
}

/// What was set.
fn settings(used: &[Used]) -> Vec<Finding> {
    if used.is_empty() {
        let file = config::default_file().map_or_else(String::new, |path| {
            format!("; a file would be {}", path.display())
        });
        return vec![Finding::ok(text(format!("nothing is set{file}")))];
    }
    used.iter().map(setting).collect()
}

/// A setting that could be read.
pub fn setting(used: &Used) -> Finding {
    let origin = &used.origin;
    Finding::ok(text(match &used.value {
        Some(value) => format!("{} = {}, {origin}", used.key, say::own(value)),
        None => format!("{} is set, {origin}", used.key),
    }))
}

fn missing(folder: &Path, key: &str) -> Finding {
    Finding::warning(
        text(format!(
            "{} is not there, so nothing can be {} it",
            folder.display(),
            match key {
                "save_folder" => "saved in",
                _ => "attached from",
            }
        )),
        text(format!(
            "make the folder, or take it out of attachments.{key}"
        )),
    )
}

/// A setting that cannot be used: nothing else can be looked at.
pub fn unusable(error: &ConfigError) -> Finding {
    Finding::error(
        text(error),
        text("correct this setting, then run `front-mcp doctor` again: nothing else was looked at"),
    )
}
