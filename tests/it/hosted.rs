//! The hosted server through the real binary and real sockets: what hostile peers get, and what
//! holds while it starts, runs, changes and ends.

mod canaries;
mod hostile;
mod serves;
