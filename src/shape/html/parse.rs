//! From bytes of HTML to a bounded tree.

use std::cell::RefCell;

use html5ever::LocalName;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

use super::element;
use super::reader::Reader;
use super::tree::{Element, NodeId, Tree};

/// Input beyond this is not read.
pub(crate) const MAX_BYTES: usize = 2_000_000;
/// Elements nested deeper than this stand beside one another.
const MAX_DEPTH: usize = 100;
/// No mail has this many nodes.
const MAX_NODES: usize = 200_000;
/// Formatting left open goes on in the blocks that follow, but no more of it than this.
const MAX_FORMATTING: usize = 8;
/// Reads HTML: any HTML, in time that grows with its length alone.
pub(crate) fn parse(html: &str) -> Tree {
    let (html, cut) = match html.split_at_checked(floor_boundary(html, MAX_BYTES)) {
        Some((kept, rest)) => (kept, !rest.is_empty()),
        None => (html, false),
    };
    let (builder, whole) = Reader::new(html.len()).read(html);
    let mut tree = builder.0.into_inner().tree;
    tree.truncated |= cut || !whole;
    tree
}

/// The largest character boundary at or before `at`.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// What the tokenizer gives its tokens to.
pub(super) struct Builder(RefCell<State>);

impl Builder {
    pub(super) fn new(length: usize) -> Self {
        Self(RefCell::new(State::new(length)))
    }

    /// How many tokens came so far, and whether it makes no sense to go on.
    pub(super) fn heard(&self) -> (usize, bool) {
        let state = self.0.borrow();
        (state.tokens, state.stop)
    }
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) => {
                state.tokens += 1;
                state.stop |= state.tree.len() > MAX_NODES;
                return match tag.kind {
                    TagKind::StartTag => state.start(tag),
                    TagKind::EndTag => {
                        state.end(&tag.name);
                        TokenSinkResult::Continue
                    }
                };
            }
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken => {}
        }
        state.tokens += 1;
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0
            .borrow()
            .skipping
            .as_ref()
            .is_some_and(Skip::is_foreign)
    }
}

/// An element that is left out with all it holds.
struct Skip {
    name: LocalName,
    /// How many elements of the same name are open inside it.
    nested: usize,
    /// How many places are open inside it where HTML may stand in SVG or MathML.
    islands: usize,
}

impl Skip {
    fn is_foreign(&self) -> bool {
        matches!(&*self.name, "svg" | "math")
    }
}

struct State {
    tree: Tree,
    /// The open elements, the root first.
    open: Vec<NodeId>,
    /// Formatting elements begun and not ended, with how many table cells were open around them. A block that ends
    /// before they do does not end them: they go on in the next one.
    formatting: Vec<(NodeId, usize)>,
    /// How many open elements were too deep to be kept as such.
    too_deep: usize,
    skipping: Option<Skip>,
    tokens: usize,
    stop: bool,
}

impl State {
    fn new(length: usize) -> Self {
        Self {
            tree: Tree::with_capacity(length),
            open: vec![Tree::ROOT],
            formatting: Vec::new(),
            too_deep: 0,
            skipping: None,
            tokens: 0,
            stop: false,
        }
    }

    fn current(&self) -> NodeId {
        self.open.last().copied().unwrap_or(Tree::ROOT)
    }

    fn text(&mut self, text: &str) {
        if let Some(skip) = &self.skipping {
            if &*skip.name == "style" {
                self.tree.css.push_str(text);
            }
        } else {
            if !self.formatting.is_empty() && text.contains(|c: char| !c.is_ascii_whitespace()) {
                self.resume_formatting();
            }
            self.tree.append_text(self.current(), text);
        }
    }

    fn start(&mut self, tag: Tag) -> TokenSinkResult<()> {
        if let Some(skip) = &mut self.skipping {
            let name = &*tag.name;
            if skip.is_foreign() && skip.islands == 0 && element::breaks_out(name) {
                self.skipping = None;
            } else {
                let foreign = skip.is_foreign();
                if !tag.self_closing || !foreign {
                    skip.nested += usize::from(tag.name == skip.name);
                    skip.islands += usize::from(is_island(name));
                }
                return if foreign {
                    TokenSinkResult::Continue
                } else {
                    raw_text(name)
                };
            }
        }
        let raw = raw_text(&tag.name);
        self.insert(tag);
        raw
    }

    fn insert(&mut self, tag: Tag) {
        let name = tag.name.clone();
        let name = &*name;
        if element::is_dropped(name) {
            self.skip(tag);
            return;
        }
        if matches!(name, "html" | "head")
            || (element::needs_table(name) && !self.make_room_in_table(name))
        {
            return;
        }
        match name {
            "li" => self.close_within("li", &["ul", "ol"]),
            "dt" | "dd" => {
                self.close_within("dt", &["dl"]);
                self.close_within("dd", &["dl"]);
            }
            "a" => self.end_formatting("a"),
            _ => {}
        }
        if element::closes_paragraph(name) {
            self.close_in_scope("p");
        }
        if element::is_heading(name) && element::is_heading(self.tree.name(self.current())) {
            self.open.pop();
        }
        if !element::is_special(name) && !self.formatting.is_empty() {
            self.resume_formatting();
        }
        let parent = self.current();
        let id = self
            .tree
            .append_element(parent, Element::new(tag.name, tag.attrs));
        if element::is_void(name) {
            return;
        }
        if self.open.len() < MAX_DEPTH {
            self.open.push(id);
            if element::is_formatting(name) {
                if self.formatting.len() == MAX_FORMATTING {
                    self.formatting.remove(0);
                }
                self.formatting.push((id, self.open_cells()));
            }
        } else {
            self.too_deep += 1;
            self.tree.flattened = true;
        }
    }

    fn skip(&mut self, tag: Tag) {
        if !self.tree.dropped.contains(&tag.name) && self.tree.dropped.len() < 32 {
            self.tree.dropped.push(tag.name.clone());
        }
        let skip = Skip {
            name: tag.name,
            nested: 0,
            islands: 0,
        };
        if !(skip.is_foreign() && tag.self_closing) {
            self.skipping = Some(skip);
        }
    }

    fn end(&mut self, name: &LocalName) {
        if let Some(skip) = &mut self.skipping {
            if *name == skip.name {
                match skip.nested.checked_sub(1) {
                    Some(nested) => skip.nested = nested,
                    None => self.skipping = None,
                }
            } else if is_island(name) {
                skip.islands = skip.islands.saturating_sub(1);
            }
            return;
        }
        let name = &**name;
        if name == "br" {
            let parent = self.current();
            self.tree
                .append_element(parent, Element::new(LocalName::from("br"), Vec::new()));
        } else if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if matches!(name, "html" | "head" | "body") {
            // What follows still belongs to the body.
        } else if element::is_formatting(name) {
            self.end_formatting(name);
        } else if element::is_table_part(name) {
            self.close_within(name, if name == "table" { &[] } else { &["table"] });
        } else if element::is_heading(name) {
            self.close_first(element::is_heading, element::is_scope);
        } else if element::is_special(name) {
            self.close_in_scope(name);
        } else {
            self.close_first(|open| open == name, element::is_special);
        }
    }

    /// Begins again the formatting elements that a block closed before their end tag came.
    fn resume_formatting(&mut self) {
        if self.formatting.iter().all(|(id, _)| self.open.contains(id)) {
            return;
        }
        let cells = self.open_cells();
        self.formatting.retain(|(_, around)| *around <= cells);
        for index in 0..self.formatting.len() {
            let Some(&(id, around)) = self.formatting.get(index) else {
                return;
            };
            if around < cells || self.open.contains(&id) || self.open.len() >= MAX_DEPTH {
                continue;
            }
            let Some(again) = self.tree.element(id).map(Element::again) else {
                continue;
            };
            let again = self.tree.append_element(self.current(), again);
            self.open.push(again);
            if let Some(entry) = self.formatting.get_mut(index) {
                entry.0 = again;
            }
        }
    }

    fn open_cells(&self) -> usize {
        let is_cell = |id: &&NodeId| matches!(self.tree.name(**id), "td" | "th" | "caption");
        self.open.iter().filter(is_cell).count()
    }

    /// Closes a formatting element. Blocks left open inside it stay open, as a browser has it, but outside of it:
    /// they are begun again.
    fn end_formatting(&mut self, name: &str) {
        let last = self
            .formatting
            .iter()
            .rposition(|(id, _)| self.tree.name(*id) == name);
        if let Some(last) = last {
            self.formatting.remove(last);
        }
        let Some(at) = self.position(|open| open == name, element::is_scope) else {
            return;
        };
        let blocks: Vec<NodeId> = self
            .open
            .drain(at..)
            .skip(1)
            .filter(|id| element::is_special(self.tree.name(*id)))
            .collect();
        // More than a few is not a slip of the pen but a way to make the tree larger than the text.
        for block in blocks.into_iter().take(4) {
            let Some(again) = self.tree.element(block).map(Element::again) else {
                continue;
            };
            let parent = self.current();
            let id = self.tree.append_element(parent, again);
            self.open.push(id);
        }
    }

    /// Closes what must be closed before a table part may begin. False when there is no table to be part of.
    fn make_room_in_table(&mut self, name: &str) -> bool {
        let boundary: &[&str] = match name {
            "td" | "th" => &["tr", "thead", "tbody", "tfoot", "table"],
            "tr" => &["thead", "tbody", "tfoot", "table"],
            _ => &["table"],
        };
        match self.position(|open| boundary.contains(&open), |_| false) {
            Some(at) => {
                self.open.truncate(at + 1);
                true
            }
            None => false,
        }
    }

    fn close_in_scope(&mut self, name: &str) {
        self.close_first(|open| open == name, element::is_scope);
    }

    fn close_within(&mut self, name: &str, boundary: &[&str]) {
        self.close_first(|open| open == name, |open| boundary.contains(&open));
    }

    fn close_first(&mut self, wanted: impl Fn(&str) -> bool, boundary: impl Fn(&str) -> bool) {
        if let Some(at) = self.position(wanted, boundary) {
            self.open.truncate(at);
        }
    }

    /// The innermost open element that is wanted, unless a boundary stands before it.
    fn position(
        &self,
        wanted: impl Fn(&str) -> bool,
        boundary: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        for (at, id) in self.open.iter().enumerate().skip(1).rev() {
            let name = self.tree.name(*id);
            if wanted(name) {
                return Some(at);
            }
            if boundary(name) {
                return None;
            }
        }
        None
    }
}

fn is_island(name: &str) -> bool {
    matches!(
        name,
        "foreignobject" | "desc" | "title" | "annotation-xml" | "mtext"
    )
}

/// Elements whose content is text up to their end tag.
fn raw_text(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}
