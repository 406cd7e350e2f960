//! `front-mcp policy`: what the settings allow, without asking Front.

mod forecast;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Map, Value};

use self::forecast::Verdict;
use super::{Failure, Settings, print, setup};
use crate::{
    app,
    call::{find, unknown_tool},
    config::{Config, Layers},
    gate::policy::Table,
    shape::visible::visible,
    strict_json,
    tools::arguments,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Answer for a caller that is held to this policy, a table `[policies.NAME]`, beside `[policy]`
    #[arg(long = "as", value_name = "NAME", global = true)]
    named: Option<String>,
    #[command(subcommand)]
    question: Question,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// Say whether a call would be allowed and which line decides: exit code 0 allowed, 1 denied
    Check {
        /// The tool's name, such as raw-api-request
        tool: String,
        /// Its arguments as a JSON object
        arguments: Option<String>,
    },
    /// Print the policy as it is in force
    Show,
}

/// Answers from the settings alone.
pub(super) fn run(
    layers: &Layers,
    settings: &Settings,
    options: &Options,
) -> Result<ExitCode, Failure> {
    let mut config = setup::settings_alone(layers, settings)?;
    if let Some(name) = &options.named {
        let of = config.policy_named(Some(name)).ok_or_else(|| {
            let problem = config.no_such_policy(name);
            Failure::Usage(format!("`--as {}`: {problem}", visible(name)))
        })?;
        config.policy = of.policy;
    }
    match &options.question {
        Question::Show => {
            if let Some(name) = &options.named {
                print(&format!(
                    "# for callers under {}: what it and [policy] both allow\n",
                    Table::named(name)
                ));
            }
            print(&format!(
                "[send]\nmode = \"{}\"\n\n{}\n\n{}",
                config.send.mode, config.tools, config.policy
            ));
            Ok(ExitCode::SUCCESS)
        }
        Question::Check { tool, arguments } => check(&config, tool, arguments.as_deref()),
    }
}

fn check(config: &Config, tool: &str, given: Option<&str>) -> Result<ExitCode, Failure> {
    let surface = app::surface(config);
    let entry = find(tool).ok_or_else(|| Failure::Usage(unknown_tool(tool, &surface)))?;
    let given = match given.map(|text| strict_json::parse(text.as_bytes())) {
        None => Map::new(),
        Some(Ok(Value::Object(fields))) => fields,
        Some(Ok(_)) => {
            return Err(Failure::Usage(
                "the arguments must be a JSON object such as '{\"limit\": 5}'".to_owned(),
            ));
        }
        Some(Err(error)) => {
            return Err(Failure::Usage(format!(
                "the arguments are no readable JSON: {error}"
            )));
        }
    };
    let unusable = |error: crate::tools::ToolError| Failure::Usage(error.text());
    let arguments = arguments::read(&entry.schemas().input, given).map_err(unusable)?;
    let forecast = forecast::forecast(config, &surface, entry, &arguments).map_err(unusable)?;
    let mut text = match forecast.verdict {
        Verdict::Allowed => "allowed: ",
        Verdict::Asks => "asks a person: ",
        Verdict::Denied => "denied: ",
    }
    .to_owned();
    text.push_str(&forecast.line);
    for note in &forecast.notes {
        text.push_str("\nnote: ");
        text.push_str(note);
    }
    print(&text);
    Ok(match forecast.verdict {
        Verdict::Allowed | Verdict::Asks => ExitCode::SUCCESS,
        Verdict::Denied => ExitCode::from(1),
    })
}
