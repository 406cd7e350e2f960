//! Every tool, one a file, in the order they are listed. Written by `cargo test`; edit the
//! files, not the list.

use super::contract::Entry;

mod add_call_recording;
mod add_call_summary;
mod add_call_transcript;
mod add_comment;
mod add_contact_note;
mod add_tag;
mod bulk_update;
mod check_send;
mod confirm_send;
mod create_call;
mod create_contact;
mod create_draft;
mod create_template;
mod delete_draft;
mod draft_article;
mod export_data;
mod get_account;
mod get_article;
mod get_attachment;
mod get_availability;
mod get_contact;
mod get_conversation;
mod get_event;
mod get_message;
mod get_template;
mod list_accounts;
mod list_channels;
mod list_contact_lists;
mod list_contact_notes;
mod list_contacts;
mod list_conversations;
mod list_drafts;
mod list_events;
mod list_inboxes;
mod list_knowledge_bases;
mod list_shifts;
mod list_tags;
mod list_teammates;
mod list_teams;
mod list_time_off;
mod mark_message_failed;
mod merge_contacts;
mod raw_api_request;
mod remove_tag;
mod render_template;
mod run_report;
mod search_api;
mod search_articles;
mod search_conversations;
mod search_templates;
mod send_message;
mod set_availability;
mod set_channel_status;
mod set_time_off;
mod snooze_conversation;
mod sync_inbound_message;
mod sync_message_template;
mod sync_outbound_message;
mod update_account;
mod update_article_draft;
mod update_call;
mod update_contact;
mod update_contact_handles;
mod update_contact_list;
mod update_conversation;
mod update_draft;
mod update_template;
mod whoami;

/// Every tool.
pub static CATALOG: [&Entry; 68] = [
    &add_call_recording::TOOL,
    &add_call_summary::TOOL,
    &add_call_transcript::TOOL,
    &add_comment::TOOL,
    &add_contact_note::TOOL,
    &add_tag::TOOL,
    &bulk_update::TOOL,
    &check_send::TOOL,
    &confirm_send::TOOL,
    &create_call::TOOL,
    &create_contact::TOOL,
    &create_draft::TOOL,
    &create_template::TOOL,
    &delete_draft::TOOL,
    &draft_article::TOOL,
    &export_data::TOOL,
    &get_account::TOOL,
    &get_article::TOOL,
    &get_attachment::TOOL,
    &get_availability::TOOL,
    &get_contact::TOOL,
    &get_conversation::TOOL,
    &get_event::TOOL,
    &get_message::TOOL,
    &get_template::TOOL,
    &list_accounts::TOOL,
    &list_channels::TOOL,
    &list_contact_lists::TOOL,
    &list_contact_notes::TOOL,
    &list_contacts::TOOL,
    &list_conversations::TOOL,
    &list_drafts::TOOL,
    &list_events::TOOL,
    &list_inboxes::TOOL,
    &list_knowledge_bases::TOOL,
    &list_shifts::TOOL,
    &list_tags::TOOL,
    &list_teammates::TOOL,
    &list_teams::TOOL,
    &list_time_off::TOOL,
    &mark_message_failed::TOOL,
    &merge_contacts::TOOL,
    &raw_api_request::TOOL,
    &remove_tag::TOOL,
    &render_template::TOOL,
    &run_report::TOOL,
    &search_api::TOOL,
    &search_articles::TOOL,
    &search_conversations::TOOL,
    &search_templates::TOOL,
    &send_message::TOOL,
    &set_availability::TOOL,
    &set_channel_status::TOOL,
    &set_time_off::TOOL,
    &snooze_conversation::TOOL,
    &sync_inbound_message::TOOL,
    &sync_message_template::TOOL,
    &sync_outbound_message::TOOL,
    &update_account::TOOL,
    &update_article_draft::TOOL,
    &update_call::TOOL,
    &update_contact::TOOL,
    &update_contact_handles::TOOL,
    &update_contact_list::TOOL,
    &update_conversation::TOOL,
    &update_draft::TOOL,
    &update_template::TOOL,
    &whoami::TOOL,
];
