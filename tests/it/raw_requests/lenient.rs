//! A Front that would take almost anything for a send, with a server in front of it.

use serde_json::{Value, json};

use crate::support::{
    mcp::{Era, Mcp, server},
    scripted::{self, Scripted},
    suspicion::could_send,
};

/// A Front that would take almost anything for a send, and a server in front of it.
pub struct Lenient {
    pub front: Scripted,
    pub mcp: Mcp,
}

impl Lenient {
    pub async fn start(era: Era) -> Self {
        let front = Scripted::start(|_| scripted::json(202, r#"{"message_uid":"uid"}"#)).await;
        let mcp = Mcp::start(server(&front.base(), &["--send=confirm"]), era).await;
        Self { front, mcp }
    }

    pub async fn raw(&mut self, method: &str, path: &str, more: Value) -> Value {
        let mut arguments = json!({ "method": method, "path": path });
        for (name, value) in more.as_object().unwrap() {
            arguments[name] = value.clone();
        }
        self.mcp.call("raw-api-request", arguments).await
    }

    /// Ends with no request that could have been a send.
    pub async fn ends_unsent(self) {
        self.mcp.close().await;
        let seen = self.front.seen();
        let sends: Vec<_> = seen.iter().filter(|one| could_send(one)).collect();
        assert!(sends.is_empty(), "{sends:?}");
    }
}
