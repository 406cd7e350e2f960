//! Every tool, one a file, in the order they are listed. Written by `cargo test`; edit the
//! files, not the list.

use super::contract::Entry;

mod add_comment;
mod add_tag;
mod bulk_update;
mod check_send;
mod confirm_send;
mod create_contact;
mod create_draft;
mod delete_draft;
mod get_attachment;
mod get_contact;
mod get_conversation;
mod get_message;
mod list_channels;
mod list_contacts;
mod list_conversations;
mod list_drafts;
mod list_inboxes;
mod list_tags;
mod list_teammates;
mod list_teams;
mod raw_api_request;
mod remove_tag;
mod search_api;
mod search_conversations;
mod send_message;
mod snooze_conversation;
mod update_conversation;
mod update_draft;
mod whoami;

/// Every tool.
pub static CATALOG: [&Entry; 29] = [
    &add_comment::TOOL,
    &add_tag::TOOL,
    &bulk_update::TOOL,
    &check_send::TOOL,
    &confirm_send::TOOL,
    &create_contact::TOOL,
    &create_draft::TOOL,
    &delete_draft::TOOL,
    &get_attachment::TOOL,
    &get_contact::TOOL,
    &get_conversation::TOOL,
    &get_message::TOOL,
    &list_channels::TOOL,
    &list_contacts::TOOL,
    &list_conversations::TOOL,
    &list_drafts::TOOL,
    &list_inboxes::TOOL,
    &list_tags::TOOL,
    &list_teammates::TOOL,
    &list_teams::TOOL,
    &raw_api_request::TOOL,
    &remove_tag::TOOL,
    &search_api::TOOL,
    &search_conversations::TOOL,
    &send_message::TOOL,
    &snooze_conversation::TOOL,
    &update_conversation::TOOL,
    &update_draft::TOOL,
    &whoami::TOOL,
];
