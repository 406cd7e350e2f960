//! What each operation reaches, when only some inboxes are visible: a pure table.
//!
//! It lists what passes. An operation that is not in it is denied, one that Front adds
//! included.

use crate::front::operation::{Effect, Method, Operation};

/// How an operation passes the fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It shows nothing that belongs to an inbox.
    Anywhere,
    /// Everything that its path and body name lies inside.
    Named,
    /// It reads one thing, and the answer says which conversation that belongs to.
    Answer,
    /// Its query names inboxes, all of them visible.
    Search,
    /// It reads the whole company's conversations, where an inbox's own list is to be used.
    CompanyWide,
    /// It reaches what belongs to no inbox, or cannot be told to belong to one.
    Nowhere,
}

/// What is done with the rows of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// They are given.
    All,
    /// Only visible inboxes.
    Inboxes,
    /// Only channels of visible inboxes.
    Channels,
    /// Conversations: only those that are established to be inside.
    Conversations,
    /// Conversations of a visible inbox; on its first page they prove themselves.
    OfInbox,
}

/// How this operation passes.
pub fn reach(operation: &Operation) -> Admission {
    both(operation).0
}

pub(super) fn rows(operation: &Operation) -> Rows {
    both(operation).1
}

fn both(operation: &Operation) -> (Admission, Rows) {
    use Admission::{Answer, Anywhere, CompanyWide, Named, Nowhere, Search};
    let reads = operation.effect == Effect::Read && operation.method == Method::Get;
    match operation.id {
        "list-inboxes"
        | "list-team-inboxes"
        | "list-teammate-inboxes"
        | "list-teammate-private-inboxes" => (Anywhere, Rows::Inboxes),
        "list-conversation-inboxes" => (Named, Rows::Inboxes),
        "list-channels" | "list-team-channels" | "list-teammate-channels" => {
            (Anywhere, Rows::Channels)
        }
        "list-inbox-conversations" => (Named, Rows::OfInbox),
        "list-tagged-conversations"
        | "list-assigned-conversations"
        | "list-contact-conversations" => (Anywhere, Rows::Conversations),
        "search-conversations" => (Search, Rows::Conversations),
        "list-conversations" | "list-events" => (CompanyWide, Rows::All),
        "get-message" | "get-comment" => (Answer, Rows::All),
        _ if names_an_inside(operation) => (Named, Rows::All),
        _ if reads && is_harmless(operation) => (Anywhere, Rows::All),
        _ => (Nowhere, Rows::All),
    }
}

/// What it is called on can be established to lie in an inbox.
fn names_an_inside(operation: &Operation) -> bool {
    matches!(
        operation.id,
        "create-conversation"
            | "get-inbox"
            | "list-inbox-channels"
            | "list-inbox-access"
            | "add-inbox-access"
            | "removes-inbox-access"
            | "create-a-channel"
            | "get-channel"
            | "update-channel"
            | "validate-channel"
            | "create-draft"
            | "edit-draft"
            | "delete-draft"
            | "download-attachment-for-a-message"
            | "get-message-seen-status"
            | "mark-message-seen"
            | "update-comment"
            | "add-comment-reply"
            | "list-comment-mentions"
            | "download-attachment-for-a-comment"
            | "get-conversation-by-id"
            | "update-conversation"
            | "delete-conversation"
            | "update-conversation-assignee"
            | "list-conversation-comments"
            | "add-comment"
            | "list-conversation-drafts"
            | "create-draft-reply"
            | "list-conversation-events"
            | "list-conversation-followers"
            | "add-conversation-followers"
            | "delete-conversation-followers"
            | "list-conversation-messages"
            | "update-conversation-reminders"
            | "add-conversation-tag"
            | "remove-conversation-tag"
    )
}

/// Company facts without customers' words. Contacts are among them: whether they may be read
/// at all is the doorkeeper's decision about the operation.
fn is_harmless(operation: &Operation) -> bool {
    matches!(
        operation.id,
        "api-token-details"
            | "list-tags"
            | "list-company-tags"
            | "list-team-tags"
            | "list-teammate-tags"
            | "get-tag"
            | "list-tag-children"
            | "list-teammates"
            | "get-teammate"
            | "list-teams"
            | "list-company-ticket-statuses"
            | "get-ticket-status-by-id"
            | "list-account-custom-fields"
            | "list-contact-custom-fields"
            | "list-conversation-custom-fields"
            | "list-custom-fields"
            | "list-inbox-custom-fields"
            | "list-link-custom-fields"
            | "list-teammate-custom-fields"
            | "list-contacts"
            | "get-contact"
            | "list-notes"
            | "list-contact-lists"
            | "list-contacts-in-contact-list"
            | "list-groups"
            | "list-contacts-in-group"
            | "list-team-contacts"
            | "list-team-contact-lists"
            | "list-team-groups"
            | "list-teammate-contacts"
            | "list-teammate-contact-lists"
            | "list-teammate-groups"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_writes_names_what_it_changes() {
        for operation in Operation::all() {
            let passes = reach(operation);
            let reads = operation.effect == Effect::Read && operation.method == Method::Get;
            assert!(
                reads || matches!(passes, Admission::Named | Admission::Nowhere),
                "{}",
                operation.id
            );
            if operation.effect == Effect::Send {
                assert_eq!(passes, Admission::Nowhere, "{}", operation.id);
            }
        }
    }

    #[test]
    fn whatever_can_be_established_can_be_found_in_the_path_or_is_required_of_the_body() {
        let known = [
            "inbox_id",
            "channel_id",
            "conversation_id",
            "message_id",
            "draft_id",
            "comment_id",
        ];
        for operation in Operation::all() {
            if reach(operation) == Admission::Named && operation.id != "create-conversation" {
                assert!(
                    operation.parameters().any(|name| known.contains(&name)),
                    "{}",
                    operation.id
                );
            }
        }
    }

    #[test]
    fn what_belongs_to_the_company_stays_outside() {
        for id in [
            "list-accounts",
            "create-analytics-export",
            "get-analytics-report",
            "download-attachment",
            "get-event",
            "get-team",
            "list-links",
            "list-link-conversations",
            "list-message-templates",
            "list-rules",
            "list-views",
            "create-contact",
            "create-tag",
            "create-inbox",
            "import-inbox-message",
            "receive-custom-messages",
            "sync-outbound-message",
            "add-conversation-link",
            "get-signatures",
            "list-shifts",
        ] {
            let operation = Operation::by_id(id).unwrap();
            assert_eq!(reach(operation), Admission::Nowhere, "{id}");
        }
    }
}
