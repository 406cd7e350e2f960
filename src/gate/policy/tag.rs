//! Tags that may not be applied: some fire rules that answer a customer.

use super::{Decision, Policy, Rule};
use crate::front::id::TagId;

impl Policy {
    /// Whether a tag may be applied, or itself be changed. Without a name, an entry that is a
    /// name is not found: whoever asks looks the name up where [`Policy::denies_tags_by_name`].
    pub fn tag(&self, id: Option<&str>, name: Option<&str>) -> Decision {
        self.placed(self.tag_of_both(id, name), |one| one.tag(id, name))
    }

    fn tag_of_both(&self, id: Option<&str>, name: Option<&str>) -> Decision {
        let id = id.and_then(canonical_id);
        let name = name.map(canonical_name);
        let entry = self.denied_tags.iter().find(|entry| {
            let entry_id = canonical_id(entry);
            match &entry_id {
                Some(_) => entry_id == id,
                None => Some(canonical_name(entry)) == name,
            }
        });
        match entry {
            Some(entry) => Decision::denied(Rule::entry("tags_deny", entry)),
            None => Decision::allowed(Rule::Unwritten),
        }
    }

    /// Whether some tag may not be applied.
    pub fn denies_tags(&self) -> bool {
        !self.denied_tags.is_empty()
    }

    /// Whether some of them are named rather than given by id.
    pub fn denies_tags_by_name(&self) -> bool {
        self.denied_tags
            .iter()
            .any(|entry| canonical_id(entry).is_none())
    }

    /// Whether some of them are given by id.
    pub fn denies_tags_by_id(&self) -> bool {
        self.denied_tags
            .iter()
            .any(|entry| canonical_id(entry).is_some())
    }
}

/// Ids are numbers: `tag_01` may be read as `tag_1`.
fn canonical_id(text: &str) -> Option<String> {
    let digits = TagId::parse(text)?
        .as_str()
        .trim_start_matches(TagId::PREFIX)
        .trim_start_matches(['_', '0'])
        .to_owned();
    Some(digits)
}

fn canonical_name(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
