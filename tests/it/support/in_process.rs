//! The program without its protocol: calls of named callers, with a person behind each.

use std::{path::Path, time::Duration};

use front_mcp::{
    account::AccountName,
    app::App,
    call::Outcome,
    config::{Api, Config, Display, OAuth, Send},
    front::base::{ApiBase, Token},
    gate::{
        envelope::EnvelopeId,
        mode::SendMode,
        policy::{Policy, Settings},
    },
    host::Host,
    oauth::{DEFAULT_REDIRECT, RedirectUri},
    sandbox::TOKEN,
    tools::{
        asking::Way,
        catalog::CATALOG,
        choice::{Choice, toolsets},
        context::Caller,
    },
};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

/// Settings for a Front at this address, with envelopes that end with the process.
pub fn config(base: &str, mode: SendMode) -> Config {
    Config {
        api: Api {
            base: ApiBase::parse(base).unwrap(),
            token: Token::parse(TOKEN).ok(),
            request_timeout: Duration::from_secs(10),
            tool_timeout: Duration::from_secs(30),
        },
        oauth: OAuth {
            base: ApiBase::parse(base).unwrap(),
            client_id: None,
            client_secret: None,
            redirect: RedirectUri::parse(DEFAULT_REDIRECT).unwrap(),
            account: AccountName::default(),
        },
        send: Send {
            browser: None,
            token: None,
            mode,
            ask: vec![Way::Elicitation],
            ask_wait: Duration::from_secs(5),
        },
        tools: Choice::default(),
        policy: Policy::default(),
        policies: std::collections::BTreeMap::new(),
        display: Display {
            zone: jiff::tz::TimeZone::UTC,
        },
        attachable: front_mcp::attachments::Attachable::default(),
        state_dir: None,
    }
}

/// The same with every tool, under a policy that names what is guarded.
pub fn with_all_tools(config: Config) -> Config {
    let file = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/manifests/policy/full.toml"
    ));
    let file: toml::Table = toml::from_str(file).unwrap();
    let settings: Settings = file["policy"].clone().try_into().unwrap();
    let names: Vec<_> = CATALOG.iter().map(|entry| entry.spec.name).collect();
    let all = toolsets("all").unwrap();
    Config {
        tools: Choice::new(Some(all), None, &CATALOG),
        policy: Policy::read(&settings, &names).unwrap(),
        ..config
    }
}

/// The same with envelopes in a folder.
pub fn config_in(folder: &Path, base: &str, mode: SendMode) -> Config {
    Config {
        state_dir: Some(folder.to_owned()),
        ..config(base, mode)
    }
}

pub fn caller(id: &str, client: &str) -> Caller {
    Caller {
        id: id.to_owned(),
        client: client.to_owned(),
    }
}

/// One call of a tool that exists.
pub async fn call(
    app: &App,
    tool: &str,
    arguments: Value,
    caller: &Caller,
    host: &Host,
) -> Outcome {
    let Value::Object(arguments) = arguments else {
        panic!("arguments of {tool} are no object");
    };
    let cancelled = CancellationToken::new();
    app.call(tool, arguments, caller.clone(), host, &cancelled)
        .await
        .unwrap()
}

/// The envelope that an outcome speaks of.
pub fn envelope(outcome: &Outcome) -> Option<EnvelopeId> {
    let report = outcome.value()?;
    EnvelopeId::parse(report.get("envelope_id")?.as_str()?)
}

/// The state in the outcome of a send tool, or the code of its error.
pub fn state(outcome: &Outcome) -> String {
    let said = match outcome.value() {
        Some(report) => report["state"].clone(),
        None => outcome.meta["code"].clone(),
    };
    said.as_str().unwrap_or_default().to_owned()
}
