//! `_links`: always on the company's own API host, never on the address that was called.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::sandbox::{id::Id, state::API};

/// The URL of a resource or of a list under it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    collection: &'static str,
    id: Id,
    under: &'static str,
}

impl Link {
    pub(crate) fn to(collection: &'static str, id: Id) -> Self {
        Self {
            collection,
            id,
            under: "",
        }
    }

    /// The same resource's sub-path, such as `/messages`.
    pub(crate) fn under(self, under: &'static str) -> Self {
        Self { under, ..self }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{API}/{}/{}{}",
            self.collection, self.id, self.under
        )
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// `_links` with `self` and a few related ones.
#[derive(Debug, Serialize)]
pub(crate) struct Links<const N: usize> {
    #[serde(rename = "self")]
    pub(crate) itself: Link,
    #[serde(skip_serializing_if = "Related::is_empty")]
    pub(crate) related: Related<N>,
}

/// Named links; `None` is written as null.
#[derive(Debug)]
pub(crate) struct Related<const N: usize>(pub(crate) [(&'static str, Option<Link>); N]);

impl<const N: usize> Related<N> {
    fn is_empty(&self) -> bool {
        N == 0
    }
}

impl<const N: usize> Serialize for Related<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(N))?;
        for (name, link) in &self.0 {
            map.serialize_entry(name, link)?;
        }
        map.end()
    }
}
