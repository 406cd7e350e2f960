//! Colours, as far as telling text from what it stands on needs them.

/// A colour, or that there is one whose value cannot be known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    Rgb(u8, u8, u8),
    Transparent,
    Unknown,
}

impl Colour {
    pub(crate) const WHITE: Self = Self::Rgb(255, 255, 255);
    pub(crate) const UNKNOWN: Self = Self::Unknown;

    /// Whether text of this colour disappears on `background`.
    pub(crate) fn disappears_on(self, background: Self) -> bool {
        match (self, background) {
            (Self::Transparent, _) => true,
            (Self::Rgb(r, g, b), Self::Rgb(on_r, on_g, on_b)) => {
                r.abs_diff(on_r).max(g.abs_diff(on_g)).max(b.abs_diff(on_b)) <= 8
            }
            _ => false,
        }
    }
}

/// Reads a CSS or HTML colour; none when the text is not a colour at all.
pub(crate) fn parse(text: &str) -> Option<Colour> {
    let text = text.trim();
    if let Some(digits) = text.strip_prefix('#') {
        return hexadecimal(digits);
    }
    if text.len() > 64 {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if let Some(inside) = lower
        .strip_prefix("rgb")
        .and_then(|rest| rest.trim_start_matches('a').strip_prefix('('))
    {
        return function(inside.trim_end_matches(')'));
    }
    named(&lower).or_else(|| (text.len() == 6).then(|| hexadecimal(text)).flatten())
}

fn hexadecimal(digits: &str) -> Option<Colour> {
    let value = u32::from_str_radix(digits, 16).ok()?;
    let byte = |shift: u32| u8::try_from((value >> shift) & 0xFF).unwrap_or(u8::MAX);
    let nibble = |shift: u32| u8::try_from((value >> shift) & 0xF).unwrap_or(0xF) * 17;
    match digits.len() {
        3 => Some(Colour::Rgb(nibble(8), nibble(4), nibble(0))),
        4 if nibble(0) == 0 => Some(Colour::Transparent),
        4 => Some(Colour::Rgb(nibble(12), nibble(8), nibble(4))),
        6 => Some(Colour::Rgb(byte(16), byte(8), byte(0))),
        8 if byte(0) <= 12 => Some(Colour::Transparent),
        8 => Some(Colour::Rgb(byte(24), byte(16), byte(8))),
        _ => None,
    }
}

/// The inside of `rgb(…)` or `rgba(…)`.
fn function(inside: &str) -> Option<Colour> {
    let mut parts = inside
        .split([',', ' ', '/'])
        .filter(|part| !part.is_empty());
    let mut channel = || {
        let part = parts.next()?;
        let value = match part.strip_suffix('%') {
            Some(percent) => percent.parse::<f32>().ok()? * 2.55,
            None => part.parse::<f32>().ok()?,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to a byte's range"
        )]
        Some(value.clamp(0.0, 255.0).round() as u8)
    };
    let (r, g, b) = (channel()?, channel()?, channel()?);
    let alpha = parts.next().and_then(|part| match part.strip_suffix('%') {
        Some(percent) => percent.parse::<f32>().ok().map(|percent| percent / 100.0),
        None => part.parse::<f32>().ok(),
    });
    match alpha {
        Some(alpha) if alpha <= 0.05 => Some(Colour::Transparent),
        _ => Some(Colour::Rgb(r, g, b)),
    }
}

fn named(name: &str) -> Option<Colour> {
    Some(match name {
        "white" => Colour::WHITE,
        "black" | "windowtext" => Colour::Rgb(0, 0, 0),
        "transparent" => Colour::Transparent,
        "snow" => Colour::Rgb(255, 250, 250),
        "ghostwhite" => Colour::Rgb(248, 248, 255),
        "whitesmoke" => Colour::Rgb(245, 245, 245),
        "ivory" => Colour::Rgb(255, 255, 240),
        "red" => Colour::Rgb(255, 0, 0),
        "green" => Colour::Rgb(0, 128, 0),
        "blue" => Colour::Rgb(0, 0, 255),
        "navy" => Colour::Rgb(0, 0, 128),
        "gray" | "grey" => Colour::Rgb(128, 128, 128),
        "silver" => Colour::Rgb(192, 192, 192),
        "yellow" => Colour::Rgb(255, 255, 0),
        "orange" => Colour::Rgb(255, 165, 0),
        "purple" => Colour::Rgb(128, 0, 128),
        "maroon" => Colour::Rgb(128, 0, 0),
        "teal" => Colour::Rgb(0, 128, 128),
        "lightgray" | "lightgrey" => Colour::Rgb(211, 211, 211),
        "window" => Colour::WHITE,
        _ => return None,
    })
}
