//! `front-mcp demo`.

use std::process::ExitCode;

use super::{Failure, Settings};

/// Runs the demo.
pub(super) async fn run(_settings: &Settings) -> Result<ExitCode, Failure> {
    Err(Failure::Usage("not yet".into()))
}
