//! The attributes that mean something in a mail.

use std::borrow::Cow;

use super::entity::Decoder;

/// The first of each, as in a browser. What is only compared with plain words
/// is left undecoded.
#[derive(Default)]
pub(in crate::shape) struct Attrs<'a> {
    pub style: Option<Cow<'a, str>>,
    pub href: Option<Cow<'a, str>>,
    pub alt: Option<Cow<'a, str>>,
    pub class: &'a str,
    pub id: &'a str,
    pub kind: &'a str,
    pub width: &'a str,
    pub height: &'a str,
    pub start: &'a str,
    pub bgcolor: Option<Cow<'a, str>>,
    pub color: Option<Cow<'a, str>>,
    pub background: Option<&'a str>,
    pub size: Option<&'a str>,
    pub hidden: bool,
    pub open: bool,
}

impl<'a> Attrs<'a> {
    pub(in crate::shape) fn read(raw: &[(&'a str, &'a str)], decoder: &mut Decoder) -> Self {
        let mut attrs = Self::default();
        // From the back, so that the first of a name is what stays.
        for &(name, value) in raw.iter().rev() {
            let mut lower = [0_u8; 10];
            let Some(buffer) = lower.get_mut(..name.len()) else {
                continue;
            };
            buffer.copy_from_slice(name.as_bytes());
            buffer.make_ascii_lowercase();
            match &*buffer {
                b"style" => attrs.style = Some(decoder.attr(value)),
                b"href" => attrs.href = Some(decoder.attr(value)),
                b"alt" => attrs.alt = Some(decoder.attr(value)),
                b"class" => attrs.class = value,
                b"id" => attrs.id = value,
                b"type" => attrs.kind = value,
                b"width" => attrs.width = value,
                b"height" => attrs.height = value,
                b"start" => attrs.start = value,
                b"bgcolor" => attrs.bgcolor = Some(decoder.attr(value)),
                b"color" => attrs.color = Some(decoder.attr(value)),
                b"background" => attrs.background = Some(value).filter(|v| !v.is_empty()),
                b"size" => attrs.size = Some(value),
                b"hidden" => attrs.hidden = true,
                b"open" => attrs.open = true,
                _ => {}
            }
        }
        attrs
    }

    /// Whether an image of these attributes is too small to be seen.
    pub(in crate::shape) fn pixel(&self) -> bool {
        let attribute = |value: &str| {
            let value = value.trim().trim_end_matches("px");
            value.parse::<f32>().is_ok_and(|n| n <= 2.0)
        };
        let mut small = attribute(self.width) || attribute(self.height);
        if let Some(style) = &self.style {
            super::css::declarations(style, |name, value, _| {
                if matches!(name, "width" | "height" | "max-width" | "max-height") {
                    small |= super::css::length(value, 1600.0).is_some_and(|n| n <= 2.0);
                }
            });
        }
        small
    }
}
