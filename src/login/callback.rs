//! What the browser brings back from Front, read from the query of an address (RFC 6749 4.1.2,
//! RFC 9207 for `iss`).
//!
//! Whatever is not exactly such an answer is refused, and what stands twice is refused: of two
//! readers each could take another one.

use std::borrow::Cow;

use percent_encoding::percent_decode;
use secrecy::SecretString;

use super::{Refusal, refusal::MOST_SAID};
use crate::untrusted::Untrusted;

/// No answer of Front's is longer.
pub const LONGEST: usize = 8 * 1024;

/// No code is longer.
const LONGEST_CODE: usize = 4 * 1024;

/// No state of ours is longer.
const LONGEST_STATE: usize = 128;

/// What Front answered. It has no `Debug`: a code is in it.
pub enum Answer {
    /// A code, which works once.
    Code(SecretString),
    /// Nobody is let in.
    Refusal(Refusal),
}

/// Why a callback is not the answer that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It came under another name than the redirect address's.
    #[error("it came under another name than that of the redirect address")]
    Host,
    /// It is for another place here.
    #[error("it is not the redirect address")]
    Path,
    /// It is no GET.
    #[error("it is not a GET request")]
    Method,
    /// It is no answer of OAuth's; what is wrong.
    #[error("it is not an answer of Front's: {0}")]
    Shape(&'static str),
    /// Another server made it.
    #[error("it comes from another server than Front's")]
    Issuer,
    /// It answers another sign-in, or none.
    #[error("it is not for the sign-in that is under way")]
    State,
    /// The sign-in has its answer.
    #[error("this sign-in was answered already")]
    Used,
}

/// An answer with the state that it shows.
pub struct Callback {
    /// To be compared; not yet known to be ours.
    pub state: SecretString,
    pub answer: Answer,
}

/// Reads the query of a callback; `issuer` is the server that was asked.
///
/// # Errors
/// Why it is none.
pub fn parse(query: &str, issuer: &str) -> Result<Callback, Unfit> {
    if query.len() > LONGEST {
        return Err(Unfit::Shape("it is too long"));
    }
    let mut fields = Fields::default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        // A name that cannot be read is none that we know.
        let Some(slot) = decode(name).and_then(|name| fields.slot(&name)) else {
            continue;
        };
        if slot.is_some() {
            return Err(Unfit::Shape("a parameter stands twice"));
        }
        let value = decode(value).ok_or(Unfit::Shape("a parameter is wrongly encoded"))?;
        *slot = Some(value.into_owned());
    }
    fields.read(issuer)
}

/// The parameters that mean something.
#[derive(Default)]
struct Fields {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    description: Option<String>,
    /// Read for nothing but standing there once.
    uri: Option<String>,
    issuer: Option<String>,
}

impl Fields {
    fn slot(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "code" => &mut self.code,
            "state" => &mut self.state,
            "error" => &mut self.error,
            "error_description" => &mut self.description,
            "error_uri" => &mut self.uri,
            "iss" => &mut self.issuer,
            _ => return None,
        })
    }

    fn read(self, issuer: &str) -> Result<Callback, Unfit> {
        let state = self
            .state
            .filter(|state| is_word(state, LONGEST_STATE))
            .ok_or(Unfit::Shape("it has no state"))?;
        if self.issuer.is_some_and(|given| given != issuer) {
            return Err(Unfit::Issuer);
        }
        let answer = match (self.code, self.error) {
            (Some(_), Some(_)) => return Err(Unfit::Shape("it is both a yes and a no")),
            (None, None) => return Err(Unfit::Shape("it has neither a code nor an error")),
            (Some(_), None) if self.description.is_some() => {
                return Err(Unfit::Shape("it is both a yes and a no"));
            }
            (Some(code), None) if !is_word(&code, LONGEST_CODE) => {
                return Err(Unfit::Shape("its code is none"));
            }
            (Some(code), None) => Answer::Code(SecretString::from(code)),
            (None, Some(error)) if !is_error(&error) => {
                return Err(Unfit::Shape("its error is none of OAuth's"));
            }
            (None, Some(error)) => {
                let said = self.description.map(|mut said| {
                    said.truncate(said.floor_char_boundary(MOST_SAID));
                    Untrusted::new(said)
                });
                Answer::Refusal(Refusal::new(&error, said))
            }
        };
        Ok(Callback {
            state: SecretString::from(state),
            answer,
        })
    }
}

/// Printable ASCII without spaces, and some of it.
fn is_word(text: &str, longest: usize) -> bool {
    (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_error(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// A name or value as forms encode them; `None` if it is not so encoded.
fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !is_encoded(text.as_bytes()) {
        return None;
    }
    let text = text.replace('+', " ");
    let decoded = percent_decode(text.as_bytes()).decode_utf8().ok()?;
    Some(Cow::Owned(decoded.into_owned()))
}

/// Whether every `%` begins two hex digits. Lenient readers leave others as they are.
fn is_encoded(text: &[u8]) -> bool {
    let mut parts = text.split(|byte| *byte == b'%');
    let _ = parts.next();
    parts.all(|part| {
        part.first_chunk::<2>()
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests;
