//! Writing to standard output without waiting, where the system can do that.
//!
//! Linux writes as much as a pipe or socket has room for, and no more, when it is asked to for this
//! one write (`RWF_NOWAIT`). To make the stream itself non-blocking would do so for every process
//! that shares it.

/// How much of a line was written: all of it, a beginning, or nothing where it would have to wait or
/// the system knows no such write.
#[cfg(target_os = "linux")]
pub fn write(line: &[u8]) -> usize {
    use std::io::IoSlice;

    use rustix::io::{Errno, ReadWriteFlags, pwritev2};

    /// At the stream's own position.
    const HERE: u64 = u64::MAX;

    let mut written = 0;
    while let Some(rest) = line.get(written..).filter(|rest| !rest.is_empty()) {
        match pwritev2(
            std::io::stdout(),
            &[IoSlice::new(rest)],
            HERE,
            ReadWriteFlags::NOWAIT,
        ) {
            Ok(0) => break,
            Ok(some) => written += some,
            Err(Errno::INTR) => {}
            // Whatever it is, the thread that may wait meets it again.
            Err(_) => break,
        }
    }
    written
}

/// Elsewhere every line is the thread's.
#[cfg(not(target_os = "linux"))]
pub fn write(_: &[u8]) -> usize {
    0
}
