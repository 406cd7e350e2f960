//! Every tool, one a file, in the order they are listed. Written by `cargo test`; edit the
//! files, not the list.

use super::contract::Entry;

mod add_call_recording;
mod add_call_summary;
mod add_call_transcript;
mod add_tag;
mod check_send;
mod confirm_send;
mod create_call;
mod create_contact;
mod export_data;
mod get_attachment;
mod get_contact;
mod get_conversation;
mod get_event;
mod get_message;
mod list_channels;
mod list_contacts;
mod list_conversations;
mod list_drafts;
mod list_events;
mod list_inboxes;
mod list_tags;
mod list_teammates;
mod list_teams;
mod mark_message_failed;
mod raw_api_request;
mod remove_tag;
mod run_report;
mod search_api;
mod search_conversations;
mod send_message;
mod set_channel_status;
mod sync_inbound_message;
mod sync_message_template;
mod sync_outbound_message;
mod update_call;
mod whoami;

/// Every tool.
pub static CATALOG: [&Entry; 36] = [
    &add_call_recording::TOOL,
    &add_call_summary::TOOL,
    &add_call_transcript::TOOL,
    &add_tag::TOOL,
    &check_send::TOOL,
    &confirm_send::TOOL,
    &create_call::TOOL,
    &create_contact::TOOL,
    &export_data::TOOL,
    &get_attachment::TOOL,
    &get_contact::TOOL,
    &get_conversation::TOOL,
    &get_event::TOOL,
    &get_message::TOOL,
    &list_channels::TOOL,
    &list_contacts::TOOL,
    &list_conversations::TOOL,
    &list_drafts::TOOL,
    &list_events::TOOL,
    &list_inboxes::TOOL,
    &list_tags::TOOL,
    &list_teammates::TOOL,
    &list_teams::TOOL,
    &mark_message_failed::TOOL,
    &raw_api_request::TOOL,
    &remove_tag::TOOL,
    &run_report::TOOL,
    &search_api::TOOL,
    &search_conversations::TOOL,
    &send_message::TOOL,
    &set_channel_status::TOOL,
    &sync_inbound_message::TOOL,
    &sync_message_template::TOOL,
    &sync_outbound_message::TOOL,
    &update_call::TOOL,
    &whoami::TOOL,
];
