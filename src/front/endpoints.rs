//! Front's operations in types: a file a resource, an item an operation.
//!
//! Each names its operation and says what goes into path, query and body; method, scope and
//! effect stand in the operation table. The two sends are not among them.

pub mod accounts;
pub mod analytics;
pub mod application;
pub mod changes;
pub mod comments;
pub mod company;
pub mod contact_changes;
pub mod contacts;
pub mod conversations;
pub mod downloads;
pub mod drafts;
pub mod events;
pub mod knowledge;
pub mod lists;
pub mod messages;
pub mod people;
pub mod templates;

#[cfg(test)]
mod tests {
    use crate::front::{Effect, Endpoint, Operation};

    fn check<E: Endpoint>() {
        let operation = Operation::by_id(E::OPERATION)
            .unwrap_or_else(|| panic!("{} is not in the table", E::OPERATION));
        assert_ne!(operation.effect, Effect::Send, "{}", operation.id);
    }

    #[test]
    fn every_endpoint_is_in_the_table_and_none_sends() {
        use super::*;
        check::<changes::UpdateConversation>();
        check::<changes::Remind>();
        check::<comments::GetComment>();
        check::<comments::AddComment>();
        check::<comments::ReplyToComment>();
        check::<accounts::GetAccount>();
        check::<accounts::UpdateAccount>();
        check::<accounts::AddContactsToAccount>();
        check::<accounts::RemoveContactsFromAccount>();
        check::<analytics::CreateReport>();
        check::<analytics::GetReport>();
        check::<analytics::CreateExport>();
        check::<analytics::GetExport>();
        check::<application::SyncInbound>();
        check::<application::SyncOutbound>();
        check::<application::SetMessageStatus>();
        check::<application::CreateCall>();
        check::<application::UpdateCall>();
        check::<application::AddRecording>();
        check::<application::AddTranscript>();
        check::<application::AddSummary>();
        check::<application::PutTemplate>();
        check::<application::PatchTemplate>();
        check::<application::SetChannelStatus>();
        check::<events::ListEvents>();
        check::<events::ListConversationEvents>();
        check::<events::GetEvent>();
        check::<company::Me>();
        check::<contact_changes::UpdateContact>();
        check::<contact_changes::GetWholeContact>();
        check::<contact_changes::MergeContacts>();
        check::<contact_changes::ListConversationsOfContact>();
        check::<contact_changes::ListNotes>();
        check::<contact_changes::AddNote>();
        check::<contact_changes::AddHandle>();
        check::<contact_changes::RemoveHandle>();
        check::<contact_changes::RemoveContactsFromList>();
        check::<contact_changes::ListContactFields>();
        check::<contact_changes::ListAccountFields>();
        check::<contacts::ListContacts>();
        check::<contacts::ListContactsOfList>();
        check::<contacts::ListContactsOfAccount>();
        check::<contacts::GetContact>();
        check::<contacts::CreateContact>();
        check::<contacts::AddContactsToList>();
        check::<conversations::ListConversations>();
        check::<conversations::ListInboxConversations>();
        check::<conversations::ListTagConversations>();
        check::<conversations::ListTeammateConversations>();
        check::<conversations::SearchConversations>();
        check::<conversations::GetConversation>();
        check::<conversations::ListMessages>();
        check::<conversations::ListComments>();
        check::<conversations::ListDrafts>();
        check::<conversations::ListInboxesOfConversation>();
        check::<conversations::AddTags>();
        check::<downloads::DownloadOfMessage>();
        check::<downloads::Download>();
        check::<conversations::RemoveTags>();
        check::<drafts::CreateDraft>();
        check::<drafts::CreateDraftReply>();
        check::<knowledge::ListKnowledgeBases>();
        check::<knowledge::GetKnowledgeBase>();
        check::<knowledge::ListCategories>();
        check::<knowledge::GetCategory>();
        check::<knowledge::ListArticles>();
        check::<knowledge::GetArticle>();
        check::<knowledge::GetArticleIn>();
        check::<knowledge::CreateArticle>();
        check::<knowledge::CreateArticleIn>();
        check::<knowledge::UpdateArticle>();
        check::<knowledge::UpdateArticleIn>();
        check::<templates::GetTemplate>();
        check::<templates::CreateTemplate>();
        check::<templates::UpdateTemplate>();
        check::<lists::ListInboxes>();
        check::<lists::ListTags>();
        check::<lists::ListTeammates>();
        check::<lists::ListTeams>();
        check::<lists::ListChannels>();
        check::<lists::ListContactLists>();
        check::<lists::ListAccounts>();
        check::<lists::ListTicketStatuses>();
        check::<lists::ListConversationFields>();
        check::<lists::ListTemplateFolders>();
        check::<templates::ListTemplates>();
        check::<messages::GetMessage>();
        check::<messages::GetMessageByUid>();
        check::<messages::GetMessageSource>();
        check::<people::SetAvailable>();
        check::<people::ListShifts>();
        check::<people::ListShiftsOfTeammate>();
        check::<people::ListTeammatesOfShift>();
        check::<people::ListTimeOffOfTeammate>();
        check::<people::ListTimeOffOfTeam>();
        check::<people::GetTimeOff>();
        check::<people::CreateTimeOff>();
        check::<people::UpdateTimeOff>();
    }
}
