//! Whether a person would see the text of an element.

use super::attrs::Attrs;
use super::css::{Colour, declarations, faint, length};
use super::tag::Tag;

/// What an element inherits of its ancestors' appearance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// In an element that has no place in the text: a picture, a control.
    pub dropped: bool,
    /// Hidden in a way that no descendant can undo.
    gone: bool,
    invisible: bool,
    /// The size of the letters, in pixels.
    size: f32,
    /// `None` until an element sets one: the reader's own choice.
    colour: Option<Colour>,
    background: Colour,
    /// White space is kept as it is.
    pub pre: bool,
}

impl Look {
    /// A mail is shown on white.
    pub(super) const PAGE: Self = Self {
        dropped: false,
        gone: false,
        invisible: false,
        size: 16.0,
        colour: None,
        background: Colour::Rgb(255, 255, 255),
        pre: false,
    };

    /// Whether text here is not seen.
    pub(super) fn hides_text(&self) -> bool {
        self.hides_all()
            || self.size <= 1.0
            || self
                .colour
                .is_some_and(|c| c == Colour::Clear || c.like(self.background))
    }

    /// Whether not even a picture is seen here.
    pub(super) fn hides_all(&self) -> bool {
        self.dropped || self.gone || self.invisible
    }

    /// The look of an element inside this one.
    pub(super) fn of(&self, tag: Tag, attrs: &Attrs<'_>) -> Self {
        let mut look = *self;
        look.dropped |= tag.dropped();
        look.pre |= matches!(tag, Tag::Pre | Tag::Listing);
        look.gone |= attrs.hidden || (tag == Tag::Dialog && !attrs.open);
        if let Some(colour) = attrs.bgcolor.as_deref().and_then(attribute_colour) {
            look.paint(colour);
        }
        if let Some(colour) = attrs
            .color
            .as_deref()
            .filter(|_| tag == Tag::Font)
            .and_then(attribute_colour)
        {
            look.colour = Some(colour);
        }
        if attrs.background.is_some() {
            look.background = Colour::Unknown;
        }
        if tag == Tag::Font && attrs.size.is_some() {
            look.size = look.size.max(10.0);
        }
        if let Some(style) = &attrs.style {
            look.apply(style, tag);
        }
        look
    }

    fn paint(&mut self, colour: Colour) {
        if colour != Colour::Clear {
            self.background = colour;
        }
    }

    fn apply(&mut self, style: &str, tag: Tag) {
        let outer = *self;
        let mut fit = Fit::default();
        let mut set: [Option<&'static str>; 8] = [None; 8];
        // What is marked important cannot be taken back further on.
        let mut wins = move |name: &'static str, important: bool| {
            if set.contains(&Some(name)) {
                return important;
            }
            if important && let Some(free) = set.iter_mut().find(|s| s.is_none()) {
                *free = Some(name);
            }
            true
        };
        declarations(style, |name, value, important| match name {
            "display" if wins("display", important) => fit.none = value == "none",
            "visibility" if wins("visibility", important) => {
                self.invisible = match value {
                    "hidden" | "collapse" => true,
                    "inherit" => outer.invisible,
                    _ => false,
                };
            }
            "opacity" if wins("opacity", important) => fit.faint = faint(value),
            "font-size" if wins("font-size", important) => {
                self.size = font_size(value, outer.size);
            }
            "font" if wins("font-size", important) => {
                let size = value.split_whitespace().find_map(|part| {
                    let size = part.split('/').next()?;
                    length(size, outer.size)
                });
                self.size = size.unwrap_or(16.0);
            }
            "color" | "-webkit-text-fill-color" if wins("color", important) => {
                self.colour = match value {
                    "inherit" | "currentcolor" => outer.colour,
                    _ => Some(Colour::read(value).unwrap_or(Colour::Unknown)),
                };
            }
            "background-color" if wins("background", important) => {
                self.paint(Colour::read(value).unwrap_or(Colour::Unknown));
            }
            "background" | "background-image" if wins("background", important) => {
                if let Some(colour) = background(value) {
                    self.paint(colour);
                }
            }
            "white-space" => self.pre = value.starts_with("pre") && value != "pre-line",
            // Buttons are written twice, once for Outlook in a comment; the
            // link that only Outlook hides is the one a reader clicks.
            "mso-hide" => fit.outlook = value == "all" && tag != Tag::A,
            "overflow" | "overflow-x" | "overflow-y" => {
                fit.clipped |= matches!(value, "hidden" | "clip")
            }
            "height" | "max-height" | "width" | "max-width" => {
                let small = length(value, 1600.0).is_some_and(|size| size <= 1.0);
                fit.flat |= small;
            }
            "text-indent" | "left" | "top" | "right" | "bottom" | "margin-left" | "margin-top" => {
                fit.away |= length(value, 16.0).is_some_and(|at| at <= -999.0);
            }
            "clip" => fit.away |= value.starts_with("rect(0") || value.starts_with("rect(1px"),
            "clip-path" => {
                fit.away |= value.starts_with("inset(100%") || value.starts_with("inset(50%")
            }
            "transform" => fit.away |= value.contains("scale(0)") || value.contains("-9999"),
            _ => {}
        });
        self.gone |= fit.hides();
    }
}

/// How the element's box is kept from showing its content.
#[derive(Default)]
struct Fit {
    none: bool,
    faint: bool,
    outlook: bool,
    clipped: bool,
    flat: bool,
    away: bool,
}

impl Fit {
    fn hides(&self) -> bool {
        self.none || self.faint || self.outlook || self.away || (self.clipped && self.flat)
    }
}

fn font_size(value: &str, outer: f32) -> f32 {
    match value {
        "smaller" => outer * 0.83,
        "larger" => outer * 1.2,
        "inherit" | "unset" => outer,
        _ => length(value, outer).unwrap_or(16.0),
    }
}

/// What a `background` paints: its colour, unless a picture covers it.
fn background(value: &str) -> Option<Colour> {
    if value.contains("url(") || value.contains("gradient") || value.contains("image") {
        return Some(Colour::Unknown);
    }
    match value {
        "none" | "initial" | "unset" | "inherit" => None,
        _ => Colour::read(value).or_else(|| value.split_whitespace().find_map(Colour::read)),
    }
}

/// Attributes also take colours without the `#`.
fn attribute_colour(value: &str) -> Option<Colour> {
    let value = value.trim().to_ascii_lowercase();
    Colour::read(&value).or_else(|| Colour::read(&format!("#{value}")))
}
