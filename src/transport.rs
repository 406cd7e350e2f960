//! How a host reaches the server.

pub mod stdio;
