//! `front-mcp doctor`: what is wrong with this set-up, and what to do about it.

use std::{io::IsTerminal as _, process::ExitCode};

use clap::Args;

use super::{Failure, Settings, USAGE, print, setup};
use crate::{
    config::Layers,
    doctor::{
        self,
        finding::{Finding, Status},
        report::Report,
    },
    shape::text::{Text, Vouched},
};

/// Looks at settings, state folder, sign-in, Front and the server itself, and says what is wrong.
///
/// Nothing is changed: Front is asked at most 20 harmless reads, and no permission is repaired.
/// Exit code: 0 when nothing is an error (warnings included), 1 when something is, 2 when a
/// setting cannot be used.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Print the findings as JSON: version, findings (check, status, found, next), worst, requests
    #[arg(long)]
    json: bool,
}

/// Looks, and prints.
pub(super) async fn run(
    layers: &Layers,
    settings: &Settings,
    options: &Options,
) -> Result<ExitCode, Failure> {
    let (report, code) = match setup::configured(layers, settings).await {
        Ok(configured) => {
            let report = doctor::examine(configured.config, layers.used()).await;
            let code = match report.worst() {
                Status::Error => ExitCode::FAILURE,
                _ => ExitCode::SUCCESS,
            };
            (report, code)
        }
        Err(Failure::Config(error)) => {
            let report = doctor::unusable(&error, &layers.used());
            (report, ExitCode::from(USAGE))
        }
        Err(other) => return Err(other),
    };
    print(&if options.json {
        report.to_json().map_err(anyhow::Error::from)?
    } else {
        table(&report, is_coloured())
    });
    Ok(code)
}

/// Colours are for people who did not ask for none (no-color.org).
fn is_coloured() -> bool {
    let is_refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !is_refused && std::io::stdout().is_terminal()
}

/// Status, check, finding; beneath each what to do next.
fn table(report: &Report, is_coloured: bool) -> String {
    let checks = report.findings.iter().map(|(check, _)| check.len());
    let width = checks.max().unwrap_or_default();
    let mut text = Text::new();
    for (check, finding) in &report.findings {
        row(&mut text, check, finding, width, is_coloured);
    }
    let requests = match report.requests {
        1 => "1 request to Front".to_owned(),
        many => format!("{many} requests to Front"),
    };
    let worst = report.worst().word();
    text.say(Vouched::ours(format!("\nworst: {worst}; {requests}")));
    text.finish()
}

fn row(text: &mut Text, check: &str, finding: &Finding, width: usize, is_coloured: bool) {
    let status = finding.status;
    let word = format!("{:<7}", status.word());
    let word = match (is_coloured, status) {
        (false, _) => word,
        (true, Status::Ok) => format!("\x1b[32m{word}\x1b[0m"),
        (true, Status::Note) => format!("\x1b[36m{word}\x1b[0m"),
        (true, Status::Warning) => format!("\x1b[33m{word}\x1b[0m"),
        (true, Status::Error) => format!("\x1b[1;31m{word}\x1b[0m"),
    };
    text.say(Vouched::ours(format!("{word}  {check:<width$}  ")))
        .append(finding.found.clone())
        .say("\n");
    if let Some(next) = &finding.next {
        let indent = " ".repeat("warning".len() + 2 + width + 2);
        text.say(Vouched::ours(format!("{indent}-> ")))
            .append(next.clone())
            .say("\n");
    }
}
