//! HTML cut into text, start tags and end tags, the way browsers cut it.
//!
//! Follows the tokenizer of the HTML standard where it decides what a person
//! sees: comments in all their broken forms, raw-text elements, the
//! double-escaped state of scripts, attributes without quotes. Each byte is
//! looked at a fixed number of times, whatever the input.

use super::tag::Tag;

/// One piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shape) enum Token<'a> {
    /// Text with its character references not yet decoded.
    Text(&'a str),
    /// A start tag; its attributes are in [`Tokens::attrs`].
    Start {
        tag: Tag,
        name: &'a str,
        self_closing: bool,
    },
    /// An end tag.
    End { tag: Tag, name: &'a str },
}

/// The tokens of a document.
pub(in crate::shape) struct Tokens<'a> {
    src: &'a str,
    at: usize,
    /// Inside `svg` or `math`, where raw text and CDATA are read differently.
    pub foreign: bool,
    /// Name and undecoded value of the last start tag's attributes.
    pub attrs: Vec<(&'a str, &'a str)>,
    /// The input ended inside of a tag.
    pub broken: bool,
}

impl<'a> Tokens<'a> {
    pub(in crate::shape) fn new(src: &'a str) -> Self {
        Self {
            src,
            at: 0,
            foreign: false,
            attrs: Vec::new(),
            broken: false,
        }
    }

    fn rest(&self) -> &'a str {
        self.src.get(self.at..).unwrap_or("")
    }

    /// Moves on by `n` bytes and gives what was passed over.
    fn take(&mut self, n: usize) -> &'a str {
        let taken = self.rest().get(..n).unwrap_or_else(|| self.rest());
        self.at += taken.len();
        taken
    }

    /// Moves past the next `end`, or to the end of the input.
    fn skip_past(&mut self, end: &str) {
        let rest = self.rest();
        self.at += rest.find(end).map_or(rest.len(), |i| i + end.len());
    }

    fn comment(&mut self) {
        let rest = self.rest();
        if rest.starts_with('>') {
            self.at += 1;
        } else if rest.starts_with("->") {
            self.at += 2;
        } else {
            // `--!>` ends a comment as well; whichever comes first.
            let mut from = 0;
            while let Some(dashes) = rest.get(from..).and_then(|r| r.find("--")) {
                let after = rest.get(from + dashes + 2..).unwrap_or("");
                if after.starts_with('>') || after.starts_with("!>") {
                    self.at += from + dashes + 2 + after.find('>').unwrap_or(0) + 1;
                    return;
                }
                from += dashes + 1;
            }
            self.at = self.src.len();
        }
    }

    /// Reads the attributes up to the closing `>`. `None` at the end of input.
    fn tag_rest(&mut self) -> Option<bool> {
        self.attrs.clear();
        loop {
            let rest = self.rest();
            let start = rest.find(|c: char| !is_space(c) && c != '/')?;
            let slash = rest.get(..start).is_some_and(|s| s.ends_with('/'));
            self.at += start;
            let rest = self.rest();
            if rest.starts_with('>') {
                self.at += 1;
                return Some(slash);
            }
            // An equals sign in first place belongs to the name.
            let first = usize::from(rest.starts_with('='));
            let len = rest
                .get(first..)?
                .find(|c: char| is_space(c) || matches!(c, '/' | '>' | '='))?;
            let name = self.take(first + len);
            let value = self.attr_value()?;
            self.attrs.push((name, value));
        }
    }

    fn attr_value(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let next = rest.trim_start_matches(is_space);
        let Some(after) = next.strip_prefix('=') else {
            return Some("");
        };
        let value = after.trim_start_matches(is_space);
        self.at += rest.len() - value.len();
        for quote in ['"', '\''] {
            if let Some(quoted) = value.strip_prefix(quote) {
                let len = quoted.find(quote)?;
                self.at += len + 2;
                return quoted.get(..len);
            }
        }
        let len = value.find(|c: char| is_space(c) || c == '>')?;
        Some(self.take(len))
    }

    /// Moves to the end tag that ends a raw-text element; an element that is
    /// never closed swallows the rest, as it does in a browser.
    fn skip_raw(&mut self, tag: Tag, name: &str) {
        if tag == Tag::Plaintext {
            self.at = self.src.len();
            return;
        }
        // In `<script><!--<script>`, the first `</script>` closes nothing.
        let (mut escaped, mut doubled) = (false, false);
        while let Some(i) = self.rest().find(['<', '-']) {
            self.at += i;
            let rest = self.rest();
            if tag == Tag::Script && escaped && rest.starts_with("-->") {
                (escaped, doubled) = (false, false);
            } else if tag == Tag::Script && rest.starts_with("<!--") {
                escaped = true;
                // `<!-->` opens and closes at once: let the dashes be seen.
                self.at += 1;
            } else if let Some(after) = rest.strip_prefix("</") {
                if named(after, name) {
                    if !doubled {
                        return;
                    }
                    doubled = false;
                }
            } else if escaped && rest.get(1..).is_some_and(|after| named(after, name)) {
                doubled = true;
            }
            self.at += 1;
        }
        self.at = self.src.len();
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let mut bytes = rest.bytes();
            let first = bytes.next()?;
            let second = bytes.next().unwrap_or(b' ');
            let third = bytes.next().unwrap_or(b' ');
            match (first, second) {
                (b'<', b'!') if rest.starts_with("<!--") => {
                    self.at += 4;
                    self.comment();
                }
                (b'<', b'!') if self.foreign && rest.starts_with("<![CDATA[") => {
                    self.skip_past("]]>");
                }
                (b'<', b'!' | b'?') => self.skip_past(">"),
                (b'<', b'/') if third.is_ascii_alphabetic() => {
                    self.at += 2;
                    let name = self.name();
                    if self.tag_rest().is_none() {
                        return self.break_off();
                    }
                    let tag = Tag::named(name);
                    return Some(Token::End { tag, name });
                }
                (b'<', b'/') if rest.len() > 2 => self.skip_past(">"),
                (b'<', _) if second.is_ascii_alphabetic() => {
                    self.at += 1;
                    let name = self.name();
                    let Some(self_closing) = self.tag_rest() else {
                        return self.break_off();
                    };
                    let tag = Tag::named(name);
                    if tag.raw_text() && !self.foreign {
                        self.skip_raw(tag, name);
                    }
                    return Some(Token::Start {
                        tag,
                        name,
                        self_closing,
                    });
                }
                _ => {
                    // A `<` that opens nothing is text.
                    let from = usize::from(first == b'<');
                    let len = rest
                        .get(from..)
                        .and_then(|r| r.find('<'))
                        .map_or(rest.len(), |i| i + from);
                    return Some(Token::Text(self.take(len)));
                }
            }
        }
    }
}

impl<'a> Tokens<'a> {
    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| is_space(c) || matches!(c, '/' | '>'));
        self.take(end.unwrap_or(rest.len()))
    }

    /// A tag that never ends is not there at all.
    fn break_off(&mut self) -> Option<Token<'a>> {
        self.at = self.src.len();
        self.broken = true;
        None
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{C}')
}

/// Whether `text` begins with the tag name and something that ends a name.
fn named(text: &str, name: &str) -> bool {
    text.get(..name.len())
        .is_some_and(|n| n.eq_ignore_ascii_case(name))
        && text
            .get(name.len()..)
            .is_some_and(|rest| rest.starts_with(|c: char| is_space(c) || matches!(c, '/' | '>')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> String {
        Tokens::new(html)
            .filter_map(|t| match t {
                Token::Text(t) => Some(t),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        for (html, seen) in [
            ("a<!-- x -->b", "ab"),
            ("a<!-->b", "ab"),
            ("a<!--->b", "ab"),
            ("a<!-- x --!>b", "ab"),
            ("a<!-- x -- > y --->b", "ab"),
            ("a<!-- x", "a"),
            ("a<!x>b<?y>c</ z>d", "abcd"),
            ("a < b <3 <", "a < b <3 <"),
            ("a<b", "a"),
        ] {
            assert_eq!(texts(html), seen, "{html}");
        }
    }

    #[test]
    fn raw_text_ends_at_its_own_end_tag() {
        for (html, seen) in [
            ("<style></styles>x</STYLE >y", "y"),
            ("<script><!--<script></script>x</script>y", "y"),
            ("<script><!--<script></script>--></script>y", "y"),
            ("<script><!-- --><script></script>y", "y"),
            ("<script><!--><script></script>y", "y"),
            ("<title><b></title>y", "y"),
            ("<script>never", ""),
        ] {
            assert_eq!(texts(html), seen, "{html}");
        }
    }

    #[test]
    fn attributes_in_every_spelling() {
        let mut tokens = Tokens::new(r#"<a =x b c = d e='f>"' g="h"/i/j=k/>z"#);
        assert!(matches!(
            tokens.next(),
            Some(Token::Start {
                self_closing: false,
                ..
            })
        ));
        let want = [
            ("=x", ""),
            ("b", ""),
            ("c", "d"),
            ("e", "f>\""),
            ("g", "h"),
            ("i", ""),
            ("j", "k/"),
        ];
        assert_eq!(tokens.attrs, want);
        assert_eq!(tokens.next(), Some(Token::Text("z")));
    }
}
