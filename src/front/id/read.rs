//! Ids as they stand in Front's answers, by themselves and in its links.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, de};

/// What the ids have in common, for reading them without a copy.
pub trait Kind: Sized {
    /// What such an id names, in a reader's words.
    const WHAT: &str;
    /// Reads an id of exactly this kind.
    fn read(text: &str) -> Option<Self>;
    /// Reads the id of this kind in a link that Front gives.
    fn read_link(link: &str) -> Option<Self>;
}

pub(super) struct IdVisitor<Id>(pub(super) PhantomData<Id>);

impl<Id: Kind> de::Visitor<'_> for IdVisitor<Id> {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the id of a {}", Id::WHAT)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
        Id::read(text).ok_or_else(|| E::custom(format_args!("not the id of a {}", Id::WHAT)))
    }
}

/// What a link of Front's names; of the link itself nothing is kept.
#[derive(Clone, Debug)]
pub struct Link<Id>(Option<Id>);

impl<Id> Default for Link<Id> {
    fn default() -> Self {
        Self(None)
    }
}

impl<Id: Clone> Link<Id> {
    /// The id in it, if it names one of this kind.
    pub fn id(&self) -> Option<Id> {
        self.0.clone()
    }
}

impl<'de, Id: Kind> Deserialize<'de> for Link<Id> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(LinkVisitor(PhantomData))
    }
}

struct LinkVisitor<Id>(PhantomData<Id>);

impl<'de, Id: Kind> de::Visitor<'de> for LinkVisitor<Id> {
    type Value = Link<Id>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a link or null")
    }

    fn visit_str<E: de::Error>(self, link: &str) -> Result<Link<Id>, E> {
        Ok(Link(Id::read_link(link)))
    }

    fn visit_none<E: de::Error>(self) -> Result<Link<Id>, E> {
        Ok(Link(None))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Link<Id>, E> {
        Ok(Link(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Link<Id>, D::Error> {
        deserializer.deserialize_str(self)
    }
}
