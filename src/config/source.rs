//! Where a value came from, and errors that say so.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fmt,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use clap::{ArgMatches, parser::ValueSource};
use thiserror::Error;

/// A flag's variable: `FRONT_MCP_` and its name.
pub fn variable_of(flag: &str) -> String {
    format!("FRONT_MCP_{}", flag.to_uppercase().replace('-', "_"))
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag,
    /// An environment variable.
    Variable,
    /// A configuration file.
    File(PathBuf),
    /// Nobody set it.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("on the command line"),
            Self::Variable => f.write_str("in the environment"),
            Self::File(path) => write!(f, "in {}", path.display()),
            Self::Default => f.write_str("by default"),
        }
    }
}

/// A setting that cannot be used. The value itself is not repeated: it may be a secret.
#[derive(Debug, Error)]
#[error("`{key}` {origin}: {problem}")]
pub struct ConfigError {
    /// The flag, variable or key of the file.
    pub key: String,
    /// Where it was set.
    pub origin: Source,
    /// What is wrong with it.
    pub problem: String,
}

/// Flags and environment, and the path of the file.
#[derive(Debug)]
pub struct Layers {
    flags: BTreeMap<String, (Source, String)>,
    variables: BTreeMap<String, String>,
    known: Vec<String>,
    used: Mutex<Vec<Used>>,
}

/// A setting that somebody set, and that could be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// The flag, variable or key of the file.
    pub key: String,
    /// Where it was set.
    pub origin: Source,
    /// Its value; none where that is a secret.
    pub value: Option<String>,
}

impl Used {
    fn new(key: &str, origin: &Source, value: &str) -> Self {
        let shown = !is_secret(key);
        Self {
            key: key.to_owned(),
            origin: origin.clone(),
            value: shown.then(|| value.trim().to_owned()),
        }
    }
}

/// Whether a setting of this name holds a secret.
fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["token", "secret", "password"]
        .iter()
        .any(|word| key.contains(word))
}

/// A value with its source, not yet parsed.
#[derive(Debug)]
pub struct Setting<'layers> {
    layers: &'layers Layers,
    key: String,
    found: Option<(Source, String)>,
}

impl Setting<'_> {
    /// Parses the value if there is one.
    pub fn parse<T>(
        self,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        let Some((source, text)) = self.found else {
            return Ok(None);
        };
        match parse(&text) {
            // Not before: what cannot be used may be a secret in the wrong place.
            Ok(value) => {
                self.layers.note(Used::new(&self.key, &source, &text));
                Ok(Some(value))
            }
            Err(problem) => Err(ConfigError {
                key: self.key,
                origin: source,
                problem,
            }),
        }
    }
}

impl Layers {
    /// Takes the flags of a parsed command line (clap has read their variables too) and the
    /// environment. Empty variables count as unset: hosts pass them for fields left blank.
    pub fn new(
        matches: &ArgMatches,
        flags: &[&str],
        environment: impl Iterator<Item = (OsString, OsString)>,
    ) -> Self {
        let mut layers = Self {
            flags: BTreeMap::new(),
            variables: environment
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
                .filter(|(name, _)| name.starts_with("FRONT_"))
                .map(|(name, value)| (name, value.to_string_lossy().into_owned()))
                .filter(|(_, value)| !value.trim().is_empty())
                .collect(),
            known: flags.iter().map(|flag| variable_of(flag)).collect(),
            used: Mutex::default(),
        };
        for flag in flags {
            let id = flag.replace('-', "_");
            let Ok(Some(value)) = matches.try_get_one::<String>(&id) else {
                continue;
            };
            let source = match matches.value_source(&id) {
                Some(ValueSource::EnvVariable) => Source::Variable,
                _ => Source::Flag,
            };
            if !value.trim().is_empty() {
                layers
                    .flags
                    .insert((*flag).to_owned(), (source, value.clone()));
            }
        }
        layers
    }

    /// A setting that has a flag.
    pub fn setting(&self, flag: &str, in_file: Option<&String>, key: &str) -> Setting<'_> {
        match self.flags.get(flag) {
            Some((source, value)) => Setting {
                layers: self,
                key: named(flag, source),
                found: Some((source.clone(), value.clone())),
            },
            None => self.in_file(in_file, key),
        }
    }

    /// The settings that were set and have been read without fault so far, each once, in the
    /// order of their reading; first those that name files and logs.
    pub fn used(&self) -> Vec<Used> {
        let mut all: Vec<_> = ["config", "log", "log-format", "rate-limit", "today"]
            .into_iter()
            .filter_map(|flag| {
                let (source, value) = self.flags.get(flag)?;
                Some(Used::new(&named(flag, source), source, value))
            })
            .collect();
        for one in &*self.used.lock().unwrap_or_else(PoisonError::into_inner) {
            if !all.contains(one) {
                all.push(one.clone());
            }
        }
        all
    }

    /// Notes a setting of the file that is no text.
    pub fn note_in_file(&self, key: &str, value: &str) {
        let origin = Source::File(self.file_path().unwrap_or_default());
        self.note(Used::new(key, &origin, value));
    }

    fn note(&self, one: Used) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.push(one);
    }

    /// A setting that has a variable of its own name and no flag.
    pub fn value(&self, variable: &str, in_file: Option<&String>, key: &str) -> Setting<'_> {
        match self.variables.get(variable) {
            Some(value) => Setting {
                layers: self,
                key: variable.to_owned(),
                found: Some((Source::Variable, value.clone())),
            },
            None => self.in_file(in_file, key),
        }
    }

    /// A setting of the file alone.
    pub fn in_file(&self, in_file: Option<&String>, key: &str) -> Setting<'_> {
        let path = self.file_path().unwrap_or_default();
        Setting {
            layers: self,
            key: key.to_owned(),
            found: in_file.map(|value| (Source::File(path), value.clone())),
        }
    }

    /// Whether a flag stood on the command line itself.
    pub fn is_flag(&self, flag: &str) -> bool {
        matches!(self.flags.get(flag), Some((Source::Flag, _)))
    }

    /// The configuration file: the one named, or the platform's if it is there.
    pub fn file_path(&self) -> Option<PathBuf> {
        match self.flags.get("config") {
            Some((_, path)) => Some(PathBuf::from(path)),
            None => default_file().filter(|path| path.exists()),
        }
    }

    /// What names the file: the flag, its variable, or nobody.
    pub fn file_named_by(&self) -> String {
        match self.flags.get("config") {
            Some((Source::Variable, _)) => variable_of("config"),
            Some(_) => "--config".to_owned(),
            None => "configuration file".to_owned(),
        }
    }

    /// A misspelt variable would otherwise be a limit that silently does not hold.
    pub fn refuse_unknown_variables(&self) -> Result<(), ConfigError> {
        let unknown = self
            .variables
            .keys()
            .find(|name| name.starts_with("FRONT_MCP_") && !self.known.contains(name));
        let Some(unknown) = unknown else {
            return Ok(());
        };
        Err(ConfigError {
            key: unknown.clone(),
            origin: Source::Variable,
            problem: format!("is no setting of front-mcp; {}", self.meant(unknown)),
        })
    }

    /// The setting that a misspelt variable most likely means, or all of them.
    fn meant(&self, unknown: &str) -> String {
        let bare = |name: &str| {
            name.trim_start_matches("FRONT_MCP_")
                .trim_start_matches("FRONT_")
                .to_owned()
        };
        let mut names: Vec<&str> = self.known.iter().map(String::as_str).collect();
        names.retain(|name| *name != "FRONT_MCP_TODAY");
        names.extend([
            "FRONT_API_TOKEN",
            "FRONT_SEND_TOKEN",
            "FRONT_API_BASE_URL",
            "FRONT_OAUTH_BASE_URL",
        ]);
        let likeness = |name: &str| {
            let (name, wanted) = (bare(name), bare(unknown));
            // `TOKEN` is meant by whoever forgets the `API` before it.
            let part = name.split('_').any(|word| word == wanted) || name.ends_with(&wanted);
            strsim::jaro_winkler(&name, &wanted).max(if part { 0.95 } else { 0.0 })
        };
        names
            .iter()
            .map(|name| (likeness(name), *name))
            .filter(|(likeness, _)| *likeness > 0.85)
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .map_or_else(
                || format!("there are {}", names.join(", ")),
                |(_, name)| format!("perhaps `{name}` is meant"),
            )
    }
}

/// What a flag is called where it was set.
fn named(flag: &str, source: &Source) -> String {
    match source {
        Source::Variable => variable_of(flag),
        _ => format!("--{flag}"),
    }
}

/// Where the file is looked for when none is named.
pub fn default_file() -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "front-mcp")?;
    Some(dirs.config_dir().join("config.toml"))
}
