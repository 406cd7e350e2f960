//! What a team notices: what a hosted server holds for many clients, and what a call costs on top of
//! the same request made directly, at a steady rate. The whole program, built for release.
//!
//! `cargo bench --bench hosted` prints figures beside targets. `BENCH_PYTHON` (a Python with the
//! package `mcp`) and `BENCH_NODE` with `BENCH_NODE_MODULES` (the packages `@modelcontextprotocol/server`
//! and `/node`) name what the same load is given to beside it: one equal tool on another SDK.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark may fail where a test may, and prints what it finds"
)]

#[path = "hosted/load.rs"]
mod load;
#[path = "hosted/peers.rs"]
mod peers;
#[path = "hosted/server.rs"]
mod server;
#[path = "whole_process/table.rs"]
mod table;

use std::time::Duration;

use load::{Ask, Load, burst, steady};
use server::{Process, Sandbox};
use table::{line, ms, percentile};

/// Clients that keep a connection open.
const CLIENTS: usize = 1_000;

/// Requests a second, for so long.
const RATE: u32 = 500;
const SECONDS: u32 = 10;

/// Rounds, in turns with the direct request.
const ROUNDS: usize = 3;

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(measured());
}

async fn measured() {
    table::head();
    let sandbox = Sandbox::start();
    let contact = sandbox.contact().await;
    let ours = Process::hosted(&sandbox);
    let (front, call) = (
        Ask::direct(&sandbox.base, &contact),
        Ask::call(&ours.url, &contact),
    );

    let idle = ours.resident();
    let mut clients = Load::open(&call, CLIENTS).await;
    clients.each_once(&call).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    memory(idle, ours.resident());

    let mut direct = Load::open(&front, CLIENTS).await;
    direct.each_once(&front).await;
    let (mut added, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        alone.extend(steady(&mut direct, &front, RATE, SECONDS).await);
        added.extend(steady(&mut clients, &call, RATE, SECONDS).await);
    }
    for (share, name, most) in [(0.5, "p50", 1.0), (0.99, "p99", 5.0)] {
        let (call, direct) = (percentile(&mut added, share), percentile(&mut alone, share));
        let more = call.saturating_sub(direct);
        line(
            &format!("{RATE}/s over {CLIENTS} clients: added, {name}"),
            ms(more),
            ms(direct),
            Some((
                &format!("<= {most} ms"),
                more.as_secs_f64() * 1000.0 <= most,
            )),
        );
    }
    drop((clients, direct));
    compared(&sandbox, &contact, &call).await;
}

fn memory(idle: Option<u64>, held: Option<u64>) {
    let (Some(idle), Some(held)) = (idle, held) else {
        return line("memory", "not measured".to_owned(), String::new(), None);
    };
    #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
    let mb = |kilobytes: u64| format!("{:.1} MB", kilobytes as f64 * 1.024 / 1000.0);
    line(
        "idle memory (RSS)",
        mb(idle),
        String::new(),
        Some(("<= 30 MB", idle * 1024 <= 30_000_000)),
    );
    let each = held.saturating_sub(idle) / CLIENTS as u64;
    line(
        &format!("more for each of {CLIENTS} idle clients"),
        format!("{each} KB"),
        mb(held),
        Some(("<= 64 KB", each <= 64)),
    );
}

/// The same tool on other SDKs: calls a second that 32 clients get who ask again as soon as they are
/// answered, and how much of ours that is.
async fn compared(sandbox: &Sandbox, contact: &str, ours: &Ask) {
    const AT_ONCE: usize = 32;
    const CALLS: usize = 4_000;
    let rate = async |ask: &Ask, calls: usize| {
        let mut load = Load::open(ask, AT_ONCE).await;
        load.each_once(ask).await;
        burst(load, ask, calls).await
    };
    let own = rate(ours, CALLS).await;
    line(
        &format!("get-contact, {AT_ONCE} at once"),
        format!("{own:.0}/s"),
        String::new(),
        None,
    );
    for peer in peers::all(sandbox) {
        let ask = Ask::call(&peer.url, contact);
        let theirs = rate(&ask, CALLS / 4).await;
        let name = peer.name;
        line(
            &format!("the same on {name}, of ours"),
            format!("{theirs:.0}/s"),
            format!("{:.2}", theirs / own),
            None,
        );
        let mut load = Load::open(&ask, 100).await;
        load.each_once(&ask).await;
        let mut times = steady(&mut load, &ask, RATE / 5, SECONDS).await;
        let mut fewer = Load::open(ours, 100).await;
        fewer.each_once(ours).await;
        let mut own = steady(&mut fewer, ours, RATE / 5, SECONDS).await;
        line(
            &format!("{} /s: p50 on {name}; ours", RATE / 5),
            ms(percentile(&mut times, 0.5)),
            ms(percentile(&mut own, 0.5)),
            None,
        );
    }
}
