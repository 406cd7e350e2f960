//! The kinds of things that have names.

use std::sync::Arc;

use super::Resolvable;
use crate::{
    front::{
        FrontError,
        id::{
            AccountId, ChannelId, ContactListId, InboxId, TagId, TeamId, TeammateId,
            TemplateFolderId, TemplateId, TicketStatusId,
        },
        model::{
            Account, Channel, ContactList, Inbox, Tag, Team, Teammate, Template, TemplateFolder,
            TicketStatus,
        },
    },
    tools::context::Context,
    untrusted::Untrusted,
};

/// What `Resolvable` says of a kind, but for the names it answers to.
macro_rules! resolvable {
    ($kind:ty, $id:ty, $list:ident, $listed_by:literal, $shown:expr, $keys:expr) => {
        impl Resolvable for $kind {
            type Id = $id;
            const WHAT: &'static str = <$id>::WHAT;
            const LISTED_BY: &'static str = $listed_by;
            fn parse_id(text: &str) -> Option<$id> {
                <$id>::parse(text)
            }
            fn id(&self) -> &$id {
                &self.id
            }
            fn shown(&self) -> Untrusted {
                let shown: fn(&Self) -> Untrusted = $shown;
                shown(self)
            }
            fn keys(&self) -> Vec<Untrusted> {
                let keys: fn(&Self) -> Vec<Untrusted> = $keys;
                keys(self)
            }
            async fn all(context: &Context<'_>) -> Result<Arc<Vec<Self>>, FrontError> {
                context.directory.$list(&context.client).await
            }
        }
    };
}

resolvable!(
    Inbox,
    InboxId,
    inboxes,
    "`list-inboxes`",
    |inbox| inbox.name.clone(),
    |inbox| { vec![inbox.name.clone()] }
);
resolvable!(
    Tag,
    TagId,
    tags,
    "`list-tags`",
    |tag| tag.name.clone(),
    |tag| { vec![tag.name.clone()] }
);
resolvable!(
    Teammate,
    TeammateId,
    teammates,
    "`list-teammates`",
    Teammate::name,
    |teammate| vec![
        teammate.name(),
        teammate.email.clone(),
        teammate.username.clone(),
        Untrusted::new(format!("@{}", teammate.username.raw())),
        teammate.first_name.clone(),
    ]
);
resolvable!(
    Team,
    TeamId,
    teams,
    "`list-teams`",
    |team| team.name.clone(),
    |team| vec![team.name.clone()]
);
resolvable!(
    Channel,
    ChannelId,
    channels,
    "`list-channels`",
    |channel| {
        let shown = if channel.address.is_blank() {
            &channel.name
        } else {
            &channel.address
        };
        shown.clone()
    },
    |channel| vec![
        channel.address.clone(),
        channel.send_as.clone(),
        channel.name.clone(),
    ]
);
resolvable!(
    ContactList,
    ContactListId,
    contact_lists,
    "`list-contact-lists` (or `raw-api-request`, GET `/contact_lists`)",
    |list| list.name.clone(),
    |list| vec![list.name.clone()]
);
resolvable!(
    Account,
    AccountId,
    accounts,
    "`list-accounts` (or `raw-api-request`, GET `/accounts`)",
    |account| account.name.clone(),
    |account| {
        let mut keys = account.domains.clone();
        keys.push(account.name.clone());
        keys
    }
);
resolvable!(
    Template,
    TemplateId,
    templates,
    "`search-templates`",
    |template| template.name.clone(),
    |template| vec![template.name.clone()]
);
resolvable!(
    TemplateFolder,
    TemplateFolderId,
    template_folders,
    "`raw-api-request`, GET `/message_template_folders`",
    |folder| folder.name.clone(),
    |folder| vec![folder.name.clone()]
);

resolvable!(
    TicketStatus,
    TicketStatusId,
    ticket_statuses,
    "`raw-api-request`, GET `/company/statuses`",
    |status| status.name.clone(),
    |status| vec![status.name.clone()]
);
