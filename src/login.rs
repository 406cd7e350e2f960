//! Signing in: a person lets front-mcp into their company on Front's own page, and the browser
//! brings the answer back.
//!
//! A [`Ticket`] is one sign-in under way: the address on Front that a person opens, the state by
//! which its answer is known, and PKCE's verifier. Answers come to a [`Door`] on this machine, or
//! are pasted; `callback` reads them, and whatever is not the ticket's own is turned away while the
//! sign-in goes on waiting: any page in the browser can lead it here, and none may end it. A
//! [`SignIn`] turns the one good answer into an account. What came of it is a [`Report`], which the
//! browser and the terminal both show.
//!
//! Everything that arrives is hostile until it is parsed. No error, page or log holds a code, a
//! token, the state, the verifier or an address that was pasted.

mod callback;
mod company;
mod door;
mod page;
mod refusal;
mod report;
mod settle;
mod ticket;

use std::time::Duration;

pub use self::{
    callback::{Answer, Unfit},
    door::{Door, NoDoor, Reply, Visit},
    refusal::{Kind, Refusal},
    report::{Report, Tone},
    settle::{Asker, End, SignIn},
    ticket::{NoTicket, Ticket},
};

/// How long a sign-in waits for its answer.
pub const PATIENCE: Duration = Duration::from_mins(10);
