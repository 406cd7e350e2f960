//! From the tree to lines: one walk, as deep as the tree is.

use super::link;
use super::page::{Line, Page};
use super::{quote, table};
use crate::shape::html::colour::Colour;
use crate::shape::html::element::{closes_paragraph, is_heading, is_table_part};
use crate::shape::html::sheet::Sheet;
use crate::shape::html::style::Style;
use crate::shape::html::tree::{Content, Element, NodeId, Tree};
use crate::shape::visible::{one_line, visible};

/// How links' addresses are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Links {
    /// Without trackers; long ones by their host alone.
    Clean,
    /// Every character of them.
    Whole,
}

/// The lines of a document.
pub(super) struct Rendered {
    pub(super) lines: Vec<Line>,
    pub(super) hidden_chars: usize,
    /// The first words that were not to be seen.
    pub(super) first_hidden: Option<String>,
}

/// Walks the tree.
pub(super) fn render(tree: &Tree, links: Links) -> Rendered {
    let mut renderer = Renderer {
        tree,
        sheet: Sheet::read(&tree.css),
        links,
        page: Page::default(),
        hidden_chars: 0,
        first_hidden: None,
    };
    renderer.children(Tree::ROOT, Look::default());
    Rendered {
        lines: renderer.page.into_lines(),
        hidden_chars: renderer.hidden_chars,
        first_hidden: renderer.first_hidden,
    }
}

/// What text inherits from the elements around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    colour: Option<Colour>,
    background: Colour,
    tiny: bool,
    invisible: bool,
    preformatted: bool,
    pub(super) list: Option<usize>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            colour: None,
            background: Colour::WHITE,
            tiny: false,
            invisible: false,
            preformatted: false,
            list: None,
        }
    }
}

impl Look {
    fn inside(mut self, element: &Element, style: Style) -> Self {
        // A link that names no colour has the browser's own, not its surroundings'.
        if element.name() == "a" && element.attribute("href").is_some() {
            self.colour = None;
        }
        self.colour = style.colour.or(self.colour);
        match style.background {
            None | Some(Colour::Transparent) => {}
            Some(background) => self.background = background,
        }
        self.tiny = style.tiny.unwrap_or(self.tiny);
        self.invisible = style.invisible.unwrap_or(self.invisible);
        self.preformatted |= matches!(element.name(), "pre" | "xmp" | "listing" | "plaintext");
        self
    }

    /// Whether text that looks so cannot be seen.
    fn hides(self) -> bool {
        self.tiny
            || self.invisible
            || self
                .colour
                .is_some_and(|colour| colour.disappears_on(self.background))
    }
}

pub(super) struct Renderer<'a> {
    pub(super) tree: &'a Tree,
    sheet: Sheet,
    links: Links,
    pub(super) page: Page,
    hidden_chars: usize,
    first_hidden: Option<String>,
}

impl Renderer<'_> {
    fn hide(&mut self, text: &str) {
        let chars = seen_chars(text);
        self.hidden_chars += chars;
        if chars > 0 && self.first_hidden.is_none() {
            self.first_hidden = Some(one_line(text, 60).into_owned());
        }
    }

    pub(super) fn children(&mut self, id: NodeId, look: Look) {
        let tree = self.tree;
        let mut rest_is_quoted = false;
        for child in tree.children(id) {
            if !rest_is_quoted && tree.element(child).is_some_and(quote::begins_history) {
                self.page.open_quote();
                rest_is_quoted = true;
            }
            self.node(child, look);
        }
        if rest_is_quoted {
            self.page.close_quote();
        }
    }

    pub(super) fn node(&mut self, id: NodeId, look: Look) {
        match self.tree.content(id) {
            Content::Text(text) if look.hides() => self.hide(text),
            Content::Text(text) if look.preformatted => self.page.preformatted(text),
            Content::Text(text) => self.page.text(text),
            Content::Element(element) => {
                let style = Style::of(element, &self.sheet);
                if style.is_gone() {
                    for text in self.tree.texts(id) {
                        self.hide(text);
                    }
                } else {
                    self.element(id, element, style, look.inside(element, style));
                }
            }
        }
    }

    fn element(&mut self, id: NodeId, element: &Element, style: Style, look: Look) {
        match element.name() {
            "br" => self.page.line_break(),
            "wbr" | "input" | "link" | "meta" | "base" | "embed" | "col" | "colgroup" | "param"
            | "source" | "track" => {}
            "hr" => {
                self.page.paragraph();
                self.page.word("---");
                self.page.paragraph();
            }
            "img" => self.image(element, style, look),
            "a" => self.link(id, element, look),
            "b" | "strong" => self.emphasis(id, look, "**"),
            "i" | "em" => self.emphasis(id, look, "*"),
            "s" | "strike" | "del" => self.emphasis(id, look, "~~"),
            "sup" => {
                // 10³ is not 103.
                if self
                    .tree
                    .texts(id)
                    .next()
                    .is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
                {
                    self.page.text("^");
                }
                self.children(id, look);
            }
            "ul" | "ol" | "menu" | "dir" => self.list(id, element, look),
            "li" => self.item(id, look),
            "table" => table::table(self, id, look),
            "blockquote" => self.quote(id, look),
            "p" if is_tight(element) => self.tight_paragraph(id, look),
            "p" | "pre" | "xmp" | "listing" | "dl" | "figure" => {
                self.page.paragraph();
                self.children(id, look);
                self.page.paragraph();
            }
            name if is_heading(name) => self.heading(id, name, look),
            _ if quote::is_quote(element) => self.quote(id, look),
            name if closes_paragraph(name)
                || is_table_part(name)
                || matches!(name, "body" | "option" | "button") =>
            {
                self.page.end_line();
                self.children(id, look);
                self.page.end_line();
            }
            _ => self.children(id, look),
        }
    }

    fn heading(&mut self, id: NodeId, name: &str, look: Look) {
        self.page.paragraph();
        if self.tree.texts(id).any(|text| seen_chars(text) > 0) && !look.hides() {
            let level = name
                .strip_prefix('h')
                .and_then(|level| level.parse().ok())
                .unwrap_or(1);
            let width = self.page.open_item(format!("{} ", "#".repeat(level)));
            self.children(id, look);
            self.page.close_item(width);
        } else {
            self.children(id, look);
        }
        self.page.paragraph();
    }

    fn emphasis(&mut self, id: NodeId, look: Look, sign: &'static str) {
        let opened = !look.preformatted && self.page.open_mark(sign);
        self.children(id, look);
        if opened {
            self.page.close_mark();
        }
    }

    /// Outlook's paragraphs have no space between them; its blank lines are paragraphs of their own.
    fn tight_paragraph(&mut self, id: NodeId, look: Look) {
        self.page.end_line();
        let place = self.page.place();
        self.children(id, look);
        if self.page.wrote_since(place) {
            self.page.end_line();
        } else {
            self.page.paragraph();
        }
    }

    fn list(&mut self, id: NodeId, element: &Element, mut look: Look) {
        let nested = look.list.is_some();
        let start = element
            .attribute("start")
            .and_then(|start| start.parse().ok())
            .unwrap_or(1);
        let ordered = element.name() == "ol";
        if nested {
            self.page.end_line()
        } else {
            self.page.paragraph()
        }
        let mut number: usize = start;
        for child in self.tree.children(id) {
            look.list = Some(if ordered { number } else { 0 });
            if self.tree.name(child) == "li" {
                number = number.saturating_add(1);
            }
            self.node(child, look);
        }
        if nested {
            self.page.end_line()
        } else {
            self.page.paragraph()
        }
    }

    fn item(&mut self, id: NodeId, look: Look) {
        let bullet = match look.list {
            Some(number) if number > 0 => format!("{number}. "),
            _ => "- ".to_owned(),
        };
        let width = self.page.open_item(bullet);
        self.children(
            id,
            Look {
                list: Some(0),
                ..look
            },
        );
        self.page.close_item(width);
    }

    fn quote(&mut self, id: NodeId, look: Look) {
        if quote::is_forward(self.tree, id) {
            self.page.paragraph();
            self.children(id, look);
            self.page.paragraph();
        } else {
            self.page.open_quote();
            self.children(id, look);
            self.page.close_quote();
        }
    }

    fn link(&mut self, id: NodeId, element: &Element, look: Look) {
        let place = self.page.place();
        self.children(id, look);
        if !self.page.wrote_since(place) {
            return;
        }
        let Some(mut link) = element.attribute("href").and_then(link::parse) else {
            return;
        };
        if self.links == Links::Clean {
            link.url = link::without_trackers(&link.url);
        }
        let words = self.page.since(place).unwrap_or_default();
        if link::says_the_same(words, &link) {
            return;
        }
        let note = link::note(words, &link, self.links == Links::Whole);
        self.page.apart(&note);
    }

    fn image(&mut self, element: &Element, style: Style, look: Look) {
        let size = |name: &str| {
            let value = element.attribute(name)?.trim().trim_end_matches("px");
            value.parse::<f32>().ok()
        };
        let tiny = |name: &str| size(name).is_some_and(|size| size <= 2.0);
        if style.small
            || tiny("width")
            || tiny("height")
            || element.attribute("aria-hidden") == Some("true")
            || look.invisible
        {
            return;
        }
        let alt = one_line(element.attribute("alt").unwrap_or_default(), 200);
        let alt = alt.trim();
        if alt.is_empty() {
            // Decoration, spacers and the openers' pixels that name no size: nothing to read, but an approver must
            // know of it.
            if self.links == Links::Whole {
                self.page.word("[image]");
            }
            return;
        }
        self.page.word(&format!("[image: {alt}]"));
    }
}

fn seen_chars(text: &str) -> usize {
    visible(text).chars().filter(|c| !c.is_whitespace()).count()
}

fn is_tight(element: &Element) -> bool {
    element
        .attribute("class")
        .is_some_and(|class| class.starts_with("Mso"))
        || element.attribute("style").is_some_and(|style| {
            let style = style.trim_start();
            style.starts_with("margin:0")
                || style.starts_with("margin: 0")
                || style.contains("margin-bottom:0")
        })
}
