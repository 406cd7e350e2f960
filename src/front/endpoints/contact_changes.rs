//! What is changed of contacts, and the notes about them.

use serde_json::{Value, json};

use crate::front::{
    client::Endpoint,
    id::{ContactId, ContactListId, TeammateId},
    model::{Contact, Conversation, CustomField, Note},
    page::Page,
    path::Segment,
};

/// `PATCH /contacts/{contact_id}`; links, lists and custom fields are replaced as a whole.
#[derive(Debug)]
pub struct UpdateContact {
    /// The contact.
    pub contact: ContactId,
    /// What is set.
    pub changes: Value,
}

impl Endpoint for UpdateContact {
    const OPERATION: &'static str = "update-a-contact";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.contact.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.changes.clone())
    }
}

/// `GET /contacts/{contact_id}` with everything that Front says of it.
#[derive(Debug)]
pub struct GetWholeContact {
    /// The contact.
    pub contact: ContactId,
}

impl Endpoint for GetWholeContact {
    const OPERATION: &'static str = "get-contact";
    type Answer = Value;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.contact.segment()]
    }
}

/// `POST /contacts/merge`: the others are gone afterwards, and no operation brings them back.
#[derive(Debug)]
pub struct MergeContacts {
    /// The contact that remains.
    pub into: ContactId,
    /// Those that go into it.
    pub contacts: Vec<ContactId>,
}

impl Endpoint for MergeContacts {
    const OPERATION: &'static str = "merge-contacts";
    type Answer = Contact;
    fn body(&self) -> Option<Value> {
        Some(json!({ "target_contact_id": self.into, "contact_ids": self.contacts }))
    }
}

/// `GET /contacts/{contact_id}/conversations`.
#[derive(Debug)]
pub struct ListConversationsOfContact {
    /// The contact.
    pub contact: ContactId,
}

impl Endpoint for ListConversationsOfContact {
    const OPERATION: &'static str = "list-contact-conversations";
    type Answer = Page<Conversation>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.contact.segment()]
    }
}

/// `GET /contacts/{contact_id}/notes`, by id or alias.
#[derive(Debug)]
pub struct ListNotes {
    /// The contact.
    pub contact: Segment,
}

impl Endpoint for ListNotes {
    const OPERATION: &'static str = "list-notes";
    type Answer = Page<Note>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.contact.clone()]
    }
}

/// `POST /contacts/{contact_id}/notes`.
#[derive(Debug)]
pub struct AddNote {
    /// The contact, by id or alias.
    pub contact: Segment,
    /// Who wrote it.
    pub author: TeammateId,
    /// Its text.
    pub body: String,
}

impl Endpoint for AddNote {
    const OPERATION: &'static str = "add-note";
    type Answer = Note;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.contact.clone()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "author_id": self.author, "body": self.body }))
    }
}

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident = $operation:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            /// The contact.
            pub contact: ContactId,
            /// `email`, `phone`, ...
            pub source: String,
            /// The address, number or account.
            pub handle: String,
        }

        impl Endpoint for $name {
            const OPERATION: &'static str = $operation;
            type Answer = ();
            fn parameters(&self) -> Vec<Segment> {
                vec![self.contact.segment()]
            }
            fn body(&self) -> Option<Value> {
                Some(json!({ "source": self.source, "handle": self.handle }))
            }
        }
    )+};
}

handles! {
    /// `POST /contacts/{contact_id}/handles`.
    AddHandle = "add-contact-handle";
    /// `DELETE /contacts/{contact_id}/handles`, never with `force`, which deletes a contact whose
    /// last handle it is.
    RemoveHandle = "delete-contact-handle";
}

/// `DELETE /contact_lists/{contact_list_id}/contacts`.
#[derive(Debug)]
pub struct RemoveContactsFromList {
    /// The list.
    pub list: ContactListId,
    /// The contacts.
    pub contacts: Vec<ContactId>,
}

impl Endpoint for RemoveContactsFromList {
    const OPERATION: &'static str = "remove-contacts-from-contact-list";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.list.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "contact_ids": self.contacts }))
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $operation:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Endpoint for $name {
            const OPERATION: &'static str = $operation;
            type Answer = Page<CustomField>;
        }
    )+};
}

fields! {
    /// `GET /contacts/custom_fields`.
    ListContactFields = "list-contact-custom-fields";
    /// `GET /accounts/custom_fields`.
    ListAccountFields = "list-account-custom-fields";
}
