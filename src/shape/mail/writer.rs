//! From what is on the page to lines of text.

use super::anchor::Link;
use super::attrs::Attrs;
use super::line::Line;
use super::mark::Mark;
use super::sheet::Sheet;
use super::table::Table;
use super::tag::Tag;
use crate::shape::visible::one_line;

/// Lists deeper than this are not indented further.
const LISTS: usize = 6;

struct List {
    /// The next item's number; none in a list of bullets.
    number: Option<u32>,
}

#[derive(Default)]
pub(super) struct Writer {
    pub(super) sheet: Sheet,
    /// The page, while a cell is being written.
    pub(super) page: Option<Sheet>,
    pub(super) table: Option<Table>,
    pub(super) tables: usize,
    /// One for each open element whose end needs to know.
    marks: Vec<Mark>,
    lists: Vec<List>,
    bullet: Option<String>,
    pub(super) link: Option<Link>,
    depth: u8,
    history: usize,
    cut: bool,
    ruled: bool,
    bold: usize,
    italic: usize,
    heading: usize,
    pre: usize,
    fenced: bool,
    /// A space that does not break: the line is meant to be there.
    held: bool,
}

impl Writer {
    pub(super) fn finish(mut self) -> Vec<Line> {
        self.end_line();
        self.leave_cell();
        if let Some(table) = self.table.take() {
            self.place(table.layout());
        }
        self.sheet.lines
    }

    pub(super) fn enter(&mut self, tag: Tag, attrs: &Attrs<'_>) {
        let mark = Mark::of(tag, attrs);
        match mark {
            Mark::History => {
                self.end_line();
                self.history += 1;
            }
            Mark::Cut => {
                self.end_line();
                self.cut = true;
            }
            Mark::Ruled => {
                self.end_line();
                self.ruled = true;
            }
            Mark::None | Mark::Tight => {}
        }
        self.marks.push(mark);
        match tag {
            Tag::A => self.enter_link(attrs),
            Tag::B | Tag::Strong => self.bold += 1,
            Tag::I | Tag::Em => self.italic += 1,
            Tag::Code if self.pre > 0 && self.sheet.line.is_empty() => self.fence(true),
            Tag::Q => self.text("\"", false),
            Tag::Ol | Tag::Ul | Tag::Menu | Tag::Dir => {
                self.block(self.lists.is_empty());
                let number = (tag == Tag::Ol).then(|| attrs.start.trim().parse().unwrap_or(1));
                self.lists.push(List { number });
            }
            Tag::Li => {
                self.end_line();
                self.bullet = Some(
                    match self.lists.last_mut().and_then(|list| list.number.as_mut()) {
                        Some(number) => {
                            let bullet = format!("{number}. ");
                            *number = number.saturating_add(1);
                            bullet
                        }
                        None => "- ".to_owned(),
                    },
                );
            }
            Tag::Blockquote => {
                self.block(true);
                self.depth = self.depth.saturating_add(1);
            }
            Tag::Pre | Tag::Listing => {
                self.block(true);
                self.pre += 1;
            }
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                self.block(true);
                self.heading = 1 + tag as usize - Tag::H1 as usize;
            }
            Tag::P if mark == Mark::Tight => self.end_line(),
            Tag::P | Tag::Dl | Tag::Figure => self.block(true),
            Tag::Table => self.enter_table(),
            Tag::Tr if self.captures() => {
                self.leave_cell();
                if let Some(table) = &mut self.table {
                    table.row();
                }
            }
            Tag::Td | Tag::Th if self.captures() => {
                self.leave_cell();
                self.end_line();
                if let Some(table) = &mut self.table {
                    table.heads |= tag == Tag::Th;
                }
                self.page = Some(std::mem::take(&mut self.sheet));
            }
            _ if tag.block() => self.end_line(),
            _ => {}
        }
    }

    pub(super) fn exit(&mut self, tag: Tag) {
        match tag {
            Tag::A => self.leave_link(),
            Tag::B | Tag::Strong => self.bold = self.bold.saturating_sub(1),
            Tag::I | Tag::Em => self.italic = self.italic.saturating_sub(1),
            Tag::Code if self.fenced => self.fence(false),
            Tag::Q => self.text("\"", false),
            Tag::Ol | Tag::Ul | Tag::Menu | Tag::Dir => {
                self.end_line();
                self.lists.pop();
                self.sheet.gap |= self.lists.is_empty();
            }
            Tag::Li => {
                self.end_line();
                self.bullet = None;
            }
            Tag::Blockquote => {
                self.block(true);
                self.depth = self.depth.saturating_sub(1);
            }
            Tag::Pre | Tag::Listing => {
                self.fence(false);
                self.block(true);
                self.pre = self.pre.saturating_sub(1);
            }
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => {
                self.block(true);
                self.heading = 0;
            }
            Tag::P | Tag::Div => {
                let held = self.held && self.sheet.line.is_empty();
                let loose = tag == Tag::P && self.marks.last() != Some(&Mark::Tight);
                self.block(held || loose);
            }
            Tag::Dl | Tag::Figure => self.block(true),
            Tag::Table => self.leave_table(),
            Tag::Td | Tag::Th if self.captures() => self.leave_cell(),
            _ if tag.block() => self.end_line(),
            _ => {}
        }
        if self.marks.pop() == Some(Mark::History) {
            self.end_line();
            self.history = self.history.saturating_sub(1);
        }
    }

    pub(super) fn line_break(&mut self) {
        if self.sheet.line.is_empty() {
            self.sheet.gap = true;
        }
        self.end_line();
    }

    pub(super) fn rule(&mut self) {
        self.block(true);
        self.ruled = true;
    }

    pub(super) fn image(&mut self, alt: Option<&str>) {
        let alt = one_line(alt.unwrap_or(""), 200);
        if alt.is_empty() {
            self.word("[image]");
        } else {
            self.word(&format!("[image: {alt}]"));
        }
        self.sheet.space = true;
    }

    pub(super) fn text(&mut self, text: &str, pre: bool) {
        if pre {
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    self.line_break();
                }
                self.preformatted(line);
            }
            return;
        }
        let mut rest = text;
        loop {
            let word = rest.trim_start();
            if word.len() < rest.len() {
                self.sheet.space = true;
                let spaces = rest.len() - word.len();
                self.held |= rest.get(..spaces).is_some_and(|s| s.contains('\u{A0}'));
            }
            if word.is_empty() {
                return;
            }
            let end = word.find(char::is_whitespace).unwrap_or(word.len());
            self.word(word.get(..end).unwrap_or(word));
            rest = word.get(end..).unwrap_or("");
        }
    }

    fn preformatted(&mut self, line: &str) {
        let words = line.trim_end();
        if words.is_empty() {
            self.sheet.space |= !line.is_empty();
            return;
        }
        self.word(words);
        self.sheet.space = words.len() < line.len();
    }

    fn word(&mut self, word: &str) {
        let (strong, emphasis) = (self.bold > 0 && self.heading == 0, self.italic > 0);
        if self.sheet.line.is_empty() {
            self.begin_line();
        }
        let sheet = &mut self.sheet;
        if sheet.emphasis && (!emphasis || sheet.strong != strong) {
            sheet.line.push('*');
            sheet.emphasis = false;
        }
        if sheet.strong && !strong {
            sheet.line.push_str("**");
            sheet.strong = false;
        }
        if std::mem::take(&mut sheet.space) && !sheet.line.is_empty() && !sheet.line.ends_with(' ')
        {
            sheet.line.push(' ');
        }
        if strong && !sheet.strong {
            sheet.line.push_str("**");
            sheet.strong = true;
        }
        if emphasis && !sheet.emphasis {
            sheet.line.push('*');
            sheet.emphasis = true;
        }
        sheet.line.push_str(word);
    }

    /// What stands before the first word of a line.
    fn begin_line(&mut self) {
        self.sheet.space = false;
        let level = self.lists.len().min(LISTS);
        let line = &mut self.sheet.line;
        match self.bullet.take() {
            Some(bullet) => {
                line.extend(std::iter::repeat_n("  ", level.saturating_sub(1)));
                line.push_str(&bullet);
            }
            None => line.extend(std::iter::repeat_n("  ", level)),
        }
        if self.heading > 0 {
            line.extend(std::iter::repeat_n('#', self.heading));
            line.push(' ');
        }
    }

    fn block(&mut self, gap: bool) {
        self.end_line();
        self.sheet.gap |= gap;
    }

    pub(super) fn end_line(&mut self) {
        let sheet = &mut self.sheet;
        sheet.space = false;
        self.held = false;
        if sheet.line.is_empty() {
            return;
        }
        if std::mem::take(&mut sheet.emphasis) {
            sheet.line.push('*');
        }
        if std::mem::take(&mut sheet.strong) {
            sheet.line.push_str("**");
        }
        let line = Line {
            text: std::mem::take(&mut sheet.line),
            depth: self.depth,
            history: self.history > 0,
            intro: false,
            cut: std::mem::take(&mut self.cut),
            ruled: std::mem::take(&mut self.ruled),
        };
        sheet.push(line);
    }

    fn fence(&mut self, open: bool) {
        if open != self.fenced {
            self.end_line();
            self.fenced = open;
            self.word("```");
            self.end_line();
        }
    }
}
