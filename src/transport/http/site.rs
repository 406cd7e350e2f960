//! What all requests to one server share.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{caller::Admits, metrics::Metrics, names::Names, peer::Peers, standing::Standing};
use crate::{
    approval::hosted::Desk,
    config::http::{Http, Limits, PublicUrl},
};

/// What all requests to one server share.
pub struct Site {
    /// The address that callers use.
    pub url: PublicUrl,
    pub(super) names: Names,
    pub(super) peers: Peers,
    /// Who may call.
    pub callers: Arc<dyn Admits>,
    /// Where people decide, with a sign-in of their own; none where no state is kept.
    pub(super) approval: Option<Desk>,
    /// What it takes.
    pub limits: Limits,
    /// Room for requests under way.
    pub(super) room: Arc<Semaphore>,
    /// Whether it takes requests.
    pub standing: Standing,
    pub(super) metrics: Metrics,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Site({})", self.url)
    }
}

impl Site {
    /// A server under this address.
    pub fn new(
        settings: &Http,
        url: PublicUrl,
        callers: Arc<dyn Admits>,
        approval: Option<Desk>,
    ) -> Self {
        Self {
            names: Names::new(settings, &url),
            peers: Peers::new(&settings.trusted_proxies),
            url,
            callers,
            approval,
            limits: settings.limits,
            room: Arc::new(Semaphore::new(settings.limits.requests)),
            standing: Standing::default(),
            metrics: Metrics::default(),
        }
    }
}
