//! `search-api`: operations of Front's API by what somebody wants done. It asks Front nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::Effect as OperationEffect,
    shape::text::{Text, Vouched},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        api_index::{self, Filter, Found},
    },
};

pub static TOOL: Entry = Entry::of::<SearchApiTool>();

/// As many as are worth their tokens: the right one is among the first three as a rule.
const MOST: usize = 5;

struct SearchApiTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// What to do, in plain words: `snooze until Monday`.
    query: String,
    /// Only operations that do this.
    effect: Option<EffectInput>,
    /// Only these: `conversations`, `tags`.
    resource: Option<String>,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum EffectInput {
    Read,
    Write,
    Delete,
    Send,
}

impl From<EffectInput> for OperationEffect {
    fn from(effect: EffectInput) -> Self {
        match effect {
            EffectInput::Read => Self::Read,
            EffectInput::Write => Self::Write,
            EffectInput::Delete => Self::Delete,
            EffectInput::Send => Self::Send,
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// Best first.
    matches: Vec<Found>,
    /// What to do with them.
    next: &'static str,
}

impl Tool for SearchApiTool {
    const SPEC: Spec = Spec {
        name: "search-api",
        title: "Find a Front operation",
        description: "Finds operations of Front's API by what they do, with their parameters, for raw-api-request. For what no other tool does.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    type Input = Input;
    type Output = Output;

    async fn run(_: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let filter = Filter {
            effect: input.effect.map(OperationEffect::from),
            resource: input.resource,
        };
        let operations = api_index::search(&input.query, &filter, MOST);
        let next = next(operations.first().map(|first| first.effect), &filter);
        Ok(Output {
            matches: api_index::told(&operations),
            next,
        })
    }
}

fn next(first: Option<OperationEffect>, filter: &Filter) -> &'static str {
    match first {
        None if filter.effect.is_some() || filter.resource.is_some() => {
            "nothing fits; search without `effect` and `resource`, or in other words"
        }
        None => {
            "nothing fits; try a verb and one of Front's nouns, such as `list tags` or `update contact`"
        }
        Some(OperationEffect::Send) => {
            "to send, use `send-message`; for the others: raw-api-request {operation, params, body}"
        }
        Some(_) => "call raw-api-request {operation, params, body}",
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        for found in &self.matches {
            say(found, &mut text);
        }
        text.say("Next: ").say(self.next);
        text
    }
}

fn say(found: &Found, text: &mut Text) {
    text.say(found.operation).say(": ").say(found.method);
    text.say(" ").say(found.path).say(" (").say(found.effect);
    if let Some(scope) = found.scope {
        text.say(", ").say(scope);
    }
    if found.guarded {
        text.say(", guarded");
    }
    text.say(")\n  ").say(found.description).say("\n");
    for (name, shape) in [("params", &found.params), ("body", &found.body)] {
        if let Some(shape) = shape {
            text.say("  ").say(name).say(" ");
            text.say(Vouched::ours(shape.clone())).say("\n");
        }
    }
    if let Some(caution) = found.caution {
        text.say("  Caution: ").say(caution).say("\n");
    }
    if let Some(note) = found.note {
        text.say("  Note: ").say(note).say("\n");
    }
    if let Some(instead) = found.replaced_by {
        text.say("  Deprecated; use ").say(instead).say("\n");
    }
}
