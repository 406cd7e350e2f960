//! `--paste`: the address that the browser ended at, typed or pasted by a person, or written by a
//! program.

use anyhow::anyhow;
use secrecy::ExposeSecret as _;

use super::{Conversation, Failure, UNDONE, print};
use crate::login::{Answer, Ticket, Unfit};

/// So many lines are looked at.
const TRIES: u32 = 20;

/// Reads lines until one is the answer.
pub async fn answer(ticket: &Ticket, conversation: &Conversation) -> Result<Answer, Failure> {
    for _ in 0..TRIES {
        let line = conversation
            .ask("Paste the address here: ")
            .await
            .map_err(|error| anyhow!("standard input cannot be read: {error}; {UNDONE}"))?
            .ok_or_else(|| {
                anyhow!("standard input ended before the address was pasted; {UNDONE}")
            })?;
        if line.expose_secret().is_empty() {
            continue;
        }
        match ticket.take_pasted(line.expose_secret()) {
            Ok(answer) => return Ok(answer),
            Err(unfit) => print(&advice(unfit)),
        }
    }
    Err(anyhow!("{TRIES} lines were not the address; {UNDONE}").into())
}

fn advice(unfit: Unfit) -> String {
    let more = match unfit {
        Unfit::State | Unfit::Issuer => "open the address above and begin there",
        _ => "copy the whole address, with everything behind the question mark",
    };
    format!("That is not it: {unfit}; {more}.")
}
