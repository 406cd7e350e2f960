//! What a sequence plays in: a program, a Front with moods, three callers, and the ledger.

use std::{sync::Arc, time::Duration};

use front_mcp::{app::App, gate::mode::SendMode, tools::context::Caller};

use super::ledger::Ledger;
use crate::support::{
    in_process::{caller, config},
    mailbox::{Fate, Mailbox},
    random::Random,
};

/// One of so many sequences keeps its envelopes in a folder.
const ON_DISK: u64 = 100;

/// In one of so many Front goes silent at times.
const HANGS: u64 = 10;

pub struct World {
    pub app: App,
    pub front: Mailbox,
    pub mode: SendMode,
    /// One person at two clients, and somebody else.
    pub callers: [Caller; 3],
    pub ledger: Arc<Ledger>,
    _folder: Option<tempfile::TempDir>,
}

impl World {
    pub async fn new(seed: u64, random: &mut Random) -> Self {
        let mut moods = Random::new(seed, "front");
        let hangs = seed % HANGS == 3;
        let front = Mailbox::deciding(move || mood(&mut moods, hangs)).await;
        let mode = match random.below(20) {
            0..14 => SendMode::Approve,
            14..18 => SendMode::Confirm,
            18 => SendMode::Draft,
            _ => SendMode::Off,
        };
        let folder = (seed % ON_DISK == 37).then(|| tempfile::tempdir().unwrap());
        let mut config = config(&front.base(), mode);
        if hangs {
            // A machine that stops for so long would look like a Front that does.
            config.api.request_timeout = Duration::from_secs(3);
        }
        config.send.ask_wait = Duration::from_millis(40);
        config.state_dir = folder.as_ref().map(|folder| folder.path().to_owned());
        Self {
            app: App::new(&config).unwrap(),
            front,
            mode,
            callers: [
                caller("local/ann", "desk"),
                caller("local/ann", "phone"),
                caller("local/bob", "desk"),
            ],
            ledger: Arc::default(),
            _folder: folder,
        }
    }
}

fn mood(random: &mut Random, hangs: bool) -> Fate {
    match random.below(100) {
        0..10 if hangs => Fate::Hung,
        0..50 => Fate::Taken,
        50..62 => Fate::Unlisted,
        62..68 => Fate::Refused(400),
        68..70 => Fate::Refused(403),
        70..78 => Fate::Refused(429),
        78..81 => Fate::Refused(301),
        81..86 => Fate::Refused(500),
        86..90 => Fate::Refused(503),
        90..94 => Fate::Reset { taken: false },
        94..97 => Fate::Reset { taken: true },
        _ => Fate::Unreadable,
    }
}
