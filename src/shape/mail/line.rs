//! The lines of a mail on their way from its page to Markdown.

/// One line as a person would see it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::shape) struct Line {
    pub text: String,
    /// How many block quotes it stands in.
    pub depth: u8,
    /// It belongs to quoted history by the sender's own markup.
    pub history: bool,
    /// It announces the quote that follows.
    pub intro: bool,
    /// Everything from here on is history.
    pub cut: bool,
    /// A rule is drawn above it.
    pub ruled: bool,
}

impl Line {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}
