//! The person behind a host, as far as a call can reach them: may they be asked, how, what
//! did they answer, and do they want to know how far it is. No protocol's types: `server` translates.

mod progress;

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use futures_util::future::BoxFuture;

pub use self::progress::{Progress, Step, Tell};
use crate::gate::envelope::EnvelopeId;

/// What is put to a person.
#[derive(Clone, Debug)]
pub struct Question {
    /// The envelope that it is about.
    pub envelope: EnvelopeId,
    /// Which asking this is: an answer is good for the last alone.
    pub asking: u32,
    /// All that they need to decide, and the word.
    pub message: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Yes, with what was typed in the word's place.
    Accepted(Option<String>),
    /// No.
    Declined,
    /// Neither: closed, or taken away by the host.
    Cancelled,
}

/// A reply that arrived with a repeated call.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The envelope that was asked about.
    pub envelope: EnvelopeId,
    /// Which asking it answers.
    pub asking: u32,
    /// When it was put.
    pub asked_at: jiff::Timestamp,
    /// What came back.
    pub reply: Reply,
}

/// Asks, and waits for the answer.
pub trait Ask: Send + Sync {
    /// Puts a question; `None` when it cannot be put.
    fn ask(&self, question: Question) -> BoxFuture<'static, Option<Reply>>;
}

/// How this call's client can ask its user.
pub enum Means {
    /// It did not declare that it can: it is never asked.
    None,
    /// The question goes over the open connection while the call waits (before 2026-07-28).
    Inline(Box<dyn Ask>),
    /// The question is the call's result, and the answer comes with the call repeated.
    Rounds,
}

/// The person behind one call.
pub struct Host {
    means: Means,
    answer: Option<Answer>,
    posed: Mutex<Option<Question>>,
    progress: Progress,
}

impl Host {
    /// A call whose client can ask like this, with what it brought.
    pub fn new(means: Means, answer: Option<Answer>) -> Self {
        Self {
            means,
            answer,
            posed: Mutex::new(None),
            progress: Progress::default(),
        }
    }

    /// The same, whose client wants to know how far the call is.
    #[must_use]
    pub fn hearing(self, progress: Progress) -> Self {
        Self { progress, ..self }
    }

    /// Where to say how far the call is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Nobody can be asked: the shell, a client without elicitation.
    pub fn silent() -> Self {
        Self::new(Means::None, None)
    }

    /// How it can ask.
    pub fn means(&self) -> &Means {
        &self.means
    }

    /// The answer that came with the call.
    pub fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref()
    }

    /// Makes a question the call's result.
    pub fn pose(&self, question: Question) {
        *self.posed.lock().unwrap_or_else(PoisonError::into_inner) = Some(question);
    }

    /// The question that was posed.
    pub fn posed(&self) -> Option<Question> {
        self.posed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.means {
            Means::None => "Host(silent)",
            Means::Inline(_) => "Host(asks inline)",
            Means::Rounds => "Host(asks in rounds)",
        })
    }
}
