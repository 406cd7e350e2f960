//! Contacts and their notes.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    company::{ContactListView, TeammateView, contact_list, teammate},
    links::{Link, Links, Related},
};
use crate::sandbox::{
    id::Id,
    state::{Contact, Handle, Note, State},
};

#[derive(Debug, Serialize)]
pub(crate) struct ContactView<'a> {
    _links: Links<3>,
    id: Id,
    name: &'a str,
    description: Option<&'a str>,
    avatar_url: Option<&'a str>,
    links: &'a [String],
    groups: Vec<ContactListView<'a>>,
    lists: Vec<ContactListView<'a>>,
    handles: Vec<HandleView<'a>>,
    custom_fields: &'a Map<String, Value>,
    is_private: bool,
    created_at: f64,
    updated_at: f64,
}

#[derive(Debug, Serialize)]
struct HandleView<'a> {
    handle: &'a str,
    source: &'static str,
}

pub(crate) fn contact<'a>(state: &'a State, contact: &'a Contact) -> ContactView<'a> {
    let itself = Link::to("contacts", contact.id);
    let lists = || {
        contact
            .lists
            .iter()
            .filter_map(|id| state.contact_lists.get(*id))
            .map(contact_list)
            .collect()
    };
    ContactView {
        _links: Links {
            itself,
            related: Related([
                ("notes", Some(itself.under("/notes"))),
                ("conversations", Some(itself.under("/conversations"))),
                ("owner", None),
            ]),
        },
        id: contact.id,
        name: &contact.name,
        description: contact.description.as_deref(),
        avatar_url: None,
        links: &contact.links,
        groups: lists(),
        lists: lists(),
        handles: contact.handles.iter().map(handle).collect(),
        custom_fields: &contact.custom_fields,
        is_private: contact.is_private,
        created_at: contact.created_at,
        updated_at: contact.updated_at,
    }
}

fn handle(handle: &Handle) -> HandleView<'_> {
    HandleView {
        handle: &handle.handle,
        source: handle.source,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct NoteView<'a> {
    _links: Links<2>,
    author: Option<TeammateView<'a>>,
    body: &'a str,
    created_at: f64,
    is_private: bool,
}

pub(crate) fn note<'a>(state: &'a State, contact: &Contact, note: &'a Note) -> NoteView<'a> {
    NoteView {
        _links: Links {
            itself: Link::to("contacts", contact.id).under("/notes"),
            related: Related([
                ("author", Some(Link::to("teammates", note.author))),
                ("owner", None),
            ]),
        },
        author: state.teammates.get(note.author).map(teammate),
        body: &note.body,
        created_at: note.created_at,
        is_private: contact.is_private,
    }
}
