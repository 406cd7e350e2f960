//! The envelopes of lists.

use serde::Serialize;

/// A list Front does not page.
#[derive(Debug, Serialize)]
pub(crate) struct Listing<T> {
    #[serde(rename = "_links")]
    links: SelfOnly,
    #[serde(rename = "_results")]
    results: Vec<T>,
}

/// One page of a list Front pages.
#[derive(Debug, Serialize)]
pub(crate) struct Page<T> {
    #[serde(rename = "_pagination")]
    pagination: Pagination,
    #[serde(rename = "_links")]
    links: SelfOnly,
    #[serde(rename = "_total", skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
    #[serde(rename = "_results")]
    results: Vec<T>,
}

#[derive(Debug, Serialize)]
struct Pagination {
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct SelfOnly {
    #[serde(rename = "self")]
    itself: String,
}

impl<T> Listing<T> {
    pub(crate) fn new(path: &str, results: impl Iterator<Item = T>) -> Self {
        Self {
            links: SelfOnly {
                itself: format!("{}{path}", crate::sandbox::state::API),
            },
            results: results.collect(),
        }
    }
}

pub(crate) fn page_of<T>(
    itself: String,
    next: Option<String>,
    total: Option<usize>,
    results: Vec<T>,
) -> Page<T> {
    Page {
        pagination: Pagination { next },
        links: SelfOnly { itself },
        total,
        results,
    }
}
