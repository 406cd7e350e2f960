//! What a character outside ASCII is charged.

/// Charges one character by its script, in sixteenths of a token.
pub(super) fn charge(c: char) -> usize {
    match c {
        // Typographic signs are tokens of their own.
        '\u{2010}'..='\u{2026}' | '\u{A0}' | '\u{AB}' | '\u{BB}' => 18,
        '\u{A1}'..='\u{BF}' => 20,
        // Letters that languages are written in today; the others of their scripts are known byte by byte.
        '\u{C0}'..='\u{17F}' | '\u{1A0}' | '\u{1A1}' | '\u{1AF}' | '\u{1B0}' => 14,
        '\u{384}'..='\u{3CE}' => 11,
        '\u{400}'..='\u{45F}' | '\u{490}' | '\u{491}' => 7,
        '\u{5D0}'..='\u{5EA}' => 9,
        '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{621}'..='\u{652}' => 8,
        '\u{67E}' | '\u{686}' | '\u{698}' | '\u{6A9}' | '\u{6AF}' | '\u{6CC}' => 8,
        '\u{900}'..='\u{97F}' => 9,
        '\u{980}'..='\u{DFF}' => 16,
        '\u{E00}'..='\u{E7F}' => 9,
        '\u{3000}'..='\u{30FF}' => 14,
        '\u{1EA0}'..='\u{1EFF}' => 12,
        '\u{4E00}'..='\u{9FFF}' => 19,
        '\u{AC00}'..='\u{D7A3}' => 14,
        '\u{FF01}'..='\u{FF5E}' => 24,
        '\u{FE0F}' | '\u{200D}' => 16,
        '\u{1F300}'..='\u{1FAFF}' => 36,
        '\u{2000}'..='\u{206F}' | '\u{20A0}'..='\u{21FF}' | '\u{2500}'..='\u{27BF}' => 32,
        _ => c.len_utf8() * 16,
    }
}
