//! `front-mcp serve`: MCP on standard input and output.

use std::{
    io::{IsTerminal as _, Write as _},
    process::ExitCode,
    sync::Arc,
};

use super::{Failure, Settings, setup};
use crate::{app::has_credential, config::Layers, transport};

const WAITING: &str = "\
front-mcp is waiting for an MCP host on standard input: this command is meant to be run by one.
Claude Code:  claude mcp add front -e FRONT_API_TOKEN=... -- front-mcp serve
Others:       {\"mcpServers\": {\"front\": {\"command\": \"front-mcp\", \"args\": [\"serve\"],
               \"env\": {\"FRONT_API_TOKEN\": \"...\"}}}}
A sign-in (front-mcp login) does in place of FRONT_API_TOKEN.
To look around without an account: front-mcp demo, or front-mcp call list-inboxes --sandbox
Ctrl-D ends.";

/// Serves until standard input ends.
pub(super) async fn run(layers: &Layers, settings: &Settings) -> Result<ExitCode, Failure> {
    let ready = setup::ready(layers, settings).await?;
    if std::io::stdin().is_terminal() {
        let _ = writeln!(std::io::stderr(), "{WAITING}");
    }
    if !has_credential(&ready.config) {
        tracing::warn!(
            "no FRONT_API_TOKEN, and nobody is signed in (`front-mcp login{}`): tools are listed, and each call answers what to do",
            ready.app.login_flags
        );
    }
    transport::stdio::serve(Arc::new(ready.app)).await?;
    Ok(ExitCode::SUCCESS)
}
