//! `front-mcp doctor`: what is wrong with a set-up, and what to do about it.
//!
//! Everything is looked at once and kept as [`facts::Facts`]: the settings, the state folder as it
//! lies there, the sign-in, what Front answers, the server from a client's side. Then each check of
//! [`checks::CHECKS`] says what it makes of the facts; a check asks nobody anything.
//!
//! Nothing is repaired, and the folder is looked at before it is opened, which would repair its
//! mode. Front is asked at most [`probe::MOST_REQUESTS`] times, one request after another, none
//! made again; whoever is turned away for the rate stops asking. After [`PATIENCE`] it ends with
//! what it knows.

pub mod checks;
pub mod facts;
pub mod finding;
mod kept;
pub mod probe;
pub mod report;
mod say;
mod store;

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, timeout_at};

use self::{facts::Facts, finding::Finding, report::Report};
use crate::{
    app::{self, App},
    config::{Config, ConfigError, Used},
    server::self_test::{SelfTest, self_test},
};

/// How long all of it may take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Time for what comes after Front was asked.
const AFTERWARDS: Duration = Duration::from_secs(8);

/// Looks at everything and says what it found.
pub async fn examine(config: Config, used: Vec<Used>) -> Report {
    let end = Instant::now() + PATIENCE;
    let ask_until = end.checked_sub(AFTERWARDS).unwrap_or(end);
    let store = store::look(config.state_dir.clone(), ask_until).await;
    let folder = store.folder();
    let probe = match app::door(&config, folder, ask_until) {
        Ok(door) => probe::ask(door.once(), config.send.token.clone()).await,
        Err(_) => probe::Answers::default(),
    };
    // After Front was asked: it may have been then that the sign-in was renewed, or ended.
    let kept = kept::look(&config, folder);
    let requests = probe.requests();
    let mut facts = Facts {
        config,
        used,
        store,
        kept,
        probe,
        server: None,
    };
    facts.server = Some(try_server(&mut facts.config, end).await);
    Report::new(checks::run(&facts), requests)
}

/// What is said where the settings cannot be used: nothing else can be looked at then.
pub fn unusable(error: &ConfigError, used: &[Used]) -> Report {
    // What was not read before the fault is not among them.
    let mut findings: Vec<Finding> = used.iter().map(checks::config::setting).collect();
    findings.push(checks::config::unusable(error));
    let named = findings
        .into_iter()
        .map(|finding| (checks::config::NAME, finding))
        .collect();
    Report::new(named, 0)
}

/// A server with these settings that keeps nothing, and its client.
async fn try_server(config: &mut Config, end: Instant) -> Result<SelfTest, &'static str> {
    let state_dir = config.state_dir.take();
    let app = App::new(config);
    config.state_dir = state_dir;
    let app = app.map_err(|_| "its parts cannot be put together")?;
    timeout_at(end, self_test(&Arc::new(app)))
        .await
        .unwrap_or(Err("it takes too long"))
}
