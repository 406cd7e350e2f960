//! What each operation takes and gives, in full: `manifests/facts.json`, read when first asked
//! for. Typed endpoints do without it; search and raw requests need it.

use std::{collections::HashMap, sync::LazyLock};

use super::operation::Operation;
use crate::openapi::Facts;

static FACTS: LazyLock<HashMap<String, Facts>> = LazyLock::new(|| {
    serde_json::from_str::<Vec<Facts>>(include_str!("../../manifests/facts.json"))
        .unwrap_or_default()
        .into_iter()
        .map(|facts| (facts.operation.clone(), facts))
        .collect()
});

/// The facts of an operation.
pub fn of(operation: &Operation) -> Option<&'static Facts> {
    FACTS.get(operation.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_facts_that_agree_with_the_table() {
        assert_eq!(FACTS.len(), Operation::all().len());
        for operation in Operation::all() {
            let facts = of(operation).unwrap();
            assert_eq!(facts.method, operation.method.name());
            assert_eq!(facts.path, operation.template);
            assert_eq!(facts.scope.as_deref(), operation.scope);
            for name in operation.parameters() {
                assert!(
                    facts.parameters.contains_key(name),
                    "{} {name}",
                    operation.id
                );
            }
        }
    }
}
