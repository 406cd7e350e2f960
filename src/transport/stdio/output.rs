//! Standard output: lines from many calls, written by one thread.
//!
//! A runtime's own standard output crosses to a blocking thread and back for every write. Here
//! whoever has a line hands it over and goes on; the thread takes all lines that are waiting and
//! writes them at once, which is what keeps many calls at a time cheap.

use std::{io, io::Write as _, sync::Arc, thread::JoinHandle, time::Duration};

use tokio::sync::{Mutex, mpsc};

/// Lines that may wait for a host that does not read; then those who have more wait too.
const WAITING: usize = 256;

/// As much as is written at once.
const BATCH: usize = 1024 * 1024;

/// How long the end waits for the last lines to be taken.
const PATIENCE: Duration = Duration::from_secs(2);

/// The way to standard output, shared by handles of one connection.
#[derive(Clone)]
pub struct Output {
    lines: mpsc::Sender<Vec<u8>>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Output {
    /// Starts the thread.
    pub fn start() -> io::Result<Self> {
        let (lines, waiting) = mpsc::channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("stdout".to_owned())
            .spawn(move || write_all(waiting))?;
        Ok(Self {
            lines,
            thread: Arc::new(Mutex::new(Some(thread))),
        })
    }

    /// Hands a line over, with its end.
    pub async fn send(&self, line: Vec<u8>) -> io::Result<()> {
        self.lines
            .send(line)
            .await
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }

    /// Waits until everything handed over is written. Nothing can be handed over afterwards.
    pub async fn finish(self) {
        let Self { lines, thread } = self;
        drop(lines);
        if let Some(thread) = thread.lock().await.take() {
            // The thread ends when the last handle has gone and the last line is written. A handle
            // held by something that hangs, or a host that reads no more, must not keep us.
            let joined = tokio::task::spawn_blocking(move || thread.join());
            let _ = tokio::time::timeout(PATIENCE, joined).await;
        }
    }
}

fn write_all(mut waiting: mpsc::Receiver<Vec<u8>>) {
    let mut out = io::stdout();
    while let Some(mut lines) = waiting.blocking_recv() {
        while lines.len() < BATCH
            && let Ok(more) = waiting.try_recv()
        {
            lines.extend_from_slice(&more);
        }
        if let Err(error) = out.write_all(&lines).and_then(|()| out.flush()) {
            // A host that has closed our output has ended: there is nobody to tell.
            tracing::debug!(%error, "standard output is closed");
            return;
        }
    }
}
