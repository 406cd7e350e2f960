//! What is read as an envelope or its id: no bytes make the reader panic, and what is read is
//! written as it was understood.

#![no_main]

use front_mcp::gate::envelope::{Envelope, EnvelopeId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        id(text);
    }
    if let Ok(envelope) = serde_json::from_slice::<Envelope>(bytes) {
        let written = serde_json::to_vec(&envelope).unwrap();
        let again: Envelope = serde_json::from_slice(&written).unwrap();
        assert_eq!(written, serde_json::to_vec(&again).unwrap());
    }
});

/// Whatever stands around an id, only an id is taken, and in one form.
fn id(text: &str) {
    let Some(id) = EnvelopeId::parse(text) else {
        return;
    };
    let written = id.to_string();
    assert_eq!(written.len(), 36);
    assert!(written.starts_with("env_"));
    assert!(
        written[4..]
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    );
    assert_eq!(EnvelopeId::parse(&written), Some(id));
}
