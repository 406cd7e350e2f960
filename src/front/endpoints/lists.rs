//! The short company-wide lists that names are resolved against.

use crate::front::{
    client::Endpoint,
    model::{
        Account, Channel, ContactList, FieldDefinition, Inbox, Tag, Team, Teammate, TemplateFolder,
        TicketStatus,
    },
    page::Page,
};

macro_rules! whole_lists {
    ($($(#[$doc:meta])* $name:ident = $operation:literal -> $row:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Endpoint for $name {
            const OPERATION: &'static str = $operation;
            type Answer = Page<$row>;
        }
    )+};
}

whole_lists! {
    /// `GET /inboxes`.
    ListInboxes = "list-inboxes" -> Inbox;
    /// `GET /tags`, paged.
    ListTags = "list-tags" -> Tag;
    /// `GET /teammates`.
    ListTeammates = "list-teammates" -> Teammate;
    /// `GET /teams`.
    ListTeams = "list-teams" -> Team;
    /// `GET /channels`.
    ListChannels = "list-channels" -> Channel;
    /// `GET /contact_lists`.
    ListContactLists = "list-contact-lists" -> ContactList;
    /// `GET /accounts`, paged.
    ListAccounts = "list-accounts" -> Account;
    /// `GET /company/statuses`; not found where ticketing is off.
    ListTicketStatuses = "list-company-ticket-statuses" -> TicketStatus;
    /// `GET /conversations/custom_fields`.
    ListConversationFields = "list-conversation-custom-fields" -> FieldDefinition;
    /// `GET /message_template_folders`, paged without a page size.
    ListTemplateFolders = "list-folders" -> TemplateFolder;
}
