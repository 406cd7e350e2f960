//! A server that is killed in the middle of a send, at every step of it, and one that shares its
//! folder with others: at most one send, nothing that was sent is forgotten, and unknown is only
//! what nobody can know.

mod child;
mod killed;
mod shared;

use front_mcp::{
    gate::{
        envelope::{Envelope, State},
        store::{SqliteStore, rules},
    },
    state::StateFolder,
};

use crate::support::in_process::caller;

/// Who seals in all of these processes.
fn sender() -> front_mcp::tools::context::Caller {
    caller("local/default", "crash")
}

/// All that a folder's store holds, read past the program.
async fn kept(folder: &std::path::Path) -> Vec<Envelope> {
    const ALL: [State; 8] = [
        State::Sealed,
        State::Approved,
        State::Sending,
        State::Sent,
        State::Failed,
        State::Unknown,
        State::Declined,
        State::Expired,
    ];
    let store = SqliteStore::open(&StateFolder::open(folder).unwrap()).unwrap();
    rules::list(&store, &ALL, jiff::Timestamp::now())
        .await
        .unwrap()
}
