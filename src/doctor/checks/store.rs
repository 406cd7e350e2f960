//! The state folder: whether it is private, whole and can be written.

use std::path::Path;

use crate::doctor::{
    facts::Facts,
    finding::Finding,
    say::{self, text},
    store::{Found, Inside, Open, Store},
};

/// More files than these are counted.
const TOLD: usize = 5;

pub fn look(facts: &Facts) -> Vec<Finding> {
    match &facts.store {
        Store::Memory => vec![Finding::ok(text(
            "nothing is kept on disk: sign-ins and sealed messages end with the process",
        ))],
        Store::Missing(path) => vec![Finding::ok(text(format!(
            "{} is not there yet; it is made when it is first needed",
            path.display()
        )))],
        Store::Unmakeable(path, above) => vec![Finding::error(
            text(format!(
                "{} is not there yet and cannot be made: {} may not be written",
                path.display(),
                above.display()
            )),
            text(
                "name a folder that may be written with `--state-dir FOLDER`, or `--state-dir memory` to keep nothing on disk",
            ),
        )],
        Store::Unreadable(path, why) => vec![Finding::error(
            text(format!("{} cannot be looked into: {why}", path.display())),
            text(
                "give it to the user who runs front-mcp, or name another with `--state-dir FOLDER`",
            ),
        )],
        Store::There(found) => there(found),
    }
}

fn there(found: &Found) -> Vec<Finding> {
    let mut findings: Vec<_> = found.open_to_others.iter().take(TOLD).map(open).collect();
    let more = found.open_to_others.iter().skip(TOLD).count();
    if more > 0 {
        findings.push(Finding::error(
            text(format!(
                "{more} more are open to other users of this machine"
            )),
            text(format!("chmod -R go-rwx {}", say::quoted(&found.path))),
        ));
    }
    match &found.inside {
        None => findings.push(Finding::note(
            text("the folder was not opened, because that would change its mode: what is in it was not looked at"),
            text("run chmod as above, then `front-mcp doctor` again"),
        )),
        Some(inside) => findings.extend(faults(&found.path, inside)),
    }
    if findings.is_empty() {
        findings.push(Finding::ok(text(format!(
            "{} {}",
            found.path.display(),
            private()
        ))));
    }
    findings
}

fn private() -> &'static str {
    if cfg!(unix) {
        "is private and can be written"
    } else {
        "can be written; the user's profile protects it"
    }
}

fn open(open: &Open) -> Finding {
    let private = if open.is_folder { "700" } else { "600" };
    Finding::error(
        text(format!(
            "{} is open to other users of this machine (mode {:04o})",
            open.path.display(),
            open.mode
        )),
        text(format!("chmod {private} {}", say::quoted(&open.path))),
    )
}

fn faults(path: &Path, inside: &Inside) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Err(why) = &inside.writes {
        findings.push(Finding::error(
            text(format!("{} cannot be written: {why}", path.display())),
            text("free some space, make the disk writable, or name another folder with `--state-dir FOLDER`"),
        ));
    }
    for key in &inside.broken_keys {
        findings.push(Finding::error(
            text(format!("{} is no key, so that no server starts", key.display())),
            text("move it away: another is made. What the old one sealed or signed can then no longer be checked"),
        ));
    }
    if let Some(Err(why)) = &inside.database {
        findings.push(Finding::error(
            text(format!("the database of sealed messages cannot be used: {why}")),
            text("use the version of front-mcp that wrote it, or move envelopes.db away: what is sealed in it is then gone"),
        ));
    }
    findings
}
