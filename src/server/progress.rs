//! Progress notifications, for requests that carry a progress token (both eras).

use futures_util::future::BoxFuture;
use rmcp::{
    Peer, RoleServer,
    model::{ProgressNotificationParam, ProgressToken},
    service::RequestContext,
};

use crate::host::{Progress, Step, Tell};

/// Tells the client of this request, if it asked to be told.
pub fn progress(context: &RequestContext<RoleServer>) -> Progress {
    match context.meta.get_progress_token() {
        Some(token) => Progress::to(Box::new(Told {
            peer: context.peer.clone(),
            token,
        })),
        None => Progress::default(),
    }
}

struct Told {
    peer: Peer<RoleServer>,
    token: ProgressToken,
}

impl Tell for Told {
    fn tell(&self, step: Step) -> BoxFuture<'static, ()> {
        #[expect(clippy::cast_precision_loss, reason = "no count here comes near 2^53")]
        let number = |count: u64| count as f64;
        let mut params = ProgressNotificationParam::new(self.token.clone(), number(step.position));
        params.total = step.end.map(number);
        params.message = Some(step.message);
        let peer = self.peer.clone();
        Box::pin(async move {
            if peer.notify_progress(params).await.is_err() {
                tracing::debug!("the client did not take progress");
            }
        })
    }
}
