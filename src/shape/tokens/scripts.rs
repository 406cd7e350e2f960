//! What a character outside ASCII is charged.

/// Charges one character by its script, in sixteenths of a token.
pub(super) fn charge(c: char) -> usize {
    match c {
        // Typographic signs are tokens of their own.
        '\u{2010}'..='\u{2026}' | '\u{A0}' | '\u{AB}' | '\u{BB}' => 18,
        '\u{A1}'..='\u{BF}' => 20,
        '\u{C0}'..='\u{24F}' => 14,
        '\u{250}'..='\u{36F}' => 28,
        '\u{370}'..='\u{3FF}' => 11,
        '\u{400}'..='\u{4FF}' => 7,
        '\u{590}'..='\u{5FF}' => 9,
        '\u{600}'..='\u{6FF}' => 8,
        '\u{900}'..='\u{97F}' => 9,
        '\u{980}'..='\u{DFF}' => 16,
        '\u{E00}'..='\u{E7F}' => 9,
        '\u{3000}'..='\u{30FF}' => 14,
        '\u{1E00}'..='\u{1EFF}' => 12,
        '\u{4E00}'..='\u{9FFF}' => 19,
        '\u{AC00}'..='\u{D7A3}' => 14,
        '\u{FF00}'..='\u{FFEF}' => 24,
        '\u{FE0F}' | '\u{200D}' => 16,
        '\u{1F300}'..='\u{1FAFF}' => 36,
        '\u{2000}'..='\u{2BFF}' => 32,
        _ => c.len_utf8() * 16,
    }
}
