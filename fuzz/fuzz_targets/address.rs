//! Addresses: what is accepted as a recipient is one recipient, seen whole, and stays the same.

#![no_main]

use front_mcp::{
    shape::visible::visible,
    tools::handle::{LONGEST_ADDRESS, email, phone, recipient},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(address) = email(text) {
        is_one(address);
        assert!(text.contains(address), "an address that was not written");
        assert_eq!(address.matches('@').count(), 1, "{address:?}");
        assert!(!address.contains(char::is_whitespace), "{address:?}");
        assert_eq!(email(address), Some(address));
        // A name before it changes nothing.
        assert_eq!(email(&format!("Jo Doe <{address}>")), Some(address));
        // A second one beside it is refused, not dropped.
        assert_eq!(email(&format!("{address}, x@y.example")), None);
        assert_eq!(email(&format!("{address}\nBcc: x@y.example")), None);
    }
    if let Some(number) = phone(text) {
        is_one(&number);
        let digits = number.strip_prefix('+').unwrap_or(&number);
        assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{number}");
        assert_eq!(phone(&number).as_ref(), Some(&number));
    }
    for kind in ["smtp", "twilio", "custom"] {
        if let Some(taken) = recipient(kind, text) {
            is_one(&taken);
            assert_eq!(recipient(kind, &taken).as_ref(), Some(&taken));
        }
    }
});

/// Nothing in it is hidden, ends a header line, or begins another address.
fn is_one(address: &str) {
    assert!(!address.is_empty());
    assert!(address.chars().count() <= LONGEST_ADDRESS, "{address:?}");
    assert_eq!(visible(address), address);
    assert_eq!(address.trim(), address);
    assert!(
        !address.contains(
            |c: char| c.is_control() || ",;<>\u{200c}\u{200d}\u{2028}\u{2029}".contains(c)
        ),
        "{address:?}"
    );
}
