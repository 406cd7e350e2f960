//! What the tokenizer is fed, and how far.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};

use super::attributes;
use super::parse::{Builder, floor_boundary};

/// How much is fed to the tokenizer before looking whether it still makes sense to go on.
const CHUNK: usize = 4_096;
/// A single tag or comment longer than this ends the reading, unless it is one long word (an inline image's data).
const MAX_SILENCE: usize = 64 * 1_024;
/// Words longer than this are an inline image's data, and are not read.
const MAX_WORD: usize = 8_192;

/// What the tokenizer has been silent about since a `<`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// What may be the name of a tag: in raw text it is not.
    Name,
    /// A comment, a declaration.
    Other,
}

/// Feeds the tokenizer, and looks whether it still makes sense to go on. Whether a `<` begins a tag only the
/// tokenizer knows: it gives text at once, and says nothing of a tag before its end.
pub(super) struct Reader {
    tokenizer: Tokenizer<Builder>,
    queue: BufferQueue,
    open: Open,
    tokens: usize,
    /// How many bytes brought no token.
    silence: usize,
    stopped: bool,
    /// Attributes were.
    left_out: bool,
}

impl Reader {
    pub(super) fn new(length: usize) -> Self {
        Self {
            tokenizer: Tokenizer::new(Builder::new(length), TokenizerOpts::default()),
            queue: BufferQueue::default(),
            open: Open::Nothing,
            tokens: 0,
            silence: 0,
            stopped: false,
            left_out: false,
        }
    }

    /// Feeds it all of a text, and says whether a token came of it.
    fn feed(&mut self, text: &str) -> bool {
        let before = self.tokens;
        for piece in Pieces(text) {
            if self.stopped {
                break;
            }
            self.queue.push_back(StrTendril::from_slice(piece));
            let _ = self.tokenizer.feed(&self.queue);
            let (tokens, stop) = self.tokenizer.sink.heard();
            self.silence = match tokens == self.tokens {
                true => self.silence + piece.len(),
                false => 0,
            };
            self.tokens = tokens;
            self.stopped |= stop || self.silence > MAX_SILENCE;
        }
        let spoke = self.tokens != before;
        if spoke {
            self.open = Open::Nothing;
        }
        spoke
    }

    /// Reads it to its end, if that makes sense; and says whether all was read.
    pub(super) fn read(mut self, html: &str) -> (Builder, bool) {
        let mut rest = html;
        while !rest.is_empty() && !self.stopped {
            rest = match (rest.as_bytes().first(), self.open) {
                (Some(b'<'), _) => self.angle(rest),
                (_, Open::Name) => self.name(rest),
                _ => {
                    let (text, rest) = until(rest, |byte| byte == b'<');
                    self.feed(text);
                    rest
                }
            };
        }
        if !self.stopped {
            self.tokenizer.end();
        }
        let whole = !self.stopped && !self.left_out;
        (self.tokenizer.sink, whole)
    }

    /// A `<`: of a tag perhaps, if it is not inside of something.
    fn angle<'a>(&mut self, text: &'a str) -> &'a str {
        let is_inside = self.open != Open::Nothing;
        let (angle, mut rest) = text.split_at_checked(1).unwrap_or_default();
        if self.feed(angle) || !is_inside {
            let name = rest.strip_prefix('/').unwrap_or(rest);
            self.open = Open::Other;
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.open = Open::Name;
                if name.len() < rest.len() && !self.feed("/") {
                    rest = name;
                }
            }
        }
        rest
    }

    /// The name of what may be a tag; when it turns out to be one, the tag.
    fn name<'a>(&mut self, text: &'a str) -> &'a str {
        let ends_name = |byte: u8| {
            matches!(
                byte,
                b'<' | b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c'
            )
        };
        let (name, rest) = until(text, ends_name);
        if !name.is_empty() && self.feed(name) {
            return rest;
        }
        match rest.as_bytes().first() {
            None | Some(b'<') => return rest,
            Some(b'>') => {
                let (close, rest) = rest.split_at_checked(1).unwrap_or_default();
                if !self.feed(close) {
                    self.open = Open::Other;
                }
                return rest;
            }
            // A slash and what closes a tag belong together.
            Some(b'/') => {}
            Some(_) => {
                let (space, rest) = rest.split_at_checked(1).unwrap_or_default();
                return match self.feed(space) {
                    true => rest,
                    false => self.attributes(rest),
                };
            }
        }
        let (slash, rest) = rest.split_at_checked(1).unwrap_or_default();
        match self.feed(slash) {
            true => rest,
            false if rest.starts_with('>') => {
                self.open = Open::Other;
                rest
            }
            false => self.attributes(rest),
        }
    }

    fn attributes<'a>(&mut self, text: &'a str) -> &'a str {
        let found = attributes::rest(text);
        let mut from = 0;
        for (begin, end) in found.cut {
            self.left_out = true;
            self.feed(text.get(from..begin).unwrap_or_default());
            // Apart from what comes after, which may be a slash of its own.
            self.feed(" ");
            from = end;
        }
        self.feed(text.get(from..found.end).unwrap_or_default());
        self.open = Open::Other;
        text.get(found.end..).unwrap_or_default()
    }
}

/// A text up to the first such byte, which is an ASCII one, and from there.
fn until(text: &str, is_end: impl Fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(is_end).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Cuts text into chunks, leaving out words too long to be words.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let end = floor_boundary(self.0, CHUNK);
        let (mut piece, rest) = self.0.split_at_checked(end)?;
        self.0 = rest;
        let is_data = |byte: u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'%' | b'-' | b'_')
        };
        if piece.len() == CHUNK && piece.bytes().all(is_data) {
            let word = self.0.bytes().take_while(|byte| is_data(*byte)).count();
            if word > MAX_WORD {
                self.0 = self.0.get(word..).unwrap_or_default();
                piece = piece.get(..64).unwrap_or_default();
            }
        }
        (!piece.is_empty()).then_some(piece)
    }
}
