//! Every tool, one a file, in the order they are listed. Written by `cargo test`; edit the
//! files, not the list.

use super::contract::Entry;

mod add_tag;
mod check_send;
mod confirm_send;
mod create_contact;
mod get_attachment;
mod get_contact;
mod get_conversation;
mod get_message;
mod list_contacts;
mod list_conversations;
mod list_inboxes;
mod list_tags;
mod list_teammates;
mod raw_api_request;
mod search_api;
mod search_conversations;
mod send_message;

/// Every tool.
pub static CATALOG: [&Entry; 17] = [
    &add_tag::TOOL,
    &check_send::TOOL,
    &confirm_send::TOOL,
    &create_contact::TOOL,
    &get_attachment::TOOL,
    &get_contact::TOOL,
    &get_conversation::TOOL,
    &get_message::TOOL,
    &list_contacts::TOOL,
    &list_conversations::TOOL,
    &list_inboxes::TOOL,
    &list_tags::TOOL,
    &list_teammates::TOOL,
    &raw_api_request::TOOL,
    &search_api::TOOL,
    &search_conversations::TOOL,
    &send_message::TOOL,
];
