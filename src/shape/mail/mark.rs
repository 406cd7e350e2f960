//! How mail programs mark the history they quote.

use super::attrs::Attrs;
use super::tag::Tag;

/// What an element says about the lines in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    None,
    /// A paragraph without space around it.
    Tight,
    /// It is quoted history.
    History,
    /// History begins here and goes on to the end.
    Cut,
    /// A rule is drawn above it, as Outlook does over the head of a reply.
    Ruled,
}

impl Mark {
    pub(super) fn of(tag: Tag, attrs: &Attrs<'_>) -> Self {
        if tag == Tag::Blockquote && attrs.kind.eq_ignore_ascii_case("cite") {
            return Self::History;
        }
        // Outlook puts `x_` before the names in the mail it answers.
        let own = |name: &str| name.trim_start_matches("x_").to_owned();
        let classes = attrs.class.split_ascii_whitespace().map(own);
        for class in classes {
            match class.as_str() {
                "gmail_quote"
                | "gmail_quote_container"
                | "yahoo_quoted"
                | "yahoo-quoted-begin"
                | "protonmail_quote"
                | "tutanota_quote"
                | "zmail_extra"
                | "front-blockquote" => {
                    return Self::History;
                }
                "MsoNormal" | "MsoPlainText" | "MsoListParagraph" | "p1" if tag == Tag::P => {
                    return Self::Tight;
                }
                _ => {}
            }
        }
        match own(attrs.id).as_str() {
            "appendonsend" | "divRplyFwdMsg" | "mail-editor-reference-message-container" => {
                Self::Cut
            }
            "yahoo_quoted" | "OLK_SRC_BODY_SECTION" => Self::History,
            _ if tag == Tag::Div && ruled(attrs) => Self::Ruled,
            _ if tag == Tag::P && tight(attrs) => Self::Tight,
            _ => Self::None,
        }
    }
}

fn ruled(attrs: &Attrs<'_>) -> bool {
    attrs
        .style
        .as_deref()
        .is_some_and(|style| style.contains("border-top") && style.contains("solid"))
}

fn tight(attrs: &Attrs<'_>) -> bool {
    attrs.style.as_deref().is_some_and(|style| {
        let style: String = style
            .chars()
            .filter(|c| !c.is_whitespace())
            .take(400)
            .collect();
        style.contains("margin:0")
            || (style.contains("margin-top:0") && style.contains("margin-bottom:0"))
    })
}
