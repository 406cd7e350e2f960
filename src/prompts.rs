//! Prompts: jobs that a person starts from their host, each told to a model as calls of the tools
//! that are listed here, in their order.
//!
//! A prompt is one file. It is listed where the tools that it needs are, and what it says names no
//! tool that is not listed. It holds words of ours and the values that the user gave, and nothing
//! of Front: what a conversation says reaches the model as the result of a tool, marked as others'
//! words, and never in the user's own voice. That is why nothing is embedded.

mod argument;
mod at_risk_conversations;
mod daily_digest;
mod draft_reply;
mod prepare_handover;
mod script;
mod summarize_conversation;
mod triage_inbox;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

pub use self::argument::{Argument, Kind};
use self::{
    argument::{Given, read},
    script::Script,
};
use crate::{
    front::id::InboxId,
    shape::text::{Text, Vouched},
    tools::{arguments, surface::Surface},
};

/// Every prompt, in the order of the list.
pub static PROMPTS: [&Prompt; 6] = [
    &triage_inbox::PROMPT,
    &summarize_conversation::PROMPT,
    &draft_reply::PROMPT,
    &daily_digest::PROMPT,
    &at_risk_conversations::PROMPT,
    &prepare_handover::PROMPT,
];

/// A prompt's face, and what it says.
#[derive(Debug)]
pub struct Prompt {
    /// Its name, as users know it.
    pub name: &'static str,
    /// Its name in a menu.
    pub title: &'static str,
    /// What it comes to, for the person who chooses.
    pub description: &'static str,
    /// What it is about.
    pub arguments: &'static [Argument],
    /// Tools without which it is no use. Steps with other tools are left out where those are not
    /// listed.
    pub needs: &'static [&'static str],
    write: fn(&Given, &mut Script<'_>),
}

/// What the operator's settings leave, as far as a prompt's text depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'app> {
    /// The tools that are listed.
    pub surface: &'app Surface,
    /// The inboxes that are visible; all without.
    pub inboxes: Option<&'app BTreeSet<InboxId>>,
}

/// Why there is no text: the request names no prompt, or gives it what it does not take.
#[derive(Debug)]
pub struct Refusal(Text);

impl Refusal {
    /// For the client to show.
    pub fn text(&self) -> String {
        self.0.finish()
    }
}

/// The prompts whose tools are listed.
pub fn listed(surface: &Surface) -> impl Iterator<Item = &'static Prompt> {
    let shown: BTreeSet<_> = surface.listed().map(|entry| entry.spec.name).collect();
    PROMPTS
        .into_iter()
        .filter(move |prompt| prompt.needs.iter().all(|tool| shown.contains(tool)))
}

/// The listed prompt of this name.
///
/// # Errors
/// When none is: what there is instead.
pub fn find(name: &str, surface: &Surface) -> Result<&'static Prompt, Refusal> {
    if let Some(prompt) = listed(surface).find(|prompt| prompt.name == name) {
        return Ok(prompt);
    }
    let mut text = Text::new();
    match PROMPTS.into_iter().find(|prompt| prompt.name == name) {
        Some(prompt) => {
            text.say("the prompt `")
                .say(prompt.name)
                .say("` needs tools that the operator does not list here: ")
                .say(arguments::list(prompt.needs.iter().copied()));
        }
        None => {
            text.say("there is no prompt ")
                .quote_text(&arguments::clip(name))
                .say("; there are ")
                .say(arguments::list(listed(surface).map(|prompt| prompt.name)));
        }
    }
    Err(Refusal(text))
}

impl Prompt {
    /// What it says to the model, for these arguments.
    ///
    /// # Errors
    /// When an argument is missing, unknown, or cannot be what it is to name.
    pub fn text(
        &self,
        given: Option<Map<String, Value>>,
        setting: Setting<'_>,
    ) -> Result<String, Refusal> {
        let given = read(self.arguments, given.unwrap_or_default()).map_err(Refusal)?;
        let mut script = Script::new(setting);
        (self.write)(&given, &mut script);
        Ok(script.finish())
    }

    /// The argument of this name.
    ///
    /// # Errors
    /// When it has none: what it has instead.
    pub fn argument(&self, name: &str) -> Result<&'static Argument, Refusal> {
        let found = self.arguments.iter().find(|one| one.name == name);
        found.ok_or_else(|| {
            let mut text = argument::unknown(self.arguments, name);
            text.say(" (prompt `")
                .say(Vouched::ours(self.name))
                .say("`)");
            Refusal(text)
        })
    }
}
