//! `front-mcp audit`: the log for people to read, and whether it is what was written.

use std::{collections::VecDeque, path::Path, process::ExitCode, sync::Arc};

use anyhow::anyhow;
use clap::{Args, Subcommand};

use self::table::table;
use super::{Failure, print, state};
use crate::{
    audit::{Audit, Entry, KEY, LOG},
    config::{Config, Layers},
    gate::store::SqliteStore,
};

mod table;

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show what was asked for, decided and sent
    Show(Show),
    /// Find out whether the log is what was written: exit code 0 when it is, 1 when not
    Verify,
}

#[derive(Debug, Args)]
struct Show {
    /// Only the last records
    #[arg(long, value_name = "N")]
    last: Option<usize>,
    /// Only the records of one envelope
    #[arg(long, value_name = "ID")]
    envelope: Option<String>,
    /// Print the records as JSON, one a line
    #[arg(long)]
    json: bool,
}

/// Shows or verifies.
pub(super) fn run(layers: &Layers, options: &Options) -> Result<ExitCode, Failure> {
    let folder = state::path(&Config::read(layers)?)?;
    let log = folder.join(LOG);
    // Looking must not make a folder, nor the key of a log that somebody else wrote.
    let unreadable = |error| anyhow!("{} cannot be looked into: {error}", folder.display());
    // Not being allowed to look is no sign that there is nothing.
    if !folder.join(KEY).try_exists().map_err(unreadable)? {
        return if log.try_exists().map_err(unreadable)? {
            Err(anyhow!(
                "{} is missing: without it nobody can tell who wrote {}",
                folder.join(KEY).display(),
                log.display()
            )
            .into())
        } else {
            no_log_yet(&log, options)
        };
    }
    let folder = state::open(&folder)?;
    let heads = SqliteStore::open(&folder).map_err(anyhow::Error::from)?;
    let heads = Arc::new(heads);
    let audit = Audit::open(&folder, heads).map_err(anyhow::Error::from)?;
    match &options.action {
        Action::Show(_) if !log.exists() => no_log_yet(&log, options),
        Action::Show(show) => run_show(&audit, show),
        Action::Verify => run_verify(&audit, &log),
    }
}

fn no_log_yet(log: &Path, options: &Options) -> Result<ExitCode, Failure> {
    let is_json = matches!(&options.action, Action::Show(show) if show.json);
    if !is_json {
        print(&format!(
            "there is no audit log yet: {} is made with the first record",
            log.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn run_show(audit: &Audit, show: &Show) -> Result<ExitCode, Failure> {
    let last = show.last.unwrap_or(usize::MAX);
    let mut shown: VecDeque<Entry> = VecDeque::new();
    audit
        .each(|entry| {
            let wanted = show.envelope.as_deref().map(str::trim);
            if wanted.is_none_or(|id| entry.record.envelope_id() == Some(id)) {
                shown.push_back(entry);
            }
            if shown.len() > last {
                shown.pop_front();
            }
        })
        .map_err(anyhow::Error::from)?;
    if show.json {
        for entry in &shown {
            print(&serde_json::to_string(entry).map_err(anyhow::Error::from)?);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = table(&shown);
    let told = match audit.head().map_err(anyhow::Error::from)? {
        Some(head) => format!("{} records were written; head {}", head.count, head.code),
        None => "no head is kept".to_owned(),
    };
    out.push_str(&told);
    out.push_str("\nwhether all of it is as it was written, `front-mcp audit verify` tells");
    print(&out);
    Ok(ExitCode::SUCCESS)
}

fn run_verify(audit: &Audit, log: &Path) -> Result<ExitCode, Failure> {
    let found = audit.verify().map_err(anyhow::Error::from)?;
    let mut out: Vec<String> = found.findings.iter().map(ToString::to_string).collect();
    if found.torn > 0 {
        out.push(format!(
            "{} writes were cut off by a crash, and recorded as such",
            found.torn
        ));
    }
    if let Some(bytes) = found.unfinished {
        out.push(format!(
            "the last {bytes} bytes are the beginning of a record: a write that goes on right now, or that a crash cut off"
        ));
    }
    let head = found.head;
    let (verdict, code) = if found.is_intact() {
        ("intact", ExitCode::SUCCESS)
    } else {
        ("NOT INTACT", ExitCode::FAILURE)
    };
    out.push(format!(
        "{}: {verdict}; {} records, head {}",
        log.display(),
        found.records,
        head.code
    ));
    print(&out.join("\n"));
    Ok(code)
}
