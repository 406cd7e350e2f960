//! What would become of a call, in the order in which a call is decided.

use serde_json::{Map, Value};

use crate::{
    config::Config,
    front::{
        Method, Operation,
        fence::{Foresight, foresee},
        id::{InboxId, TagId, TeammateId},
    },
    gate::{
        kill_switch,
        mode::SendMode,
        policy::{Author, Decision, Policy, Rule, SendFacts, Tag},
    },
    tools::{
        Effect, Entry, ToolError,
        raw::request::{self, Asked},
        surface::Surface,
    },
};

/// What would happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Allowed,
    Asks,
    Denied,
}

/// What would happen, and why.
pub(super) struct Forecast {
    pub(super) verdict: Verdict,
    /// The line that decides.
    pub(super) line: String,
    /// What is decided only when Front is asked.
    pub(super) notes: Vec<&'static str>,
}

/// Reads what would happen from the settings. An error is about the arguments.
pub(super) fn forecast(
    config: &Config,
    surface: &Surface,
    entry: &Entry,
    arguments: &Value,
) -> Result<Forecast, ToolError> {
    let tool = surface.decide(entry);
    let is_of_sending =
        matches!(entry.spec.effect, Effect::Seal | Effect::Send) || entry.spec.name == "check-send";
    if is_of_sending && config.send.mode == SendMode::Off {
        return Ok(of_mode(Verdict::Denied, config.send.mode));
    }
    if !tool.allowed {
        return Ok(of_decision(&tool));
    }
    match (entry.spec.name, entry.spec.effect) {
        (_, Effect::Any) => raw(&config.policy, arguments),
        (_, Effect::Seal) => Ok(message(config, arguments, Some(config.send.mode))),
        ("create-draft", _) => Ok(message(config, arguments, None)),
        ("update-draft", _) => Ok(own_draft(&config.policy, "edit-draft")),
        ("delete-draft", _) => Ok(own_draft(&config.policy, "delete-draft")),
        (_, Effect::Send) => Ok(match config.send.mode {
            SendMode::Confirm => of_decision(&tool),
            SendMode::Approve => of_mode(Verdict::Asks, config.send.mode),
            mode => of_mode(Verdict::Denied, mode),
        }),
        ("add-tag", _) => Ok(tags(&config.policy, arguments)),
        _ => Ok(reading(&config.policy, arguments).unwrap_or_else(|| {
            let mut forecast = of_decision(&tool);
            if config.policy.inboxes().is_some() {
                forecast
                    .notes
                    .push("only what lies in an allowed inbox would be visible");
            }
            forecast
        })),
    }
}

fn of_decision(decision: &Decision) -> Forecast {
    let mut line = decision.rule.to_string();
    if let Some(reason) = decision.reason {
        line.push_str("; ");
        line.push_str(reason);
    }
    if let Some(about) = &decision.about {
        line.push_str(": ");
        line.push_str(&crate::shape::visible::visible(about));
    }
    Forecast {
        verdict: match decision.allowed {
            true => Verdict::Allowed,
            false => Verdict::Denied,
        },
        line,
        notes: Vec::new(),
    }
}

fn of_mode(verdict: Verdict, mode: SendMode) -> Forecast {
    Forecast {
        verdict,
        line: format!("send.mode = \"{mode}\""),
        notes: Vec::new(),
    }
}

fn raw(policy: &Policy, arguments: &Value) -> Result<Forecast, ToolError> {
    let fields = |name: &str| match arguments.get(name) {
        Some(Value::Object(fields)) => fields.clone(),
        _ => Map::new(),
    };
    let text = |name: &str| arguments.get(name)?.as_str().map(str::to_owned);
    let asked = Asked {
        method: text("method").as_deref().and_then(Method::parse),
        path: text("path"),
        operation: text("operation"),
        params: fields("params"),
        query: fields("query"),
        body: arguments.get("body").map(|_| fields("body")),
    };
    let (operation, parameters) = request::find(&asked)?;
    let decision = policy.decide(operation);
    let mut forecast = of_decision(&decision);
    if !decision.allowed {
        return Ok(forecast);
    }
    match foresee(policy, &request::call(operation, parameters, asked)?) {
        Foresight::Passes => {}
        Foresight::Refused(denied) => {
            forecast.verdict = Verdict::Denied;
            forecast.line = denied.0;
        }
        Foresight::Depends(what) => forecast.notes.push(what),
    }
    Ok(forecast)
}

/// A change of a draft, whose author only the store knows.
fn own_draft(policy: &Policy, operation: &str) -> Forecast {
    let decision = match Operation::by_id(operation) {
        Some(operation) => policy.decide_own_draft(operation),
        None => Decision::denied_by(Rule::Unwritten),
    };
    let mut forecast = of_decision(&decision);
    if decision.rule == Rule::OwnDraft {
        forecast.notes.push(
            "a draft that somebody else made, or changed since, would be refused: allow_operations does not name the operation",
        );
    }
    if decision.allowed && policy.inboxes().is_some() {
        forecast
            .notes
            .push("the draft must lie in an allowed inbox");
    }
    forecast
}

/// A message by the way of a send mode, or a draft of one.
fn message(config: &Config, arguments: &Value, mode: Option<SendMode>) -> Forecast {
    let policy = &config.policy;
    let list = |name: &str| texts(arguments, name);
    let [to, cc, bcc, tags] = ["to", "cc", "bcc", "tags"].map(list);
    let tags: Vec<_> = tags.iter().map(|tag| Tag { id: tag, name: tag }).collect();
    let author = arguments.get("author").and_then(Value::as_str);
    let is_reply = arguments.get("conversation_id").is_some();
    let decision = policy.send(&SendFacts {
        is_reply,
        is_draft: matches!(mode, None | Some(SendMode::Draft)),
        to: &to,
        cc: &cc,
        bcc: &bcc,
        author: author.map(|author| Author {
            id: author,
            email: (TeammateId::parse(author).is_none()).then_some(author),
        }),
        tags: &tags,
        // Which inbox the channel belongs to only Front knows; it is noted below.
        channel_inbox: policy
            .inboxes()
            .and_then(|inboxes| inboxes.first())
            .map(InboxId::as_str),
        killed: kill_switch::is_on(policy),
    });
    let mut forecast = match (decision.allowed, mode) {
        (false, _) | (true, None | Some(SendMode::Confirm)) => of_decision(&decision),
        (true, Some(SendMode::Draft)) => {
            let mut forecast = of_mode(Verdict::Allowed, SendMode::Draft);
            forecast
                .notes
                .push("a draft would be left in Front, for a person to send there");
            forecast
        }
        (true, Some(SendMode::Approve)) => of_mode(Verdict::Asks, SendMode::Approve),
        (true, Some(SendMode::Off)) => of_mode(Verdict::Denied, SendMode::Off),
    };
    if forecast.verdict == Verdict::Denied {
        return forecast;
    }
    if is_reply && to.is_empty() {
        forecast
            .notes
            .push("without `to` the recipients are those of the last message, and are checked when it is prepared");
    }
    if policy.inboxes().is_some() {
        forecast
            .notes
            .push("conversation and channel must belong to an allowed inbox");
    }
    if author.is_some_and(|author| TeammateId::parse(author).is_none() && !author.contains('@')) {
        forecast
            .notes
            .push("who the author is, by name, is found when it is prepared");
    }
    forecast
}

fn tags(policy: &Policy, arguments: &Value) -> Forecast {
    let mut forecast = of_decision(&policy.tag(None, None));
    for tag in texts(arguments, "tags") {
        let is_id = TagId::parse(tag).is_some();
        let decision = match is_id {
            true => policy.tag(Some(tag), None),
            false => policy.tag(None, Some(tag)),
        };
        if !decision.allowed {
            return of_decision(&decision);
        }
        if policy.denies_tags() {
            forecast
                .notes
                .push("id and name of each tag are checked when it is applied");
        }
    }
    forecast.notes.dedup();
    forecast
}

/// A typed tool that names an inbox which is not there.
fn reading(policy: &Policy, arguments: &Value) -> Option<Forecast> {
    let visible = policy.inboxes()?;
    texts(arguments, "inboxes")
        .into_iter()
        .filter_map(InboxId::parse)
        .any(|inbox| !visible.contains(&inbox))
        .then(|| Forecast {
            verdict: Verdict::Denied,
            line: "policy.allow_inboxes; the inbox is not one of them".to_owned(),
            notes: Vec::new(),
        })
}

fn texts<'value>(arguments: &'value Value, name: &str) -> Vec<&'value str> {
    arguments
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
