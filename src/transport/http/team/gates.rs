//! Whose gate releases what a caller sealed, for whoever decides on it.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use super::{ANONYMOUS, Team};
use crate::{
    approval::hosted::Gates,
    callers::{Registered, Standing},
    gate::Gate,
    tools::context::Caller,
};

/// How often it is looked what was approved and begun by nobody.
const GLANCE: Duration = Duration::from_secs(5);

impl Team {
    /// Releases what was approved in this or another process and whose own process is gone, for as
    /// long as the server runs. Those who sealed it are sooner where they live.
    pub async fn take_up(self: Arc<Self>) {
        loop {
            tokio::time::sleep(GLANCE).await;
            match self.ground.hall().left_approved().await {
                Ok(all) => {
                    for envelope in all {
                        let Some(gate) = self.gate_of(&envelope.caller) else {
                            continue;
                        };
                        if let Err(refusal) = gate.release(&envelope.caller, &envelope.id).await {
                            tracing::warn!(envelope = %envelope.id, ?refusal, "approved, and not sent");
                        }
                    }
                }
                Err(refusal) => tracing::error!(?refusal, "what was approved cannot be looked for"),
            }
        }
    }

    /// Whoever is registered under this id and may still call.
    fn living(&self, id: &str) -> Option<Arc<Registered>> {
        let listed = self.tokens.as_ref()?.list();
        let listed = listed.inspect_err(|error| tracing::error!(%error, "nobody is let in"));
        let now = Timestamp::now();
        let is_meant = |one: &Registered| one.id == id && one.standing(now) == Standing::Live;
        listed.ok()?.into_iter().find(is_meant).map(Arc::new)
    }
}

impl Gates for Team {
    fn gate_of(&self, caller: &Caller) -> Option<Arc<Gate>> {
        let (id, registered) = if caller.id == ANONYMOUS {
            if !self.config().http.allow_anonymous {
                return None;
            }
            (ANONYMOUS, None)
        } else {
            // `token/NAME/ID`: a name that was given again is another caller.
            let (_, id) = caller.id.strip_prefix("token/")?.split_once('/')?;
            (id, Some(self.living(id)?))
        };
        self.made(id, registered)
            .inspect_err(|why| {
                tracing::warn!(caller = caller.id, ?why, "nothing of it is released")
            })
            .ok()?;
        self.kept().get(id).map(|kept| Arc::clone(&kept.gate))
    }
}
