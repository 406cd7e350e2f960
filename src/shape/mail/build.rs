//! From tokens to what is on the page: which elements are open where, as a
//! browser would have it, and which text a person would see.
//!
//! No tree is built. The parser that comes with `htmd` is exact, but takes
//! time in the square of the nesting (40 000 open `<div>`s keep it busy for
//! most of a minute in a debug build), and a mail is written by a stranger.
//! Here, every tag costs the same, however deep: an open element is a few
//! bytes on a stack, the last one of each name is known without a search, and
//! nothing recurses. What the standard's tree builder does and a reader of
//! text cannot notice is left out.

use super::attrs::Attrs;
use super::entity::Decoder;
use super::line::Line;
use super::look::Look;
use super::tag::Tag;
use super::token::{Token, Tokens};
use super::writer::Writer;
use crate::shape::visible::{one_line, visible};

pub(super) const NONE: u32 = u32::MAX;
pub(super) struct Open<'a> {
    pub tag: Tag,
    pub name: &'a str,
    look: Look,
    /// Where the element of the same tag before this one is.
    pub same: u32,
    /// Its end tag came while other elements were still open inside.
    pub ended: bool,
    /// The writer was told of it.
    shown: bool,
}

/// A formatting element that hides text and was left open by the element
/// around it: browsers open it again.
pub(super) struct Lingering {
    pub tag: Tag,
    pub cell: u32,
}

pub(in crate::shape) struct Builder<'a> {
    tokens: Tokens<'a>,
    decoder: Decoder,
    pub(super) stack: Vec<Open<'a>>,
    last: [u32; Tag::COUNT],
    pub(super) lingering: Vec<Lingering>,
    /// An element of foreign content whose content is HTML again.
    pub(super) integration: u32,
    pub(super) writer: Writer,
    hidden: Hidden,
}

/// The text that a person would not see.
#[derive(Default)]
pub(in crate::shape) struct Hidden {
    /// How many characters, white space aside.
    pub chars: usize,
    /// The first piece of it.
    pub first: Option<String>,
}

impl<'a> Builder<'a> {
    pub(in crate::shape) fn new(html: &'a str) -> Self {
        Self {
            tokens: Tokens::new(html),
            decoder: Decoder::default(),
            stack: Vec::new(),
            last: [NONE; Tag::COUNT],
            lingering: Vec::new(),
            integration: NONE,
            writer: Writer::default(),
            hidden: Hidden::default(),
        }
    }

    /// Reads to the end; gives the lines and what was hidden.
    pub(in crate::shape) fn run(mut self) -> (Vec<Line>, Hidden) {
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Text(raw) => self.text(raw),
                Token::Start {
                    tag,
                    name,
                    self_closing,
                } => self.start(tag, name, self_closing),
                Token::End { tag, name } => self.end(tag, name),
            }
            self.tokens.foreign = self.foreign() != NONE && self.integration == NONE;
        }
        self.pop_to(0);
        (self.writer.finish(), self.hidden)
    }

    pub(super) fn last(&self, tag: Tag) -> u32 {
        self.last.get(tag as usize).copied().unwrap_or(NONE)
    }

    pub(super) fn is_open(&self, tag: Tag) -> bool {
        self.last(tag) != NONE
    }

    /// The innermost of several elements, or nothing.
    pub(super) fn innermost(&self, tags: &[Tag]) -> u32 {
        tags.iter()
            .map(|tag| self.last(*tag))
            .filter(|at| *at != NONE)
            .max()
            .unwrap_or(NONE)
    }

    /// Whether `tag` is open, and none of `walls` inside it.
    pub(super) fn within(&self, tag: Tag, walls: &[Tag]) -> bool {
        let at = self.last(tag);
        let wall = self.innermost(walls);
        at != NONE && (wall == NONE || at > wall)
    }

    fn foreign(&self) -> u32 {
        match (self.last(Tag::Svg), self.last(Tag::Math)) {
            (NONE, other) | (other, NONE) => other,
            (a, b) => a.min(b),
        }
    }

    pub(super) fn in_heading(&self) -> bool {
        let top = self.stack.last().map(|open| open.tag);
        top.is_some_and(|tag| (Tag::H1..=Tag::H6).contains(&tag))
    }

    /// The table cell that the position is in; formatting ends with it.
    pub(super) fn cell(&self) -> u32 {
        self.innermost(&[Tag::Td, Tag::Th, Tag::Caption])
    }

    /// What text here would inherit. What stands in a table outside its cells
    /// is shown before the table.
    fn look(&self) -> Look {
        let top = self.stack.last();
        if top.is_some_and(|open| in_rows(open.tag)) {
            let table = self.last(Tag::Table) as usize;
            let before = table.checked_sub(1).and_then(|at| self.stack.get(at));
            return before.map_or(Look::PAGE, |open| open.look);
        }
        top.map_or(Look::PAGE, |open| open.look)
    }

    fn text(&mut self, raw: &'a str) {
        let decoded = self.decoder.text(raw);
        let text = visible(&decoded);
        if text.is_empty() {
            return;
        }
        let look = self.look();
        let cell = self.cell();
        let lingers = self.lingering.last().is_some_and(|l| l.cell == cell);
        if !look.hides_text() && !lingers {
            self.writer.text(&text, look.pre);
        } else if !look.dropped {
            let chars = text.chars().filter(|c| !c.is_whitespace()).count();
            self.hidden.chars += chars;
            if chars > 0 && self.hidden.first.is_none() {
                self.hidden.first = Some(one_line(&text, 40));
            }
        }
    }

    fn start(&mut self, tag: Tag, name: &'a str, self_closing: bool) {
        let foreign = self.foreign();
        if foreign != NONE {
            if self.integration != NONE || !tag.breaks_out() {
                if !self_closing {
                    if self.integration == NONE && Tag::integrates(name) {
                        self.integration = self.stack.len().try_into().unwrap_or(NONE);
                    }
                    self.push(tag, name, &Attrs::default());
                }
                return;
            }
            self.pop_to(foreign);
        }
        self.close_implied(tag);
        match tag {
            Tag::Html | Tag::Head | Tag::Form => return,
            Tag::Body if self.is_open(Tag::Body) || !self.stack.is_empty() => return,
            Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption
                if !self.is_open(Tag::Table) =>
            {
                return;
            }
            _ => {}
        }
        let attrs = Attrs::read(&self.tokens.attrs, &mut self.decoder);
        if tag.void() {
            self.leaf(tag, &attrs);
        } else if !tag.raw_text() {
            self.push(tag, name, &attrs);
        }
    }

    fn leaf(&mut self, tag: Tag, attrs: &Attrs<'_>) {
        let look = self.look().of(tag, attrs);
        if look.hides_all() {
            return;
        }
        match tag {
            Tag::Br => self.writer.line_break(),
            Tag::Hr => self.writer.rule(),
            Tag::Img | Tag::Image if !attrs.pixel() => self.writer.image(attrs.alt.as_deref()),
            _ => {}
        }
    }

    fn push(&mut self, tag: Tag, name: &'a str, attrs: &Attrs<'_>) {
        // The parts of a table take after the table, anything else in it after
        // what is around the table.
        let around = match self.stack.last() {
            Some(open) if in_rows(open.tag) && (in_rows(tag) || tag.cell()) => open.look,
            _ => self.look(),
        };
        let look = around.of(tag, attrs);
        let Ok(at) = u32::try_from(self.stack.len()) else {
            return;
        };
        let shown = !look.hides_all();
        if shown {
            self.writer.enter(tag, attrs);
        }
        let mut same = NONE;
        if let Some(last) = self.last.get_mut(tag as usize) {
            same = std::mem::replace(last, at);
        }
        self.stack.push(Open {
            tag,
            name,
            look,
            same,
            ended: false,
            shown,
        });
    }

    /// Closes everything from `at` on. What is closed only because its
    /// surroundings are is opened again by a browser, if it is formatting.
    pub(super) fn pop_to(&mut self, at: u32) {
        let len = at as usize;
        while self.stack.len() > len {
            self.pop(self.stack.len() > len + 1);
        }
        while self.stack.last().is_some_and(|open| open.ended) {
            self.pop(false);
        }
    }

    fn pop(&mut self, implied: bool) {
        let cell = self.cell();
        let Some(open) = self.stack.pop() else { return };
        if let Some(last) = self.last.get_mut(open.tag as usize) {
            *last = open.same;
        }
        if open.shown {
            self.writer.exit(open.tag);
        }
        if open.tag.cell() {
            while self.lingering.last().is_some_and(|l| l.cell == cell) {
                self.lingering.pop();
            }
        } else if implied && !open.ended && open.tag.formats() {
            let outside = self.stack.last().map_or(Look::PAGE, |open| open.look);
            if open.look.hides_text() && !outside.hides_text() {
                self.lingering.push(Lingering {
                    tag: open.tag,
                    cell,
                });
            }
        }
        if self.stack.len() <= self.integration as usize {
            self.integration = NONE;
        }
    }
}

/// The parts of a table that hold only other parts.
pub(super) fn in_rows(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Table | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Tr
    )
}
