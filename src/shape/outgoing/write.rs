//! Writing a checked tree as HTML.

use crate::shape::html::element::is_void;
use crate::shape::html::tree::{Content, NodeId, Tree};

use super::check;

/// Writes the tree. Attributes that show nothing (classes, ids, data) are left out.
pub(super) fn write(tree: &Tree) -> String {
    let mut html = String::new();
    children(tree, Tree::ROOT, &mut html);
    html.truncate(html.trim_end().len());
    html
}

fn children(tree: &Tree, id: NodeId, html: &mut String) {
    for child in tree.children(id) {
        match tree.content(child) {
            Content::Text(text) => escape_text(html, text),
            Content::Element(element) => {
                let name = element.name();
                if check::is_wrapper(name) {
                    children(tree, child, html);
                    continue;
                }
                html.push('<');
                html.push_str(name);
                for (attribute, value) in element
                    .attributes()
                    .filter(|(name, _)| check::is_sent(name))
                {
                    html.push(' ');
                    html.push_str(attribute);
                    html.push_str("=\"");
                    escape_attribute(html, value);
                    html.push('"');
                }
                html.push('>');
                if !is_void(name) {
                    children(tree, child, html);
                    html.push_str("</");
                    html.push_str(name);
                    html.push('>');
                }
            }
        }
    }
}

/// Writes text so that it reads as itself.
pub(super) fn escape_text(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '\u{A0}' => html.push_str("&nbsp;"),
            _ => html.push(c),
        }
    }
}

fn escape_attribute(html: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '"' => html.push_str("&quot;"),
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            _ => html.push(c),
        }
    }
}
