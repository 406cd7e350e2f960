//! The little CSS that decides whether a person sees a text.

/// The declarations of a `style` attribute, names and values in lower case.
///
/// Aware of strings, brackets, comments and escapes, because a sender who
/// wants text unseen by one reader and seen by another plays with them.
pub(in crate::shape) fn declarations(style: &str, mut each: impl FnMut(&str, &str, bool)) {
    let style = plain(style);
    let mut rest = style.as_str();
    while !rest.is_empty() {
        let end = declaration_end(rest);
        let one = rest.get(..end).unwrap_or(rest);
        rest = rest.get(end + 1..).unwrap_or("");
        if let Some((name, value)) = one.split_once(':') {
            let value = value.trim();
            let (value, important) = match value.rsplit_once('!') {
                Some((value, mark)) if mark.trim() == "important" => (value.trim_end(), true),
                _ => (value, false),
            };
            each(name.trim(), value, important);
        }
    }
}

fn declaration_end(text: &str) -> usize {
    let (mut depth, mut quote) = (0_u32, None);
    for (i, b) in text.bytes().enumerate() {
        match (quote, b) {
            (Some(open), _) if b == open || b == b'\n' => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(b),
            (None, b'(') => depth += 1,
            (None, b')') => depth = depth.saturating_sub(1),
            (None, b';') if depth == 0 => return i,
            (None, _) => {}
        }
    }
    text.len()
}

/// Lower case, without comments, escapes resolved.
fn plain(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(at) = rest.find(['\\', '/']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        if let Some(comment) = from.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some(escape) = from.strip_prefix('\\') {
            let hex = escape
                .bytes()
                .take(6)
                .take_while(u8::is_ascii_hexdigit)
                .count();
            let (digits, after) = escape.split_at_checked(hex).unwrap_or(("", ""));
            let code = u32::from_str_radix(digits, 16).ok();
            out.extend(code.and_then(char::from_u32));
            rest = match digits.is_empty() {
                true => after,
                false => after.strip_prefix([' ', '\t', '\n']).unwrap_or(after),
            };
        } else {
            out.push('/');
            rest = from.get(1..).unwrap_or("");
        }
    }
    out.push_str(rest);
    out.make_ascii_lowercase();
    out
}

/// A length in pixels; `em` is what an `em` or a full per cent is worth.
pub(super) fn length(value: &str, em: f32) -> Option<f32> {
    let value = value.trim();
    let digits = value
        .bytes()
        .take_while(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'+'))
        .count();
    let (number, unit) = value.split_at_checked(digits)?;
    let number: f32 = number.parse().ok()?;
    let factor = match unit.trim() {
        "px" => 1.0,
        "" if number == 0.0 => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" | "rem" => 16.0,
        "in" => 96.0,
        "cm" => 37.8,
        "mm" => 3.78,
        "em" => em,
        "ex" | "ch" => em / 2.0,
        "%" => em / 100.0,
        "vw" | "vh" | "vmin" | "vmax" => 8.0,
        _ => return None,
    };
    Some(number * factor)
}

/// A colour as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    /// Nothing is painted.
    Clear,
    /// Red, green, blue.
    Rgb(u8, u8, u8),
    /// A picture, a gradient, or a name not known here.
    Unknown,
}

impl Colour {
    /// Whether a person would not tell the two apart.
    pub(super) fn like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Rgb(r, g, b), Self::Rgb(x, y, z)) => {
                r.abs_diff(x) <= 10 && g.abs_diff(y) <= 10 && b.abs_diff(z) <= 10
            }
            _ => false,
        }
    }

    /// Reads a lower-case colour; `None` if it is not one.
    pub(super) fn read(value: &str) -> Option<Self> {
        let value = value.trim();
        if let Some(hex) = value.strip_prefix('#') {
            return Self::hex(hex);
        }
        if let Some(inner) = value.strip_prefix("rgb") {
            return Self::rgb(inner.strip_prefix('a').unwrap_or(inner));
        }
        Some(match value {
            "transparent" => Self::Clear,
            "white" => Self::Rgb(255, 255, 255),
            "snow" => Self::Rgb(255, 250, 250),
            "ivory" => Self::Rgb(255, 255, 240),
            "ghostwhite" => Self::Rgb(248, 248, 255),
            "mintcream" => Self::Rgb(245, 255, 250),
            "floralwhite" => Self::Rgb(255, 250, 240),
            "whitesmoke" => Self::Rgb(245, 245, 245),
            "black" => Self::Rgb(0, 0, 0),
            "red" => Self::Rgb(255, 0, 0),
            "blue" => Self::Rgb(0, 0, 255),
            "navy" => Self::Rgb(0, 0, 128),
            "green" => Self::Rgb(0, 128, 0),
            "yellow" => Self::Rgb(255, 255, 0),
            "gray" | "grey" => Self::Rgb(128, 128, 128),
            "silver" => Self::Rgb(192, 192, 192),
            _ if value.starts_with("hsl") => Self::hsl(value).unwrap_or(Self::Unknown),
            _ => return None,
        })
    }

    fn hex(hex: &str) -> Option<Self> {
        let wide = u32::from_str_radix(hex, 16).ok()?;
        let double = |shift: u32| u8::try_from((wide >> shift & 0xF) * 0x11).unwrap_or(0);
        let byte = |shift: u32| u8::try_from(wide >> shift & 0xFF).unwrap_or(0);
        match hex.len() {
            3 => Some(Self::Rgb(double(8), double(4), double(0))),
            4 if double(0) < 16 => Some(Self::Clear),
            4 => Some(Self::Rgb(double(12), double(8), double(4))),
            6 => Some(Self::Rgb(byte(16), byte(8), byte(0))),
            8 if byte(0) < 16 => Some(Self::Clear),
            8 => Some(Self::Rgb(byte(24), byte(16), byte(8))),
            _ => None,
        }
    }

    fn rgb(text: &str) -> Option<Self> {
        let mut parts = arguments(text);
        let mut channel = || {
            let part = parts.next()?;
            let number = match part.strip_suffix('%') {
                Some(percent) => percent.parse::<f32>().ok()? * 2.55,
                None => part.parse::<f32>().ok()?,
            };
            // A float becomes the nearest byte; `as` saturates.
            Some(number.round() as u8)
        };
        let rgb = Self::Rgb(channel()?, channel()?, channel()?);
        Some(if parts.next().is_some_and(faint) {
            Self::Clear
        } else {
            rgb
        })
    }

    /// Only the ends matter: white, black, and nothing at all.
    fn hsl(text: &str) -> Option<Self> {
        let mut parts = arguments(text.get(3..)?.trim_start_matches('a'));
        let light = parts.nth(2)?.trim_end_matches('%').parse::<f32>().ok()?;
        if parts.next().is_some_and(faint) {
            return Some(Self::Clear);
        }
        Some(match light {
            l if l >= 97.0 => Self::Rgb(255, 255, 255),
            l if l <= 3.0 => Self::Rgb(0, 0, 0),
            _ => Self::Unknown,
        })
    }
}

fn arguments(text: &str) -> impl Iterator<Item = &str> {
    text.trim_matches(|c| matches!(c, '(' | ')' | ' '))
        .split(|c: char| matches!(c, ',' | '/') || c.is_whitespace())
        .filter(|part| !part.is_empty())
}

/// An opacity at which nothing is seen.
pub(super) fn faint(value: &str) -> bool {
    let value = value.trim();
    match value.strip_suffix('%') {
        Some(percent) => percent.parse::<f32>().is_ok_and(|p| p <= 5.0),
        None => value.parse::<f32>().is_ok_and(|n| n <= 0.05),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(style: &str) -> Vec<(String, String, bool)> {
        let mut out = Vec::new();
        declarations(style, |n, v, i| out.push((n.into(), v.into(), i)));
        out
    }

    #[test]
    fn declarations_survive_tricks() {
        let want = |n: &str, v: &str, i| (n.to_string(), v.to_string(), i);
        assert_eq!(
            all("DISPLAY : none ! important;background:url(a;display:block;);x"),
            [
                want("display", "none", true),
                want("background", "url(a;display:block;)", false)
            ]
        );
        assert_eq!(
            all("dis/**/play:no\\6E e"),
            [want("display", "none", false)]
        );
    }

    #[test]
    fn colours_and_lengths() {
        let white = Colour::Rgb(255, 255, 255);
        for text in [
            "#fff",
            "#FFFFFF",
            "white",
            "rgb(255, 255, 255)",
            "rgba(100% 100% 100% / 1)",
            "hsl(0,0%,100%)",
            "#fefefe",
        ] {
            assert!(
                Colour::read(&text.to_lowercase()).unwrap().like(white),
                "{text}"
            );
        }
        for text in ["transparent", "rgba(0,0,0,0)", "#fff0", "#ffffff00"] {
            assert_eq!(Colour::read(text), Some(Colour::Clear), "{text}");
        }
        for text in ["#ü", "#", "rgb(", "none", ""] {
            assert_eq!(Colour::read(text), None, "{text}");
        }
        assert_eq!(length("-9999px", 16.0), Some(-9999.0));
        assert_eq!(length("0", 16.0), Some(0.0));
        assert_eq!(length("12", 16.0), None);
        assert_eq!(length("50%", 16.0), Some(8.0));
    }
}
