//! Lists that allow, several at once: what is allowed is on every one of them.

/// A conjunction of lists; with none, everything is allowed.
#[derive(Clone, Debug)]
pub(super) struct Allow<T>(Vec<Vec<T>>);

impl<T> Default for Allow<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Allow<T> {
    /// The list if there is one; an empty list allows nothing.
    pub(super) fn only(list: Option<Vec<T>>) -> Self {
        Self(list.into_iter().collect())
    }

    /// The first list without an entry that admits.
    pub(super) fn refusing(&self, admits: impl Fn(&T) -> bool) -> Option<&[T]> {
        self.0
            .iter()
            .find(|list| !list.iter().any(&admits))
            .map(Vec::as_slice)
    }

    /// The entry that admits, of the first list.
    pub(super) fn admitting(&self, admits: impl Fn(&T) -> bool) -> Option<&T> {
        self.0.first()?.iter().find(|entry| admits(entry))
    }

    /// What both allow.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&other.0).cloned().collect())
    }

    pub(super) fn lists(&self) -> impl Iterator<Item = &[T]> {
        self.0.iter().map(Vec::as_slice)
    }
}
