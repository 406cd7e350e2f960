//! From settings to a server's parts: the real Front, an embedded sandbox, or a running one.

use super::{Failure, Settings, state};
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
    /// What they were made from.
    pub config: Config,
}

/// Settings, and the sandbox that lives as long as they do.
pub struct Configured {
    /// The settings.
    pub config: Config,
    /// Kept alive.
    pub sandbox: Option<Sandbox>,
}

/// Puts a server together.
pub async fn ready(layers: &Layers, settings: &Settings) -> Result<Ready, Failure> {
    made(configured(layers, settings).await?)
}

/// Puts a server together from settings that were read.
pub fn made(Configured { config, sandbox }: Configured) -> Result<Ready, Failure> {
    Ok(Ready {
        app: app(&config)?,
        config,
        _sandbox: sandbox,
    })
}

/// Reads the settings, and starts a sandbox where they ask for one.
pub async fn configured(layers: &Layers, settings: &Settings) -> Result<Configured, Failure> {
    if !settings.sandbox {
        return Ok(Configured {
            config: Config::read(layers)?,
            sandbox: None,
        });
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
    Ok(Configured {
        config: Config::sandbox(layers, base)?,
        sandbox,
    })
}

fn app(config: &Config) -> Result<App, Failure> {
    App::new(config).map_err(|error| unusable(config, &error))
}

/// The state folder cannot be used.
pub fn unusable(config: &Config, error: &std::io::Error) -> Failure {
    let folder = config.state_dir.as_deref().unwrap_or_else(|| "".as_ref());
    Failure::Usage(format!(
        "{}, or `--state-dir memory` to keep nothing on disk",
        state::unusable(folder, error)
    ))
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
