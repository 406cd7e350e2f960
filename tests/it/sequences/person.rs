//! The person behind a host, as good or bad as the sequence wants them.

use std::sync::Arc;

use front_mcp::{
    gate::mode::SendMode,
    host::{Ask, Host, Means, Question, Reply},
};
use futures_util::future::BoxFuture;

use super::{ledger::Ledger, world::World};
use crate::support::random::Random;

/// What they answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Right,
    RightInCapitals,
    Wrong,
    Nothing,
    Empty,
    Declines,
    Cancels,
    /// The right word, when the call has ended.
    Late,
}

impl Manner {
    pub fn draw(random: &mut Random) -> Self {
        match random.below(20) {
            0..7 => Self::Right,
            7 => Self::RightInCapitals,
            8..12 => Self::Wrong,
            12 => Self::Nothing,
            13 => Self::Empty,
            14..16 => Self::Declines,
            16..18 => Self::Cancels,
            _ => Self::Late,
        }
    }

    fn is_yes(self) -> bool {
        matches!(self, Self::Right | Self::RightInCapitals)
    }

    /// Their reply to a question.
    pub fn reply(self, question: &Question) -> Reply {
        let word = word(question);
        match self {
            Self::Right | Self::Late => Reply::Accepted(Some(word.to_owned())),
            Self::RightInCapitals => {
                Reply::Accepted(Some(format!(" \"{}\" ", word.to_uppercase())))
            }
            Self::Wrong => Reply::Accepted(Some(format!("{word}x"))),
            Self::Nothing => Reply::Accepted(None),
            Self::Empty => Reply::Accepted(Some(String::new())),
            Self::Declines => Reply::Declined,
            Self::Cancels => Reply::Cancelled,
        }
    }
}

/// The word that a question asks for.
fn word(question: &Question) -> &str {
    let line = question.message.lines().next().unwrap();
    line.rsplit(' ').next().unwrap()
}

/// Where they sit.
#[derive(Clone, Copy, Debug)]
pub enum Seat {
    Nowhere,
    Inline(Manner),
    Rounds,
}

impl Seat {
    pub fn draw(random: &mut Random) -> Self {
        match random.below(10) {
            0..3 => Self::Nowhere,
            3..6 => Self::Inline(Manner::draw(random)),
            _ => Self::Rounds,
        }
    }

    pub fn host(self, world: &World) -> Host {
        match self {
            Self::Nowhere => Host::silent(),
            Self::Rounds => Host::new(Means::Rounds, None),
            Self::Inline(manner) => {
                let person = Person {
                    manner,
                    ledger: Arc::clone(&world.ledger),
                    tick: world.front.ticker(),
                };
                Host::new(Means::Inline(Box::new(person)), None)
            }
        }
    }
}

struct Person {
    manner: Manner,
    ledger: Arc<Ledger>,
    tick: Box<dyn Fn() -> u64 + Send + Sync>,
}

impl Ask for Person {
    fn ask(&self, question: Question) -> BoxFuture<'static, Option<Reply>> {
        self.ledger.asked(&question);
        let reply = self.manner.reply(&question);
        if self.manner == Manner::Late {
            let told = self.ledger.is_late();
            return Box::pin(async move {
                let _ = told.await;
                Some(reply)
            });
        }
        if self.manner.is_yes() {
            self.ledger.yes(&question.envelope, (self.tick)());
        }
        Box::pin(std::future::ready(Some(reply)))
    }
}

/// An answer that comes with a repeated call: whether it is a yes is for who gives it to say.
pub fn says_yes(world: &World, manner: Manner, question: &Question, is_own: bool) -> bool {
    world.mode == SendMode::Approve
        && is_own
        && (manner.is_yes() || manner == Manner::Late)
        && world.ledger.is_last(question)
}
