//! Whatever is accepted as a recipient is one recipient, seen whole, and stays the same when it is
//! read again. The fuzz target `address` looks at the same.

use front_mcp::{
    shape::visible::visible,
    tools::handle::{LONGEST_ADDRESS, email, phone, recipient},
};
use proptest::prelude::*;

/// Texts near enough to an address that many are accepted, and everything else.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z]{1,3}[a-z.+\u{645}]{0,70}@[a-z-]{1,64}(\\.[a-z]{2,64}){1,5}",
        like("(Jo <)?[a-z]{1,3}ODD{0,3}[a-z]{0,3}@[a-z]{1,3}ODD?\\.[a-z]{2}>?ODD{0,2}"),
        "[+]?[0-9 ()./-]{4,24}",
        like("[a-z0-9]{1,4}ODD{0,2}[a-z0-9]{0,400}"),
    ]
}

/// A pattern in which `ODD` stands for a character that could make trouble.
fn like(pattern: &str) -> impl Strategy<Value = String> + use<> {
    let odd = "[ ,;<>@\"\\\\\r\n\t\0:()\u{200b}\u{200c}\u{200d}\u{202e}\u{ad}\u{645}\u{631}.-]";
    proptest::string::string_regex(&pattern.replace("ODD", odd)).unwrap()
}

fn is_one(address: &str) {
    assert!(!address.is_empty());
    assert!(address.chars().count() <= LONGEST_ADDRESS, "{address:?}");
    assert_eq!(visible(address), address);
    assert_eq!(address.trim(), address);
    let parts = ",;<>\u{200c}\u{200d}\u{2028}\u{2029}";
    let is_bad = |c: char| c.is_control() || parts.contains(c);
    assert!(!address.contains(is_bad), "{address:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn what_is_taken_is_one_and_stays_the_same(text in texts()) {
        if let Some(address) = email(&text) {
            is_one(address);
            prop_assert!(text.contains(address));
            prop_assert_eq!(address.matches('@').count(), 1);
            prop_assert!(!address.contains(char::is_whitespace));
            prop_assert_eq!(email(address), Some(address));
            let named = format!("Jo Doe <{address}>");
            prop_assert_eq!(email(&named), Some(address));
            for more in [", x@y.example", "\nBcc: x@y.example"] {
                let two = format!("{address}{more}");
                prop_assert_eq!(email(&two), None);
            }
        }
        if let Some(number) = phone(&text) {
            is_one(&number);
            let digits = number.strip_prefix('+').unwrap_or(&number);
            prop_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert_eq!(phone(&number), Some(number.clone()));
        }
        for kind in ["smtp", "twilio", "custom"] {
            if let Some(taken) = recipient(kind, &text) {
                is_one(&taken);
                prop_assert_eq!(recipient(kind, &taken), Some(taken.clone()));
            }
        }
    }
}

#[test]
fn each_kind_of_channel_takes_its_own() {
    for (kind, text, taken) in [
        ("smtp", " Jo <jo@acme.example> ", Some("jo@acme.example")),
        (
            "gmail",
            "\u{645}\u{631}@acme.example",
            Some("\u{645}\u{631}@acme.example"),
        ),
        ("smtp", "\u{645}\u{200c}\u{631}@acme.example", None),
        ("smtp", "a@b.example,c@d.example", None),
        ("smtp", "+44 20 7946 0000", None),
        ("twilio", " +44 (20) 7946-0000 ", Some("+442079460000")),
        ("twilio", "jo@acme.example", None),
        ("custom", " visitor 17 ", Some("visitor 17")),
        ("custom", "a;b", None),
        ("custom", "a\u{202e}b", None),
    ] {
        assert_eq!(recipient(kind, text).as_deref(), taken, "{kind} {text:?}");
    }
}
