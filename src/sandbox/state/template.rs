//! Message templates and the folders they lie in.

use super::Row;
use crate::sandbox::id::Id;

/// A folder of templates, possibly in another one.
#[derive(Debug)]
pub(crate) struct TemplateFolder {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) parent: Option<Id>,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
}

/// A text that teammates answer with.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) subject: Option<String>,
    /// HTML.
    pub(crate) body: String,
    pub(crate) folder: Option<Id>,
    /// Where it can be used; everywhere without.
    pub(crate) inboxes: Option<Vec<Id>>,
    pub(crate) attachments: Vec<Id>,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
}

impl Row for TemplateFolder {
    fn id(&self) -> Id {
        self.id
    }
}

impl Row for Template {
    fn id(&self) -> Id {
        self.id
    }
}
