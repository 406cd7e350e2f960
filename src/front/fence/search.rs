//! Searches: the inboxes that a query names outside of its quotes.

use std::collections::BTreeSet;

use crate::front::{id::InboxId, path::Segment};

/// Whether a query is limited to visible inboxes. The rows are looked at all the same: how Front
/// reads odd queries is Front's business.
pub(super) fn names_visible_inboxes(query: &Segment, visible: &BTreeSet<InboxId>) -> bool {
    let Ok(query) = percent_encoding::percent_decode_str(query.as_str()).decode_utf8() else {
        return false;
    };
    let unquoted: String = query.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let mut inboxes = unquoted
        .split_whitespace()
        .filter_map(|word| word.strip_prefix("inbox:"))
        .peekable();
    inboxes.peek().is_some()
        && inboxes.all(|id| InboxId::parse(id).is_some_and(|id| visible.contains(&id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_must_stand_in_the_open() {
        let visible = [InboxId::parse("inb_1").unwrap()].into();
        for (query, names) in [
            ("refund inbox:inb_1", true),
            ("inbox:inb_1 \"two words\"", true),
            ("refund", false),
            ("refund inbox:inb_2", false),
            ("refund inbox:inb_1 inbox:inb_2", false),
            ("\"refund inbox:inb_1\"", false),
            ("\"refund inbox:inb_1", false),
            ("refund -inbox:inb_1", false),
            ("refund xinbox:inb_1", false),
            ("inbox:Support", false),
        ] {
            let query = Segment::encoded(query).unwrap();
            assert_eq!(names_visible_inboxes(&query, &visible), names, "{query:?}");
        }
    }
}
