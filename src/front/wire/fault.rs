//! Why an exchange brought no whole answer, told by what may have left this machine.

use std::time::Duration;

/// Why no whole answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WireFault {
    /// No token is configured.
    NoToken,
    /// There was a sign-in, and a person must sign in again; why.
    SignedOut(&'static str),
    /// The sign-in could not be renewed just now; why.
    NotRenewed(&'static str),
    /// The request could not be built.
    Unbuildable,
    /// Nothing left this machine; the reason in a reader's words.
    Unreachable(&'static str),
    /// Bytes had left, then the connection broke.
    Broken,
    /// Bytes had left, then time was up.
    TimedOut(Duration),
    /// The answer passed [`super::http::MAX_ANSWER`].
    TooLarge,
}

/// Whether bytes had left decides whether the request may have had an effect.
pub(super) fn fault(error: &reqwest::Error) -> WireFault {
    if error.is_builder() {
        return WireFault::Unbuildable;
    }
    if error.is_connect() {
        return WireFault::Unreachable(unreachable_reason(error));
    }
    WireFault::Broken
}

/// Why a connection failed, without repeating addresses or certificates.
pub fn unreachable_reason(error: &reqwest::Error) -> &'static str {
    let mut texts = String::new();
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = source {
        texts.push_str(&inner.to_string().to_ascii_lowercase());
        texts.push('\n');
        source = inner.source();
    }
    let known = [
        (
            "certificate",
            "its certificate is not trusted here; behind a company proxy set SSL_CERT_FILE",
        ),
        // Not `dns` alone: that stands in words about certificates too.
        (
            "dns error",
            "its name could not be resolved; check the network",
        ),
        ("refused", "the connection was refused"),
        ("timed out", "connecting took too long"),
        ("unreachable", "the network is unreachable"),
    ];
    known
        .iter()
        .find(|(sign, _)| texts.contains(sign))
        .map_or("the connection failed", |(_, reason)| reason)
}
