//! What others depend on, word for word: every tool's definition, and one full result of each.
//!
//! A change shows as a difference from the files in `snapshots/`, and a missing file fails. To
//! accept what is new: `INSTA_UPDATE=always cargo test --test it snapshots`, then look at the
//! diff. What is drawn at random or taken from the clock is replaced, after a look at its form.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of tests may fail as tests do"
)]

mod definitions;
mod redaction;
mod results;

/// Compares with the stored snapshot. Without a wish of the caller's, nothing is written.
pub fn compare(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots");
    settings.bind(|| insta::assert_snapshot!(name, text));
}
