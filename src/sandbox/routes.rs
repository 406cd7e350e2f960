//! Which routes Front has, so that "not in Front" and "not simulated here" are told apart.

use super::{call::decode, operations::OPERATIONS, operations::Operation};

/// Method and path template of every operation Front publishes.
const KNOWN: &str = include_str!("routes.tsv");

/// Where a request goes.
pub(crate) enum Route {
    Simulated(&'static Operation, Vec<String>),
    /// Front has it; the sandbox does not. Holds the template.
    Known(&'static str),
    Unknown,
}

pub(crate) fn find(method: &str, path: &str) -> Route {
    for operation in OPERATIONS {
        if operation.method == method
            && let Some(parameters) = fit(operation.template, path)
        {
            return Route::Simulated(operation, parameters);
        }
    }
    KNOWN
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .find(|(known, template)| *known == method && fit(template, path).is_some())
        .map_or(Route::Unknown, |(_, template)| Route::Known(template))
}

/// The decoded parameters if the path has the template's shape. Slashes count exactly, as they do for Front.
fn fit(template: &str, path: &str) -> Option<Vec<String>> {
    let mut wanted = template.split('/');
    let mut given = path.split('/');
    let mut parameters = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(parameters),
            (Some(name), Some(value)) if name.starts_with('{') => {
                if value.is_empty() {
                    return None;
                }
                parameters.push(decode(value));
            }
            (Some(literal), Some(value)) if literal == value => {}
            _ => return None,
        }
    }
}
