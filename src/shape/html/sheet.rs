//! What a mail's own style sheet hides.
//!
//! Only rules that name a class or an id and nothing else are read, outside of `@media`, and only what they say about
//! being there at all: colours and sizes would need the rules of every ancestor to be judged fairly.

use std::collections::HashMap;

use super::style::Style;
use super::tree::Element;

/// No mail has this many rules that hide something.
const MAX_RULES: usize = 500;

/// The hiding rules, by selector: `.class`, `#id`, or either after an element's name.
#[derive(Debug, Default)]
pub(crate) struct Sheet(HashMap<String, Style>);

impl Sheet {
    /// Reads the text of a mail's `<style>` elements.
    pub(crate) fn read(css: &str) -> Self {
        let mut rules = HashMap::new();
        // Most style sheets hide nothing; looking once is cheaper than reading them.
        if ![
            "none", "hidden", "opacity", "indent", "absolute", "clip", "\\",
        ]
        .iter()
        .any(|sign| css.contains(sign))
        {
            return Self(rules);
        }
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some((head, after)) = rest.split_once('{') {
            // What ends in a semicolon before a block is a statement of its own, such as `@import`.
            let selectors = head.rsplit([';', '}']).next().unwrap_or_default().trim();
            if selectors.starts_with('@') {
                rest = after_block(after);
                continue;
            }
            let (block, after) = after.split_once('}').unwrap_or((after, ""));
            rest = after;
            let style = Style::hiding(block);
            if style != Style::default() && rules.len() < MAX_RULES {
                let simple = selectors
                    .split(',')
                    .map(str::trim)
                    .filter(|selector| is_simple(selector))
                    .take(MAX_RULES);
                rules.extend(simple.map(|selector| (selector.to_ascii_lowercase(), style)));
            }
        }
        Self(rules)
    }

    /// What the rules say of an element.
    pub(crate) fn style_of(&self, element: &Element) -> Style {
        let mut style = Style::default();
        if self.0.is_empty() {
            return style;
        }
        let classes = element
            .attribute("class")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .take(16);
        let names = classes
            .map(|class| format!(".{class}"))
            .chain(element.attribute("id").map(|id| format!("#{id}")));
        for name in names {
            let name = name.to_ascii_lowercase();
            for found in [
                self.0.get(&name),
                self.0.get(&format!("{}{name}", element.name())),
            ]
            .into_iter()
            .flatten()
            {
                style.add(*found);
            }
        }
        style
    }
}

/// A class or an id, perhaps of one kind of element, and no more.
fn is_simple(selector: &str) -> bool {
    let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let marks = selector.chars().filter(|c| matches!(c, '.' | '#')).count();
    marks == 1 && selector.chars().all(|c| name(c) || matches!(c, '.' | '#'))
}

/// What follows a block whose opening brace is behind.
fn after_block(css: &str) -> &str {
    let mut depth = 1_usize;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return css.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

fn without_comments(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace("<!--", "").replace("-->", "")
}
