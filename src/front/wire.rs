//! One HTTP exchange with Front, and the rules around it: budget, deadline, retry.
//!
//! This module knows bytes and headers. It knows neither resources nor tools, and it cannot
//! decide that a request should be made: `client` (everything but sends) and the gate's sender
//! (sends alone) do. Redirects are off, because following one would carry a body, or the
//! token, where nobody looked.

pub mod body;
pub mod fault;
mod heard;
pub mod http;
pub mod limit;
pub mod retry;
pub mod rules;
mod share;

pub use self::{
    body::{Body, file_field},
    fault::WireFault,
    heard::Heard,
    http::{Accept, Answer, Wire, WireRequest},
};
