//! Placeholders of message templates: `{{recipient.first_name}}`.
//!
//! Filled in one pass, so that a value which looks like a placeholder stays what it is. Whatever a
//! placeholder holds besides its name (markup that an editor put there, odd spaces) is not part of it.

/// The longest name, in bytes with its markup; more between braces is no placeholder.
const LONGEST: usize = 400;

/// The names in a text, each once, in their order.
pub fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    each(text, |piece| {
        if let Piece::Name(name) = piece
            && !names.contains(&name)
        {
            names.push(name);
        }
    });
    names
}

/// The text with its placeholders filled; one without a value stays.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, |piece| match piece {
        Piece::Text(text) => out.push_str(text),
        Piece::Name(name) => match value(&name) {
            Some(value) => out.push_str(&value),
            None => {
                out.push_str("{{");
                out.push_str(&name);
                out.push_str("}}");
            }
        },
    });
    out
}

/// A value as text in HTML; its lines stay lines.
pub fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}

enum Piece<'text> {
    Text(&'text str),
    Name(String),
}

fn each<'text>(text: &'text str, mut take: impl FnMut(Piece<'text>)) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let window = after
            .get(..after.floor_char_boundary(LONGEST))
            .unwrap_or_default();
        let inside = window.split_once("}}").map(|(inside, _)| inside);
        let name = inside.map(bare).filter(|name| !name.is_empty());
        match (name, inside) {
            (Some(name), Some(inside)) if !inside.contains("{{") && !inside.starts_with('{') => {
                take(Piece::Text(before));
                take(Piece::Name(name));
                rest = after.get(inside.len() + 2..).unwrap_or_default();
            }
            // One brace further: `{{{name}}` holds a placeholder too.
            _ => {
                let end = before.len() + 1;
                take(Piece::Text(rest.get(..end).unwrap_or_default()));
                rest = rest.get(end..).unwrap_or_default();
            }
        }
    }
    take(Piece::Text(rest));
}

/// Without tags, entities of spaces and spaces.
fn bare(inside: &str) -> String {
    let mut name = String::new();
    let mut in_tag = false;
    for c in inside.replace("&nbsp;", " ").chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            '\\' => {}
            c if !in_tag && !c.is_control() => name.push(c),
            _ => {}
        }
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_whatever_an_editor_put_into_them() {
        let text = "{{a.b}} {{ <b>a</b>.c&nbsp;}} {{{d}}} {{}} {{ {x} {{e}} {{a.b}} {{";
        assert_eq!(names(text), ["a.b", "a.c", "d", "e"]);
        let filled = fill(text, |name| (name != "e").then(|| "{{a.b}}".to_owned()));
        assert_eq!(
            filled,
            "{{a.b}} {{a.b}} {{{a.b}}} {{}} {{ {x} {{e}} {{a.b}} {{"
        );
    }

    #[test]
    fn any_text_without_values_stays_as_it_is() {
        for text in ["", "{", "}}{{", "{{{{{{", "ä{{ü}}ö", &"{{".repeat(2_000)] {
            assert_eq!(fill(text, |_| None), text);
        }
    }
}
