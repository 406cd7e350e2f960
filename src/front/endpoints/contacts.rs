//! Contacts: lists, one contact by id or alias, creating one.

use serde_json::{Value, json};

use crate::front::{
    client::Endpoint,
    id::{AccountId, ContactId, ContactListId},
    model::Contact,
    page::Page,
    path::{PathRefusal, Segment},
};

/// `GET /contacts`, last changed first.
#[derive(Debug, Default)]
pub struct ListContacts {
    /// Changed at or after, Unix seconds.
    pub updated_after: Option<i64>,
    /// Changed before, Unix seconds.
    pub updated_before: Option<i64>,
}

impl Endpoint for ListContacts {
    const OPERATION: &'static str = "list-contacts";
    type Answer = Page<Contact>;
    fn query(&self) -> Vec<(String, String)> {
        let mut query = vec![
            ("sort_by".to_owned(), "updated_at".to_owned()),
            ("sort_order".to_owned(), "desc".to_owned()),
        ];
        if let Some(after) = self.updated_after {
            query.push(("q[updated_after]".into(), after.to_string()));
        }
        if let Some(before) = self.updated_before {
            query.push(("q[updated_before]".into(), before.to_string()));
        }
        query
    }
}

/// `GET /contact_lists/{contact_list_id}/contacts`.
#[derive(Debug)]
pub struct ListContactsOfList {
    /// The list.
    pub list: ContactListId,
}

impl Endpoint for ListContactsOfList {
    const OPERATION: &'static str = "list-contacts-in-contact-list";
    type Answer = Page<Contact>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.list.segment()]
    }
}

/// `GET /accounts/{account_id}/contacts`.
#[derive(Debug)]
pub struct ListContactsOfAccount {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for ListContactsOfAccount {
    const OPERATION: &'static str = "list-account-contacts";
    type Answer = Page<Contact>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.account.segment()]
    }
}

/// `GET /contacts/{contact_id}`, by id or by `alt:<source>:<handle>`.
#[derive(Debug)]
pub struct GetContact {
    contact: Segment,
}

impl GetContact {
    /// By id.
    pub fn by_id(id: &ContactId) -> Self {
        Self {
            contact: id.segment(),
        }
    }

    /// By one of its handles: source `email`, `phone`, ... and the handle itself.
    pub fn by_handle(source: &str, handle: &str) -> Result<Self, PathRefusal> {
        Ok(Self {
            contact: Segment::encoded(&format!("alt:{source}:{handle}"))?,
        })
    }
}

impl Endpoint for GetContact {
    const OPERATION: &'static str = "get-contact";
    type Answer = Contact;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.contact.clone()]
    }
}

/// `POST /contacts`.
#[derive(Debug)]
pub struct CreateContact {
    /// Handles, name, description, lists, links, custom fields.
    pub contact: Value,
}

impl Endpoint for CreateContact {
    const OPERATION: &'static str = "create-contact";
    type Answer = Contact;
    fn body(&self) -> Option<Value> {
        Some(self.contact.clone())
    }
}

/// `POST /contact_lists/{contact_list_id}/contacts`.
#[derive(Debug)]
pub struct AddContactsToList {
    /// The list.
    pub list: ContactListId,
    /// The contacts.
    pub contacts: Vec<ContactId>,
}

impl Endpoint for AddContactsToList {
    const OPERATION: &'static str = "add-contacts-to-contact-list";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.list.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "contact_ids": self.contacts }))
    }
}
