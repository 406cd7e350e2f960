//! What inline styles hide.
//!
//! Not a CSS engine: only the declarations that make text unseen are read.

use super::colour::{self, Colour};
use super::sheet::Sheet;
use super::tree::Element;

/// What an element's own attributes say about being seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Style {
    /// Nothing in the element is seen, whatever its children say.
    gone: bool,
    /// Whether `display` leaves it out; the last word on it counts.
    undisplayed: Option<bool>,
    /// Text is unseen until a child says otherwise.
    pub(crate) invisible: Option<bool>,
    /// The text is too small to be seen, or large enough again.
    pub(crate) tiny: Option<bool>,
    /// A pixel or two wide or high.
    pub(crate) small: bool,
    /// The text's colour.
    pub(crate) colour: Option<Colour>,
    /// What the text stands on.
    pub(crate) background: Option<Colour>,
}

impl Style {
    /// Reads the element's attributes, after what the style sheet says of it.
    pub(crate) fn of(element: &Element, sheet: &Sheet) -> Self {
        let mut style = sheet.style_of(element);
        if element.is_bare() {
            return style;
        }
        style.gone |= element.attribute("hidden").is_some();
        style.colour = element.attribute("color").and_then(colour::parse);
        style.background = element.attribute("bgcolor").and_then(colour::parse);
        if element.attribute("background").is_some() {
            style.background = Some(Colour::Unknown);
        }
        if let Some(css) = element.attribute("style") {
            style.read(css, element.name());
        }
        style
    }

    /// What a block of a style sheet says about being there at all.
    pub(crate) fn hiding(css: &str) -> Self {
        let mut all = Self::default();
        all.read(css, "");
        Self {
            gone: all.gone,
            undisplayed: all.undisplayed.filter(|gone| *gone),
            invisible: all.invisible.filter(|gone| *gone),
            ..Self::default()
        }
    }

    /// Adds what another rule says.
    pub(crate) fn add(&mut self, other: Self) {
        self.gone |= other.gone;
        self.undisplayed = other.undisplayed.or(self.undisplayed);
        self.invisible = other.invisible.or(self.invisible);
    }

    /// Whether nothing in the element is seen, whatever its children say.
    pub(crate) fn is_gone(self) -> bool {
        self.gone || self.undisplayed == Some(true)
    }

    fn read(&mut self, css: &str, element: &str) {
        let mut clipped = false;
        let mut no_room = false;
        let mut no_height = false;
        let mut out_of_flow = false;
        let mut far_away = false;
        for_each_declaration(css, |property, value| match property {
            "display" => self.undisplayed = Some(value == "none"),
            "visibility" => self.invisible = Some(matches!(value, "hidden" | "collapse")),
            "opacity" => self.gone |= number(value).is_some_and(|opacity| opacity <= 0.05),
            "font-size" => {
                if let Some(size) = pixels(value) {
                    self.tiny = Some(size <= 2.0);
                } else {
                    self.tiny = Some(false);
                }
            }
            "font" => {
                if let Some(size) = value.split([' ', '/']).find_map(size_in_shorthand) {
                    self.tiny = Some(size <= 2.0);
                }
            }
            "mso-hide" => self.gone |= value == "all" && element != "a",
            "color" => self.colour = colour::parse(value).or(self.colour),
            "-webkit-text-fill-color" => self.colour = colour::parse(value).or(self.colour),
            "background-color" => self.background = colour::parse(value).or(self.background),
            "background" | "background-image" => {
                // A picture's colours cannot be known; the colour named beside it shows where it does not.
                let picture = value.contains("url(") || value.contains("gradient");
                let named = if picture {
                    Some(Colour::Unknown)
                } else {
                    shorthand_colour(value)
                };
                self.background = named.or(self.background);
            }
            "overflow" | "overflow-x" | "overflow-y" => {
                clipped |= matches!(value, "hidden" | "clip")
            }
            "max-height" | "height" => no_height |= pixels(value).is_some_and(|size| size <= 2.0),
            "max-width" | "width" => no_room |= pixels(value).is_some_and(|size| size <= 2.0),
            "position" => out_of_flow |= matches!(value, "absolute" | "fixed"),
            "left" | "top" | "right" | "bottom" => {
                far_away |= pixels(value).is_some_and(|at| at <= -500.0)
            }
            "text-indent" | "margin-left" | "margin-top" | "margin" => {
                self.gone |= value.split(' ').filter_map(pixels).any(|at| at <= -500.0);
            }
            "clip" => self.gone |= value.starts_with("rect(0") || value.starts_with("rect(1px"),
            "clip-path" => {
                self.gone |= value.starts_with("inset(50%") || value.starts_with("inset(100%")
            }
            "transform" => self.gone |= value.contains("scale(0)") || value.contains("scale(0,"),
            _ => {}
        });
        self.small = no_room || no_height;
        self.gone |= clipped && self.small;
        self.gone |= out_of_flow && far_away;
    }
}

/// Calls `each` with every property and value, both in lower case, comments and escapes resolved.
pub(crate) fn for_each_declaration(css: &str, mut each: impl FnMut(&str, &str)) {
    let plain = plain_css(css);
    for declaration in plain.split(';') {
        if let Some((property, value)) = declaration.split_once(':') {
            let value = value.trim();
            let value = value.strip_suffix("!important").unwrap_or(value).trim_end();
            each(property.trim(), value);
        }
    }
}

/// Lower case, without comments, with `\64` and its like read as the characters they stand for.
fn plain_css(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'*') => {
                let mut star = false;
                chars.next();
                for c in chars.by_ref() {
                    if star && c == '/' {
                        break;
                    }
                    star = c == '*';
                }
            }
            '\\' => {
                let mut code = 0_u32;
                let mut digits = 0;
                while digits < 6
                    && let Some(digit) = chars.peek().and_then(|c| c.to_digit(16))
                {
                    code = code * 16 + digit;
                    digits += 1;
                    chars.next();
                }
                if digits == 0 {
                    plain.extend(chars.next());
                } else {
                    plain.push(
                        char::from_u32(code)
                            .unwrap_or('\u{FFFD}')
                            .to_ascii_lowercase(),
                    );
                    chars.next_if(|c| c.is_ascii_whitespace());
                }
            }
            '\n' | '\r' | '\t' => plain.push(' '),
            _ => plain.push(c.to_ascii_lowercase()),
        }
    }
    plain
}

fn number(value: &str) -> Option<f32> {
    match value.strip_suffix('%') {
        Some(percent) => percent
            .trim()
            .parse::<f32>()
            .ok()
            .map(|percent| percent / 100.0),
        None => value.parse().ok(),
    }
}

/// A length in pixels, a bare number included; none when it is relative to something not known here.
fn pixels(value: &str) -> Option<f32> {
    pixels_with_unit(value).or_else(|| value.parse().ok())
}

/// A colour among the other words of `background`.
fn shorthand_colour(value: &str) -> Option<Colour> {
    colour::parse(value).or_else(|| value.split_ascii_whitespace().find_map(colour::parse))
}

/// A size among the other words of `font`, of which a bare number is the weight, unless it is 0.
fn size_in_shorthand(word: &str) -> Option<f32> {
    if word == "0" {
        Some(0.0)
    } else {
        pixels_with_unit(word)
    }
}

fn pixels_with_unit(value: &str) -> Option<f32> {
    let digits = value
        .bytes()
        .take_while(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+'))
        .count();
    let (number, unit) = value.split_at_checked(digits)?;
    let number: f32 = number.parse().ok()?;
    let pixels = match unit {
        "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "em" | "rem" => 16.0,
        "%" => 0.16,
        "in" => 96.0,
        "cm" => 37.8,
        "mm" => 3.78,
        "vw" | "vh" => 10.0,
        _ => return None,
    };
    Some(number * pixels)
}
