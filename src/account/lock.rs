//! One at a time, among all processes that share a folder. The system releases the lock however
//! its holder ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    time::Duration,
};

use tokio::time::{Instant, sleep};

use crate::state::StateFolder;

/// Between two looks at a lock that somebody else holds.
const PAUSE: Duration = Duration::from_millis(10);

/// Longer than any renewal takes, so that who waits learns what came of it.
const PATIENCE: Duration = Duration::from_secs(45);

/// A lock, held for as long as this lives.
#[derive(Debug)]
pub struct Held {
    _file: Option<File>,
}

impl Held {
    /// Where nobody else could come in.
    pub fn alone() -> Self {
        Self { _file: None }
    }

    /// Waits for the lock of this name.
    ///
    /// # Errors
    /// Those of the file system, and `TimedOut`.
    pub async fn take(folder: &StateFolder, name: &str) -> io::Result<Self> {
        let file = folder.file(name, OpenOptions::new().read(true).write(true))?;
        let until = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: Some(file) }),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if Instant::now() >= until => {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                Err(TryLockError::WouldBlock) => sleep(PAUSE).await,
            }
        }
    }
}
