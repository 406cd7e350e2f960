//! The agent's side of MCP: a client over a child process, and the end of protocol types here.

use std::path::Path;

use anyhow::Context as _;
use rmcp::{
    ClientServiceExt, RoleClient,
    model::{
        CallToolRequestParams, ClientCapabilities, ClientConfig, Implementation, JsonObject,
        ProtocolVersion,
    },
    service::{ClientLifecycleMode, RunningService},
    transport::TokioChildProcess,
};
use serde_json::{Value, json};
use tokio::process::Command;

/// A connected client.
pub(super) struct Agent {
    service: RunningService<RoleClient, ClientConfig>,
}

/// What a tool call came to.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) is_error: bool,
    pub(super) text: String,
    pub(super) structured: Value,
    /// The code of an error.
    pub(super) code: String,
}

impl Agent {
    /// Starts `serve` as a host would, and connects. The child gets the sandbox's address and
    /// none of the settings that this process may have for the real Front.
    pub(super) async fn connect(program: &Path, front: &str) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.args(["serve", "--sandbox", "--send", "confirm"]);
        for (name, _) in std::env::vars_os() {
            if is_setting(&name.to_string_lossy()) {
                command.env_remove(name);
            }
        }
        command.env("FRONT_API_BASE_URL", front);
        let child = TokioChildProcess::new(command).context("the server could not start")?;
        let lifecycle = ClientLifecycleMode::Auto {
            preferred_versions: vec![ProtocolVersion::LATEST],
            legacy_version: Some(ProtocolVersion::LATEST_WITH_INITIALIZE),
        };
        let implementation = Implementation::new("front-mcp-demo", env!("CARGO_PKG_VERSION"));
        let service = ClientConfig::new(ClientCapabilities::default(), implementation)
            .serve_with_lifecycle(child, lifecycle)
            .await
            .context("the server could not be spoken to")?;
        Ok(Self { service })
    }

    /// The protocol version that both sides agreed on.
    pub(super) fn protocol_version(&self) -> String {
        self.service
            .peer_info()
            .map(|info| info.protocol_version.to_string())
            .unwrap_or_default()
    }

    /// Every tool as it stands in a model's context: name, description and input schema.
    pub(super) async fn tools(&self) -> anyhow::Result<Vec<Value>> {
        let tools = self.service.list_all_tools().await?;
        Ok(tools
            .iter()
            .map(|tool| {
                json!({
                    "name": tool.name,
                    "description": tool.description,
                    "input_schema": tool.input_schema,
                })
            })
            .collect())
    }

    /// Calls a tool; an `Err` is a fault of protocol or connection, not of the tool.
    pub(super) async fn call(
        &self,
        tool: &'static str,
        arguments: JsonObject,
    ) -> anyhow::Result<Answer> {
        let result = self
            .service
            .call_tool(CallToolRequestParams::new(tool).with_arguments(arguments))
            .await
            .with_context(|| format!("`{tool}` was not answered"))?;
        let text: Vec<_> = result
            .content
            .iter()
            .filter_map(|block| block.as_text().map(|text| text.text.as_str()))
            .collect();
        Ok(Answer {
            is_error: result.is_error.unwrap_or(false),
            text: text.join("\n"),
            structured: result.structured_content.unwrap_or_default(),
            code: result
                .meta
                .as_ref()
                .and_then(|meta| meta.get("code")?.as_str())
                .unwrap_or_default()
                .to_owned(),
        })
    }

    /// Closes standard input and waits for the server to end by itself.
    pub(super) async fn leave(mut self) -> anyhow::Result<()> {
        self.service.close().await?;
        Ok(())
    }
}

/// Windows does not tell upper from lower case in names of variables.
fn is_setting(variable: &str) -> bool {
    variable.to_ascii_uppercase().starts_with("FRONT_")
}
