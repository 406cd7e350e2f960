//! Where messages come in and go out.

pub mod http;
pub mod stdio;
