//! `front-mcp serve`: MCP on standard input and output.

use std::{
    io::{IsTerminal as _, Write as _},
    process::ExitCode,
    sync::Arc,
};

use super::{Failure, Settings, setup};
use crate::{config::Layers, transport};

const WAITING: &str = "\
front-mcp is waiting for an MCP host on standard input: this command is meant to be run by one.
Claude Code:  claude mcp add front -e FRONT_API_TOKEN=... -- front-mcp serve
Others:       {\"mcpServers\": {\"front\": {\"command\": \"front-mcp\", \"args\": [\"serve\"],
               \"env\": {\"FRONT_API_TOKEN\": \"...\"}}}}
To look around without an account: front-mcp demo, or front-mcp call list-inboxes --sandbox
Ctrl-D ends.";

/// Serves until standard input ends.
pub(super) async fn run(layers: &Layers, settings: &Settings) -> Result<ExitCode, Failure> {
    let ready = setup::ready(layers, settings).await?;
    if std::io::stdin().is_terminal() {
        let _ = writeln!(std::io::stderr(), "{WAITING}");
    }
    if !ready.has_token {
        tracing::warn!(
            "no FRONT_API_TOKEN: tools are listed, and each call answers how to get a token"
        );
    }
    transport::stdio::serve(Arc::new(ready.app)).await?;
    Ok(ExitCode::SUCCESS)
}
