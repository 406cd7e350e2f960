//! How many requests are being answered: where it is one, its answer is waited for by a host that
//! does nothing else; where there are many, their answers are written together.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use rmcp::{
    RoleServer,
    model::{ClientNotification, JsonRpcMessage},
    service::{RxJsonRpcMessage, TxJsonRpcMessage},
};

/// A count that may be off by a request that was cancelled: nothing but speed hangs on it.
#[derive(Clone, Default)]
pub struct Calls(Arc<AtomicUsize>);

impl Calls {
    /// A message came in.
    pub fn begun(&self, message: &RxJsonRpcMessage<RoleServer>) {
        match message {
            JsonRpcMessage::Request(_) => {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
            JsonRpcMessage::Notification(notification) => {
                // It may never be answered.
                if let ClientNotification::CancelledNotification(_) = notification.notification {
                    self.less();
                }
            }
            _ => {}
        }
    }

    /// A message goes out: whether it answers the only request there is.
    pub fn ended(&self, message: &TxJsonRpcMessage<RoleServer>) -> bool {
        match message {
            JsonRpcMessage::Response(_) | JsonRpcMessage::Error(_) => self.less() <= 1,
            _ => false,
        }
    }

    /// One less; how many there were.
    fn less(&self) -> usize {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| {
                Some(count.saturating_sub(1))
            })
            .unwrap_or_default()
    }
}
