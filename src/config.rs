//! The operator's settings: flags over environment over file, each value with its source.
//!
//! Every setting is read as text with where it came from, then parsed, so that an error names
//! key and source whichever of the three it is. Unknown keys and unknown `FRONT_MCP_`
//! variables are refused: a misspelt limit must not be a missing one.

mod attachments;
mod file;
pub mod http;
mod oauth;
mod policies;
mod source;
mod tools;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use jiff::tz::TimeZone;

pub use self::{
    oauth::OAuth,
    policies::{PolicyOf, SendCaps},
    source::{ConfigError, Layers, Source, Used, default_file},
};
use crate::{
    attachments::Attachable,
    front::base::{ApiBase, FRONT, Token},
    gate::{mode::SendMode, policy::Policy},
    tools::asking::Way,
    tools::choice::Choice,
};

/// Everything the operator can set.
#[derive(Debug)]
pub struct Config {
    /// How Front is reached.
    pub api: Api,
    /// How a person signs in to Front, and as whom requests go without a token.
    pub oauth: OAuth,
    /// What `send-message` may lead to.
    pub send: Send,
    /// What may be attached to a message (`[attachments]`).
    pub attachable: Attachable,
    /// Which tools are listed (`--toolsets`, `--tools`, `[tools]`).
    pub tools: Choice,
    /// What agents may do; with `--read-only` (`[tools] read_only`) nothing but read.
    pub policy: Policy,
    /// Where and for whom a hosted server listens.
    pub http: http::Http,
    /// What a caller may do who is held to one of them by name (`[policies.NAME]`), each by itself;
    /// see [`Config::policy_named`].
    pub policies: BTreeMap<String, Policy>,
    /// How times are read.
    pub display: Display,
    /// Where state rests between runs (`--state-dir`); without one it ends with the process.
    pub state_dir: Option<PathBuf>,
}

/// How Front is reached.
#[derive(Debug)]
pub struct Api {
    /// Where (`FRONT_API_BASE_URL`, `[api] base_url`).
    pub base: ApiBase,
    /// With which token (`FRONT_API_TOKEN`).
    pub token: Option<Token>,
    /// How long one request may take (`--request-timeout`, 20 s).
    pub request_timeout: Duration,
    /// How long one tool call may take (`--tool-timeout`, 60 s).
    pub tool_timeout: Duration,
}

/// What `send-message` may lead to.
#[derive(Debug)]
pub struct Send {
    /// The mode (`--send`, `[send] mode`, `approve`).
    pub mode: SendMode,
    /// In which order a person is asked (`[send] ask`).
    pub ask: Vec<Way>,
    /// How long a call waits for their answer (`[send] ask_wait`, 45 s).
    pub ask_wait: Duration,
    /// The token that sends, and nothing else, go with (`FRONT_SEND_TOKEN`); otherwise that of
    /// everything.
    pub token: Option<Token>,
    /// The program that opens the approval page, given its address (`[send] browser`); otherwise
    /// the platform's own way.
    pub browser: Option<String>,
}

/// How times are read.
#[derive(Debug)]
pub struct Display {
    /// The time zone of dates without an offset (`--timezone`, `[display] timezone`, UTC).
    pub zone: TimeZone,
}

impl Config {
    /// Reads the settings for Front itself.
    pub fn read(layers: &Layers) -> Result<Self, ConfigError> {
        let file = file::read(layers)?;
        let base = layers
            .value(
                "FRONT_API_BASE_URL",
                file.api.base_url.as_ref(),
                "api.base_url",
            )
            .parse(|text| ApiBase::parse(text).map_err(|error| error.to_string()))?;
        let base = match base {
            Some(base) => base,
            None => default_base()?,
        };
        let token = |variable| {
            layers
                .value(variable, None, "")
                .parse(|text| Token::parse(text).map_err(str::to_owned))
        };
        let (api, send) = (token("FRONT_API_TOKEN")?, token("FRONT_SEND_TOKEN")?);
        let oauth = oauth::read(layers, &file.oauth)?;
        Self::with(layers, file, (base, oauth), (api, send))
    }

    /// Reads the settings for a sandbox: not the real token, policy or state.
    pub fn sandbox(layers: &Layers, base: ApiBase) -> Result<Self, ConfigError> {
        // A file is read only when it was named on the command line of this very run.
        let file = if layers.is_flag("config") {
            file::read(layers)?
        } else {
            file::File::default()
        };
        // Whoever names an account on the command line wants to see a sign-in at work.
        let token = match layers.is_flag("account") {
            true => None,
            false => Token::parse(crate::sandbox::TOKEN).ok(),
        };
        let oauth = oauth::sandbox(layers, &base)?;
        let mut config = Self::with(layers, file, (base, oauth), (token, None))?;
        if !layers.is_flag("state-dir") {
            config.state_dir = None;
        }
        Ok(config)
    }

    fn with(
        layers: &Layers,
        file: file::File,
        (base, oauth): (ApiBase, OAuth),
        (token, send_token): (Option<Token>, Option<Token>),
    ) -> Result<Self, ConfigError> {
        layers.refuse_unknown_variables()?;
        let seconds = |name: &'static str, kept: Option<&String>, key: &'static str, default| {
            layers
                .setting(name, kept, key)
                .parse(duration)
                .map(|value| value.unwrap_or(Duration::from_secs(default)))
        };
        let (tools, reads_only) = tools::read(layers, &file.tools)?;
        let policy = policies::base(layers, &file.policy)?;
        Ok(Self {
            api: Api {
                base,
                token,
                request_timeout: seconds(
                    "request-timeout",
                    file.api.request_timeout.as_ref(),
                    "api.request_timeout",
                    20,
                )?,
                tool_timeout: seconds(
                    "tool-timeout",
                    file.api.tool_timeout.as_ref(),
                    "api.tool_timeout",
                    60,
                )?,
            },
            oauth,
            send: Send {
                mode: layers
                    .setting("send", file.send.mode.as_ref(), "send.mode")
                    .parse(|text| text.parse().map_err(str::to_owned))?
                    .unwrap_or_default(),
                ask: ways(file.send.ask.as_deref(), layers)?,
                ask_wait: layers
                    .in_file(file.send.ask_wait.as_ref(), "send.ask_wait")
                    .parse(ask_wait)?
                    .unwrap_or(LONGEST_ASK),
                token: send_token,
                browser: layers
                    .in_file(file.send.browser.as_ref(), "send.browser")
                    .parse(|text| Ok(text.to_owned()))?,
            },
            attachable: attachments::read(layers, &file.attachments)?,
            http: http::read(layers, &file.http)?,
            tools,
            policy: match reads_only {
                true => policy.reading_only(),
                false => policy,
            },
            policies: policies::named(layers, &file.policies)?,
            display: Display {
                zone: layers
                    .setting(
                        "timezone",
                        file.display.timezone.as_ref(),
                        "display.timezone",
                    )
                    .parse(zone)?
                    .unwrap_or(TimeZone::UTC),
            },
            state_dir: state_dir(layers, file.state_dir.as_ref())?,
        })
    }
}

fn default_base() -> Result<ApiBase, ConfigError> {
    ApiBase::parse(FRONT).map_err(|error| ConfigError {
        key: "FRONT_API_BASE_URL".into(),
        origin: Source::Default,
        problem: error.to_string(),
    })
}

/// The folder that is set, none for `memory`, or the platform's.
fn state_dir(layers: &Layers, in_file: Option<&String>) -> Result<Option<PathBuf>, ConfigError> {
    let set = layers
        .setting("state-dir", in_file, "state_dir")
        .parse(|text| Ok(PathBuf::from(text)))?;
    Ok(match set {
        Some(folder) if folder.as_os_str() == IN_MEMORY => None,
        Some(folder) => Some(folder),
        None => default_state_dir(),
    })
}

/// In place of a folder: nothing is kept on disk.
const IN_MEMORY: &str = "memory";

/// The platform's folder for state.
pub fn default_state_dir() -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "front-mcp")?;
    Some(dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_owned())
}

/// Hosts give up a call after a minute.
const LONGEST_ASK: Duration = Duration::from_secs(45);

fn ask_wait(text: &str) -> Result<Duration, String> {
    let wait = duration(text)?;
    if wait > LONGEST_ASK {
        return Err("must be at most 45s: hosts give up a call after a minute".to_owned());
    }
    Ok(wait)
}

/// The ways of asking, in the operator's order.
fn ways(given: Option<&[String]>, layers: &Layers) -> Result<Vec<Way>, ConfigError> {
    const ALL: [(&str, Way); 3] = [
        ("elicitation", Way::Elicitation),
        ("page", Way::Page),
        ("terminal", Way::Terminal),
    ];
    let Some(given) = given else {
        return Ok(ALL.map(|(_, way)| way).to_vec());
    };
    layers.note_in_file("send.ask", &given.join(", "));
    let mut ways: Vec<Way> = Vec::new();
    for word in given {
        let known = ALL.iter().find(|(name, _)| name == word);
        let (_, way) = known.ok_or_else(|| ConfigError {
            key: "send.ask".into(),
            origin: Source::File(layers.file_path().unwrap_or_default()),
            problem: "must be a list of `elicitation`, `page`, `terminal`".into(),
        })?;
        if !ways.contains(way) {
            ways.push(*way);
        }
    }
    Ok(ways)
}

/// A switch in words; an empty one is off, as hosts pass it for a field left blank.
pub(crate) fn is_on(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "" | "0" | "false" | "no" | "off" => Ok(false),
        "1" | "true" | "yes" | "on" => Ok(true),
        _ => Err("must be true or false".to_owned()),
    }
}

/// `20`, `20s`, `500ms`, `2m`.
fn duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let split = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let scale = match unit.trim() {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" => 60.0,
        _ => f64::NAN,
    };
    let seconds = number.parse::<f64>().unwrap_or(f64::NAN) * scale;
    if !(0.01..=3600.0).contains(&seconds) {
        return Err("must be a time such as `20s`, `500ms` or `2m`, at most an hour".into());
    }
    Ok(Duration::from_secs_f64(seconds))
}

fn zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text.trim())
        .map_err(|_| "must be a name of the IANA time zone database such as `Europe/Paris`".into())
}
