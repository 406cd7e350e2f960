//! Everything the sandbox holds, and how one thing is found from another.

mod analytics;
mod application;
mod change;
mod company;
mod contact;
mod conversation;
mod knowledge;
mod message;
mod people;
mod table;
mod template;
mod ticketing;

pub(crate) use analytics::{Analytics, Asked, Plan};
pub(crate) use application::{Application, Call, ProviderTemplate};
pub(crate) use change::{By, Change, What};
pub(crate) use company::{
    Account, Channel, ChannelKind, Company, ContactList, CustomField, Inbox, Tag, Team, Teammate,
};
pub(crate) use contact::{Contact, HANDLE_SOURCES, Handle, Note};
pub(crate) use conversation::{Comment, Conversation, Kind, Reminder, Standing};
pub(crate) use knowledge::{Article, Category, Edition, Heading, KnowledgeBase};
pub(crate) use message::{
    Attachment, DraftMode, FileKind, Message, MessageKind, Recipient, Role, Sent, SentFile,
};
pub(crate) use people::{Shift, TimeOff};
pub(crate) use table::{Row, Table};
pub(crate) use template::{Template, TemplateFolder};
pub(crate) use ticketing::{TicketStatus, Ticketing};

use std::collections::HashMap;

use super::{call::decode, clock::Clock, form::Upload, id::Id, random::Random, refusal::Refusal};

/// The company's name.
pub(crate) const COMPANY: &str = "Larkspur Cycles";
/// Where `_links` and `_pagination.next` point: not the host that was called.
pub(crate) const API: &str = "https://larkspur-cycles.api.frontapp.com";

/// The whole company.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    /// Whose all this is, in the words of `GET /me`.
    pub(crate) company: Company,
    pub(crate) teammates: Table<Teammate>,
    pub(crate) teams: Table<Team>,
    pub(crate) inboxes: Table<Inbox>,
    pub(crate) channels: Table<Channel>,
    pub(crate) tags: Table<Tag>,
    pub(crate) contacts: Table<Contact>,
    pub(crate) contact_lists: Table<ContactList>,
    pub(crate) accounts: Table<Account>,
    pub(crate) shifts: Table<Shift>,
    pub(crate) time_off: Table<TimeOff>,
    pub(crate) conversations: Table<Conversation>,
    pub(crate) messages: Table<Message>,
    pub(crate) comments: Table<Comment>,
    pub(crate) changes: Table<Change>,
    pub(crate) attachments: Table<Attachment>,
    pub(crate) template_folders: Table<TemplateFolder>,
    pub(crate) templates: Table<Template>,
    pub(crate) knowledge_bases: Table<KnowledgeBase>,
    pub(crate) categories: Table<Category>,
    pub(crate) articles: Table<Article>,
    pub(crate) contact_fields: Vec<CustomField>,
    pub(crate) conversation_fields: Vec<CustomField>,
    pub(crate) account_fields: Vec<CustomField>,
    /// Message uid to message.
    pub(crate) uids: HashMap<String, Id>,
    /// Contact handle, in lower case, to contact.
    pub(crate) handles: HashMap<String, Id>,
    /// Merged conversation to the one it went into.
    pub(crate) merged: HashMap<Id, Id>,
    pub(crate) ticketing: Ticketing,
    pub(crate) analytics: Analytics,
    pub(crate) application: Application,
    pub(crate) outbox: Vec<Sent>,
    pub(crate) last_change: f64,
}

impl State {
    pub(crate) fn empty(clock: Clock) -> Self {
        Self {
            clock,
            random: Random::new("changes", 0),
            company: Company::named(COMPANY.to_owned()),
            teammates: Table::default(),
            teams: Table::default(),
            inboxes: Table::default(),
            channels: Table::default(),
            tags: Table::default(),
            contacts: Table::default(),
            contact_lists: Table::default(),
            accounts: Table::default(),
            shifts: Table::default(),
            time_off: Table::default(),
            conversations: Table::default(),
            messages: Table::default(),
            comments: Table::default(),
            changes: Table::default(),
            attachments: Table::default(),
            template_folders: Table::default(),
            templates: Table::default(),
            knowledge_bases: Table::default(),
            categories: Table::default(),
            articles: Table::default(),
            contact_fields: Vec::new(),
            conversation_fields: Vec::new(),
            account_fields: Vec::new(),
            uids: HashMap::new(),
            handles: HashMap::new(),
            merged: HashMap::new(),
            ticketing: Ticketing::default(),
            analytics: Analytics::default(),
            application: Application::default(),
            outbox: Vec::new(),
            last_change: 0.0,
        }
    }

    /// The time of a change: never the same as, or before, the change before it.
    pub(crate) fn tick(&mut self) -> f64 {
        let now = self.clock.now().max(self.last_change + 0.001);
        self.last_change = (now * 1000.0).round() / 1000.0;
        self.last_change
    }

    /// The conversation a path names, or the redirect when it was merged away.
    pub(crate) fn conversation_id(&self, text: &str, path: &str) -> Result<Id, Refusal> {
        let unknown = || Refusal::not_found("conversation", text);
        let id = Id::parse(text).ok_or_else(unknown)?;
        if let Some(target) = self.merged.get(&id) {
            let rest = path.replacen(text, &target.to_string(), 1);
            return Err(Refusal::Moved(format!("{API}{rest}")));
        }
        self.conversations.get(id).map(|_| id).ok_or_else(unknown)
    }

    /// A teammate by id or `alt:email:`.
    pub(crate) fn teammate(&self, text: &str) -> Option<&Teammate> {
        match text.strip_prefix("alt:email:") {
            Some(email) => self
                .teammates
                .iter()
                .find(|teammate| teammate.email.eq_ignore_ascii_case(email)),
            None => self.teammates.get(Id::parse(text)?),
        }
    }

    /// A channel by id or `alt:address:`.
    pub(crate) fn channel(&self, text: &str) -> Option<&Channel> {
        match text.strip_prefix("alt:address:") {
            Some(address) => self
                .channels
                .iter()
                .find(|channel| channel.address.eq_ignore_ascii_case(address)),
            None => self.channels.get(Id::parse(text)?),
        }
    }

    /// A contact by id or `alt:<source>:<handle>`.
    pub(crate) fn contact(&self, text: &str) -> Option<&Contact> {
        match text.strip_prefix("alt:") {
            Some(alias) => {
                let (source, handle) = alias.split_once(':')?;
                let handle = decode(handle);
                let contact = self.contact_by_handle(&handle)?;
                let owns = contact.handles.iter().any(|known| {
                    known.source == source && known.handle.eq_ignore_ascii_case(&handle)
                });
                owns.then_some(contact)
            }
            None => self.contacts.get(Id::parse(text)?),
        }
    }

    pub(crate) fn contact_by_handle(&self, handle: &str) -> Option<&Contact> {
        let id = self.handles.get(&handle.to_lowercase())?;
        self.contacts.get(*id)
    }

    /// A message by id or `alt:uid:`.
    pub(crate) fn message(&self, text: &str) -> Option<&Message> {
        let id = match text.strip_prefix("alt:uid:") {
            Some(uid) => *self.uids.get(uid)?,
            None => Id::parse(text)?,
        };
        self.messages.get(id)
    }

    /// Puts a message under its conversation and its uid.
    pub(crate) fn add_message(&mut self, message: Message) {
        self.uids.insert(message.uid.clone(), message.id);
        if let Some(conversation) = self.conversations.get_mut(message.conversation) {
            if message.draft.is_some() {
                conversation.drafts.push(message.id);
            } else {
                conversation.messages.push(message.id);
            }
        }
        self.messages.insert(message);
    }

    /// Keeps the files that came with a message or draft.
    pub(crate) fn keep_files(&mut self, files: &[Upload]) -> Vec<SentFile> {
        files
            .iter()
            .map(|file| {
                let id = self.attachments.next_id("fil");
                let size = file.content.len() as u64;
                self.attachments.insert(Attachment {
                    id,
                    filename: file.filename.clone(),
                    content_type: file.content_type.clone().into(),
                    size,
                    cid: None,
                    content: Some(file.content.clone()),
                });
                SentFile {
                    id,
                    filename: file.filename.clone(),
                    content_type: file.content_type.clone(),
                    size,
                    sha256: file.sha256.clone(),
                }
            })
            .collect()
    }

    /// Puts a contact under all its handles.
    pub(crate) fn add_contact(&mut self, contact: Contact) {
        for handle in &contact.handles {
            self.handles
                .insert(handle.handle.to_lowercase(), contact.id);
        }
        self.contacts.insert(contact);
    }

    /// A recipient with the contact Front would link it to.
    pub(crate) fn recipient(&self, handle: &str, role: Role) -> Recipient {
        let contact = self.contact_by_handle(handle);
        Recipient {
            name: contact.map(|contact| contact.name.as_str().into()),
            handle: handle.into(),
            role,
            contact: contact.map(|contact| contact.id),
        }
    }
}
