//! Which of Front's tighter limits an operation falls under, as data derived here and nowhere
//! else from the operation table.

use std::time::Duration;

use super::lesson::WINDOW;
use crate::front::operation::{Effect, Method, Operation};

/// The limit that Front keeps beside the company's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateClass {
    /// The company's limit alone.
    Plain,
    /// Writes to one conversation, channel or message.
    ResourceWrite,
    /// Starting a report or an export.
    Analytics,
    /// Searching conversations.
    Search,
    /// Marking one message as seen.
    Seen,
    /// Creating links.
    Links,
}

/// So many requests in so long a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Requests.
    pub most: u32,
    /// In any span of this length.
    pub span: Duration,
}

impl RateClass {
    /// The class of an operation.
    pub fn of(operation: &Operation) -> Self {
        match (operation.method, operation.template) {
            (Method::Post, "/messages/{message_id}/seen") => Self::Seen,
            (Method::Post, "/links") => Self::Links,
            (Method::Get, "/conversations/search/{query}") => Self::Search,
            (Method::Post, template) if template.starts_with("/analytics/") => Self::Analytics,
            _ if operation.effect != Effect::Read && is_guarded_resource(operation) => {
                Self::ResourceWrite
            }
            _ => Self::Plain,
        }
    }

    /// What the class allows in a company with this limit.
    pub fn quota(self, company_limit: u32) -> Option<Quota> {
        let quota = |most, seconds| {
            Some(Quota {
                most,
                span: Duration::from_secs(seconds),
            })
        };
        match self {
            Self::Plain => None,
            Self::ResourceWrite => quota(5, 1),
            Self::Analytics => quota(1, 3),
            Self::Search => Some(Quota {
                most: (company_limit.saturating_mul(2) / 5).max(1),
                span: WINDOW,
            }),
            Self::Seen => quota(10, 3600),
            Self::Links => quota(60, 60),
        }
    }

    /// Whether every resource has the quota for itself.
    fn is_per_resource(self) -> bool {
        matches!(self, Self::ResourceWrite | Self::Seen)
    }
}

fn is_guarded_resource(operation: &Operation) -> bool {
    matches!(
        operation.parameters().next(),
        Some("conversation_id" | "channel_id" | "message_id" | "draft_id")
    )
}

/// What one guard watches: a class, or one resource of it, or (where Front alone knows why it
/// refused) one operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GuardKey {
    /// The class.
    pub class: RateClass,
    operation: &'static str,
    resource: Box<str>,
}

impl GuardKey {
    /// The guard of an operation at a path of its template.
    pub fn new(operation: &Operation, path: &str) -> Self {
        let class = RateClass::of(operation);
        let mut segments = operation.segments().zip(path.split('/').skip(1));
        Self {
            class,
            operation: if class == RateClass::Plain {
                operation.id
            } else {
                ""
            },
            resource: segments
                .find(|(template, _)| class.is_per_resource() && template.starts_with('{'))
                .map(|(_, given)| given)
                .unwrap_or_default()
                .into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_from_the_table() {
        let class = |id| RateClass::of(Operation::by_id(id).unwrap());
        assert_eq!(class("search-conversations"), RateClass::Search);
        assert_eq!(class("create-analytics-report"), RateClass::Analytics);
        assert_eq!(class("get-analytics-report"), RateClass::Plain);
        assert_eq!(class("mark-message-seen"), RateClass::Seen);
        assert_eq!(class("get-message-seen-status"), RateClass::Plain);
        assert_eq!(class("create-link"), RateClass::Links);
        assert_eq!(class("add-conversation-link"), RateClass::ResourceWrite);
        assert_eq!(class("create-message-reply"), RateClass::ResourceWrite);
        assert_eq!(class("update-channel"), RateClass::ResourceWrite);
        assert_eq!(class("list-conversations"), RateClass::Plain);
        assert_eq!(class("create-contact"), RateClass::Plain);
    }

    #[test]
    fn a_resource_has_its_own_guard() {
        let key = |id, path| GuardKey::new(Operation::by_id(id).unwrap(), path);
        let tags = key("add-conversation-tag", "/conversations/cnv_1/tags");
        assert_eq!(tags, key("update-conversation", "/conversations/cnv_1"));
        assert_ne!(tags, key("update-conversation", "/conversations/cnv_2"));
        assert_eq!(
            key("search-conversations", "/conversations/search/a"),
            key("search-conversations", "/conversations/search/b")
        );
        assert_ne!(
            key("get-contact", "/contacts/crd_1"),
            key("fetch-an-account", "/accounts/acc_1")
        );
    }
}
