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

    /// Whether text of this colour disappears on `background`.
    pub(crate) fn disappears_on(self, background: Self) -> bool {
        match (self, background) {
            (Self::Transparent, _) => true,
            (Self::Rgb(r, g, b), Self::Rgb(on_r, on_g, on_b)) => {
                r.abs_diff(on_r).max(g.abs_diff(on_g)).max(b.abs_diff(on_b)) <= 16
            }
            _ => false,
        }
    }
}

/// Reads a CSS or HTML colour; none when the text is none, or says that the surroundings decide.
pub(crate) fn parse(text: &str) -> Option<Colour> {
    let text = text.trim();
    if let Some(digits) = text.strip_prefix('#') {
        return hexadecimal(digits);
    }
    if text.len() > 64 {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    match lower.split_once('(') {
        Some(("rgb" | "rgba", inside)) => rgb(inside),
        Some(("hsl" | "hsla", inside)) => hsl(inside),
        // There is a colour, and no telling which.
        Some(_) => Some(Colour::Unknown),
        None if lower == "transparent" => Some(Colour::Transparent),
        None => named(&lower).or_else(|| (text.len() == 6).then(|| hexadecimal(text)).flatten()),
    }
}

fn hexadecimal(digits: &str) -> Option<Colour> {
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
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

fn rgb(inside: &str) -> Option<Colour> {
    let mut parts = parts(inside);
    let mut channel = || {
        let part = parts.next()?;
        match part.strip_suffix('%') {
            Some(percent) => percent.parse::<f32>().ok().map(|percent| percent * 2.55),
            None => part.parse().ok(),
        }
    };
    let (r, g, b) = (channel()?, channel()?, channel()?);
    with_alpha(parts.next(), Colour::Rgb(byte(r), byte(g), byte(b)))
}

fn hsl(inside: &str) -> Option<Colour> {
    let mut parts = parts(inside);
    let hue: f32 = parts.next()?.trim_end_matches("deg").parse().ok()?;
    let mut percent = || {
        parts
            .next()?
            .trim_end_matches('%')
            .parse::<f32>()
            .ok()
            .map(|value| value.clamp(0.0, 100.0) / 100.0)
    };
    let (saturation, lightness) = (percent()?, percent()?);
    let channel = |offset: f32| {
        let at = (offset + hue / 30.0).rem_euclid(12.0);
        let swing = saturation * lightness.min(1.0 - lightness);
        byte(255.0 * (lightness - swing * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0)))
    };
    with_alpha(
        parts.next(),
        Colour::Rgb(channel(0.0), channel(8.0), channel(4.0)),
    )
}

fn parts(inside: &str) -> impl Iterator<Item = &str> {
    inside
        .trim_end_matches(')')
        .split([',', ' ', '/'])
        .filter(|part| !part.is_empty())
}

fn with_alpha(alpha: Option<&str>, colour: Colour) -> Option<Colour> {
    let alpha = alpha.and_then(|alpha| match alpha.strip_suffix('%') {
        Some(percent) => percent.parse::<f32>().ok().map(|percent| percent / 100.0),
        None => alpha.parse().ok(),
    });
    match alpha {
        Some(alpha) if alpha <= 0.05 => Some(Colour::Transparent),
        _ => Some(colour),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte's range"
)]
fn byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0).round() as u8
}

fn named(name: &str) -> Option<Colour> {
    let mut words = NAMES.split_ascii_whitespace();
    while let (Some(known), Some(digits)) = (words.next(), words.next()) {
        if known == name {
            return hexadecimal(digits);
        }
    }
    None
}

/// The names of CSS, each before its value.
const NAMES: &str = "\
    aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff \
    beige f5f5dc bisque ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff \
    blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 \
    chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c \
    cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 \
    darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b darkmagenta 8b008b \
    darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 \
    darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f \
    darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 \
    deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 \
    floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff \
    gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080 \
    honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c \
    lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd \
    lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 \
    lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a \
    lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 \
    lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 \
    magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd \
    mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee \
    mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 \
    midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead \
    navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 \
    orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee \
    palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb \
    plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 \
    rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 \
    seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb \
    slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f \
    steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 \
    violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 \
    yellowgreen 9acd32 window ffffff canvas ffffff windowtext 000000 canvastext 000000 \
    initial 000000";
