//! Accounts: one, what is changed of it, and who belongs to it.

use serde_json::{Value, json};

use crate::front::{
    client::Endpoint,
    id::{AccountId, ContactId},
    model::AccountDetails,
    path::Segment,
};

/// `GET /accounts/{account_id}`.
#[derive(Debug)]
pub struct GetAccount {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for GetAccount {
    const OPERATION: &'static str = "fetch-an-account";
    type Answer = AccountDetails;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.account.segment()]
    }
}

/// `PATCH /accounts/{account_id}`; domains and custom fields are replaced as a whole.
#[derive(Debug)]
pub struct UpdateAccount {
    /// The account.
    pub account: AccountId,
    /// What is set.
    pub changes: Value,
}

impl Endpoint for UpdateAccount {
    const OPERATION: &'static str = "update-account";
    type Answer = serde::de::IgnoredAny;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.account.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.changes.clone())
    }
}

macro_rules! members {
    ($($(#[$doc:meta])* $name:ident = $operation:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            /// The account.
            pub account: AccountId,
            /// The contacts.
            pub contacts: Vec<ContactId>,
        }

        impl Endpoint for $name {
            const OPERATION: &'static str = $operation;
            type Answer = ();
            fn parameters(&self) -> Vec<Segment> {
                vec![self.account.segment()]
            }
            fn body(&self) -> Option<Value> {
                Some(json!({ "contact_ids": self.contacts }))
            }
        }
    )+};
}

members! {
    /// `POST /accounts/{account_id}/contacts`.
    AddContactsToAccount = "add-contact-to-account";
    /// `DELETE /accounts/{account_id}/contacts`.
    RemoveContactsFromAccount = "remove-contact-from-account";
}
