//! From nothing to the list of tools, and what is held then.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use crate::{
    process::{Era, Sandbox, Server, command},
    table::{line, ms, percentile},
};

const SPAWNS: usize = 50;

/// Spawn to answered `tools/list`, beside a process of the same binary that does nothing.
pub fn spawning(sandbox: &Sandbox) {
    let (mut empty, mut handshake, mut stateless) = (Vec::new(), Vec::new(), Vec::new());
    // In turns, so that what else the machine does falls on all three alike.
    for _ in 0..SPAWNS {
        empty.push(timed(|| {
            let mut command = command(&["--version"]);
            command.stdout(Stdio::null()).status().unwrap();
        }));
        handshake.push(listing(sandbox, Era::Handshake));
        stateless.push(listing(sandbox, Era::Stateless));
    }
    let empty = percentile(&mut empty, 0.5);
    for (what, mut times) in [
        ("spawn to tools/list, 2025-11-25", handshake),
        ("spawn to tools/list, 2026-07-28", stateless),
    ] {
        let time = percentile(&mut times, 0.5);
        let met = time <= Duration::from_millis(12);
        line(what, ms(time), ms(empty), Some(("<= 12 ms", met)));
    }
}

fn listing(sandbox: &Sandbox, era: Era) -> Duration {
    let started = Instant::now();
    let mut server = Server::start(sandbox, era);
    server.list();
    // Its end is not waited for within the time.
    started.elapsed()
}

pub fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

/// What the process holds once it has listed its tools, and after a call.
pub fn memory(sandbox: &Sandbox) {
    let mut server = Server::start(sandbox, Era::Handshake);
    server.list();
    let idle = resident(server.id());
    server.call("list-conversations", &serde_json::json!({ "limit": 100 }));
    let after = resident(server.id());
    let mb = |kilobytes: Option<u64>| {
        #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
        kilobytes.map_or_else(
            || "not measured".to_owned(),
            |kilobytes| format!("{:.1} MB", kilobytes as f64 * 1.024 / 1000.0),
        )
    };
    line(
        "idle memory (RSS); beside it: after a call",
        mb(idle),
        mb(after),
        idle.map(|idle| ("<= 15 MB", idle * 1024 <= 15_000_000)),
    );
}

/// Resident kilobytes of a process, where `/proc` tells.
fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
