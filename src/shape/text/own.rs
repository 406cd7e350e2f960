//! What may stand in a text outside marks: our own words, and nothing that a stranger wrote.

use std::fmt::Write as _;

use crate::{
    drawn::DrawnId,
    front::{id, model::analytics},
    shape::moment::Moment,
};

/// What may speak in the server's own voice.
pub trait Own {
    /// Writes itself.
    fn write(&self, out: &mut String);
}

impl Own for &'static str {
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

macro_rules! own {
    ($($kind:ty),+ $(,)?) => {$(
        impl Own for $kind {
            fn write(&self, out: &mut String) {
                let _ = write!(out, "{self}");
            }
        }
        impl NotText for $kind {}
    )+};
}

own!(
    u16,
    u32,
    u64,
    usize,
    i64,
    Moment,
    analytics::ReportUid,
    DrawnId,
    id::AccountId,
    id::ArticleId,
    id::AnalyticsExportId,
    id::AttachmentId,
    id::CategoryId,
    id::ChannelId,
    id::CommentId,
    id::ContactId,
    id::ContactListId,
    id::ConversationId,
    id::EventId,
    id::InboxId,
    id::KnowledgeBaseId,
    id::MessageId,
    id::ShiftId,
    id::SignatureId,
    id::TagId,
    id::TeamId,
    id::TeammateId,
    id::TicketStatusId,
    id::TimeOffId,
    id::TemplateId,
    id::TemplateFolderId,
);

impl<T: Own> Own for Option<T> {
    fn write(&self, out: &mut String) {
        if let Some(value) = self {
            value.write(out);
        }
    }
}

impl<T: Own + ?Sized> Own for &T
where
    T: NotText,
{
    fn write(&self, out: &mut String) {
        (*self).write(out);
    }
}

/// Keeps `&String` and `&str` of unknown origin out of [`Own`].
pub trait NotText {}

/// A text that we vouch for though it was made at run time: names of our own tools, arguments
/// and operations, hex digests, opaque cursors. The maker says where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched(String);

impl Vouched {
    /// For text that is made by this server alone.
    pub fn ours(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl Own for Vouched {
    fn write(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

impl Own for &Vouched {
    fn write(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}
