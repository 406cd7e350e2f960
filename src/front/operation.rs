//! The operation table: what Front can do, as facts.
//!
//! One row per route of Front's Core and Channel APIs, read from
//! `manifests/operations.tsv`. It decides what a path may be, which method goes with it, and
//! what the operation does to the world. It says nothing of how a request is carried.

use std::{collections::HashMap, fmt, sync::LazyLock};

use super::path::RoutePath;

/// An HTTP method that Front's API uses. There is no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or starts something.
    Post,
    /// Sets one thing.
    Put,
    /// Changes parts.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// Every method, in the order error messages list them.
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// The method's name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Reads an upper-case method name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What an operation does to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes Front's data, reversibly or nearly so.
    Write,
    /// Destroys something that the API cannot bring back.
    Delete,
    /// Leaves for a customer. Only the send gate may do it.
    Send,
}

impl Effect {
    /// The effect's name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Delete => "delete",
            Self::Send => "send",
        }
    }
}

/// One operation of Front's API.
#[derive(Debug)]
pub struct Operation {
    /// Front's operation id, such as `list-conversations`.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path template, such as `/conversations/{conversation_id}/messages`.
    pub template: &'static str,
    /// The one scope it needs (`conversations:read`); none for `GET /me`.
    pub scope: Option<&'static str>,
    /// What it does.
    pub effect: Effect,
    /// Acts outward or cannot be undone: refused unless the operator's policy names it.
    pub guarded: bool,
}

impl Operation {
    /// The operation with this id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        TABLE.by_id.get(id).and_then(|index| TABLE.rows.get(*index))
    }

    /// The one operation that a method and a path name; the more literal template wins where
    /// two match (`/contacts/custom_fields` over `/contacts/{contact_id}`).
    pub fn find(method: Method, path: &RoutePath) -> Option<&'static Self> {
        Self::all()
            .iter()
            .filter(|operation| operation.method == method && operation.matches(path))
            .max_by(|one, other| {
                let one = one.segments().map(|segment| !is_parameter(segment));
                one.cmp(other.segments().map(|segment| !is_parameter(segment)))
            })
    }

    /// The methods that some operation has at this path.
    pub fn methods_at(path: &RoutePath) -> Vec<Method> {
        Method::ALL
            .into_iter()
            .filter(|method| Self::find(*method, path).is_some())
            .collect()
    }

    /// Every operation, in the order of the table.
    pub fn all() -> &'static [Self] {
        &TABLE.rows
    }

    /// The template's segments; a trailing slash is an empty last one.
    pub fn segments(&self) -> impl Iterator<Item = &'static str> {
        self.template.split('/').skip(1)
    }

    /// The names of the template's parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &'static str> {
        self.segments().filter_map(parameter_name)
    }

    fn matches(&self, path: &RoutePath) -> bool {
        let mut given = path.segments();
        for segment in self.segments() {
            match given.next() {
                Some("") if segment.is_empty() => {}
                Some("") => return false,
                Some(text) if text == segment || is_parameter(segment) => {}
                _ => return false,
            }
        }
        given.next().is_none()
    }
}

/// `conversation_id` of `{conversation_id}`.
pub fn parameter_name(segment: &'static str) -> Option<&'static str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

struct Table {
    rows: Vec<Operation>,
    by_id: HashMap<&'static str, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let rows: Vec<_> = include_str!("../../manifests/operations.tsv")
        .lines()
        .skip(1)
        .filter_map(row)
        .collect();
    let by_id = rows
        .iter()
        .enumerate()
        .map(|(index, operation)| (operation.id, index))
        .collect();
    Table { rows, by_id }
});

/// A row that cannot be read is left out, which refuses its operation; a test counts the rows.
fn row(line: &'static str) -> Option<Operation> {
    let mut columns = line.split('\t');
    let method = Method::parse(columns.next()?)?;
    let template = columns.next()?;
    let id = columns.next()?;
    let scope = Some(columns.next()?).filter(|scope| *scope != "-");
    let effect = match columns.next()? {
        "read" => Effect::Read,
        "write" => Effect::Write,
        "delete" => Effect::Delete,
        "send" => Effect::Send,
        _ => return None,
    };
    let guarded = match columns.next()? {
        "guarded" => true,
        "-" => false,
        _ => return None,
    };
    Some(Operation {
        id,
        method,
        template,
        scope,
        effect,
        guarded,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let lines = include_str!("../../manifests/operations.tsv")
            .lines()
            .count();
        assert_eq!(Operation::all().len(), lines - 1, "a row could not be read");
        assert_eq!(Operation::all().len(), 254);
        assert_eq!(TABLE.by_id.len(), 254, "an operation id stands twice");
        let sends: Vec<_> = Operation::all()
            .iter()
            .filter(|operation| operation.effect == Effect::Send)
            .map(|operation| operation.template)
            .collect();
        assert_eq!(
            sends,
            [
                "/channels/{channel_id}/messages",
                "/conversations/{conversation_id}/messages"
            ]
        );
        for operation in Operation::all() {
            let is_delete = operation.effect == Effect::Delete;
            assert!(!is_delete || operation.guarded, "{}", operation.id);
            assert_eq!(
                operation
                    .scope
                    .is_some_and(|scope| scope.ends_with(":send")),
                operation.effect == Effect::Send,
                "{}",
                operation.id
            );
        }
    }

    #[test]
    fn the_more_literal_template_wins() {
        let found = |path: &str| {
            Operation::find(Method::Get, &RoutePath::parse(path).unwrap())
                .map(|operation| operation.id)
        };
        assert_eq!(
            found("/contacts/custom_fields"),
            Some("list-contact-custom-fields")
        );
        assert_eq!(found("/contacts/crd_1"), Some("get-contact"));
        assert_eq!(
            found("/conversations/search/messages"),
            Some("search-conversations")
        );
        assert_eq!(found("/contacts/crd_1/"), None);
        assert_eq!(found("/nothing"), None);
    }
}
