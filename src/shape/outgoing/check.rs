//! What the HTML of a mail may contain.
//!
//! A list of what is allowed, not of what is forbidden: what is on no list is
//! named in the refusal, and the agent writes it differently.

use std::borrow::Cow;

use super::{Refusal, no_invisible};
use crate::shape::mail::build::Builder;
use crate::shape::mail::css::declarations;
use crate::shape::mail::entity::Decoder;
use crate::shape::mail::link::Target;
use crate::shape::mail::tag::Tag;
use crate::shape::mail::token::{Token, Tokens};
use crate::shape::visible::one_line;

/// None of them holds text that only a tooltip or a screen reader gives away.
const ATTRIBUTES: [&str; 31] = [
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "cols",
    "colspan",
    "dir",
    "face",
    "headers",
    "height",
    "hidden",
    "href",
    "id",
    "lang",
    "nowrap",
    "rel",
    "reversed",
    "role",
    "rowspan",
    "scope",
    "size",
    "src",
    "start",
    "style",
    "target",
    "valign",
    "width",
];
/// What CSS can load or run something with, whatever the property.
const ACTIVE: [&str; 9] = [
    "url(",
    "src(",
    "image(",
    "image-set(",
    "expression(",
    "javascript:",
    "-moz-binding",
    "behavior",
    "@import",
];

pub(super) fn check(html: &str) -> Result<(), Refusal> {
    comments(html)?;
    let mut decoder = Decoder::default();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(raw) => no_invisible(&breaks(decoder.text(raw)))?,
            Token::Start { tag, name, .. } => {
                if !allowed(tag, name) {
                    return Err(Refusal::Element(one_line(&name.to_lowercase(), 30)));
                }
                for &(name, value) in &tokens.attrs {
                    let value = decoder.attr(value);
                    no_invisible(&breaks(Cow::Borrowed(&value)))?;
                    attribute(tag, &name.to_lowercase(), &value)?;
                }
            }
            Token::End { .. } => {}
        }
    }
    if tokens.broken {
        return Err(Refusal::Unfinished);
    }
    match Builder::new(html).run().1.first {
        Some(text) => Err(Refusal::Hidden(text)),
        None => Ok(()),
    }
}

fn breaks(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => text,
    }
}

/// Anything that begins like a comment and is not the document's type.
fn comments(html: &str) -> Result<(), Refusal> {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let from = rest.get(at..).unwrap_or("");
        rest = from.get(1..).unwrap_or("");
        let doctype = from
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"));
        let ends = rest.starts_with('/')
            && !rest
                .get(1..)
                .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic()));
        if (rest.starts_with(['!', '?']) && !doctype) || ends {
            return Err(Refusal::Comment(one_line(
                from.split('>').next().unwrap_or(""),
                40,
            )));
        }
    }
    Ok(())
}

fn allowed(tag: Tag, name: &str) -> bool {
    use Tag::{
        Area, Base, Body, Col, Details, Dialog, Fieldset, Form, Head, Html, Image, Legend, Link,
        Map, Meta, Other, Output, Param, Picture, Slot, Source, Summary, Track,
    };
    match tag {
        // Of a document, its frame is harmless; its head is not for a letter.
        Html | Head | Body => true,
        Other => ["bdi", "bdo", "dfn", "data", "ruby", "rt", "rp"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known)),
        Area | Base | Details | Dialog | Fieldset | Form | Image | Legend | Link | Map | Meta
        | Output | Param | Picture | Slot | Source | Summary | Track => false,
        Col => true,
        _ => !tag.dropped(),
    }
}

fn attribute(tag: Tag, name: &str, value: &str) -> Result<(), Refusal> {
    let typed = matches!(tag, Tag::Blockquote | Tag::Ol | Tag::Ul | Tag::Li);
    if !ATTRIBUTES.contains(&name) && (name != "type" || !typed) {
        return Err(Refusal::Attribute(one_line(name, 30)));
    }
    match name {
        "href" if tag != Tag::A || Target::read(value).is_none() => {
            Err(Refusal::Link(one_line(value, 60)))
        }
        "src" if tag != Tag::Img || !inline(value) => {
            Err(Refusal::RemoteImage(one_line(value, 60)))
        }
        "style" => style(value),
        _ => Ok(()),
    }
}

/// An image that is part of the mail itself.
fn inline(src: &str) -> bool {
    src.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("cid:"))
}

fn style(value: &str) -> Result<(), Refusal> {
    let mut found = None;
    declarations(value, |name, value, _| {
        let active = ACTIVE
            .iter()
            .any(|active| name.contains(active) || value.contains(active));
        // Generated text is in no text view.
        if active || name == "content" {
            found.get_or_insert_with(|| one_line(&format!("{name}: {value}"), 40));
        }
    });
    if found.is_none() && value.contains('@') {
        found = Some(one_line(value, 40));
    }
    found.map_or(Ok(()), |found| Err(Refusal::Style(found)))
}
