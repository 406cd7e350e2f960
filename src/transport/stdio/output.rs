//! Standard output: lines from many calls, written by one thread.
//!
//! A runtime's own standard output crosses to a blocking thread and back for every write. Here
//! whoever has a line hands it over and goes on; the thread takes all lines that are waiting and
//! writes them at once, which is what keeps many calls at a time cheap. A single call's answer does
//! not even wait for the thread, where it can be written without waiting and nothing stands before it.

mod at_once;

use std::{
    io,
    io::Write as _,
    sync::{Arc, Mutex as Lock, MutexGuard, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

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
    waiting: Waiting,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

/// How many lines were handed over and are not yet written.
#[derive(Clone, Default)]
struct Waiting(Arc<Lock<usize>>);

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Output {
    /// Starts the thread.
    pub fn start() -> io::Result<Self> {
        let (lines, waiting) = mpsc::channel(WAITING);
        let before = Waiting::default();
        let written = before.clone();
        let thread = std::thread::Builder::new()
            .name("stdout".to_owned())
            .spawn(move || write_all(waiting, &written))?;
        Ok(Self {
            lines,
            waiting: before,
            thread: Arc::new(Mutex::new(Some(thread))),
        })
    }

    /// Hands a line over, with its end. One that is `alone` may be written here and now.
    pub async fn send(&self, mut line: Vec<u8>, alone: bool) -> io::Result<()> {
        let place = self.lines.reserve().await;
        let place = place.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        // Held until the line, or what is left of it, has its place: no other comes in between.
        let mut before = self.waiting.lock();
        if alone && *before == 0 {
            let written = at_once::write(&line);
            if written == line.len() {
                return Ok(());
            }
            line.drain(..written);
        }
        *before += 1;
        place.send(line);
        Ok(())
    }

    /// Waits until everything handed over is written. Nothing can be handed over afterwards.
    pub async fn finish(self) {
        let Self { lines, thread, .. } = self;
        drop(lines);
        if let Some(thread) = thread.lock().await.take() {
            // The thread ends when the last handle has gone and the last line is written. A handle
            // held by something that hangs, or a host that reads no more, must not keep us.
            let joined = tokio::task::spawn_blocking(move || thread.join());
            let _ = tokio::time::timeout(PATIENCE, joined).await;
        }
    }
}

fn write_all(mut waiting: mpsc::Receiver<Vec<u8>>, written: &Waiting) {
    let mut out = io::stdout();
    while let Some(mut lines) = waiting.blocking_recv() {
        let mut count = 1;
        while lines.len() < BATCH
            && let Ok(more) = waiting.try_recv()
        {
            lines.extend_from_slice(&more);
            count += 1;
        }
        if let Err(error) = out.write_all(&lines).and_then(|()| out.flush()) {
            // A host that has closed our output has ended: there is nobody to tell.
            tracing::debug!(%error, "standard output is closed");
            return;
        }
        *written.lock() -= count;
    }
}
