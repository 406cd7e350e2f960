//! A small Front in the test's own process that takes for a send whatever any Front could take
//! for one, answers each as the test decides, and keeps a log of what it took. Its conversations
//! exist as soon as somebody names them.

mod answers;
mod connection;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::Value;
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
    task::JoinHandle,
};

/// The channel that everything comes in and goes out through.
pub const CHANNEL: &str = "cha_1";

/// Its address.
pub const OURS: &str = "help@us.example";

/// Who writes in every conversation.
pub const CUSTOMER: &str = "ann@customer.example";

/// What becomes of a send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// 202, and the conversation has it.
    Taken,
    /// 202, and the conversation does not show it yet.
    Unlisted,
    /// Another status, and nothing is done.
    Refused(u16),
    /// The connection closes without an answer; whether it was done.
    Reset { taken: bool },
    /// No answer for as long as the client waits; done when it has gone.
    Hung,
    /// Done, and the answer cannot be read.
    Unreadable,
    /// Nothing more happens from this moment on.
    Held(Moment),
}

impl Fate {
    /// Front did nothing and said so, so that the same message may come again.
    pub fn is_turned_away(self) -> bool {
        self == Self::Refused(429)
    }

    /// The client hears that it was accepted.
    pub fn is_accepted(self) -> bool {
        matches!(self, Self::Taken | Self::Unlisted)
    }

    /// The client can conclude that it was not accepted.
    pub fn is_refused(self) -> bool {
        matches!(self, Self::Refused(status) if status < 500 && status != 429)
    }

    /// A customer gets it.
    pub fn is_done(self) -> bool {
        self.is_accepted()
            || matches!(
                self,
                Self::Reset { taken: true } | Self::Hung | Self::Unreadable
            )
    }
}

/// A moment inside an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The request's head is here, its body is not read.
    Head,
    /// The whole request is here.
    Request,
    /// The answer is on the wire; `Mailbox::go_on` lets it go there.
    Answer,
}

/// Something that could be a send.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its place among all that is counted here.
    pub at: u64,
    pub target: String,
    pub body: Value,
    pub fate: Fate,
    /// The identifier that Front gives it.
    pub uid: String,
}

/// A running Front; dropping it stops it.
pub struct Mailbox {
    address: std::net::SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    ticks: AtomicU64,
    state: Mutex<State>,
    posts: watch::Sender<usize>,
    go_on: Notify,
    answered: Notify,
}

struct State {
    threads: HashMap<String, Vec<Value>>,
    messages: u64,
    log: Vec<Post>,
    others: Vec<String>,
    merged: HashMap<String, String>,
    fate: Box<dyn FnMut() -> Fate + Send>,
}

impl Mailbox {
    /// One that takes everything.
    pub async fn start() -> Self {
        Self::deciding(|| Fate::Taken).await
    }

    /// One that asks for each send what becomes of it.
    pub async fn deciding(fate: impl FnMut() -> Fate + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            ticks: AtomicU64::new(0),
            state: Mutex::new(State {
                threads: HashMap::new(),
                messages: 0,
                log: Vec::new(),
                others: Vec::new(),
                merged: HashMap::new(),
                fate: Box::new(fate),
            }),
            posts: watch::Sender::new(0),
            go_on: Notify::new(),
            answered: Notify::new(),
        });
        let serving = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                tokio::spawn(connection::serve(stream, Arc::clone(&serving)));
            }
        });
        Self {
            address,
            shared,
            task,
        }
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Counts what happens outside of this Front among what happens in it.
    pub fn tick(&self) -> u64 {
        self.shared.tick()
    }

    /// The same counter for whoever cannot borrow this Front.
    pub fn ticker(&self) -> Box<dyn Fn() -> u64 + Send + Sync> {
        let shared = Arc::clone(&self.shared);
        Box::new(move || shared.tick())
    }

    /// A customer's mail in a conversation, as HTML.
    pub fn receive(&self, conversation: &str, html: &str) {
        self.shared.state().receive(conversation, html);
    }

    /// A conversation becomes part of another, which Front tells by a redirect.
    pub fn merge(&self, conversation: &str, into: &str) {
        let mut state = self.shared.state();
        state
            .merged
            .insert(conversation.to_owned(), into.to_owned());
    }

    /// Decides differently from now on.
    pub fn decide(&self, fate: impl FnMut() -> Fate + Send + 'static) {
        self.shared.state().fate = Box::new(fate);
    }

    /// Whatever could have been a send, in its order.
    pub fn posts(&self) -> Vec<Post> {
        self.shared.state().log.clone()
    }

    /// Every other request that was no mere look, as `METHOD /path`.
    pub fn changes(&self) -> Vec<String> {
        self.shared.state().others.clone()
    }

    /// Until so many posts have begun.
    pub async fn has_seen(&self, posts: usize) {
        let mut seen = self.shared.posts.subscribe();
        seen.wait_for(|seen| *seen >= posts).await.unwrap();
    }

    /// Lets the answer go that is held, and waits until it is on the wire.
    pub async fn go_on(&self) {
        self.shared.go_on.notify_one();
        self.shared.answered.notified().await;
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn tick(&self) -> u64 {
        self.ticks.fetch_add(1, Ordering::SeqCst)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// A send has come; what becomes of it is noted before anything else happens.
    fn note(&self, target: &str, body: Value, fate: Fate) -> Post {
        let mut state = self.state();
        let post = Post {
            at: self.tick(),
            target: target.to_owned(),
            body,
            fate,
            uid: format!("uid{}", state.log.len()),
        };
        state.log.push(post.clone());
        let count = state.log.len();
        drop(state);
        self.posts.send_replace(count);
        post
    }
}
