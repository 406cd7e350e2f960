//! Every tool, one a file, in the order they are listed. Written by `cargo test`; edit the
//! files, not the list.

use super::contract::Entry;

mod add_comment;
mod add_contact_note;
mod add_tag;
mod bulk_update;
mod check_send;
mod confirm_send;
mod create_contact;
mod create_draft;
mod delete_draft;
mod get_account;
mod get_attachment;
mod get_availability;
mod get_contact;
mod get_conversation;
mod get_message;
mod list_accounts;
mod list_channels;
mod list_contact_lists;
mod list_contact_notes;
mod list_contacts;
mod list_conversations;
mod list_drafts;
mod list_inboxes;
mod list_shifts;
mod list_tags;
mod list_teammates;
mod list_teams;
mod list_time_off;
mod merge_contacts;
mod raw_api_request;
mod remove_tag;
mod search_api;
mod search_conversations;
mod send_message;
mod set_availability;
mod set_time_off;
mod snooze_conversation;
mod update_account;
mod update_contact;
mod update_contact_handles;
mod update_contact_list;
mod update_conversation;
mod update_draft;
mod whoami;

/// Every tool.
pub static CATALOG: [&Entry; 44] = [
    &add_comment::TOOL,
    &add_contact_note::TOOL,
    &add_tag::TOOL,
    &bulk_update::TOOL,
    &check_send::TOOL,
    &confirm_send::TOOL,
    &create_contact::TOOL,
    &create_draft::TOOL,
    &delete_draft::TOOL,
    &get_account::TOOL,
    &get_attachment::TOOL,
    &get_availability::TOOL,
    &get_contact::TOOL,
    &get_conversation::TOOL,
    &get_message::TOOL,
    &list_accounts::TOOL,
    &list_channels::TOOL,
    &list_contact_lists::TOOL,
    &list_contact_notes::TOOL,
    &list_contacts::TOOL,
    &list_conversations::TOOL,
    &list_drafts::TOOL,
    &list_inboxes::TOOL,
    &list_shifts::TOOL,
    &list_tags::TOOL,
    &list_teammates::TOOL,
    &list_teams::TOOL,
    &list_time_off::TOOL,
    &merge_contacts::TOOL,
    &raw_api_request::TOOL,
    &remove_tag::TOOL,
    &search_api::TOOL,
    &search_conversations::TOOL,
    &send_message::TOOL,
    &set_availability::TOOL,
    &set_time_off::TOOL,
    &snooze_conversation::TOOL,
    &update_account::TOOL,
    &update_contact::TOOL,
    &update_contact_handles::TOOL,
    &update_contact_list::TOOL,
    &update_conversation::TOOL,
    &update_draft::TOOL,
    &whoami::TOOL,
];
