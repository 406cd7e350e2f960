//! `front-mcp sandbox`: the sandbox Front alone.

use std::{net::SocketAddr, process::ExitCode};

use clap::Args;

use super::{Failure, Settings, print, setup::sandbox_options};
use crate::sandbox::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET, Sandbox, TOKEN};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The loopback address to listen on; port 0 takes a free one
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:0",
        env = "FRONT_MCP_LISTEN",
        hide_env_values = true
    )]
    listen: SocketAddr,
}

/// Serves until it is stopped.
pub(super) async fn run(settings: &Settings, options: &Options) -> Result<ExitCode, Failure> {
    let mut sandbox = Sandbox::start(crate::sandbox::Options {
        listen: options.listen,
        ..sandbox_options(settings)?
    })
    .await
    .map_err(anyhow::Error::from)?;
    let base = sandbox.base_url();
    print(&format!(
        "the sandbox Front listens on {base}\n\
         use it:      FRONT_API_BASE_URL={base} FRONT_API_TOKEN={TOKEN} front-mcp call list-inboxes\n\
         sign in:     FRONT_API_BASE_URL={base} FRONT_OAUTH_BASE_URL={base} FRONT_MCP_CLIENT_ID={OAUTH_CLIENT_ID} FRONT_MCP_CLIENT_SECRET={OAUTH_CLIENT_SECRET} front-mcp login --account sandbox\n\
         what it sent: curl {base}/_sandbox/outbox"
    ));
    tokio::select! {
        () = sandbox.stopped() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(ExitCode::SUCCESS)
}
