//! The hosted server through the real binary and real sockets: what hostile peers get, and what
//! holds while it starts, runs, changes and ends.

mod canaries;
#[cfg(unix)]
mod ending;
mod hostile;
mod limits;
#[cfg(unix)]
mod reload;
#[cfg(unix)]
mod restarts;
mod serves;
mod startup;
mod tls;
mod tokens_end;
mod told;
