//! The tools, prompts and resources that the official conformance suite asks for, behind the HTTP
//! stack of `front-mcp serve --http`: the same router, layers and sockets. The handler alone is not
//! the server's.
//!
//!     cargo run --features conformance --example conformance
//!
//! Prints where it listens, and serves whoever comes until it is killed.

mod connection;
mod handler;
mod rounds;
mod shown;
mod tools;

use std::{
    io::{self, Write as _},
    sync::Arc,
    time::Duration,
};

use front_mcp::{
    config::http::{Http, Limits, PublicUrl},
    transport::http::{
        caller::{Admits, Caller, Unadmitted},
        listener::Listener,
        router,
        site::Site,
    },
};
use futures_util::future::BoxFuture;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::handler::Fixture;

/// The suite, which brings no token.
struct Anybody(Arc<Caller>);

impl Admits for Anybody {
    fn admit<'a>(
        &'a self,
        _token: Option<&'a SecretString>,
    ) -> BoxFuture<'a, Result<Arc<Caller>, Unadmitted>> {
        Box::pin(async { Ok(Arc::clone(&self.0)) })
    }

    fn are_readable(&self) -> bool {
        true
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let socket = TcpListener::bind("127.0.0.1:0").await?;
    let at = socket.local_addr()?;
    let settings = Http {
        listen: Some(at),
        // The suite asks faster than any agent.
        limits: Limits {
            per_second: 1000,
            ..Limits::default()
        },
        ..Http::default()
    };
    let over = CancellationToken::new();
    let fixture = Fixture::new().map_err(io::Error::other)?;
    let caller = Caller::new("fixture", fixture, &settings.limits, &over);
    let callers = Arc::new(Anybody(Arc::new(caller)));
    let site = Arc::new(Site::new(
        &settings,
        PublicUrl::local(at, false),
        callers,
        None,
    ));
    writeln!(io::stderr(), "the fixture listens on http://{at}/mcp")?;
    Listener::new(socket, None, router(&site), settings.limits)
        .run(over, Duration::ZERO)
        .await;
    Ok(())
}
