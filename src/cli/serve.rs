//! `front-mcp serve`: MCP on standard input and output, or over HTTP for a team.

use std::{
    io::{IsTerminal as _, Write as _},
    net::SocketAddr,
    process::ExitCode,
    sync::Arc,
};

use clap::Args;

use super::{
    Failure, Settings,
    setup::{self, Configured},
};
use crate::{
    app::{Ground, has_credential},
    config::{Config, Layers},
    gate::steps::Steps,
    login_command::LoginCommand,
    transport::{
        self,
        http::{Hosted, Unfit},
    },
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Serve over streamable HTTP on this address, such as 127.0.0.1:8080, instead of standard streams
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "FRONT_MCP_HTTP",
        hide_env_values = true
    )]
    http: Option<String>,
    /// The address that callers use, such as https://mcp.example.com [default: that of --http]
    #[arg(
        long,
        value_name = "URL",
        env = "FRONT_MCP_PUBLIC_URL",
        hide_env_values = true
    )]
    public_url: Option<String>,
    /// Let callers without a token in, on loopback alone; they only read
    #[arg(long, env = "FRONT_MCP_ALLOW_ANONYMOUS", hide_env_values = true, value_name = "BOOL",
          num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    allow_anonymous: Option<String>,
    /// Hold callers without a token to this named policy instead of letting them only read
    #[arg(
        long,
        value_name = "NAME",
        env = "FRONT_MCP_ANONYMOUS_POLICY",
        hide_env_values = true
    )]
    anonymous_policy: Option<String>,
    /// Serve the metrics of all callers on this address
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "FRONT_MCP_METRICS",
        hide_env_values = true
    )]
    metrics: Option<String>,
    /// Serve TLS with this certificate chain (PEM); it is read again when it changes
    #[arg(
        long,
        value_name = "FILE",
        env = "FRONT_MCP_TLS_CERT",
        hide_env_values = true
    )]
    tls_cert: Option<String>,
    /// The certificate's private key (PEM)
    #[arg(
        long,
        value_name = "FILE",
        env = "FRONT_MCP_TLS_KEY",
        hide_env_values = true
    )]
    tls_key: Option<String>,
    /// Proxies (addresses or networks, with commas) that are believed where a request comes from
    #[arg(
        long,
        value_name = "LIST",
        env = "FRONT_MCP_TRUSTED_PROXY",
        hide_env_values = true
    )]
    trusted_proxy: Option<String>,
}

/// The flags that have a variable of their own name.
pub(super) const FLAGS: &[&str] = &[
    "http",
    "public-url",
    "allow-anonymous",
    "anonymous-policy",
    "metrics",
    "tls-cert",
    "tls-key",
    "trusted-proxy",
];

impl Options {
    /// A setting of a server that listens, if one was given.
    fn given(&self) -> Option<&'static str> {
        let given = |setting: &Option<String>| {
            setting
                .as_deref()
                .is_some_and(|text| !text.trim().is_empty())
        };
        [
            (&self.public_url, "public-url"),
            (&self.allow_anonymous, "allow-anonymous"),
            (&self.anonymous_policy, "anonymous-policy"),
            (&self.metrics, "metrics"),
            (&self.tls_cert, "tls-cert"),
            (&self.tls_key, "tls-key"),
            (&self.trusted_proxy, "trusted-proxy"),
        ]
        .into_iter()
        .find(|(setting, _)| given(setting))
        .map(|(_, flag)| flag)
    }

    /// Whether it is a team that is served, as far as the command line and the environment say.
    pub(super) const fn is_hosted(&self) -> bool {
        self.http.is_some()
    }
}

const WAITING: &str = "\
front-mcp is waiting for an MCP host on standard input: this command is meant to be run by one.
Claude Code:  claude mcp add front -e FRONT_API_TOKEN=... -- front-mcp serve
Others:       {\"mcpServers\": {\"front\": {\"command\": \"front-mcp\", \"args\": [\"serve\"],
               \"env\": {\"FRONT_API_TOKEN\": \"...\"}}}}
A sign-in (front-mcp login) does in place of FRONT_API_TOKEN.
To look around without an account: front-mcp demo, or front-mcp call list-inboxes --sandbox
Ctrl-D ends.";

/// Serves until standard input ends, or until the process is told to end.
pub(super) async fn run(
    layers: &Layers,
    settings: &Settings,
    options: &Options,
) -> Result<ExitCode, Failure> {
    let configured = setup::configured(layers, settings).await?;
    if let Some(listen) = configured.config.http.listen {
        return hosted(layers, settings, configured, listen).await;
    }
    if let Some(flag) = options.given() {
        return Err(Failure::Usage(format!(
            "`--{flag}` means nothing without `--http` (FRONT_MCP_HTTP, `[http] listen`), the address to listen on, such as `--http 127.0.0.1:8080`"
        )));
    }
    let ready = setup::made(configured)?;
    if std::io::stdin().is_terminal() {
        let _ = writeln!(std::io::stderr(), "{WAITING}");
    }
    warn_without_credential(&ready.config, &ready.app.login_flags);
    transport::stdio::serve(Arc::new(ready.app)).await?;
    Ok(ExitCode::SUCCESS)
}

fn warn_without_credential(config: &Config, login_flags: &str) {
    if !has_credential(config) {
        tracing::warn!(
            "no FRONT_API_TOKEN, and nobody is signed in (`front-mcp login{login_flags}`): tools are listed, and each call answers what to do"
        );
    }
}

async fn hosted(
    layers: &Layers,
    settings: &Settings,
    configured: Configured,
    listen: SocketAddr,
) -> Result<ExitCode, Failure> {
    let Configured {
        config,
        sandbox: _sandbox,
    } = configured;
    let base = config.api.base.clone();
    let is_sandbox = settings.sandbox;
    let ground =
        Ground::lay(&config, Steps::default()).map_err(|error| setup::unusable(&config, &error))?;
    warn_without_credential(&config, &LoginCommand::of(&config).flags());
    let hosted = Hosted {
        ground,
        config,
        reread: Box::new(move || match is_sandbox {
            true => Config::sandbox(layers, base.clone()),
            false => Config::read(layers),
        }),
    };
    let listening = |at: &str| {
        let _ = writeln!(std::io::stderr(), "front-mcp listens on {at}");
    };
    match transport::http::serve(hosted, listen, listening).await {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(unfit @ Unfit::Settings(_)) => Err(Failure::Usage(unfit.to_string())),
        Err(unfit) => Err(Failure::Other(unfit.into())),
    }
}
