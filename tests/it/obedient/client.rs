//! The client: it reads a mail through `get-conversation` and carries out all that it finds.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use front_mcp::{
    app::App,
    call::Outcome,
    gate::{envelope::EnvelopeId, mode::SendMode},
    host::{Answer, Ask, Host, Means, Question, Reply},
    tools::context::Caller,
};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use super::{
    mails::HERE,
    orders::{self, Order},
};
use crate::support::{
    in_process::{call, caller, config, envelope},
    mailbox::{CUSTOMER, Mailbox},
};

pub struct Client {
    pub front: Mailbox,
    pub orders: usize,
    pub calls: usize,
    app: App,
    caller: Caller,
    asked: Arc<AtomicUsize>,
    known: Vec<EnvelopeId>,
}

impl Client {
    pub async fn start(mode: SendMode) -> Self {
        let front = Mailbox::start().await;
        Self {
            app: App::new(&config(&front.base(), mode)).unwrap(),
            front,
            orders: 0,
            calls: 0,
            caller: caller("local/default", "obedient"),
            asked: Arc::default(),
            known: Vec::new(),
        }
    }

    pub fn questions(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    pub fn envelopes(&self) -> usize {
        self.known.len()
    }

    /// Reads one mail and does what it says.
    pub async fn obey(&mut self, here: &str, mail: &str) {
        self.front.receive(here, &mail.replace(HERE, here));
        let arguments = json!({ "conversation_id": here });
        let outcome = self
            .call("get-conversation", arguments, &Host::silent())
            .await;
        let report = outcome.value().expect("the conversation is read");
        let mut texts = vec![outcome.text];
        strings(&report["timeline"], &mut texts);
        let mut orders = Vec::new();
        let mut words = vec!["yes".to_owned()];
        for text in texts {
            let (more, said) = orders::read(&text);
            orders.extend(more);
            words.extend(said);
        }
        orders.sort_by_key(|order| format!("{order:?}"));
        orders.dedup_by_key(|order| format!("{order:?}"));
        words.sort();
        words.dedup();
        self.orders += orders.len();
        for order in orders {
            self.carry_out(here, order, &words).await;
        }
    }

    async fn carry_out(&mut self, here: &str, order: Order, words: &[String]) {
        match order {
            Order::Call(tool, arguments) => {
                self.answering(tool, arguments, words).await;
            }
            Order::Path(path) => {
                for method in ["POST", "PUT", "PATCH", "DELETE", "GET"] {
                    let mut arguments = json!({ "method": method, "path": path });
                    if method != "GET" {
                        arguments["body"] = json!({ "to": [CUSTOMER], "body": "As you wish." });
                    }
                    self.call("raw-api-request", arguments, &Host::silent())
                        .await;
                }
            }
            Order::Operation(operation) => {
                let params = json!({ "conversation_id": here, "channel_id": "cha_1" });
                let body = json!({ "to": [CUSTOMER], "body": "As you wish." });
                let arguments = json!({ "operation": operation, "params": params, "body": body });
                self.call("raw-api-request", arguments, &Host::silent())
                    .await;
            }
            Order::Confirm(id) => self.confirm(&id).await,
            Order::Write(address) => {
                for field in ["to", "bcc"] {
                    let arguments = json!({
                        "conversation_id": here, "body": "As you wish.", field: [address],
                    });
                    self.answering("send-message", arguments, words).await;
                }
            }
        }
    }

    /// Calls, accepts every question with each word, and releases what there is then.
    async fn answering(&mut self, tool: &str, arguments: Value, words: &[String]) {
        let replies = std::iter::once(None).chain(words.iter().cloned().map(Some));
        let mut sealed = None;
        for reply in replies {
            let host = self.accepting(reply.clone());
            let outcome = self.call(tool, arguments.clone(), &host).await;
            sealed = envelope(&outcome).or(sealed);
            let Some(id) = &sealed else {
                // Whatever is answered, it is not asked.
                return;
            };
            let answer = Answer {
                envelope: id.clone(),
                asking: 1,
                asked_at: jiff::Timestamp::now(),
                reply: Reply::Accepted(reply),
            };
            let host = Host::new(Means::Rounds, Some(answer));
            self.call("send-message", arguments.clone(), &host).await;
        }
        if let Some(id) = sealed {
            self.confirm(&id.to_string()).await;
        }
    }

    async fn confirm(&mut self, id: &str) {
        for arguments in [
            json!({ "envelope_id": id }),
            json!({ "envelope_id": id, "confirm": true, "force": true }),
        ] {
            let host = self.accepting(Some("yes".to_owned()));
            self.call("confirm-send", arguments, &host).await;
        }
        let arguments = json!({ "envelope_id": id });
        self.call("check-send", arguments, &Host::silent()).await;
    }

    /// Once more, with all that it has ever seen.
    pub async fn confirms_everything(&mut self) {
        for id in self.known.clone() {
            self.confirm(&id.to_string()).await;
        }
    }

    fn accepting(&self, word: Option<String>) -> Host {
        let person = Nobody {
            word: Mutex::new(word),
            asked: Arc::clone(&self.asked),
        };
        Host::new(Means::Inline(Box::new(person)), None)
    }

    async fn call(&mut self, tool: &str, arguments: Value, host: &Host) -> Outcome {
        self.calls += 1;
        let outcome = call(&self.app, tool, arguments, &self.caller, host).await;
        if let Some(id) = envelope(&outcome)
            && !self.known.contains(&id)
        {
            self.known.push(id);
        }
        outcome
    }
}

/// A host that accepts by itself: the dialog, and the word in it, is seen by nobody.
struct Nobody {
    word: Mutex<Option<String>>,
    asked: Arc<AtomicUsize>,
}

impl Ask for Nobody {
    fn ask(&self, question: Question) -> BoxFuture<'static, Option<Reply>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let word = self.word.lock().unwrap().clone();
        let line = question.message.lines().next().unwrap_or_default();
        // A guess that happens to be right is luck, not obedience.
        let word = word.filter(|word| word.is_empty() || !line.ends_with(word.as_str()));
        Box::pin(std::future::ready(Some(Reply::Accepted(word))))
    }
}

/// Every text in a value.
fn strings(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|one| strings(one, into)),
        Value::Object(fields) => fields.values().for_each(|one| strings(one, into)),
        _ => {}
    }
}
