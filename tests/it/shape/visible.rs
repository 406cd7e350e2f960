use std::borrow::Cow;

use front_mcp::shape::visible::{one_line, visible};

#[test]
fn plain_text_is_borrowed() {
    for text in ["", "Hello\n\tworld", "Grüße, 日本語 und עברית", "👍🏽 ok ❤️"] {
        assert!(
            matches!(visible(text), Cow::Borrowed(same) if same == text),
            "{text:?}"
        );
    }
}

#[test]
fn what_no_eye_sees_goes() {
    for (text, seen) in [
        ("pay\u{200B}pal", "paypal"),
        ("a\u{202E}b\u{202C}c\u{2066}d\u{2069}", "abcd"),
        ("hi\u{E0041}\u{E0042}\u{E007F}", "hi"),
        (
            "soft\u{AD}hyphen\u{34F}\u{FEFF}\u{180E}\u{115F}\u{3164}",
            "softhyphen",
        ),
        ("nul\0bell\u{7}esc\u{1B}[31m", "nulbellesc[31m"),
        ("a\r\nb\rc\u{2028}d\u{2029}e\u{85}f", "a\nb\nc\nd\ne\nf"),
        ("x\u{FE0F}y\u{E0101}z", "xyz"),
        ("\u{E000}\u{F8FF}\u{FDD0}\u{FFFE}\u{10FFFF}ok", "ok"),
        ("a\u{200D}b", "ab"),
    ] {
        assert_eq!(visible(text), seen, "{text:?}");
    }
}

#[test]
fn joiners_stay_where_they_are_read() {
    for text in [
        "👩\u{200D}👩\u{200D}👧",
        "🏳\u{FE0F}\u{200D}🌈",
        "1\u{FE0F}\u{20E3}",
        "می\u{200C}خواهم",
        "क्\u{200D}ष",
    ] {
        assert_eq!(visible(text), text);
    }
    assert_eq!(visible("👍\u{FE0F}\u{FE0F}\u{FE0F}"), "👍\u{FE0F}");
    assert_eq!(visible("م\u{200C}\u{200C}م"), "م\u{200C}م");
}

#[test]
fn one_line_is_one_line() {
    assert_eq!(one_line("  a\r\n\tb \u{A0} c  ", 80), "a b c");
    assert_eq!(one_line("abcdef", 6), "abcdef");
    assert_eq!(one_line("abcdefg", 6), "abcde…");
    assert_eq!(one_line("ab cdefg", 4), "ab…");
    assert_eq!(one_line("日本語テキスト", 4), "日本語…");
    assert_eq!(one_line("abc", 0), "");
}

proptest::proptest! {
    #[test]
    fn seeing_twice_changes_nothing(text in "\\PC*|[\\u{200B}-\\u{200F}\\u{FE0F}👍م\\r\\na]*") {
        let once = visible(&text).into_owned();
        proptest::prop_assert_eq!(visible(&once), once.as_str());
    }
}
