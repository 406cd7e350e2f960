//! Attacks on the send gate that stand in no other module, and the check that the table of all of
//! them (`docs/attacks.md`) names tests that exist.

mod callers;
mod lost;
mod pinned;
mod posts;
mod smuggled;
mod table;

use front_mcp::{
    app::App,
    gate::{
        envelope::{Channel, Envelope, EnvelopeId},
        mode::SendMode,
    },
    host::Host,
    tools::context::Caller,
};
use serde_json::{Value, json};

use crate::support::{
    in_process::{call, caller, config, envelope, state},
    mailbox::Mailbox,
};

/// A program in this process over a Front that takes almost anything for a send.
struct Siege {
    front: Mailbox,
    app: App,
    me: Caller,
}

impl Siege {
    async fn start(mode: SendMode) -> Self {
        let front = Mailbox::start().await;
        Self {
            app: App::new(&config(&front.base(), mode)).unwrap(),
            front,
            me: caller("local/ann", "desk"),
        }
    }

    /// Seals a reply.
    async fn seal(&self, body: &str) -> EnvelopeId {
        self.seal_as(json!({ "conversation_id": "cnv_1", "body": body }))
            .await
    }

    /// Seals any message.
    async fn seal_as(&self, arguments: Value) -> EnvelopeId {
        let sealed = call(
            &self.app,
            "send-message",
            arguments,
            &self.me,
            &Host::silent(),
        )
        .await;
        assert_eq!(state(&sealed), "sealed", "{sealed:?}");
        envelope(&sealed).unwrap()
    }

    /// What a release comes to: a state, or the code of an error.
    async fn release(&self, id: &EnvelopeId, by: &Caller) -> String {
        let arguments = json!({ "envelope_id": id });
        state(&call(&self.app, "confirm-send", arguments, by, &Host::silent()).await)
    }

    /// What became of it, by its own caller's look.
    async fn check(&self, id: &EnvelopeId) -> String {
        let arguments = json!({ "envelope_id": id });
        state(
            &call(
                &self.app,
                "check-send",
                arguments,
                &self.me,
                &Host::silent(),
            )
            .await,
        )
    }

    /// A person's yes.
    async fn approve(&self, id: &EnvelopeId) -> Envelope {
        self.app.gate.approve(id, Channel::Page).await.unwrap()
    }

    fn posts(&self) -> usize {
        self.front.posts().len()
    }
}
