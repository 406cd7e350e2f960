//! The TOML file, as text values: parsing happens where flags and variables are parsed.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::source::{ConfigError, Layers, Source};
use crate::gate::policy::Settings;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    pub api: Api,
    pub oauth: OAuth,
    pub send: Send,
    pub tools: Tools,
    pub attachments: Attachments,
    pub http: Http,
    pub policy: Settings,
    pub policies: BTreeMap<String, Settings>,
    pub display: Display,
    pub state_dir: Option<String>,
}

/// `[api]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Api {
    pub base_url: Option<String>,
    pub request_timeout: Option<String>,
    pub tool_timeout: Option<String>,
}

/// `[oauth]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OAuth {
    pub base_url: Option<String>,
    pub client_id: Option<String>,
    pub client_secret: Option<String>,
    pub redirect_uri: Option<String>,
    pub account: Option<String>,
}

impl std::fmt::Debug for OAuth {
    /// Not its values: one is a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OAuth").finish_non_exhaustive()
    }
}

/// `[send]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Send {
    pub mode: Option<String>,
    pub ask: Option<Vec<String>>,
    pub ask_wait: Option<String>,
    pub browser: Option<String>,
}

/// `[tools]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tools {
    pub toolsets: Option<Vec<String>>,
    pub only: Option<Vec<String>>,
    pub read_only: Option<bool>,
}

/// `[attachments]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Attachments {
    pub folders: Vec<String>,
    pub save_folder: Option<String>,
    pub max_bytes: Option<u64>,
}

/// `[http]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    pub listen: Option<String>,
    pub public_url: Option<String>,
    pub allowed_hosts: Vec<String>,
    pub allowed_origins: Vec<String>,
    pub allow_anonymous: Option<bool>,
    pub anonymous_policy: Option<String>,
    pub metrics: Option<String>,
    pub tls_cert: Option<String>,
    pub tls_key: Option<String>,
    pub trusted_proxies: Option<Vec<String>>,
    pub max_connections: Option<usize>,
    pub max_requests: Option<usize>,
    pub max_requests_per_caller: Option<usize>,
    pub requests_per_second: Option<usize>,
    pub max_request_bytes: Option<usize>,
    pub head_timeout: Option<String>,
    pub body_timeout: Option<String>,
}

/// `[display]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Display {
    pub timezone: Option<String>,
}

/// Reads the file if there is one. A named file that is missing, and any that cannot be read,
/// stops the program: a policy that is not read is a policy that does not hold.
pub fn read(layers: &Layers) -> Result<File, ConfigError> {
    let Some(path) = layers.file_path() else {
        return Ok(File::default());
    };
    let failed = |problem: String| ConfigError {
        key: layers.file_named_by(),
        origin: Source::File(path.clone()),
        problem,
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| failed(format!("cannot be read: {error}")))?;
    toml::from_str(&text).map_err(|error| {
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            // The span begins at the key: lines before it, and its own.
            .map(|before| before.matches('\n').count() + 1);
        let at = line
            .map(|line| format!(" at line {line}"))
            .unwrap_or_default();
        failed(format!("cannot be used{at}: {}", error.message()))
    })
}
