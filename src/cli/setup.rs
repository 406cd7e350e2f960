//! From settings to a server's parts: the real Front, an embedded sandbox, or a running one.

use super::{Failure, Settings};
use crate::{
    app::App,
    config::{Config, Layers},
    front::base::{ApiBase, FRONT},
    sandbox::{self, Sandbox},
};

/// A server's parts, and the sandbox that lives as long as they do.
pub struct Ready {
    /// The parts.
    pub app: App,
    /// Kept alive.
    pub _sandbox: Option<Sandbox>,
    /// A token is configured.
    pub has_token: bool,
}

/// Puts a server together.
pub async fn ready(layers: &Layers, settings: &Settings) -> Result<Ready, Failure> {
    let (config, sandbox) = configured(layers, settings).await?;
    Ok(Ready {
        app: app(&config)?,
        _sandbox: sandbox,
        has_token: config.api.token.is_some(),
    })
}

/// The settings for the Front that is meant, and the embedded sandbox if that is started for it.
pub async fn configured(
    layers: &Layers,
    settings: &Settings,
) -> Result<(Config, Option<Sandbox>), Failure> {
    if !settings.sandbox {
        return Ok((Config::read(layers)?, None));
    }
    let (base, sandbox) = match running_sandbox(layers) {
        Some(base) => (base, None),
        None => {
            let sandbox = Sandbox::start(sandbox_options(settings)?)
                .await
                .map_err(anyhow::Error::from)?;
            let base = ApiBase::parse(&sandbox.base_url())
                .map_err(|error| Failure::Usage(error.to_string()))?;
            (base, Some(sandbox))
        }
    };
    Ok((Config::sandbox(layers, base)?, sandbox))
}

fn app(config: &Config) -> Result<App, Failure> {
    App::new(config).map_err(|error| {
        let folder = config.state_dir.as_deref().unwrap_or_else(|| "".as_ref());
        Failure::Usage(format!(
            "the state folder {} cannot be used: {error}; set another with `--state-dir FOLDER`, or `--state-dir memory` to keep nothing on disk",
            folder.display()
        ))
    })
}

/// The settings, for commands that ask nothing of any Front.
pub fn settings_alone(layers: &Layers, settings: &Settings) -> Result<Config, Failure> {
    if !settings.sandbox {
        return Ok(Config::read(layers)?);
    }
    let base = ApiBase::parse(FRONT).map_err(|error| Failure::Usage(error.to_string()))?;
    Ok(Config::sandbox(layers, base)?)
}

/// `FRONT_API_BASE_URL` joins a running `front-mcp sandbox`; with any other address it is the
/// setting of a real Front, which a sandbox run does not touch.
fn running_sandbox(layers: &Layers) -> Option<ApiBase> {
    let base = layers
        .value("FRONT_API_BASE_URL", None, "")
        .parse(|text| ApiBase::parse(text).map_err(|error| error.to_string()))
        .ok()??;
    base.is_loopback().then_some(base)
}

/// The sandbox's own settings.
pub fn sandbox_options(settings: &Settings) -> Result<sandbox::Options, Failure> {
    let mut options = sandbox::Options::default();
    if let Some(limit) = settings
        .rate_limit
        .as_deref()
        .filter(|text| !text.is_empty())
    {
        options.rate_limit = limit.parse().map_err(|error| {
            Failure::Usage(format!("`--rate-limit` (FRONT_MCP_RATE_LIMIT): {error}"))
        })?;
    }
    if let Some(today) = settings.today.as_deref().filter(|text| !text.is_empty()) {
        options.today = Some(today.parse().map_err(|_| {
            Failure::Usage("`--today` must be a date such as 2026-11-20".to_owned())
        })?);
    }
    Ok(options)
}
