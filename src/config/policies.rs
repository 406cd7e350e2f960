//! `[policy]` for everybody, and `[policies.NAME]` for callers that are held to one by name.

use std::collections::BTreeMap;

use super::{
    Config,
    source::{ConfigError, Layers, Source},
};
use crate::{
    callers::{BadName, CallerName},
    gate::policy::{Policy, Settings, Table},
    tools::catalog::CATALOG,
};

/// The word for `[policy]` alone, which is no name.
const BASE: &str = "default";

/// The policy that a caller is held to.
#[derive(Clone, Debug)]
pub struct PolicyOf {
    /// What both `[policy]` and the named one allow.
    pub policy: Policy,
    /// The limits of `[policy]`, on the sends of all callers together.
    pub server: SendCaps,
    /// Those of the named one, on the sends of each caller alone.
    pub own: SendCaps,
}

/// Sends at the most; without, they are not limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SendCaps {
    /// In any hour.
    pub per_hour: Option<u32>,
    /// In any day.
    pub per_day: Option<u32>,
}

impl SendCaps {
    fn of(policy: &Policy) -> Self {
        Self {
            per_hour: policy.sends_per_hour(),
            per_day: policy.sends_per_day(),
        }
    }
}

impl Config {
    /// The policy of a caller: `[policy]` alone, or with the named one under it. None where no such
    /// policy is written: nothing may then be done.
    pub fn policy_named(&self, name: Option<&str>) -> Option<PolicyOf> {
        let server = SendCaps::of(&self.policy);
        let Some(name) = name else {
            return Some(PolicyOf {
                policy: self.policy.clone(),
                server,
                own: SendCaps::default(),
            });
        };
        let named = self.policies.get(name)?;
        Some(PolicyOf {
            policy: self.policy.under_name(name, named),
            server,
            own: SendCaps::of(named),
        })
    }

    /// What is said of a name that no policy has.
    pub fn no_such_policy(&self, name: &str) -> String {
        let known: Vec<_> = self.policies.keys().map(String::as_str).collect();
        let others = match known.is_empty() {
            true => "it defines none".to_owned(),
            false => format!("it defines {}", known.join(", ")),
        };
        let table = Table::named(name);
        match name == BASE {
            true => "`default` is no policy of its own: who names none is held to [policy] alone"
                .to_owned(),
            false => format!("the configuration file has no table [{table}]; {others}"),
        }
    }
}

/// Reads `[policy]`.
pub fn base(layers: &Layers, settings: &Settings) -> Result<Policy, ConfigError> {
    policy(layers, &Table::default(), settings)
}

/// Reads every `[policies.NAME]`.
pub fn named(
    layers: &Layers,
    all: &BTreeMap<String, Settings>,
) -> Result<BTreeMap<String, Policy>, ConfigError> {
    let read = |(name, settings): (&String, &Settings)| {
        let table = Table::named(name);
        let problem = match CallerName::parse(name) {
            None => Some(BadName.to_string()),
            Some(_) if name == BASE => Some(
                "is no name for a policy: what holds for everybody is written in [policy]"
                    .to_owned(),
            ),
            Some(_) => None,
        };
        if let Some(problem) = problem {
            return Err(ConfigError {
                key: table.to_string(),
                origin: origin(layers),
                problem,
            });
        }
        Ok((name.clone(), policy(layers, &table, settings)?))
    };
    all.iter().map(read).collect()
}

fn policy(layers: &Layers, table: &Table, settings: &Settings) -> Result<Policy, ConfigError> {
    let tools = CATALOG.map(|entry| entry.spec.name);
    Policy::read(settings, &tools).map_err(|bad| ConfigError {
        key: format!("{table}.{}", bad.key),
        origin: origin(layers),
        problem: bad.problem,
    })
}

fn origin(layers: &Layers) -> Source {
    Source::File(layers.file_path().unwrap_or_default())
}
