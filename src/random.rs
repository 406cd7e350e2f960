//! Random bytes of the system.

use std::io;

/// So many of them.
///
/// # Errors
/// Where the system has none to give: nothing is then made that needs them.
pub fn bytes<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}
