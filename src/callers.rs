//! Who may call a server over HTTP: callers that the operator registered, each with a token.
//!
//! A token is shown once, when it is made; what rests in the store is its SHA-256. Registrations lie
//! in the file of the envelopes, so that every process of a state folder knows the same callers.
//! Each request asks [`Callers::find`], which answers from memory for at most half a second after
//! the store was last read: a token that another process revoked is refused within a second.

mod name;
mod registered;
mod store;
mod token;

pub use self::{
    name::{BadName, CallerName},
    registered::{New, Registered, Standing},
    store::{Callers, CallersError, Found},
    token::Token,
};
