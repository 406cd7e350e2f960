//! What is known of whoever a template is filled for. Only what its placeholders ask for is read.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    front::{
        FrontErrorKind,
        endpoints::{
            contacts::GetContact,
            conversations::{GetConversation, ListInboxesOfConversation},
        },
        id::{ContactId, ConversationId},
        model::{Contact, Conversation, Inbox, Teammate},
    },
    shape::text::Text,
    tools::{Context, ToolError, handle::Handle, resolve},
};

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The caller.
    Variables,
    /// The conversation.
    Conversation,
    /// The recipient's contact, or the address itself.
    Recipient,
    /// The teammate.
    Teammate,
    /// The inbox.
    Inbox,
}

/// For whom it is filled.
#[derive(Debug, Default)]
pub struct About<'call> {
    /// The conversation.
    pub conversation: Option<&'call ConversationId>,
    /// A contact by id or handle, instead of the conversation's.
    pub recipient: Option<&'call str>,
    /// Who writes.
    pub teammate: Option<&'call str>,
    /// The inbox, instead of the conversation's.
    pub inbox: Option<&'call str>,
    /// What the caller gave.
    pub variables: &'call [(String, String)],
}

/// Values by the names of placeholders, in lower case.
#[derive(Debug, Default)]
pub struct Facts(BTreeMap<String, (String, Source)>);

impl Facts {
    /// The value of a placeholder.
    pub fn value(&self, name: &str) -> Option<&(String, Source)> {
        self.0.get(&key(name))
    }

    fn put(&mut self, name: &str, value: &str, source: Source) {
        let value = value.trim();
        if !value.is_empty() {
            self.0
                .entry(key(name))
                .or_insert_with(|| (value.to_owned(), source));
        }
    }

    /// Everything that these placeholders need and that can be known.
    pub async fn read(
        context: &Context<'_>,
        about: &About<'_>,
        names: &[String],
    ) -> Result<Self, ToolError> {
        let mut facts = Self::default();
        for (name, value) in about.variables {
            facts.put(name, value, Source::Variables);
        }
        let open: Vec<String> = names.iter().map(|name| key(name)).collect();
        let asks = |facts: &Self, of: &[&str]| {
            open.iter().any(|name| {
                !facts.0.contains_key(name) && of.iter().any(|prefix| name.starts_with(prefix))
            })
        };
        let needs_recipient = asks(&facts, &["recipient.", "contact."]);
        let from_conversation = needs_recipient && about.recipient.is_none();
        if let Some(id) = about.conversation
            && (from_conversation || asks(&facts, &["conversation."]))
        {
            let conversation = id.clone();
            let read = context
                .client
                .send(&GetConversation { conversation })
                .await?;
            facts.conversation(&read);
            if from_conversation {
                facts.counterpart(context, &read).await?;
            }
        }
        if let Some(given) = about.recipient
            && needs_recipient
        {
            facts.recipient(context, given).await?;
        }
        if let Some(given) = about.teammate
            && asks(&facts, &["user.", "teammate."])
        {
            facts.teammate(&resolve::one::<Teammate>(context, "teammate", given).await?);
        }
        if asks(&facts, &["inbox."]) {
            facts.inbox(context, about).await?;
        }
        Ok(facts)
    }

    fn conversation(&mut self, conversation: &Conversation) {
        let of = Source::Conversation;
        let id = conversation.id.as_str();
        self.put("conversation.public_id", id, of);
        let number = id.split_once('_').map(|(_, digits)| digits);
        if let Some(number) = number.and_then(|digits| u64::from_str_radix(digits, 36).ok()) {
            self.put("conversation.id", &number.to_string(), of);
        }
        self.put("conversation.subject", conversation.subject.raw(), of);
        if let Some(ticket) = conversation.ticket_ids.first() {
            self.put("conversation.ticket_id", ticket.raw(), of);
        }
    }

    async fn counterpart(
        &mut self,
        context: &Context<'_>,
        conversation: &Conversation,
    ) -> Result<(), ToolError> {
        let Some(recipient) = &conversation.recipient else {
            return Ok(());
        };
        if let Some(id) = recipient.links.contact() {
            match context.client.send(&GetContact::by_id(&id)).await {
                Ok(contact) => self.contact(&contact),
                // The conversation itself says who it is: less, and enough for a name.
                Err(error) if matches!(error.kind, FrontErrorKind::Status(403 | 404)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.name("recipient", recipient.name.raw(), Source::Recipient);
        self.handle(recipient.handle.raw());
        Ok(())
    }

    async fn recipient(&mut self, context: &Context<'_>, given: &str) -> Result<(), ToolError> {
        let given = resolve::unwrapped(given);
        let wanted = || {
            let message = Text::of(
                "must be a contact id such as `crd_55c8c149`, an e-mail address, a phone number or `source:handle`",
            );
            ToolError::invalid("recipient", message).next("find the contact with `list-contacts`")
        };
        let (endpoint, handle) = match ContactId::parse(given) {
            Some(id) => (GetContact::by_id(&id), None),
            None => {
                let handle = Handle::read(given).ok_or_else(wanted)?;
                let endpoint = GetContact::by_handle(&handle.source, &handle.handle);
                (endpoint.map_err(|_| wanted())?, Some(handle))
            }
        };
        match (context.client.send(&endpoint).await, handle) {
            (Ok(contact), handle) => {
                self.contact(&contact);
                if let Some(handle) = handle {
                    self.handle(&handle.handle);
                }
            }
            // Nobody yet, whose address is known all the same.
            (Err(error), Some(handle)) if error.kind == FrontErrorKind::Status(404) => {
                self.handle(&handle.handle);
            }
            (Err(error), _) => return Err(ToolError::from(error).on("recipient")),
        }
        Ok(())
    }

    fn contact(&mut self, contact: &Contact) {
        let of = Source::Recipient;
        self.name("recipient", contact.name.raw(), of);
        for handle in &contact.handles {
            let source = handle.source.raw();
            self.both(source, handle.handle.raw());
        }
        if let Some(link) = contact.links.first() {
            self.both("link", link.raw());
        }
        for (name, value) in &contact.custom_fields {
            match value {
                serde_json::Value::String(text) => self.both(name, text),
                serde_json::Value::Number(number) => self.both(name, &number.to_string()),
                _ => {}
            }
        }
    }

    fn handle(&mut self, handle: &str) {
        self.both("handle", handle);
        if let Some(known) = Handle::read(handle) {
            self.both(&known.source, &known.handle);
        }
    }

    /// Front says `recipient`, and people also write `contact`.
    fn both(&mut self, name: &str, value: &str) {
        for of in ["recipient", "contact"] {
            self.put(&format!("{of}.{name}"), value, Source::Recipient);
        }
    }

    /// As Front parts names: at the first space.
    fn name(&mut self, of: &str, name: &str, source: Source) {
        let name = name.trim();
        // An address that stands for a name is none.
        if name.contains('@') {
            return;
        }
        let (first, last) = name.split_once(' ').unwrap_or((name, ""));
        let names: &[&str] = match of {
            "recipient" => &["recipient", "contact"],
            _ => &["user", "teammate"],
        };
        for of in names {
            self.put(&format!("{of}.name"), name, source);
            self.put(&format!("{of}.first_name"), first, source);
            self.put(&format!("{of}.last_name"), last, source);
        }
    }

    fn teammate(&mut self, teammate: &Teammate) {
        for of in ["user", "teammate"] {
            for (name, value) in [
                ("first_name", &teammate.first_name),
                ("last_name", &teammate.last_name),
                ("email", &teammate.email),
            ] {
                self.put(&format!("{of}.{name}"), value.raw(), Source::Teammate);
            }
        }
        self.name("user", teammate.name().raw(), Source::Teammate);
    }

    /// The named one, or the conversation's if it is in one alone.
    async fn inbox(&mut self, context: &Context<'_>, about: &About<'_>) -> Result<(), ToolError> {
        let inbox = match (about.inbox, about.conversation) {
            (Some(given), _) => resolve::one::<Inbox>(context, "inbox", given).await?,
            (None, Some(conversation)) => {
                let conversation = conversation.clone();
                let inboxes = ListInboxesOfConversation { conversation };
                let inboxes = context.client.send(&inboxes).await?.results;
                match <[Inbox; 1]>::try_from(inboxes) {
                    Ok([only]) => only,
                    Err(_) => return Ok(()),
                }
            }
            (None, None) => return Ok(()),
        };
        self.put("inbox.name", inbox.name.raw(), Source::Inbox);
        self.put("inbox.id", inbox.id.as_str(), Source::Inbox);
        Ok(())
    }
}

/// `{{ Recipient.First_Name }}` and `recipient.first_name` are one.
fn key(name: &str) -> String {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}'))
        .to_lowercase()
}
