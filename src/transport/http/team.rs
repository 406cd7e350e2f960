//! Those with a token of the operator's, and whoever may come without one: each has a handler, caches,
//! a policy and a gate of its own, made at its first request and made anew when the operator changes
//! what was said of it.

mod gates;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use tokio_util::sync::CancellationToken;

use super::caller::{Admits, Caller, Unadmitted};
use crate::{
    app::{Ground, Identity, Rights},
    callers::{CallerName, Callers, Found, Registered, Standing},
    config::Config,
    front::signature::Signature,
    gate::Gate,
    server::Server,
    tools::asking::Pages,
};

/// How often it is looked who was shut out without coming again.
const GLANCE: Duration = Duration::from_millis(500);

/// Whoever comes without a token.
const ANONYMOUS: &str = "anonymous";

/// The callers of one server.
pub struct Team {
    ground: Ground,
    config: RwLock<Arc<Config>>,
    /// None where no state is kept: nobody can be registered then.
    tokens: Option<Callers>,
    /// Where those decide whom the operator named for a caller.
    pages: Option<Arc<dyn Pages>>,
    kept: Mutex<HashMap<String, Kept>>,
    over: CancellationToken,
}

/// What was made for one caller.
struct Kept {
    /// What it was made from; none of whoever comes without a token.
    registered: Option<Arc<Registered>>,
    config: Arc<Config>,
    caller: Arc<Caller>,
    gate: Arc<Gate>,
}

impl Kept {
    fn is_of(&self, registered: Option<&Arc<Registered>>, config: &Arc<Config>) -> bool {
        let is_same = match (&self.registered, registered) {
            (Some(kept), Some(now)) => kept == now,
            (None, None) => true,
            _ => false,
        };
        is_same && Arc::ptr_eq(&self.config, config)
    }
}

impl Team {
    /// Nobody has come yet.
    pub fn new(
        ground: Ground,
        config: Config,
        tokens: Option<Callers>,
        pages: Option<Arc<dyn Pages>>,
        over: CancellationToken,
    ) -> Self {
        Self {
            ground,
            config: RwLock::new(Arc::new(config)),
            tokens,
            pages,
            kept: Mutex::default(),
            over,
        }
    }

    /// What its members share.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// From now on these settings hold for everybody, and for what waits for a yes.
    pub fn follow(&self, config: Config) {
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(config);
        let known: Vec<_> = self
            .kept()
            .iter()
            .map(|(id, kept)| (id.clone(), kept.registered.clone()))
            .collect();
        for (id, registered) in known {
            if self.made(&id, registered).is_err() {
                self.shut_out(&id);
            }
        }
    }

    /// Shuts out who was revoked or has expired, for as long as the server runs.
    pub async fn watch(self: Arc<Self>) {
        loop {
            tokio::time::sleep(GLANCE).await;
            let Some(tokens) = &self.tokens else { return };
            match tokens.list() {
                Ok(listed) => self.keep_only(&listed),
                Err(error) => tracing::error!(%error, "who is shut out cannot be told"),
            }
        }
    }

    fn keep_only(&self, listed: &[Registered]) {
        let now = Timestamp::now();
        let is_live = |id: &str| {
            let mut listed = listed.iter().filter(|one| one.id == id);
            listed.any(|one| one.standing(now) == Standing::Live)
        };
        let gone: Vec<_> = self
            .kept()
            .values()
            .filter_map(|kept| kept.registered.clone())
            .filter(|registered| !is_live(&registered.id))
            .collect();
        for registered in gone {
            self.shut_out(&registered.id);
        }
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<String, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn config(&self) -> Arc<Config> {
        let config = self.config.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&config)
    }

    /// What it prepared leaves no more.
    fn shut_out(&self, id: &str) {
        if let Some(kept) = self.kept().remove(id) {
            tracing::warn!(caller = &*kept.caller.name, "shut out");
            kept.gate.give_way(None);
        }
    }

    fn admitted(&self, token: Option<&SecretString>) -> Result<Arc<Caller>, Unadmitted> {
        let Some(token) = token else {
            return match self.config().http.allow_anonymous {
                true => self.made(ANONYMOUS, None),
                false => Err(Unadmitted::NoToken),
            };
        };
        let Some(tokens) = &self.tokens else {
            return Err(Unadmitted::Unknown);
        };
        let found = tokens.find(token.expose_secret()).map_err(|error| {
            tracing::error!(%error, "nobody is let in");
            Unadmitted::NotNow
        })?;
        match found {
            Found::Live(registered) => {
                let id = registered.id.clone();
                self.made(&id, Some(registered))
            }
            Found::Expired(registered) => {
                self.shut_out(&registered.id);
                Err(Unadmitted::Expired)
            }
            Found::Revoked(registered) => {
                self.shut_out(&registered.id);
                Err(Unadmitted::Revoked)
            }
            Found::Unknown => Err(Unadmitted::Unknown),
        }
    }

    /// What was made for a caller, made anew where it is out of date.
    fn made(
        &self,
        id: &str,
        registered: Option<Arc<Registered>>,
    ) -> Result<Arc<Caller>, Unadmitted> {
        let mut all = self.kept();
        // Read behind the lock: what was made by new settings is never replaced by old ones.
        let config = &self.config();
        if let Some(kept) = all.get(id)
            && kept.is_of(registered.as_ref(), config)
        {
            return Ok(Arc::clone(&kept.caller));
        }
        let (name, identity, rights) = match &registered {
            Some(registered) => member(registered, config)?,
            None => stranger(config)?,
        };
        let mut app = self.ground.app(config, identity, rights);
        if registered.is_some() {
            app.ways.page.clone_from(&self.pages);
        }
        let app = Arc::new(app);
        let gate = Arc::clone(&app.gate);
        let handler = Server::new(app).over_http();
        let caller = Arc::new(Caller::new(&name, handler, &config.http.limits, &self.over));
        let kept = Kept {
            registered,
            config: Arc::clone(config),
            caller: Arc::clone(&caller),
            gate: Arc::clone(&gate),
        };
        if let Some(old) = all.insert(id.to_owned(), kept) {
            old.gate.give_way(Some(gate));
        }
        Ok(caller)
    }
}

/// What the operator allows a caller, by the name of its policy.
fn rights(config: &Config, name: Option<&str>) -> Option<Rights> {
    config.policy_named(name).map(Rights::from)
}

type Made = (String, Identity, Rights);

fn member(registered: &Registered, config: &Config) -> Result<Made, Unadmitted> {
    let rights = rights(config, registered.policy.as_deref())
        .ok_or_else(|| {
            Unadmitted::Unusable(
                "the policy that this caller is held to is defined no more; the operator can put it back or register the caller anew".to_owned(),
            )
        })?;
    let identity = Identity {
        id: format!("token/{}/{}", registered.name, registered.id),
        signature: registered.teammate.as_deref().map(Signature::new),
        approvers: Some(named(&registered.approvers)),
    };
    Ok((registered.name.to_string(), identity, rights))
}

fn named(approvers: &[String]) -> Vec<CallerName> {
    approvers
        .iter()
        .filter_map(|name| CallerName::parse(name))
        .collect()
}

fn stranger(config: &Config) -> Result<Made, Unadmitted> {
    let rights = match &config.http.anonymous_policy {
        Some(name) => rights(config, Some(name)).ok_or_else(|| {
            Unadmitted::Unusable("the policy of anonymous callers is defined no more".to_owned())
        })?,
        None => Rights {
            policy: config.policy.clone().reading_only(),
            ..Rights::of(config)
        },
    };
    let identity = Identity {
        id: ANONYMOUS.to_owned(),
        signature: None,
        // On loopback alone: whoever sits there.
        approvers: None,
    };
    Ok((ANONYMOUS.to_owned(), identity, rights))
}

impl Admits for Team {
    fn admit<'a>(
        &'a self,
        token: Option<&'a SecretString>,
    ) -> BoxFuture<'a, Result<Arc<Caller>, Unadmitted>> {
        Box::pin(async move { self.admitted(token) })
    }

    fn are_readable(&self) -> bool {
        self.tokens
            .as_ref()
            .is_none_or(|tokens| tokens.any_live().is_ok())
    }
}
