//! What callers and people do, drawn before it is done.

use front_mcp::{
    gate::{
        envelope::{Channel, EnvelopeId, State},
        mode::SendMode,
    },
    host::{Answer, Host, Means},
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{
    ledger::Open,
    person::{Manner, Seat, says_yes},
    world::World,
};
use crate::support::{
    in_process::{call, envelope},
    mailbox::{CHANNEL, CUSTOMER},
    random::Random,
};

/// Few enough to be repeated.
const TEXTS: [&str; 4] = [
    "Yes.",
    "It is on its way.",
    "We are looking into it.",
    "No.",
];
const CONVERSATIONS: [&str; 3] = ["cnv_1", "cnv_2", "cnv_3"];

#[derive(Debug)]
pub enum Move {
    /// `send-message`.
    Seal(usize, Value, Seat),
    /// `send-message` again, with an answer; whether the caller was the one who was asked.
    Answer(usize, Box<Open>, Manner, u32),
    /// `confirm-send`; whether the envelope is the caller's own.
    Release(usize, String, bool),
    /// The same, given up by its caller in the middle.
    GiveUp(usize, String, bool),
    Check(usize, String),
    /// `raw-api-request` with a send.
    Raw(usize, Value),
    /// A person on the approval page.
    Page(EnvelopeId),
    Decline(EnvelopeId),
    /// A customer writes.
    Inbound(&'static str),
    /// Those who were too late answer, after all that is under way.
    Late,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.question)
    }
}

pub fn draw(world: &World, random: &mut Random) -> Move {
    let caller = random.below(world.callers.len());
    match random.below(100) {
        0..26 => Move::Seal(caller, message(random), Seat::draw(random)),
        26..40 => answer(world, caller, random),
        40..50 => {
            let (id, own) = target(world, caller, random);
            Move::Release(caller, id, own)
        }
        50..54 => {
            let (id, own) = target(world, caller, random);
            Move::GiveUp(caller, id, own)
        }
        54..66 => Move::Check(caller, target(world, caller, random).0),
        66..70 => Move::Raw(caller, raw(random)),
        70..90 => any(world, random).map_or(Move::Late, Move::Page),
        90..93 => any(world, random).map_or(Move::Late, Move::Decline),
        93..97 => Move::Inbound(random.pick(&CONVERSATIONS)),
        _ => Move::Late,
    }
}

fn message(random: &mut Random) -> Value {
    let body = random.pick(&TEXTS);
    let mut arguments = match random.percent(25) {
        true => {
            json!({ "channel_id": CHANNEL, "to": [CUSTOMER], "subject": "Order", "body": body })
        }
        false => json!({ "conversation_id": random.pick(&CONVERSATIONS), "body": body }),
    };
    if random.percent(15) {
        arguments["archive"] = json!(true);
    }
    if random.percent(10) {
        arguments["cc"] = json!(["carol@us.example"]);
    }
    arguments
}

fn answer(world: &World, caller: usize, random: &mut Random) -> Move {
    let open = world.ledger.open();
    let Some(last) = open.len().checked_sub(1) else {
        return Move::Seal(caller, message(random), Seat::Rounds);
    };
    // Mostly what was asked last, by whom it was asked.
    let chosen = match random.percent(70) {
        true => open[last].clone(),
        false => open[random.below(open.len())].clone(),
    };
    let by = if random.percent(80) {
        chosen.asked
    } else {
        caller
    };
    let asking = match random.percent(90) {
        true => chosen.question.asking,
        false => chosen.question.asking + 1,
    };
    Move::Answer(by, Box::new(chosen), Manner::draw(random), asking)
}

/// An id, and whether it is one of the caller's own.
fn target(world: &World, caller: usize, random: &mut Random) -> (String, bool) {
    let own = random.percent(75);
    let known = world.ledger.of(caller, own);
    match known.len().checked_sub(1) {
        Some(last) if random.percent(95) => {
            let index = if random.percent(50) {
                last
            } else {
                random.below(known.len())
            };
            (known[index].to_string(), own)
        }
        _ => {
            let garbage = ["", "env_0", "*", "env_ffffffffffffffffffffffffffffffff"];
            ((*random.pick(&garbage)).to_owned(), false)
        }
    }
}

fn any(world: &World, random: &mut Random) -> Option<EnvelopeId> {
    let all = world.ledger.envelopes();
    let last = all.len().checked_sub(1)?;
    // Mostly the newest: older ones are overtaken.
    let index = if random.percent(60) {
        last
    } else {
        random.below(all.len())
    };
    Some(all[index].clone())
}

fn raw(random: &mut Random) -> Value {
    let path = random.pick(&[
        "/conversations/cnv_1/messages",
        "/channels/cha_1/messages",
        "/conversations/cnv_1/messages/",
        "/conversations/cnv_1/./messages",
        "/Conversations/cnv_1/Messages",
        "/tags/%2e%2e/conversations/cnv_1/messages",
    ]);
    let body = json!({ "to": [CUSTOMER], "body": random.pick(&TEXTS) });
    json!({ "method": "POST", "path": path, "body": body })
}

/// Does it, and writes into the ledger what it means.
pub async fn make(world: &World, one: Move) {
    match one {
        Move::Seal(caller, arguments, seat) => {
            seal(world, caller, arguments, seat.host(world)).await
        }
        Move::Answer(caller, open, manner, asking) => {
            let is_own = caller == open.asked && asking == open.question.asking;
            if says_yes(world, manner, &open.question, is_own) {
                world
                    .ledger
                    .yes(&open.question.envelope, world.front.tick());
            }
            let answer = Answer {
                envelope: open.question.envelope.clone(),
                asking,
                asked_at: open.at,
                reply: manner.reply(&open.question),
            };
            let host = Host::new(Means::Rounds, Some(answer));
            let arguments = json!({ "conversation_id": CONVERSATIONS[0], "body": TEXTS[0] });
            seal(world, caller, arguments, host).await;
        }
        Move::Release(caller, id, own) => {
            agreed(world, &id, own);
            let (arguments, host) = (json!({ "envelope_id": id }), Host::silent());
            call(
                &world.app,
                "confirm-send",
                arguments,
                &world.callers[caller],
                &host,
            )
            .await;
        }
        Move::GiveUp(caller, id, own) => {
            agreed(world, &id, own);
            give_up(world, caller, &id).await;
        }
        Move::Check(caller, id) => {
            let (arguments, host) = (json!({ "envelope_id": id }), Host::silent());
            call(
                &world.app,
                "check-send",
                arguments,
                &world.callers[caller],
                &host,
            )
            .await;
        }
        Move::Raw(caller, arguments) => {
            let (by, host) = (&world.callers[caller], Host::silent());
            let outcome = call(&world.app, "raw-api-request", arguments, by, &host).await;
            assert!(outcome.is_error, "{outcome:?}");
        }
        Move::Page(id) => {
            if world.mode == SendMode::Approve {
                world.ledger.yes(&id, world.front.tick());
            }
            let _ = world.app.gate.approve(&id, Channel::Page).await;
        }
        Move::Decline(id) => {
            let declined = world.app.gate.decline(&id, Channel::Page).await.unwrap();
            if declined.state == State::Declined {
                world.ledger.closed(&id);
            }
        }
        Move::Inbound(conversation) => world.front.receive(conversation, "<p>And?</p>"),
        Move::Late => {}
    }
}

async fn seal(world: &World, caller: usize, arguments: Value, host: Host) {
    let by = &world.callers[caller];
    let outcome = call(&world.app, "send-message", arguments, by, &host).await;
    if let Some(id) = envelope(&outcome) {
        world.ledger.sealed(id, caller);
    }
    if let Some(question) = outcome.question {
        world.ledger.posed(Open {
            asked: caller,
            question,
            at: jiff::Timestamp::now(),
        });
    }
}

/// In `confirm` mode the agent's own word is the yes.
fn agreed(world: &World, id: &str, own: bool) {
    if world.mode == SendMode::Confirm
        && own
        && let Some(id) = EnvelopeId::parse(id)
    {
        world.ledger.yes(&id, world.front.tick());
    }
}

/// A call whose client goes away after a moment.
async fn give_up(world: &World, caller: usize, id: &str) {
    let cancelled = CancellationToken::new();
    let Value::Object(arguments) = json!({ "envelope_id": id }) else {
        return;
    };
    let (by, host) = (world.callers[caller].clone(), Host::silent());
    let running = world
        .app
        .call("confirm-send", arguments, by, &host, &cancelled);
    let leaving = async {
        for _ in 0..6 {
            tokio::task::yield_now().await;
        }
        cancelled.cancel();
    };
    let _ = tokio::join!(running, leaving);
}
