//! Which tools the operator chose (`[tools]`): sets, or single ones by name.
//!
//! A choice says what is listed, and never what is allowed: that is the policy's, which a choice
//! cannot widen. What it names must be there. A set without tools, or a tool that the chosen sets
//! do not hold, would otherwise be a hole that nobody sees.

use std::fmt::{self, Write as _};

use super::{contract::Entry, toolset::Toolset};
use crate::gate::policy::{Decision, Rule, nearest};

/// The word for every set.
const ALL: &str = "all";

/// The operator's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// In the order of the list.
    toolsets: Vec<Toolset>,
    /// These alone, in the order of the list.
    only: Option<Vec<&'static str>>,
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            toolsets: vec![Toolset::Core],
            only: None,
        }
    }
}

impl Choice {
    /// Out of what was set. Tools that are named without sets are taken from whichever they are in.
    pub fn new(
        toolsets: Option<Vec<Toolset>>,
        only: Option<Vec<&'static str>>,
        catalog: &[&Entry],
    ) -> Self {
        let mut toolsets = match (toolsets, &only) {
            (Some(toolsets), _) => toolsets,
            (None, None) => vec![Toolset::Core],
            (None, Some(names)) => catalog
                .iter()
                .filter(|entry| names.contains(&entry.spec.name))
                .map(|entry| entry.spec.toolset)
                .collect(),
        };
        toolsets.sort();
        toolsets.dedup();
        Self { toolsets, only }
    }

    /// The sets that something is listed of.
    pub fn toolsets(&self) -> &[Toolset] {
        &self.toolsets
    }

    /// The tools that are listed alone.
    pub fn only(&self) -> Option<&[&'static str]> {
        self.only.as_deref()
    }

    /// The line of the settings that leaves a tool out.
    pub fn leaves_out(&self, entry: &Entry) -> Option<Decision> {
        if let Some(only) = &self.only
            && !only.contains(&entry.spec.name)
        {
            return Some(Decision::denied_by(Rule::tools("only", "tools", only)));
        }
        if !self.toolsets.contains(&entry.spec.toolset) {
            let names: Vec<_> = self.toolsets.iter().map(|set| set.name()).collect();
            return Some(Decision::denied_by(Rule::tools(
                "toolsets", "toolsets", &names,
            )));
        }
        None
    }
}

/// In the words of the file.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.toolsets.iter().map(|set| set.name()).collect();
        write!(f, "[tools]\ntoolsets = {names:?}")?;
        match &self.only {
            Some(only) => write!(f, "\nonly = {only:?}"),
            None => Ok(()),
        }
    }
}

/// Reads a list of sets, such as `core,analytics` or `all`.
///
/// # Errors
/// What is wrong with it, and what would be right.
pub fn toolsets(text: &str) -> Result<Vec<Toolset>, String> {
    let mut chosen = Vec::new();
    for name in entries(text) {
        if name == ALL {
            chosen.extend(Toolset::ALL);
            continue;
        }
        let Some(set) = Toolset::named(name) else {
            let known = Toolset::ALL.iter().map(|set| set.name()).chain([ALL]);
            let nearest = nearest(name, known);
            return Err(format!(
                "there is no toolset `{name}`; the nearest is `{nearest}`; {}",
                there_are()
            ));
        };
        chosen.push(set);
    }
    if chosen.is_empty() {
        return Err(format!("names no toolset; {}", there_are()));
    }
    chosen.sort();
    chosen.dedup();
    Ok(chosen)
}

/// Reads a list of tools, which the sets must hold where any were chosen.
///
/// # Errors
/// What is wrong with it, and what would be right.
pub fn only(
    text: &str,
    toolsets: Option<&[Toolset]>,
    catalog: &[&'static Entry],
) -> Result<Vec<&'static str>, String> {
    let mut chosen = Vec::new();
    for name in entries(text) {
        let Some(entry) = catalog.iter().find(|entry| entry.spec.name == name) else {
            let nearest = nearest(name, catalog.iter().map(|entry| entry.spec.name));
            return Err(format!(
                "there is no tool `{name}`; the nearest is `{nearest}`"
            ));
        };
        let set = entry.spec.toolset;
        if toolsets.is_some_and(|toolsets| !toolsets.contains(&set)) {
            return Err(format!(
                "the tool `{name}` is of the toolset `{}`, which `--toolsets` does not name; add it there, or leave `--toolsets` away",
                set.name()
            ));
        }
        chosen.push(entry.spec.name);
    }
    if chosen.is_empty() {
        return Err("names no tool; `front-mcp tools` lists them".to_owned());
    }
    // The list's order is the catalogue's, however they were named.
    Ok(catalog
        .iter()
        .map(|entry| entry.spec.name)
        .filter(|name| chosen.contains(name))
        .collect())
}

fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ',' || c.is_whitespace())
        .filter(|entry| !entry.is_empty())
}

fn there_are() -> String {
    let mut text = "there are ".to_owned();
    for set in Toolset::ALL {
        let _ = write!(text, "`{}`, ", set.name());
    }
    let _ = write!(text, "or `{ALL}` for all of them");
    text
}

#[cfg(test)]
mod tests;
