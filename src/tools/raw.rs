//! What `raw-api-request` is made of: from an agent's words to a call of the table (`request`),
//! and from Front's answer to what fits a context (`answer`, `fields`).

pub mod answer;
pub mod fields;
pub mod meant;
pub mod request;
