//! The server tried from a client's side, in this process: both eras of the protocol.

use std::sync::Arc;

use rmcp::{
    ClientServiceExt as _, ServiceExt as _,
    model::{ClientCapabilities, ClientConfig, Implementation, ProtocolVersion, Tool},
    service::ClientLifecycleMode,
};

use super::{Server, cost};
use crate::app::App;

/// Holds the list of tools, so that neither side waits for the other to read.
const BUFFER: usize = 256 * 1024;

/// What a client got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfTest {
    /// The versions of the protocol that were agreed on, one for each era.
    pub versions: Vec<String>,
    /// How many tools are listed.
    pub tools: usize,
    /// What they cost in a model's context, an estimate from above.
    pub tokens: usize,
}

/// Connects as a client of either era would, and lists the tools. Nothing is asked of Front.
///
/// # Errors
/// What did not work.
pub async fn self_test(app: &Arc<App>) -> Result<SelfTest, &'static str> {
    let discovering = ClientLifecycleMode::Discover {
        preferred_versions: vec![ProtocolVersion::LATEST],
    };
    let (old, listed) = connect(app, ClientLifecycleMode::Initialize).await?;
    let (new, again) = connect(app, discovering).await?;
    if listed != again {
        return Err("the two eras of the protocol list different tools");
    }
    Ok(SelfTest {
        versions: vec![old, new],
        tools: listed.len(),
        tokens: listed.iter().map(cost).sum(),
    })
}

async fn connect(
    app: &Arc<App>,
    lifecycle: ClientLifecycleMode,
) -> Result<(String, Vec<Tool>), &'static str> {
    let (ours, theirs) = tokio::io::duplex(BUFFER);
    let server = Server::new(Arc::clone(app));
    // The two greet each other: neither can be waited for first.
    let serving = tokio::spawn(async move { server.serve(theirs).await });
    let implementation = Implementation::new("front-mcp-doctor", env!("CARGO_PKG_VERSION"));
    let client = ClientConfig::new(ClientCapabilities::default(), implementation)
        .serve_with_lifecycle(ours, lifecycle)
        .await
        .map_err(|error| told(&error, "a client could not connect"))?;
    let version = client
        .peer_info()
        .map(|info| info.protocol_version.to_string())
        .unwrap_or_default();
    let tools = client
        .list_all_tools()
        .await
        .map_err(|error| told(&error, "the tools could not be listed"))?;
    drop(client);
    serving.abort();
    Ok((version, tools))
}

fn told(error: &dyn std::error::Error, what: &'static str) -> &'static str {
    tracing::error!(%error, what, "the server could not be tried");
    what
}
