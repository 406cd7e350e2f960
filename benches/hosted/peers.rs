//! The same tool on other SDKs, where they are installed.

use std::process::Command;

use front_mcp::sandbox::TOKEN;

use super::server::{Process, Sandbox};

/// A server on another SDK.
pub struct Peer {
    pub name: &'static str,
    pub url: String,
    _process: Process,
}

/// Those that the environment names.
pub fn all(sandbox: &Sandbox) -> Vec<Peer> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/hosted");
    let mut peers = Vec::new();
    let mut add = |name, mut command: Command| {
        command
            .env("FRONT_BASE", &sandbox.base)
            .env("FRONT_TOKEN", TOKEN);
        let process = Process::start(command, "listens on ", false);
        peers.push(Peer {
            name,
            url: process.url.clone(),
            _process: process,
        });
    };
    match std::env::var("BENCH_PYTHON") {
        Ok(python) => {
            let mut command = Command::new(python);
            command.arg(format!("{folder}/python_server.py"));
            add("the Python SDK", command);
        }
        Err(_) => println!("the Python SDK: skipped, because BENCH_PYTHON is not set"),
    }
    match (
        std::env::var("BENCH_NODE"),
        std::env::var("BENCH_NODE_MODULES"),
    ) {
        (Ok(node), Ok(modules)) => {
            let mut command = Command::new(node);
            command
                .arg(format!("{folder}/typescript_server.mjs"))
                .arg(modules);
            add("the TypeScript SDK", command);
        }
        _ => println!(
            "the TypeScript SDK: skipped, because BENCH_NODE and BENCH_NODE_MODULES are not set"
        ),
    }
    peers
}
