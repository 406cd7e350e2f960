//! The page a mail is written on: lines of text, each as deep in quotes as it is.

use crate::shape::visible::visible;

/// How deep quotes are told apart.
pub(super) const MAX_QUOTE: u8 = 5;

/// How far nested lists go to the right; beyond it, lines made of indents would outweigh the text.
const MAX_INDENT: usize = 24;

/// One line, without its quote marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) quote: u8,
    pub(super) text: String,
}

impl Line {
    /// A line of plain text, its own.
    pub(super) fn plain(text: &str) -> Self {
        Self {
            quote: 0,
            text: text.trim_end().to_owned(),
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Emphasis that is open: written when a word comes, closed before the line ends, begun again on the next.
#[derive(Debug)]
struct Mark {
    sign: &'static str,
    written: bool,
}

/// Writes lines.
#[derive(Debug, Default)]
pub(super) struct Page {
    lines: Vec<Line>,
    current: String,
    /// Whether anything but the indent has been written on the current line.
    begun: bool,
    space: bool,
    gap: bool,
    quote: u8,
    indent: usize,
    bullet: Option<String>,
    marks: Vec<Mark>,
}

impl Page {
    /// Writes running text: white space collapses, what cannot be seen is left out.
    pub(super) fn text(&mut self, text: &str) {
        let text = visible(text);
        if text.starts_with(is_space) {
            self.space |= self.begun;
        }
        let mut first = true;
        for word in text.split(is_space).filter(|word| !word.is_empty()) {
            if !first {
                self.space = true;
            }
            first = false;
            self.word(word);
        }
        if !first && text.ends_with(is_space) {
            self.space = true;
        }
    }

    /// Writes text line by line as it stands.
    pub(super) fn preformatted(&mut self, text: &str) {
        let text = visible(text);
        let mut lines = text.split('\n');
        if let Some(line) = lines.next() {
            self.verbatim(line);
        }
        for line in lines {
            self.line_break();
            self.verbatim(line);
        }
    }

    fn verbatim(&mut self, line: &str) {
        let line = line.trim_end();
        if !line.is_empty() {
            self.word(line);
        }
    }

    /// Writes something that stays together.
    pub(super) fn word(&mut self, word: &str) {
        self.begin();
        if std::mem::take(&mut self.space) {
            self.current.push(' ');
        }
        for mark in self.marks.iter_mut().filter(|mark| !mark.written) {
            self.current.push_str(mark.sign);
            mark.written = true;
        }
        self.current.push_str(word);
    }

    /// Writes a word with a space before it.
    pub(super) fn apart(&mut self, word: &str) {
        self.space |= self.begun;
        self.word(word);
    }

    fn begin(&mut self) {
        if self.begun {
            return;
        }
        if std::mem::take(&mut self.gap) && !self.lines.is_empty() {
            self.blank_line();
        }
        self.space = false;
        self.begun = true;
        let bullet = self.bullet.take().unwrap_or_default();
        let indent = self.indent.saturating_sub(bullet.len()).min(MAX_INDENT);
        self.current.extend(std::iter::repeat_n(' ', indent));
        self.current.push_str(&bullet);
    }

    fn blank_line(&mut self) {
        let quote = self
            .lines
            .last()
            .map_or(0, |line| line.quote.min(self.quote));
        self.lines.push(Line {
            quote,
            text: String::new(),
        });
    }

    /// Ends the line if anything is on it.
    pub(super) fn end_line(&mut self) {
        if !self.begun {
            return;
        }
        for mark in self.marks.iter_mut().rev().filter(|mark| mark.written) {
            self.current.push_str(mark.sign);
            mark.written = false;
        }
        self.lines.push(Line {
            quote: self.quote,
            text: std::mem::take(&mut self.current),
        });
        self.begun = false;
        self.space = false;
    }

    /// Ends the line; on an empty one, asks for a blank line instead.
    pub(super) fn line_break(&mut self) {
        if self.begun {
            self.end_line();
        } else {
            self.gap = true;
        }
    }

    /// Ends the line and asks for a blank one before what comes next.
    pub(super) fn paragraph(&mut self) {
        self.end_line();
        self.gap = true;
    }

    /// Begins emphasis; it has no effect inside itself.
    pub(super) fn open_mark(&mut self, sign: &'static str) -> bool {
        let new = !self.marks.iter().any(|mark| mark.sign == sign);
        if new {
            self.marks.push(Mark {
                sign,
                written: false,
            });
        }
        new
    }

    /// Ends the emphasis begun last.
    pub(super) fn close_mark(&mut self) {
        if let Some(Mark {
            sign,
            written: true,
        }) = self.marks.pop()
        {
            self.current.push_str(sign);
        }
    }

    /// Goes one quote deeper; what is on the line stays outside.
    pub(super) fn open_quote(&mut self) {
        self.paragraph();
        self.quote = self.quote.saturating_add(1);
    }

    /// Comes back out of a quote.
    pub(super) fn close_quote(&mut self) {
        self.paragraph();
        self.quote = self.quote.saturating_sub(1);
    }

    /// Begins a list item, its bullet to be written before its first word.
    pub(super) fn open_item(&mut self, bullet: String) -> usize {
        self.end_line();
        let width = bullet.len();
        self.indent += width;
        self.bullet = Some(bullet);
        width
    }

    /// Ends a list item.
    pub(super) fn close_item(&mut self, width: usize) {
        self.end_line();
        self.bullet = None;
        self.indent = self.indent.saturating_sub(width);
    }

    /// A place to come back to with [`Page::since`].
    pub(super) fn place(&self) -> (usize, usize) {
        (self.lines.len(), self.current.len())
    }

    /// What was written since a place, if it is all on the current line.
    pub(super) fn since(&self, (lines, length): (usize, usize)) -> Option<&str> {
        if lines == self.lines.len() {
            self.current.get(length..)
        } else {
            None
        }
    }

    /// Whether anything was written since a place.
    pub(super) fn wrote_since(&self, place: (usize, usize)) -> bool {
        self.place() != place
    }

    /// The finished lines.
    pub(super) fn into_lines(mut self) -> Vec<Line> {
        self.end_line();
        self.lines
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}
