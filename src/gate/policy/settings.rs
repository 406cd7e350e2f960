//! From what the operator wrote to a policy. A line that cannot be read is refused, never
//! ignored: a limit that is misspelt must not be a limit that is missing.

use std::{collections::BTreeSet, path::PathBuf};

use serde::Deserialize;

use super::{
    Policy,
    allow::Allow,
    domain::DomainRule,
    operation::{Scope, known, nearest},
};
use crate::front::{
    Effect, Operation,
    id::{InboxId, TeammateId},
};

/// `[policy]` as it is written. What is absent is not limited.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Front's scopes of operations that may be called: `tags:read`, `tags:*`, `*`.
    pub allow_scopes: Option<Vec<String>>,
    /// Guarded operations that may be called.
    pub allow_operations: Option<Vec<String>>,
    /// Operations that may not be called.
    pub deny_operations: Vec<String>,
    /// Tools that are there, by name.
    pub allow_tools: Option<Vec<String>>,
    /// Tools that are not.
    pub deny_tools: Vec<String>,
    /// Nothing may be changed or sent.
    pub read_only: bool,
    /// Ids of the inboxes that are visible.
    pub allow_inboxes: Option<Vec<String>>,
    /// Whether contacts are readable; without, only where all inboxes are.
    pub allow_contacts: Option<bool>,
    /// Mail domains that messages may go to.
    pub recipient_domains_allow: Option<Vec<String>>,
    /// Mail domains that they may not go to.
    pub recipient_domains_deny: Vec<String>,
    /// Ids or e-mail addresses of teammates in whose name a message may go.
    pub authors_allow: Option<Vec<String>>,
    /// Ids or names of tags that may not be applied.
    pub tags_deny: Vec<String>,
    /// Recipients of one message, copies included.
    pub max_recipients: Option<u32>,
    /// Whether there may be blind copies; yes without.
    pub allow_bcc: Option<bool>,
    /// Sends in any hour.
    pub sends_per_hour: Option<u32>,
    /// Sends in any day.
    pub sends_per_day: Option<u32>,
    /// While this file exists nothing is sent.
    pub kill_switch_file: Option<String>,
}

/// A line that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSetting {
    /// The key beneath `[policy]`.
    pub key: &'static str,
    /// What is wrong, and what would be right.
    pub problem: String,
}

/// Each entry of a list, read; the first that cannot be names the key.
fn each<T>(
    key: &'static str,
    list: &[String],
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, BadSetting> {
    list.iter()
        .map(|entry| read(entry.trim()).map_err(|problem| BadSetting { key, problem }))
        .collect()
}

fn perhaps<T>(
    key: &'static str,
    list: Option<&Vec<String>>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<Vec<T>>, BadSetting> {
    list.map(|list| each(key, list, read)).transpose()
}

impl Policy {
    /// Reads the operator's lines; `tools` are the names of the tools that there are.
    pub fn read(settings: &Settings, tools: &[&str]) -> Result<Self, BadSetting> {
        let tool = |name: &str| tool(name, tools);
        let inboxes = perhaps("allow_inboxes", settings.allow_inboxes.as_ref(), inbox)?;
        let allowed = settings.allow_operations.as_ref();
        let allowed_operations = perhaps("allow_operations", allowed, guarded)?;
        let domains = settings.recipient_domains_allow.as_ref();
        Ok(Self {
            read_only: settings.read_only,
            server_reads: false,
            scopes: Allow::only(perhaps(
                "allow_scopes",
                settings.allow_scopes.as_ref(),
                Scope::parse,
            )?),
            allowed_operations: allowed_operations.map(|list| list.into_iter().collect()),
            denied_operations: each("deny_operations", &settings.deny_operations, |id| {
                known(id).map(|operation| operation.id)
            })?
            .into_iter()
            .collect(),
            tools: Allow::only(perhaps("allow_tools", settings.allow_tools.as_ref(), tool)?),
            denied_tools: set(each("deny_tools", &settings.deny_tools, tool)?),
            inboxes: inboxes.map(|list| list.into_iter().collect()),
            contacts: settings.allow_contacts,
            allowed_domains: Allow::only(perhaps(
                "recipient_domains_allow",
                domains,
                DomainRule::parse,
            )?),
            denied_domains: each(
                "recipient_domains_deny",
                &settings.recipient_domains_deny,
                DomainRule::parse,
            )?,
            authors: Allow::only(perhaps(
                "authors_allow",
                settings.authors_allow.as_ref(),
                author,
            )?),
            denied_tags: set(each("tags_deny", &settings.tags_deny, tag)?),
            most_recipients: number("max_recipients", settings.max_recipients)?,
            without_bcc: settings.allow_bcc == Some(false),
            sends_per_hour: number("sends_per_hour", settings.sends_per_hour)?,
            sends_per_day: number("sends_per_day", settings.sends_per_day)?,
            kill_switches: settings
                .kill_switch_file
                .as_deref()
                .map(kill_switch)
                .transpose()?
                .into_iter()
                .collect(),
            layers: None,
        })
    }
}

fn set(list: Vec<String>) -> BTreeSet<String> {
    list.into_iter().collect()
}

/// Only the names of operations that are refused without them mean anything here.
fn guarded(id: &str) -> Result<&'static str, String> {
    let operation: &Operation = known(id)?;
    if operation.effect == Effect::Send {
        return Err(format!(
            "`{id}` sends, and sends go through the send gate alone; see `[send] mode`"
        ));
    }
    Ok(operation.id)
}

fn tool(name: &str, tools: &[&str]) -> Result<String, String> {
    if tools.contains(&name) {
        return Ok(name.to_owned());
    }
    let nearest = nearest(name, tools.iter().copied());
    Err(format!(
        "there is no tool `{name}`; the nearest is `{nearest}`"
    ))
}

fn inbox(id: &str) -> Result<InboxId, String> {
    InboxId::parse(id).ok_or_else(|| {
        format!(
            "`{id}` is no id of an inbox such as `inb_55c8`; names are not taken, as they change; `front-mcp call list-inboxes` shows the ids"
        )
    })
}

fn author(text: &str) -> Result<String, String> {
    if TeammateId::parse(text).is_some() || text.contains('@') {
        return Ok(text.to_lowercase());
    }
    Err(format!(
        "`{text}` is neither the id of a teammate (`tea_55c8`) nor an e-mail address; `front-mcp call list-teammates` shows both"
    ))
}

fn tag(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("holds an empty entry; write the id or the name of a tag".to_owned());
    }
    Ok(text.to_owned())
}

fn number(key: &'static str, given: Option<u32>) -> Result<Option<u32>, BadSetting> {
    if given == Some(0) {
        return Err(BadSetting {
            key,
            problem: "must be at least 1; `--send off` forbids all sends".to_owned(),
        });
    }
    Ok(given)
}

fn kill_switch(text: &str) -> Result<PathBuf, BadSetting> {
    let path = PathBuf::from(text);
    if path.is_absolute() {
        return Ok(path);
    }
    Err(BadSetting {
        key: "kill_switch_file",
        problem: "must be an absolute path: hosts start the server in folders of their choice"
            .to_owned(),
    })
}
