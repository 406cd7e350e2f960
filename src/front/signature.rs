//! In whose name a caller writes: everything it leaves at Front bears this teammate as its author, and
//! no other.
//!
//! Sends are not made here: their author is pinned when they are sealed.

use std::{borrow::Cow, sync::Arc};

use serde_json::Value;
use tokio::sync::OnceCell;

use super::{
    FrontError,
    client::{
        Call, Client, Endpoint,
        answer::{failure, read},
        call,
    },
    endpoints::lists::ListTeammates,
    error::FrontErrorKind,
    id::TeammateId,
};

/// The field of a body that names its author.
const AUTHOR: &str = "author_id";

/// Operations whose body names its author, and where.
const WRITTEN: &[(&str, Place)] = &[
    ("create-draft", Place::Body),
    ("create-draft-reply", Place::Body),
    ("edit-draft", Place::Body),
    ("add-comment", Place::Body),
    ("add-comment-reply", Place::Body),
    ("add-note", Place::Body),
    ("update-article-content-in-default-locale", Place::Body),
    ("update-article-content-in-specified-locale", Place::Body),
    (
        "create-article-in-a-knowledge-base-in-default-locale",
        Place::Body,
    ),
    (
        "create-article-in-a-knowledge-base-in-specified-locale",
        Place::Body,
    ),
    ("sync-outbound-message", Place::Body),
    ("create-conversation", Place::In("comment")),
    ("import-inbox-message", Place::In("sender")),
];

/// Where an author stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// In the body itself.
    Body,
    /// In an object of the body, if there is one.
    In(&'static str),
}

/// A teammate as the operator named them. Clones share what was found out.
#[derive(Clone, Debug)]
pub struct Signature(Arc<Bound>);

#[derive(Debug)]
struct Bound {
    given: String,
    id: OnceCell<TeammateId>,
}

impl Signature {
    /// The teammate with this id or e-mail address.
    pub fn new(given: &str) -> Self {
        Self(Arc::new(Bound {
            given: given.to_owned(),
            id: OnceCell::new(),
        }))
    }

    /// The id, asked of Front at the first need where an address was given. The operator's policy is
    /// not asked whether the caller may look: it is not the caller who does.
    ///
    /// # Errors
    /// When Front cannot tell, or knows no such teammate.
    pub async fn id(&self, client: &Client) -> Result<&TeammateId, FrontError> {
        let find = async || {
            if let Some(id) = TeammateId::parse(&self.0.given) {
                return Ok(id);
            }
            let list = call(&ListTeammates)?;
            let answer = client.attempt(&list).await?;
            let page = read::<<ListTeammates as Endpoint>::Answer>(list.operation, &answer)?;
            page.results
                .into_iter()
                .find(|one| one.email.raw().eq_ignore_ascii_case(&self.0.given))
                .map(|one| one.id)
                .ok_or_else(|| {
                    let line = "the teammate in whose name this caller writes (`front-mcp token create --teammate`) is not known to Front";
                    failure(list.operation, FrontErrorKind::Denied(line.into()))
                })
        };
        self.0.id.get_or_try_init(find).await
    }
}

impl Client {
    /// A call as this door's caller may make it: with its signature, if it writes.
    pub(super) async fn signed<'call>(
        &self,
        call: &'call Call,
    ) -> Result<Cow<'call, Call>, FrontError> {
        let Some(signature) = self.signature() else {
            return Ok(Cow::Borrowed(call));
        };
        let place = WRITTEN.iter().find(|(id, _)| *id == call.operation.id);
        let Some((_, place)) = place else {
            return Ok(Cow::Borrowed(call));
        };
        let id = signature.id(self).await?;
        let mut signed = call.clone();
        let fields = match place {
            Place::Body => signed.body.as_mut(),
            Place::In(name) => signed.body.as_mut().and_then(|body| body.get_mut(name)),
        };
        let Some(fields) = fields.and_then(Value::as_object_mut) else {
            return Ok(Cow::Borrowed(call));
        };
        match fields.get(AUTHOR) {
            Some(Value::String(given)) if given == id.as_str() => {}
            None | Some(Value::Null) => {
                fields.insert(AUTHOR.to_owned(), id.as_str().into());
            }
            Some(_) => {
                let line = format!("this caller writes in the name of {id} alone");
                let denied = FrontErrorKind::Denied(line.into());
                return Err(failure(call.operation, denied));
            }
        }
        Ok(Cow::Owned(signed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::{Effect, Operation, facts};

    #[test]
    fn every_operation_that_names_an_author_is_known() {
        for operation in Operation::all() {
            let body = facts::of(operation).map(|facts| serde_json::to_string(facts).unwrap());
            let names_one = body.is_some_and(|facts| facts.contains("\"author_id\""));
            let is_known = WRITTEN.iter().any(|(id, _)| *id == operation.id);
            let writes = !matches!(operation.effect, Effect::Send | Effect::Read);
            assert_eq!(names_one && writes, is_known, "{}", operation.id);
        }
    }
}
