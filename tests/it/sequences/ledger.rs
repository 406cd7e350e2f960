//! What the test itself knows: which envelopes there are, who said yes to which and when, and
//! which questions wait for an answer.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard},
};

use front_mcp::{gate::envelope::EnvelopeId, host::Question};
use tokio::sync::oneshot;

/// When a person first said yes to an envelope, on the Front's counter.
pub type Yeses = HashMap<EnvelopeId, u64>;

/// A question that came as a call's result.
#[derive(Clone)]
pub struct Open {
    /// Whose call it was.
    pub asked: usize,
    pub question: Question,
    pub at: jiff::Timestamp,
}

#[derive(Default)]
pub struct Ledger(Mutex<Book>);

#[derive(Default)]
struct Book {
    /// With who sealed it, oldest first.
    envelopes: Vec<(EnvelopeId, usize)>,
    yeses: Yeses,
    closed: HashSet<EnvelopeId>,
    open: Vec<Open>,
    /// The last asking of each envelope.
    askings: HashMap<EnvelopeId, u32>,
    /// People who answer when nobody listens any more.
    late: Vec<oneshot::Sender<()>>,
}

impl Ledger {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap()
    }

    pub fn sealed(&self, id: EnvelopeId, by: usize) {
        let mut book = self.book();
        if book.envelopes.iter().all(|(known, _)| *known != id) {
            book.envelopes.push((id, by));
        }
    }

    pub fn envelopes(&self) -> Vec<EnvelopeId> {
        let book = self.book();
        book.envelopes.iter().map(|(id, _)| id.clone()).collect()
    }

    /// Those of one caller, or of all others.
    pub fn of(&self, caller: usize, own: bool) -> Vec<EnvelopeId> {
        let book = self.book();
        let wanted = book
            .envelopes
            .iter()
            .filter(|(_, by)| (*by == caller) == own);
        wanted.map(|(id, _)| id.clone()).collect()
    }

    /// A person who may say yes says it now. After a no there is none.
    pub fn yes(&self, id: &EnvelopeId, at: u64) {
        let mut book = self.book();
        if !book.closed.contains(id) {
            book.yeses.entry(id.clone()).or_insert(at);
        }
    }

    pub fn yeses(&self) -> Yeses {
        self.book().yeses.clone()
    }

    /// A no was taken.
    pub fn closed(&self, id: &EnvelopeId) {
        self.book().closed.insert(id.clone());
    }

    /// A question was put; whatever was asked before about the envelope is asked no more.
    pub fn asked(&self, question: &Question) {
        let mut book = self.book();
        let last = book.askings.entry(question.envelope.clone()).or_default();
        *last = question.asking.max(*last);
    }

    pub fn is_last(&self, question: &Question) -> bool {
        self.book().askings.get(&question.envelope) == Some(&question.asking)
    }

    pub fn posed(&self, open: Open) {
        self.asked(&open.question);
        self.book().open.push(open);
    }

    pub fn open(&self) -> Vec<Open> {
        self.book().open.clone()
    }

    /// Somebody who will answer too late.
    pub fn is_late(&self) -> oneshot::Receiver<()> {
        let (tell, told) = oneshot::channel();
        self.book().late.push(tell);
        told
    }

    /// All of them answer now.
    pub async fn late_answers(&self) {
        for late in std::mem::take(&mut self.book().late) {
            let _ = late.send(());
        }
        // Whoever listens for them runs on this thread.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    }
}
