//! Questions to the person at the terminal, and what they type or paste.
//!
//! A sign-in may ask more than once, and what was read ahead for one question belongs to the next:
//! all of them read from here.

use std::io::{self, IsTerminal as _, Write as _};

use futures_util::future::{BoxFuture, FutureExt as _};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Stdin, stdin},
    sync::Mutex,
};

use crate::login::Asker;

/// No line that is of use is longer.
const LONGEST: u64 = 16 * 1024;

/// Standard input, line by line.
#[derive(Debug, Default)]
pub struct Conversation {
    /// Opened at the first question: who is never asked keeps their input.
    input: Mutex<Option<BufReader<Stdin>>>,
}

impl Conversation {
    /// Whether a person can be asked.
    pub fn is_with_a_person() -> bool {
        io::stdin().is_terminal()
    }

    /// Asks on standard output and reads a line; `None` at the end of input. It may be a secret.
    ///
    /// # Errors
    /// Those of standard input, and a line that is no text.
    pub async fn ask(&self, question: &str) -> io::Result<Option<SecretString>> {
        let mut out = io::stdout();
        let _ = write!(out, "{question}");
        let _ = out.flush();
        let mut input = self.input.lock().await;
        let input = input.get_or_insert_with(|| BufReader::new(stdin()));
        let mut line = Vec::new();
        if input.take(LONGEST).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8(line)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is no text"))?;
        Ok(Some(SecretString::from(line.trim())))
    }
}

impl Asker for Conversation {
    fn can_ask(&self) -> bool {
        Self::is_with_a_person()
    }

    fn may_replace<'ask>(
        &'ask self,
        old: &'ask str,
        new: Option<&'ask str>,
    ) -> BoxFuture<'ask, bool> {
        async move {
            let new = new.map_or_else(
                || "a company that could not be read".to_owned(),
                |new| format!("“{new}”"),
            );
            let question = format!(
                "This account is signed in as “{old}”, and the new sign-in is for {new}.\nType `yes` to replace it: "
            );
            let answer = self.ask(&question).await.ok().flatten();
            answer.is_some_and(|answer| answer.expose_secret().eq_ignore_ascii_case("yes"))
        }
        .boxed()
    }
}
