//! The tree: one vector of nodes and one string of text, so that dropping it recurses nowhere.

use html5ever::{Attribute, LocalName};

/// A node's place in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

/// An element's name and attributes.
#[derive(Debug)]
pub(crate) struct Element {
    name: LocalName,
    attributes: Vec<Attribute>,
}

impl Element {
    pub(crate) fn new(name: LocalName, attributes: Vec<Attribute>) -> Self {
        Self { name, attributes }
    }

    /// The tag's name, in lower case.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The value of an attribute, named in lower case.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self
            .attributes
            .iter()
            .find(|attribute| &*attribute.name.local == name)?;
        Some(&found.value)
    }

    /// Every attribute as (name, value).
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// The same element begun once more.
    pub(crate) fn again(&self) -> Self {
        Self {
            name: self.name.clone(),
            attributes: self.attributes.clone(),
        }
    }

    /// Whether any attribute is there at all.
    pub(crate) fn is_bare(&self) -> bool {
        self.attributes.is_empty()
    }
}

/// What stands at a place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content<'a> {
    Element(&'a Element),
    Text(&'a str),
}

#[derive(Debug)]
enum Kind {
    Element(Element),
    Text { start: usize, end: usize },
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    first: Option<NodeId>,
    last: Option<NodeId>,
    next: Option<NodeId>,
}

/// A document. Its depth is bounded by whoever builds it.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    text: String,
    /// The text of the style sheets.
    pub(crate) css: String,
    /// The names of elements that were left out with all they held, each once.
    pub(crate) dropped: Vec<LocalName>,
    /// Whether part of the input was not read: it was too long or had too many nodes.
    pub(crate) truncated: bool,
    /// Whether elements were nested deeper than the tree keeps.
    pub(crate) flattened: bool,
}

impl Tree {
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// A tree of nothing but its root, with room for text of this length.
    pub(crate) fn with_capacity(text_length: usize) -> Self {
        let mut tree = Self {
            nodes: Vec::with_capacity(text_length / 24 + 8),
            text: String::with_capacity(text_length / 2),
            css: String::new(),
            dropped: Vec::new(),
            truncated: false,
            flattened: false,
        };
        tree.push(Kind::Element(Element::new(
            LocalName::from("html"),
            Vec::new(),
        )));
        tree
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What stands at `id`.
    pub(crate) fn content(&self, id: NodeId) -> Content<'_> {
        match self.node(id).map(|node| &node.kind) {
            Some(Kind::Element(element)) => Content::Element(element),
            Some(Kind::Text { start, end }) => {
                Content::Text(self.text.get(*start..*end).unwrap_or_default())
            }
            None => Content::Text(""),
        }
    }

    /// The element at `id`, if it is one.
    pub(crate) fn element(&self, id: NodeId) -> Option<&Element> {
        match self.content(id) {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }

    /// The name of the element at `id`; empty for text.
    pub(crate) fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", Element::name)
    }

    /// The children of a node, in order.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let first = self.node(id).and_then(|node| node.first);
        std::iter::successors(first, |id| self.node(*id)?.next)
    }

    /// The texts under a node, in order.
    pub(crate) fn texts(&self, id: NodeId) -> Texts<'_> {
        Texts {
            tree: self,
            open: vec![id],
        }
    }

    /// Adds an element as the last child of `parent`.
    pub(crate) fn append_element(&mut self, parent: NodeId, element: Element) -> NodeId {
        let id = self.push(Kind::Element(element));
        self.link(parent, id);
        id
    }

    /// Adds text at the end of `parent`, to the text that is already last there if there is one.
    pub(crate) fn append_text(&mut self, parent: NodeId, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        let last = self.node(parent).and_then(|node| node.last);
        if let Some(last) = last
            && let Some(Node {
                kind: Kind::Text { end: last_end, .. },
                ..
            }) = self.node_mut(last)
            && *last_end == start
        {
            *last_end = end;
            return;
        }
        let id = self.push(Kind::Text { start, end });
        self.link(parent, id);
    }

    fn push(&mut self, kind: Kind) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node {
            kind,
            first: None,
            last: None,
            next: None,
        });
        id
    }

    fn link(&mut self, parent: NodeId, child: NodeId) {
        let Some(node) = self.node_mut(parent) else {
            return;
        };
        let previous = node.last.replace(child);
        match previous.and_then(|previous| self.node_mut(previous)) {
            Some(previous) => previous.next = Some(child),
            None => {
                if let Some(node) = self.node_mut(parent) {
                    node.first = Some(child);
                }
            }
        }
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.0 as usize)
    }
}

/// The texts under a node.
pub(crate) struct Texts<'a> {
    tree: &'a Tree,
    open: Vec<NodeId>,
}

impl<'a> Iterator for Texts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            let id = self.open.pop()?;
            match self.tree.content(id) {
                Content::Text(text) => return Some(text),
                Content::Element(_) => {
                    let from = self.open.len();
                    self.open.extend(self.tree.children(id));
                    if let Some(added) = self.open.get_mut(from..) {
                        added.reverse();
                    }
                }
            }
        }
    }
}
