//! What may be sent: a list of what is allowed, not of what is dangerous.

use super::Refusal;
use crate::shape::html::style::for_each_declaration;
use crate::shape::html::tree::{Content, Element, NodeId, Tree};
use crate::shape::mail;
use crate::shape::visible::{first_invisible, one_line};

/// Accepts the tree as a whole or says what stands in the way.
pub(super) fn check(tree: &Tree) -> Result<(), Refusal> {
    if tree.truncated || tree.flattened {
        return Err(Refusal::TooLarge);
    }
    if let Some(name) = tree.dropped.first() {
        return Err(Refusal::Element(name.to_string()));
    }
    children(tree, Tree::ROOT)
}

fn children(tree: &Tree, id: NodeId) -> Result<(), Refusal> {
    for child in tree.children(id) {
        match tree.content(child) {
            Content::Text(text) => seen(text)?,
            Content::Element(element) => {
                check_element(element)?;
                children(tree, child)?;
            }
        }
    }
    Ok(())
}

/// Refuses what no reader sees.
fn seen(text: &str) -> Result<(), Refusal> {
    match first_invisible(text) {
        Some((at, found)) => Err(invisible(text, at, found)),
        None => Ok(()),
    }
}

/// Says where an invisible character stands.
pub(super) fn invisible(text: &str, at: usize, found: char) -> Refusal {
    let before: Vec<char> = text
        .get(..at)
        .unwrap_or_default()
        .chars()
        .rev()
        .take(20)
        .collect();
    let before: String = before.into_iter().rev().collect();
    Refusal::Invisible {
        found,
        before: one_line(&before, 20).into_owned(),
    }
}

/// Elements that stand for their content alone.
pub(super) fn is_wrapper(name: &str) -> bool {
    matches!(name, "body" | "meta")
}

fn check_element(element: &Element) -> Result<(), Refusal> {
    let name = element.name();
    if !is_wrapper(name) && !is_allowed(name) {
        return Err(Refusal::Element(one_line(name, 40).into_owned()));
    }
    for (attribute, value) in element.attributes() {
        seen(value)?;
        match attribute {
            "style" => check_style(value)?,
            "href" => {
                // What a mail link fills in beside the address (copies, a text) is shown nowhere.
                let fills_in =
                    value.trim().to_ascii_lowercase().starts_with("mailto:") && value.contains('?');
                if fills_in || mail::link::parse(value).is_none() {
                    return Err(Refusal::Link(one_line(value, 80).into_owned()));
                }
            }
            "src" => {
                if name != "img" || !value.trim().to_ascii_lowercase().starts_with("cid:") {
                    return Err(Refusal::RemoteImage(one_line(value, 80).into_owned()));
                }
            }
            _ if is_sent(attribute) || is_left_out(attribute) => {}
            _ => return Err(Refusal::Attribute(one_line(attribute, 40).into_owned())),
        }
    }
    Ok(())
}

fn is_allowed(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "address"
            | "article"
            | "b"
            | "big"
            | "blockquote"
            | "br"
            | "caption"
            | "center"
            | "cite"
            | "code"
            | "col"
            | "colgroup"
            | "dd"
            | "del"
            | "div"
            | "dl"
            | "dt"
            | "em"
            | "figcaption"
            | "figure"
            | "font"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "li"
            | "main"
            | "mark"
            | "ol"
            | "p"
            | "pre"
            | "q"
            | "s"
            | "samp"
            | "section"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "time"
            | "tr"
            | "tt"
            | "u"
            | "ul"
            | "var"
            | "wbr"
    )
}

/// Attributes that are sent as they are.
pub(super) fn is_sent(attribute: &str) -> bool {
    matches!(
        attribute,
        "href"
            | "src"
            | "alt"
            | "style"
            | "align"
            | "valign"
            | "width"
            | "height"
            | "border"
            | "bgcolor"
            | "color"
            | "face"
            | "size"
            | "cellpadding"
            | "cellspacing"
            | "colspan"
            | "rowspan"
            | "start"
            | "type"
            | "dir"
            | "lang"
    )
}

/// Attributes that show nothing, and are not sent.
fn is_left_out(attribute: &str) -> bool {
    matches!(
        attribute,
        "class"
            | "id"
            | "title"
            | "name"
            | "target"
            | "rel"
            | "role"
            | "datetime"
            | "charset"
            | "content"
            | "http-equiv"
    ) || attribute.starts_with("data-")
        || attribute.starts_with("aria-")
}

fn check_style(css: &str) -> Result<(), Refusal> {
    // Escapes and comments have no use in mail but to be read one way here and another elsewhere.
    let mut refused = (css.contains('\\') || css.contains("/*")).then(|| css.to_owned());
    for_each_declaration(css, |property, value| {
        if refused.is_none() && !(is_allowed_property(property) && is_plain_value(value)) {
            refused = Some(format!("{property}: {value}"));
        }
    });
    refused.map_or(Ok(()), |style| {
        Err(Refusal::Style(one_line(&style, 60).into_owned()))
    })
}

/// A value that calls nothing but a colour, closes its quotes, and moves nothing out of sight.
fn is_plain_value(value: &str) -> bool {
    let calls = value
        .split('(')
        .rev()
        .skip(1)
        .any(|before| !before.ends_with("rgb") && !before.ends_with("rgba"));
    let unclosed = ['"', '\'']
        .iter()
        .any(|quote| value.matches(*quote).count() % 2 == 1);
    let far = value.split([' ', ',', '(']).any(|part| {
        let digits = part
            .trim_start_matches('-')
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .unwrap_or_default();
        !digits.is_empty() && (part.starts_with('-') || digits.len() > 3)
    });
    !calls && !unclosed && !far && !value.contains(['<', '@', '{', '}'])
}

fn is_allowed_property(property: &str) -> bool {
    matches!(
        property,
        "color"
            | "background-color"
            | "background"
            | "text-align"
            | "text-decoration"
            | "vertical-align"
            | "white-space"
            | "line-height"
            | "letter-spacing"
            | "width"
            | "max-width"
            | "min-width"
            | "height"
            | "direction"
            | "word-break"
            | "word-wrap"
            | "overflow-wrap"
            | "border-collapse"
            | "border-spacing"
            | "display"
    ) || ["font", "margin", "padding", "border"]
        .iter()
        .any(|family| property.starts_with(family))
}
