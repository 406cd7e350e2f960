//! A certificate that signed itself, for names of this machine.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Certificate and key, as PEM.
pub struct Pair {
    pub der: Vec<u8>,
    pub certificate: String,
    pub key: String,
}

impl Pair {
    pub fn new() -> Self {
        let names = ["127.0.0.1", "localhost"].map(str::to_owned);
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        let der = made.cert.der().to_vec();
        Self {
            certificate: pem("CERTIFICATE", &der),
            key: pem("PRIVATE KEY", &made.signing_key.serialize_der()),
            der,
        }
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<_> = text
        .as_bytes()
        .chunks(64)
        .map(String::from_utf8_lossy)
        .collect();
    let body = lines.join("\n");
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}
