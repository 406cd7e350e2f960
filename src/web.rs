//! Pages that this program shows to a person's browser: what those of the approval page and of a
//! sign-in have in common. It knows neither.
//!
//! `listener` is a socket of this machine with its limits, with or without TLS; `headers` judges
//! by which name somebody came, and says what every answer carries; `frame` is the looks.

pub mod certificate;
pub mod frame;
pub mod headers;
pub mod listener;
