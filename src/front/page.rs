//! Front's pages: `_results`, an opaque token out of `_pagination.next`, sometimes `_total`.
//!
//! The `next` address is read, never requested: it points at another host than the one called,
//! and a hostile one would be a way to carry the token off. Only its `page_token` is taken,
//! and re-issued on the configured host.

use serde::{Deserialize, Deserializer};

use super::{
    client::{Client, Endpoint},
    error::FrontError,
    path::Segment,
};

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows, in Front's order.
    pub results: Vec<T>,
    /// The opaque token of the next page.
    pub next: Option<String>,
    /// How many rows there are in all (searches only).
    pub total: Option<u64>,
}

#[derive(Deserialize)]
struct Envelope<T> {
    #[serde(rename = "_results")]
    results: Vec<T>,
    #[serde(rename = "_pagination", default)]
    pagination: Option<Pagination>,
    #[serde(rename = "_total", default)]
    total: Option<u64>,
}

#[derive(Deserialize)]
struct Pagination {
    #[serde(default)]
    next: Option<String>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let envelope = Envelope::deserialize(deserializer)?;
        let next = envelope.pagination.and_then(|pagination| pagination.next);
        Ok(Self {
            results: envelope.results,
            next: next.as_deref().and_then(token_of),
            total: envelope.total,
        })
    }
}

/// The `page_token` of a `next` address, decoded.
pub fn token_of(next: &str) -> Option<String> {
    let (_, query) = next.split_once('?')?;
    let query = query.split('#').next()?;
    let raw = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("page_token="))?
        .replace('+', " ");
    let token = percent_encoding::percent_decode_str(&raw)
        .decode_utf8()
        .ok()?;
    (!token.is_empty()).then(|| token.into_owned())
}

/// Any listing endpoint at one of its pages.
#[derive(Debug)]
pub struct Paged<'call, E> {
    /// The listing.
    pub of: &'call E,
    /// Rows a page, where Front takes it.
    pub limit: Option<u32>,
    /// The page; the first without.
    pub token: Option<&'call str>,
}

impl<E: Endpoint> Endpoint for Paged<'_, E> {
    const OPERATION: &'static str = E::OPERATION;
    type Answer = E::Answer;
    fn parameters(&self) -> Vec<Segment> {
        self.of.parameters()
    }
    fn query(&self) -> Vec<(String, String)> {
        let mut query = self.of.query();
        if let Some(limit) = self.limit {
            query.push(("limit".into(), limit.to_string()));
        }
        if let Some(token) = self.token {
            query.push(("page_token".into(), token.to_owned()));
        }
        query
    }
}

/// The rows of a list's pages.
#[derive(Debug)]
pub struct Rows<T> {
    /// In Front's order.
    pub rows: Vec<T>,
    /// There are more pages than were to be read.
    pub is_cut: bool,
}

/// Every page of a list, at most so many of them.
///
/// # Errors
/// As Front's, of any page.
pub async fn every<E, T>(
    client: &Client,
    of: &E,
    limit: Option<u32>,
    most_pages: usize,
) -> Result<Rows<T>, FrontError>
where
    E: Endpoint<Answer = Page<T>>,
{
    let mut rows = Vec::new();
    let mut token: Option<String> = None;
    for _ in 0..most_pages {
        let page = Paged {
            of,
            limit,
            token: token.as_deref(),
        };
        let page = client.send(&page).await?;
        rows.extend(page.results);
        // A page that points at itself would never end.
        if page.next.is_none() || page.next == token {
            let is_cut = false;
            return Ok(Rows { rows, is_cut });
        }
        token = page.next;
    }
    let is_cut = true;
    Ok(Rows { rows, is_cut })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_taken_out_of_any_link() {
        for (next, token) in [
            (
                "https://acme.api.frontapp.com/contacts?limit=5&page_token=ab%2Fc%3D",
                Some("ab/c="),
            ),
            ("https://evil.test/steal?page_token=x", Some("x")),
            ("https://acme.api.frontapp.com/contacts?limit=5", None),
            ("https://acme.api.frontapp.com/contacts?page_token=", None),
            ("garbage", None),
        ] {
            assert_eq!(token_of(next).as_deref(), token, "{next}");
        }
    }
}
