//! Each operation in the words that people search with: `manifests/descriptions.tsv`, written
//! by hand, read when first asked for.

use std::{collections::HashMap, sync::LazyLock};

use super::operation::Operation;

/// What a person would call an operation.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// What it does, on one line.
    pub text: &'static str,
    /// Further words for it.
    pub words: &'static str,
    /// A trap.
    pub caution: Option<&'static str>,
    /// The operation to use instead of a deprecated one.
    pub replaced_by: Option<&'static str>,
}

static DESCRIPTIONS: LazyLock<HashMap<&'static str, Description>> = LazyLock::new(|| {
    include_str!("../../manifests/descriptions.tsv")
        .lines()
        .skip(1)
        .filter_map(row)
        .collect()
});

fn row(line: &'static str) -> Option<(&'static str, Description)> {
    let mut columns = line.split('\t');
    let id = columns.next()?;
    let (text, words) = (columns.next()?, columns.next()?);
    let some = |column: Option<&'static str>| column.filter(|text| *text != "-");
    Some((
        id,
        Description {
            text,
            words,
            caution: some(columns.next()),
            replaced_by: some(columns.next()),
        },
    ))
}

/// The description of an operation.
pub fn of(operation: &Operation) -> Option<Description> {
    DESCRIPTIONS.get(operation.id).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_described() {
        for operation in Operation::all() {
            let description = of(operation).unwrap_or_else(|| panic!("{}", operation.id));
            assert!(!description.text.is_empty() && description.text.len() < 140);
            if let Some(id) = description.replaced_by {
                assert!(Operation::by_id(id).is_some(), "{id}");
            }
        }
        assert_eq!(DESCRIPTIONS.len(), Operation::all().len());
    }
}
