//! From settings to a server that listens, and from the signal to end to its end.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, routing::get};
use tokio::{net::TcpListener, time::Instant};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    descriptors,
    listener::Listener,
    metrics, router,
    signals::{Signals, Told},
    site::Site,
    team::Team,
    tls::Tls,
};
use crate::{
    app::Ground,
    approval::hosted::{Desk, Links},
    callers::Callers,
    config::{
        Config,
        http::{Http, PublicUrl},
    },
};

/// How long requests under way may take after the signal to end.
const DRAINING: Duration = Duration::from_secs(25);

/// How long requests are still turned away in words before the sockets close: clients and balancers
/// hear of it on connections that they hold open.
const NOTICE: Duration = Duration::from_millis(500);

/// Of what is left, for connections to close.
const CLOSING: Duration = Duration::from_secs(2);

/// What a hosted server is made of.
pub struct Hosted<'a> {
    /// What its callers share.
    pub ground: Ground,
    /// Its settings.
    pub config: Config,
    /// Reads them again.
    pub reread: Box<dyn Fn() -> Result<Config, crate::config::ConfigError> + 'a>,
}

/// Why a hosted server does not start.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// Its settings do not fit together.
    #[error("{0}")]
    Settings(String),
    /// A socket or a file.
    #[error("{what}: {error}")]
    Io {
        /// What was tried.
        what: String,
        /// What went wrong.
        error: io::Error,
    },
}

fn io_error(what: impl Into<String>) -> impl FnOnce(io::Error) -> Unfit {
    let what = what.into();
    |error| Unfit::Io { what, error }
}

/// Serves until the process is told to end; `listening` hears where, once it does.
///
/// # Errors
/// When it cannot start. What goes wrong later is logged.
pub async fn serve(
    hosted: Hosted<'_>,
    listen: SocketAddr,
    listening: impl FnOnce(&str),
) -> Result<(), Unfit> {
    let mut settings = hosted.config.http.clone();
    settings.limits.connections = descriptors::connections(settings.limits.connections);
    let tokens = registered(&hosted.ground)?;
    check(&settings, listen, tokens.as_ref())?;
    if let Some(name) = &settings.anonymous_policy
        && hosted.config.policy_named(Some(name)).is_none()
    {
        let why = hosted.config.no_such_policy(name);
        return Err(Unfit::Settings(format!("`--anonymous-policy`: {why}")));
    }
    let tls = match &settings.tls {
        Some(files) => Some(Tls::open(files).map_err(io_error("TLS cannot be served"))?),
        None => None,
    };
    let socket = bind(listen).await?;
    let at = socket.local_addr().unwrap_or(listen);
    let url = settings
        .public_url
        .clone()
        .unwrap_or_else(|| PublicUrl::local(at, tls.is_some()));
    let mut signals = Signals::listen().map_err(io_error("signals cannot be heard"))?;

    let over = CancellationToken::new();
    let links = links(&hosted.ground, &url)?;
    let team = Arc::new(Team::new(
        hosted.ground,
        hosted.config,
        tokens,
        links.clone().map(|links| links as _),
        over.clone(),
    ));
    let site = Site::new(&settings, url, Arc::clone(&team) as _, desk(&team, links));
    let site = Arc::new(site);
    let (closed, tasks) = (CancellationToken::new(), TaskTracker::new());
    let run = |socket, tls, router: Router| {
        let listener = Listener::new(socket, tls, router, settings.limits);
        tasks.spawn(listener.run(closed.clone(), CLOSING));
    };
    if let Some(address) = settings.metrics {
        let socket = bind(address).await?;
        let metrics = Router::new()
            .route("/metrics", get(metrics::of_all))
            .with_state(Arc::clone(&site));
        run(socket, None, metrics);
    }
    if let Some(tls) = &tls {
        tokio::spawn(Arc::clone(tls).keep_fresh());
    }
    run(socket, tls.clone(), router(&site));
    tokio::spawn(Arc::clone(&team).watch());
    tokio::spawn(Arc::clone(&team).take_up());
    team.ground().hall().keep_tidy();
    let scheme = if tls.is_some() { "https" } else { "http" };
    listening(&format!("{scheme}://{at}{}", super::mcp::PATH));

    while signals.next().await == Told::Reload {
        match (hosted.reread)() {
            Ok(config) => {
                team.follow(config);
                tracing::warn!("the settings were read anew: policies and tools follow them");
            }
            Err(error) => tracing::error!(%error, "the settings cannot be used; the old ones stay"),
        }
    }
    drain(&site, &team, &over, &closed, &tasks).await;
    Ok(())
}

/// Ends in good order: what is under way is finished, what comes is turned away to be made again, and
/// a post that began is not abandoned while there is time.
async fn drain(
    site: &Site,
    team: &Team,
    over: &CancellationToken,
    closed: &CancellationToken,
    tasks: &TaskTracker,
) {
    let deadline = Instant::now() + DRAINING;
    tracing::warn!("about to end: requests under way are finished");
    site.standing.close();
    tokio::time::sleep(NOTICE).await;
    let all = u32::try_from(site.limits.requests).unwrap_or(u32::MAX);
    let idle = site.room.acquire_many(all);
    if tokio::time::timeout_at(deadline - CLOSING, idle)
        .await
        .is_err()
    {
        tracing::warn!("some requests did not end in time and are cut off");
    }
    over.cancel();
    closed.cancel();
    tasks.close();
    let rest = async {
        tasks.wait().await;
        team.ground().hall().drain().await;
        team.ground().wire().credential().settled().await;
    };
    if tokio::time::timeout_at(deadline, rest).await.is_err() {
        tracing::error!(
            "a post did not end in time: its outcome is unknown until it is looked for"
        );
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Unfit> {
    TcpListener::bind(address)
        .await
        .map_err(io_error(format!("{address} cannot be listened on")))
}

fn registered(ground: &Ground) -> Result<Option<Callers>, Unfit> {
    let Some(folder) = ground.folder() else {
        return Ok(None);
    };
    let callers = Callers::open(folder);
    callers
        .map(Some)
        .map_err(|error| Unfit::Settings(error.to_string()))
}

/// What leads approvers to what they decide on, where state is kept.
fn links(ground: &Ground, url: &PublicUrl) -> Result<Option<Arc<Links>>, Unfit> {
    let Some(folder) = ground.folder() else {
        return Ok(None);
    };
    Links::open(folder, &url.to_string())
        .map(|links| Some(Arc::new(links)))
        .map_err(io_error("links to the approval page cannot be signed"))
}

fn desk(team: &Arc<Team>, links: Option<Arc<Links>>) -> Option<Desk> {
    let (folder, hall) = (team.ground().folder()?, team.ground().hall());
    Some(Desk::new(
        links?,
        folder,
        Arc::clone(hall),
        Arc::clone(team) as _,
    ))
}

/// Nobody is let in by an oversight.
fn check(settings: &Http, listen: SocketAddr, tokens: Option<&Callers>) -> Result<(), Unfit> {
    let unfit = |why: &str| Err(Unfit::Settings(why.to_owned()));
    let is_local = listen.ip().is_loopback();
    if settings.allow_anonymous && !is_local {
        return unfit(
            "`--allow-anonymous` is for a server that listens on loopback alone (`--http 127.0.0.1:8080`): anybody who reaches it could call it",
        );
    }
    if settings.anonymous_policy.is_some() && !settings.allow_anonymous {
        return unfit("`--anonymous-policy` means nothing without `--allow-anonymous`");
    }
    if !is_local && settings.public_url.is_none() {
        return unfit(
            "`--public-url` is missing: a server that others reach must know the address that they use, such as `https://mcp.example.com`",
        );
    }
    let has_callers = match tokens {
        Some(tokens) => tokens
            .any_live()
            .map_err(|error| Unfit::Settings(error.to_string()))?,
        None => false,
    };
    if !has_callers && !settings.allow_anonymous {
        return unfit(
            "no caller has a token: make one with `front-mcp token create --name support-bot` (with the same `--state-dir`), or, to try it on this machine alone, add `--allow-anonymous`",
        );
    }
    Ok(())
}
