//! Every tool, one a file, in the order they are listed. Written by `cargo test`; edit the
//! files, not the list.

use super::contract::Entry;

mod add_tag;
mod check_send;
mod confirm_send;
mod create_contact;
mod create_template;
mod draft_article;
mod get_article;
mod get_attachment;
mod get_contact;
mod get_conversation;
mod get_message;
mod get_template;
mod list_channels;
mod list_contacts;
mod list_conversations;
mod list_drafts;
mod list_inboxes;
mod list_knowledge_bases;
mod list_tags;
mod list_teammates;
mod list_teams;
mod raw_api_request;
mod remove_tag;
mod render_template;
mod search_api;
mod search_articles;
mod search_conversations;
mod search_templates;
mod send_message;
mod update_article_draft;
mod update_template;
mod whoami;

/// Every tool.
pub static CATALOG: [&Entry; 32] = [
    &add_tag::TOOL,
    &check_send::TOOL,
    &confirm_send::TOOL,
    &create_contact::TOOL,
    &create_template::TOOL,
    &draft_article::TOOL,
    &get_article::TOOL,
    &get_attachment::TOOL,
    &get_contact::TOOL,
    &get_conversation::TOOL,
    &get_message::TOOL,
    &get_template::TOOL,
    &list_channels::TOOL,
    &list_contacts::TOOL,
    &list_conversations::TOOL,
    &list_drafts::TOOL,
    &list_inboxes::TOOL,
    &list_knowledge_bases::TOOL,
    &list_tags::TOOL,
    &list_teammates::TOOL,
    &list_teams::TOOL,
    &raw_api_request::TOOL,
    &remove_tag::TOOL,
    &render_template::TOOL,
    &search_api::TOOL,
    &search_articles::TOOL,
    &search_conversations::TOOL,
    &search_templates::TOOL,
    &send_message::TOOL,
    &update_article_draft::TOOL,
    &update_template::TOOL,
    &whoami::TOOL,
];
