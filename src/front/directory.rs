//! The company's short lists, kept for a minute: inboxes, tags, teammates, channels and the
//! like. Names are resolved against them, and one triage view would otherwise ask for each of
//! them again and again. Callers that ask at once share one request.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::Instant};

use super::{
    client::{Client, Endpoint},
    endpoints::lists::{
        ListAccounts, ListChannels, ListContactLists, ListConversationFields, ListInboxes,
        ListTags, ListTeammates, ListTeams, ListTemplateFolders, ListTicketStatuses,
    },
    endpoints::templates::ListTemplates,
    error::FrontError,
    model::{
        Account, Channel, ContactList, FieldDefinition, Inbox, Tag, Team, Teammate, Template,
        TemplateFolder, TicketStatus,
    },
    page::{Page, every},
};

const FRESH: Duration = Duration::from_secs(60);

/// Companies with more pages than this of tags or accounts are cut, and told so by the tools.
const MOST_PAGES: usize = 50;

/// The cached lists of one company.
#[derive(Debug, Default)]
pub struct Directory {
    inboxes: Kept<Inbox>,
    tags: Kept<Tag>,
    teammates: Kept<Teammate>,
    teams: Kept<Team>,
    channels: Kept<Channel>,
    contact_lists: Kept<ContactList>,
    accounts: Kept<Account>,
    ticket_statuses: Kept<TicketStatus>,
    conversation_fields: Kept<FieldDefinition>,
    templates: Kept<Template>,
    template_folders: Kept<TemplateFolder>,
}

impl Directory {
    /// Every inbox the token can see.
    pub async fn inboxes(&self, client: &Client) -> Result<Arc<Vec<Inbox>>, FrontError> {
        self.inboxes.get(client, &ListInboxes, None).await
    }
    /// Every tag the token can see.
    pub async fn tags(&self, client: &Client) -> Result<Arc<Vec<Tag>>, FrontError> {
        self.tags.get(client, &ListTags, Some(100)).await
    }
    /// Every teammate.
    pub async fn teammates(&self, client: &Client) -> Result<Arc<Vec<Teammate>>, FrontError> {
        self.teammates.get(client, &ListTeammates, None).await
    }
    /// Every team.
    pub async fn teams(&self, client: &Client) -> Result<Arc<Vec<Team>>, FrontError> {
        self.teams.get(client, &ListTeams, None).await
    }
    /// Every channel the token can see.
    pub async fn channels(&self, client: &Client) -> Result<Arc<Vec<Channel>>, FrontError> {
        self.channels.get(client, &ListChannels, None).await
    }
    /// Every contact list.
    pub async fn contact_lists(
        &self,
        client: &Client,
    ) -> Result<Arc<Vec<ContactList>>, FrontError> {
        self.contact_lists
            .get(client, &ListContactLists, None)
            .await
    }
    /// Every account.
    pub async fn accounts(&self, client: &Client) -> Result<Arc<Vec<Account>>, FrontError> {
        self.accounts.get(client, &ListAccounts, Some(100)).await
    }
    /// Every ticket status; not found where ticketing is off.
    pub async fn ticket_statuses(
        &self,
        client: &Client,
    ) -> Result<Arc<Vec<TicketStatus>>, FrontError> {
        self.ticket_statuses
            .get(client, &ListTicketStatuses, None)
            .await
    }
    /// Every custom field of conversations.
    pub async fn conversation_fields(
        &self,
        client: &Client,
    ) -> Result<Arc<Vec<FieldDefinition>>, FrontError> {
        self.conversation_fields
            .get(client, &ListConversationFields, None)
            .await
    }
    /// Every message template the token can see, last changed first.
    pub async fn templates(&self, client: &Client) -> Result<Arc<Vec<Template>>, FrontError> {
        self.templates.get(client, &ListTemplates, None).await
    }
    /// Every folder of message templates.
    pub async fn template_folders(
        &self,
        client: &Client,
    ) -> Result<Arc<Vec<TemplateFolder>>, FrontError> {
        self.template_folders
            .get(client, &ListTemplateFolders, None)
            .await
    }
    /// Forgets everything, after a write of ours that may have changed a list.
    pub async fn forget(&self) {
        self.inboxes.forget().await;
        self.tags.forget().await;
        self.teammates.forget().await;
        self.teams.forget().await;
        self.channels.forget().await;
        self.contact_lists.forget().await;
        self.accounts.forget().await;
        self.ticket_statuses.forget().await;
        self.conversation_fields.forget().await;
        self.templates.forget().await;
        self.template_folders.forget().await;
    }
}

/// One list and when it was read. The lock is held while reading, so that callers who come
/// meanwhile wait for the one request instead of making their own.
#[derive(Debug)]
struct Kept<T>(Mutex<Option<(Instant, Arc<Vec<T>>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Kept<T> {
    async fn get<E>(
        &self,
        client: &Client,
        list: &E,
        page_size: Option<u32>,
    ) -> Result<Arc<Vec<T>>, FrontError>
    where
        E: Endpoint<Answer = Page<T>>,
    {
        let mut kept = self.0.lock().await;
        if let Some((read_at, rows)) = &*kept
            && read_at.elapsed() < FRESH
        {
            return Ok(Arc::clone(rows));
        }
        let read = every(client, list, page_size, MOST_PAGES).await?;
        let rows = Arc::new(read.rows);
        if read.is_cut {
            let (rows, operation) = (rows.len(), E::OPERATION);
            tracing::warn!(rows, operation, "the list was cut");
        }
        *kept = Some((Instant::now(), Arc::clone(&rows)));
        Ok(rows)
    }

    async fn forget(&self) {
        *self.0.lock().await = None;
    }
}
