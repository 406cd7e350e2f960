//! Message templates: all of them, one, and changes that the policy must name.

use serde_json::Value;

use crate::front::{client::Endpoint, id::TemplateId, model::Template, page::Page, path::Segment};

/// `GET /message_templates`, last changed first, paged without a page size.
#[derive(Debug)]
pub struct ListTemplates;

impl Endpoint for ListTemplates {
    const OPERATION: &'static str = "list-message-templates";
    type Answer = Page<Template>;
    fn query(&self) -> Vec<(String, String)> {
        vec![
            ("sort_by".to_owned(), "updated_at".to_owned()),
            ("sort_order".to_owned(), "desc".to_owned()),
        ]
    }
}

/// `GET /message_templates/{message_template_id}`.
#[derive(Debug)]
pub struct GetTemplate {
    /// The template.
    pub template: TemplateId,
}

impl Endpoint for GetTemplate {
    const OPERATION: &'static str = "get-message-template";
    type Answer = Template;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.template.segment()]
    }
}

/// `POST /message_templates`.
#[derive(Debug)]
pub struct CreateTemplate {
    /// Name, subject, body, folder, inboxes.
    pub template: Value,
}

impl Endpoint for CreateTemplate {
    const OPERATION: &'static str = "create-message-template";
    type Answer = Template;
    fn body(&self) -> Option<Value> {
        Some(self.template.clone())
    }
}

/// `PATCH /message_templates/{message_template_id}`: what is not given stays.
#[derive(Debug)]
pub struct UpdateTemplate {
    /// The template.
    pub template: TemplateId,
    /// What changes.
    pub change: Value,
}

impl Endpoint for UpdateTemplate {
    const OPERATION: &'static str = "update-message-template";
    type Answer = Template;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.template.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.change.clone())
    }
}
