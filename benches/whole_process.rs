//! What a host notices: how soon the server answers, what it holds, what a call costs on top of
//! the same request made directly. The whole program, built for release, run as a host runs it.
//!
//! `cargo bench` prints figures beside targets and the direct request; no figure fails it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark may fail where a test may, and prints what it finds"
)]

#[path = "whole_process/calls.rs"]
mod calls;
#[path = "whole_process/direct.rs"]
mod direct;
#[path = "whole_process/process.rs"]
mod process;
#[path = "whole_process/start.rs"]
mod start;
#[path = "whole_process/table.rs"]
mod table;

fn main() {
    // `cargo test --benches` only asks whether it builds and runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let sandbox = process::Sandbox::start();
    let direct = direct::Direct::new(&sandbox.base);
    table::head();
    start::spawning(&sandbox);
    start::memory(&sandbox);
    calls::added(&sandbox, &direct);
    calls::at_once(&sandbox, &direct);
}
