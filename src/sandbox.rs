//! The embedded Front: a real HTTP server on a loopback port that behaves like Front.
//!
//! It is not a mock that a test scripts answer by answer: it holds a whole company in memory, seeded the same every
//! time, and changes it as Front would. The demo, the tests and the benchmarks reach it over HTTP only, through the
//! same client that talks to Front. Nothing it is told to send leaves the process: sends end in an outbox, which
//! `GET /_sandbox/outbox` shows, and `/_sandbox/faults` makes it answer badly on request.
//!
//! Front's authorization server stands on the same origin: `/oauth/authorize`, `/oauth/token`, `/oauth/revoke` and its
//! metadata, for the one client that is registered. Paths beneath `/_sandbox/` are the sandbox's own, `/_sandbox/oauth`
//! among them, which changes how tokens live and die; everything else is Front's API.
//! Operations that Front has and the sandbox does not are answered 501, so that a gap here is not mistaken for Front's "no such route".

mod allowance;
mod answer;
mod call;
mod clock;
mod connection;
mod control;
mod date;
mod fault;
mod fields;
mod form;
mod id;
mod journal;
pub mod landmarks;
mod oauth;
mod operations;
mod page;
mod random;
mod refusal;
mod routes;
mod scope;
mod search;
mod seed;
mod serve;
mod state;
mod view;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    str::FromStr,
};

use tokio::task::JoinHandle;

/// The bearer token it accepts for everything.
pub const TOKEN: &str = "sandbox";

/// A bearer token that has the scope of sending messages and no other.
pub const SEND_TOKEN: &str = "sandbox-send";

/// The client that is registered with its authorization server.
pub const OAUTH_CLIENT_ID: &str = "sandbox-client";

/// The secret of that client.
pub const OAUTH_CLIENT_SECRET: &str = "sandbox-secret";

/// How a sandbox is to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; a loopback address, and any free port by default.
    pub listen: SocketAddr,
    /// How many requests a minute it takes.
    pub rate_limit: RateLimit,
    /// The day seed dates are counted back from; the day it starts on by default.
    pub today: Option<jiff::civil::Date>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            rate_limit: RateLimit::default(),
            today: None,
        }
    }
}

/// The company's request allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateLimit {
    /// As many requests a minute, and half as many in bursts beyond them.
    PerMinute(u32),
    /// No limit, and no headers about one.
    Off,
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::PerMinute(100)
    }
}

impl FromStr for RateLimit {
    type Err = InvalidRateLimit;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "off" => Ok(Self::Off),
            number => match number.parse() {
                Ok(limit) if limit > 0 => Ok(Self::PerMinute(limit)),
                _ => Err(InvalidRateLimit),
            },
        }
    }
}

/// The text is neither a number of requests nor `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a rate limit is a number of requests a minute above zero, or `off`")]
pub struct InvalidRateLimit;

/// A running sandbox; dropping it stops the server.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Sandbox {
    /// Binds and serves on a task of the current runtime. The company is made on the first API request, not here.
    pub async fn start(options: Options) -> io::Result<Self> {
        if !options.listen.ip().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!(
                    "the sandbox listens on a loopback address only, not on: {}",
                    options.listen
                ),
            ));
        }
        let listener = tokio::net::TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(serve::run(listener, address, options));
        Ok(Self { address, task })
    }

    /// `http://127.0.0.1:<port>`, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Resolves when the server ends, which it does not do by itself.
    pub async fn stopped(&mut self) {
        // A task that was aborted or failed has stopped as well.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}
