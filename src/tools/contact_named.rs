//! The contact that a caller names: by id, or by a way to reach it.

use super::{
    context::Context,
    error::ToolError,
    handle::Handle,
    resolve::{self, unwrapped, wrong_id},
};
use crate::{
    front::{
        FrontErrorKind, endpoints::contacts::GetContact, id::ContactId, model::Contact,
        path::Segment,
    },
    shape::text::Text,
};

/// What a contact is named by.
#[derive(Debug)]
pub enum Named {
    /// Its id.
    Id(ContactId),
    /// One of its handles.
    Handle(Handle),
}

impl Named {
    /// Reads an id, a pasted link, an e-mail address, a phone number, or `source:handle`.
    pub fn parse(field: &str, whole: &str) -> Result<Self, ToolError> {
        let given = unwrapped(whole);
        if let Some(id) = ContactId::parse(given) {
            return Ok(Self::Id(id));
        }
        if let Some(id) = resolve::id_in_link(given, ContactId::PREFIX)
            .as_deref()
            .and_then(ContactId::parse)
        {
            return Ok(Self::Id(id));
        }
        // `Rosalind <ros@acme.example>` ends like a pasted value in brackets.
        let handle = Handle::read(given).or_else(|| Handle::read(whole));
        handle.map(Self::Handle).ok_or_else(|| {
            wrong_id(
                field,
                given,
                "a contact id such as `crd_55c8c149`, an e-mail address, a phone number or `source:handle`",
            )
            .next("find the contact by name with `list-contacts`")
        })
    }

    /// As a part of a path, where Front takes handles for ids.
    pub fn segment(&self, field: &str) -> Result<Segment, ToolError> {
        match self {
            Self::Id(id) => Ok(id.segment()),
            Self::Handle(Handle { source, handle }) => {
                Segment::encoded(&format!("alt:{source}:{handle}"))
                    .map_err(|_| ToolError::invalid(field, Text::of("names no contact")))
            }
        }
    }

    fn endpoint(&self, field: &str) -> Result<GetContact, ToolError> {
        match self {
            Self::Id(id) => Ok(GetContact::by_id(id)),
            Self::Handle(Handle { source, handle }) => GetContact::by_handle(source, handle)
                .map_err(|_| ToolError::invalid(field, Text::of("names no contact"))),
        }
    }
}

/// Reads the contact that is named.
pub async fn read(context: &Context<'_>, field: &str, given: &str) -> Result<Contact, ToolError> {
    let endpoint = Named::parse(field, given)?.endpoint(field)?;
    context.client.send(&endpoint).await.map_err(|error| {
        let missing = error.kind == FrontErrorKind::Status(404);
        missing_as(field, missing, ToolError::from(error))
    })
}

/// The id of the contact that is named: one that is given is taken as it is.
pub async fn id(context: &Context<'_>, field: &str, given: &str) -> Result<ContactId, ToolError> {
    match Named::parse(field, given)? {
        Named::Id(id) => Ok(id),
        Named::Handle(_) => Ok(read(context, field, given).await?.id),
    }
}

/// The ids of several, each of them once.
pub async fn ids(
    context: &Context<'_>,
    field: &str,
    given: &[String],
) -> Result<Vec<ContactId>, ToolError> {
    let mut found = Vec::with_capacity(given.len());
    for (index, each) in given.iter().enumerate() {
        let id = id(context, &format!("{field}[{index}]"), each).await?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

/// An error about a contact, with what to do where there is none.
pub fn missing_as(field: &str, missing: bool, error: ToolError) -> ToolError {
    match missing {
        true => error.on(field).next(
            "find the contact by name with `list-contacts`, or create it with `create-contact`",
        ),
        false => error,
    }
}
