//! The `front-mcp` binary: everything lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    front_mcp::cli::run(std::env::args_os())
}
