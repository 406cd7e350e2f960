//! The scope that each operation needs, from the table of Front's own.

/// Method, path, operation and scope stand first in each row.
const TABLE: &str = include_str!("../../manifests/operations.tsv");

/// The scope of an operation; none for `GET /me`, which needs none.
pub(crate) fn needed(method: &str, template: &str) -> Option<&'static str> {
    rows().find_map(|(its_method, its_template, scope)| {
        (its_method == method && its_template == template).then_some(scope)
    })
}

/// `contacts` of `contacts:read`.
pub(crate) fn resource(scope: &str) -> &str {
    scope.split(':').next().unwrap_or(scope)
}

/// Whether some operation's scope is of this resource.
pub(crate) fn is_resource(name: &str) -> bool {
    rows().any(|(_, _, scope)| resource(scope) == name)
}

/// Method, path template and scope of every operation that needs one.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        let (method, template) = (columns.next()?, columns.next()?);
        let scope = columns.nth(1).filter(|scope| *scope != "-")?;
        Some((method, template, scope))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::operations::OPERATIONS;

    #[test]
    fn every_simulated_operation_but_me_needs_a_scope() {
        let without: Vec<_> = OPERATIONS
            .iter()
            .filter(|operation| needed(operation.method, operation.template).is_none())
            .map(|operation| operation.template)
            .collect();
        assert_eq!(without, ["/me"]);
        assert_eq!(needed("GET", "/contacts"), Some("contacts:read"));
        assert!(is_resource("contacts") && !is_resource("contact") && !is_resource("-"));
    }
}
