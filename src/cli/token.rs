//! `front-mcp token`: who may call a server over HTTP.

mod expiry;
mod table;

use std::{io::Write as _, process::ExitCode, sync::Arc};

use anyhow::anyhow;
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{Failure, Settings, print, setup, state};
use crate::{
    approver::Approver,
    audit::{Audit, Event, Record},
    callers::{CallerName, Callers, CallersError, New, Registered, Token},
    config::{Config, Layers},
    front::id::TeammateId,
    gate::store::SqliteStore,
    shape::time::iso,
    state::StateFolder,
};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Register a caller and print its token, once: only a hash of it is kept
    Create(Create),
    /// List the callers, and until when their tokens are taken
    List {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Take a caller's token back: it is refused within a second
    Revoke {
        /// The caller's name
        name: CallerName,
    },
    /// Replace a caller's token and print the new one, once: the old is refused within a second
    Rotate {
        /// The caller's name
        name: CallerName,
        /// Until when the new token is taken, as for `create` [default: as long as the old]
        #[arg(long, value_name = "WHEN")]
        expires: Option<String>,
    },
}

#[derive(Debug, Args)]
struct Create {
    /// What the caller is called in logs and lists, such as support-bot
    #[arg(long)]
    name: CallerName,
    /// The policy that it is held to beside `[policy]`: a table `[policies.NAME]` of the settings
    #[arg(long, value_name = "NAME")]
    policy: Option<CallerName>,
    /// The teammate in whose name it writes: an id (tea_55c8) or an e-mail address
    #[arg(long, value_parser = teammate)]
    teammate: Option<String>,
    /// Who may approve what it prepares, by name; may be given several times
    #[arg(long = "approver", value_name = "NAME")]
    approvers: Vec<CallerName>,
    /// Until when its token is taken: a time from now such as 90d, 12h or 30m, or a date, whose day is
    /// the last [default: until it is revoked]
    #[arg(long, value_name = "WHEN")]
    expires: Option<String>,
}

/// The longest address, in bytes, as mail itself has it.
const LONGEST_ADDRESS: usize = 254;

fn teammate(text: &str) -> Result<String, &'static str> {
    let is_address = text.split_once('@').is_some_and(|(mailbox, domain)| {
        !mailbox.is_empty() && !domain.is_empty() && text.len() <= LONGEST_ADDRESS
    });
    let is_plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if is_plain && (is_address || TeammateId::parse(text).is_some()) {
        return Ok(text.to_lowercase());
    }
    Err(
        "must be the id of a teammate (tea_55c8) or an e-mail address; `front-mcp call list-teammates` shows both",
    )
}

/// What the command works on.
struct Desk {
    config: Config,
    folder: StateFolder,
    callers: Callers,
}

/// Registers, lists, revokes or rotates.
pub(super) fn run(
    layers: &Layers,
    settings: &Settings,
    options: &Options,
) -> Result<ExitCode, Failure> {
    let desk = Desk::open(layers, settings)?;
    match &options.action {
        Action::Create(create) => desk.create(create)?,
        Action::List { json } => desk.list(*json)?,
        Action::Revoke { name } => desk.revoke(name)?,
        Action::Rotate { name, expires } => desk.rotate(name, expires.as_deref())?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Desk {
    fn open(layers: &Layers, settings: &Settings) -> Result<Self, Failure> {
        let config = setup::settings_alone(layers, settings)?;
        let path = config.state_dir.clone().ok_or_else(|| {
            Failure::Usage(
                "callers are kept in the state folder, and `--state-dir` is `memory`, which keeps nothing; name the folder of the server with `--state-dir FOLDER` (FRONT_MCP_STATE_DIR)"
                    .to_owned(),
            )
        })?;
        let folder = state::open(&path)?;
        let callers = Callers::open(&folder).map_err(failed)?;
        Ok(Self {
            config,
            folder,
            callers,
        })
    }

    fn create(&self, create: &Create) -> Result<(), Failure> {
        let expires = self.end(create.expires.as_deref())?;
        if let Some(name) = &create.policy
            && !self.config.policies.contains_key(name.as_str())
        {
            return Err(Failure::Usage(format!(
                "`--policy {name}`: {}; write it, or choose another; nothing was changed",
                self.config.no_such_policy(name.as_str())
            )));
        }
        let mut approvers: Vec<String> = Vec::new();
        for name in &create.approvers {
            if !approvers.iter().any(|one| one == name.as_str()) {
                approvers.push(name.to_string());
            }
        }
        let new = New {
            name: create.name.clone(),
            policy: create.policy.as_ref().map(ToString::to_string),
            teammate: create.teammate.clone(),
            approvers,
            expires,
        };
        let (registered, token) = self.callers.create(new).map_err(failed)?;
        self.note(&registered, "token-created");
        hand_over(&registered, &token);
        self.miss_approvers(&registered);
        Ok(())
    }

    /// They may be set later; until then nobody can approve under their name.
    fn miss_approvers(&self, registered: &Registered) {
        let names = match Approver::names(&self.folder) {
            Ok(names) => names,
            Err(error) => return say(&format!("warning: {error}")),
        };
        let is_set = |name: &String| names.iter().any(|one| one.as_str() == name);
        for name in registered.approvers.iter().filter(|name| !is_set(name)) {
            say(&format!(
                "warning: the approver `{name}` has no PIN or password yet, and can approve nothing; set one with `front-mcp approver set --name {name}`"
            ));
        }
    }

    fn list(&self, as_json: bool) -> Result<(), Failure> {
        let all = self.callers.list().map_err(failed)?;
        let now = Timestamp::now();
        let text = match (as_json, all.is_empty()) {
            (true, _) => table::json(&all, now).map_err(anyhow::Error::from)?,
            (false, true) => {
                "there is no caller; `front-mcp token create --name NAME` registers one".to_owned()
            }
            (false, false) => table::table(&all, now),
        };
        print(text.trim_end());
        Ok(())
    }

    fn revoke(&self, name: &CallerName) -> Result<(), Failure> {
        let registered = self.callers.revoke(name).map_err(failed)?;
        self.note(&registered, "token-revoked");
        print(&format!(
            "the token of `{name}` is revoked; every server with this state folder refuses it within a second"
        ));
        Ok(())
    }

    fn rotate(&self, name: &CallerName, expires: Option<&str>) -> Result<(), Failure> {
        let expires = self.end(expires)?;
        let (registered, token) = self.callers.rotate(name, expires).map_err(failed)?;
        self.note(&registered, "token-rotated");
        hand_over(&registered, &token);
        say("the token that it had is refused within a second");
        Ok(())
    }

    fn end(&self, given: Option<&str>) -> Result<Option<Timestamp>, Failure> {
        given
            .map(|text| expiry::end(text, Timestamp::now(), &self.config.display.zone))
            .transpose()
            .map_err(|problem| Failure::Usage(format!("`--expires` {problem}")))
    }

    /// Puts on record what has happened already.
    fn note(&self, registered: &Registered, code: &str) {
        let record = Record::new(Event::Token)
            .caller("operator")
            .object(registered.name.as_str())
            .code(code);
        let audit = SqliteStore::open(&self.folder)
            .map_err(|error| error.to_string())
            .and_then(|heads| {
                Audit::open(&self.folder, Arc::new(heads)).map_err(|error| error.to_string())
            });
        match audit {
            Ok(audit) => {
                audit.note(record);
            }
            Err(error) => say(&format!("this is not in the audit log: {error}")),
        }
    }
}

/// The token alone goes to stdout, what it is to stderr.
fn hand_over(registered: &Registered, token: &Token) {
    let policy = registered.policy.as_deref().unwrap_or("[policy] alone");
    let end = match registered.expires {
        Some(end) => format!("taken until {}", iso(end)),
        None => "taken until it is revoked".to_owned(),
    };
    say(&format!(
        "the token of `{}` (policy: {policy}; {end}). It is shown this once: only a hash of it is kept. Its client sends it as `Authorization: Bearer TOKEN`",
        registered.name
    ));
    print(token.reveal());
}

/// Beside the result, which a script takes.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn failed(error: CallersError) -> Failure {
    let next = match &error {
        CallersError::Store(_) | CallersError::Random(_) => return anyhow!(error).into(),
        CallersError::Taken(_) => {
            "choose another `--name`, or give this one a new token with `front-mcp token rotate`"
        }
        CallersError::Missing(_) => "`front-mcp token list` shows them",
        CallersError::Over(_) => {
            "give its new token an end with `--expires`, such as `--expires 90d`"
        }
    };
    Failure::Usage(format!("{error}; {next}; nothing was changed"))
}
