//! Long work of the processor, beside the calls of others.
//!
//! `serve` answers on one thread: on it a call costs no hand-over between threads, which is half
//! of what a small call costs on two. Work that grows with what somebody sent must therefore step
//! aside once it is long enough to be noticed.

use tokio::runtime::{Handle, RuntimeFlavor};

/// From here on work steps aside: below, it is done in about a millisecond.
const LARGE: usize = 256 * 1024;

/// Does work over so many bytes; over many, the other calls go on meanwhile.
pub fn aside<T>(bytes: usize, work: impl FnOnce() -> T) -> T {
    match bytes >= LARGE {
        true => blocking(work),
        false => work(),
    }
}

/// Does work that takes long whatever its size, such as waiting for a disk: the other calls go on
/// meanwhile.
pub fn blocking<T>(work: impl FnOnce() -> T) -> T {
    let can_move = Handle::try_current()
        .is_ok_and(|runtime| runtime.runtime_flavor() == RuntimeFlavor::MultiThread);
    match can_move {
        true => tokio::task::block_in_place(work),
        false => work(),
    }
}
