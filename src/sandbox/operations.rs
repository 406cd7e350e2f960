//! The operations the sandbox simulates: method, path, and the function that answers.

mod accounts;
mod analytics;
mod application;
mod changes;
mod channels;
mod comments;
mod company;
mod contact_lists;
mod contacts;
mod conversations;
mod downloads;
mod drafts;
mod events;
mod inboxes;
mod knowledge;
mod knowledge_changes;
mod merging;
mod messages;
mod recording;
mod sending;
mod shifts;
mod tags;
mod teammates;
mod templates;
mod tickets;
mod time_off;

pub(crate) use sending::blurb;

use super::{answer::Outcome, call::Call, state::State};

/// One simulated operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    pub(crate) handler: Handler,
}

impl Operation {
    /// Whether files can go with its body here.
    pub(crate) fn takes_files(&self) -> bool {
        self.method == "POST"
            && ["/messages", "/drafts", "bound_messages", "/recording"]
                .iter()
                .any(|end| self.template.ends_with(end))
    }
}

/// Reads share the state, writes have it alone.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Handler {
    Read(fn(&State, &Call) -> Outcome),
    Write(fn(&mut State, &Call) -> Outcome),
}

const fn get(template: &'static str, handler: fn(&State, &Call) -> Outcome) -> Operation {
    Operation {
        method: "GET",
        template,
        handler: Handler::Read(handler),
    }
}

const fn write(
    method: &'static str,
    template: &'static str,
    handler: fn(&mut State, &Call) -> Outcome,
) -> Operation {
    Operation {
        method,
        template,
        handler: Handler::Write(handler),
    }
}

const fn post(template: &'static str, handler: fn(&mut State, &Call) -> Outcome) -> Operation {
    write("POST", template, handler)
}

const fn patch(template: &'static str, handler: fn(&mut State, &Call) -> Outcome) -> Operation {
    write("PATCH", template, handler)
}

const fn put(template: &'static str, handler: fn(&mut State, &Call) -> Outcome) -> Operation {
    write("PUT", template, handler)
}

const fn delete(template: &'static str, handler: fn(&mut State, &Call) -> Outcome) -> Operation {
    write("DELETE", template, handler)
}

/// All of them. A literal path stands before the template that would also fit it.
pub(crate) const OPERATIONS: &[Operation] = &[
    get("/me", company::me),
    get("/conversations", conversations::list),
    post("/conversations", conversations::create_discussion),
    get("/conversations/custom_fields", company::conversation_fields),
    get("/conversations/search/{query}", conversations::search),
    get("/conversations/{conversation_id}", conversations::fetch),
    patch("/conversations/{conversation_id}", changes::update),
    delete("/conversations/{conversation_id}", changes::remove),
    put("/conversations/{conversation_id}/assignee", changes::assign),
    post("/conversations/{conversation_id}/tags", changes::add_tags),
    delete(
        "/conversations/{conversation_id}/tags",
        changes::remove_tags,
    ),
    patch(
        "/conversations/{conversation_id}/reminders",
        changes::remind,
    ),
    get(
        "/conversations/{conversation_id}/followers",
        conversations::followers,
    ),
    post(
        "/conversations/{conversation_id}/followers",
        changes::add_followers,
    ),
    delete(
        "/conversations/{conversation_id}/followers",
        changes::remove_followers,
    ),
    get(
        "/conversations/{conversation_id}/inboxes",
        conversations::inboxes,
    ),
    get(
        "/conversations/{conversation_id}/messages",
        messages::of_conversation,
    ),
    post("/conversations/{conversation_id}/messages", sending::reply),
    get(
        "/conversations/{conversation_id}/comments",
        comments::of_conversation,
    ),
    post(
        "/conversations/{conversation_id}/comments",
        comments::create,
    ),
    get(
        "/conversations/{conversation_id}/drafts",
        drafts::of_conversation,
    ),
    post("/conversations/{conversation_id}/drafts", drafts::reply),
    get(
        "/conversations/{conversation_id}/events",
        events::of_conversation,
    ),
    get("/messages/{message_id}", messages::fetch),
    get(
        "/messages/{message_id}/download/{attachment_link_id}",
        downloads::of_message,
    ),
    get("/download/{attachment_link_id}", downloads::fetch),
    get("/comments/{comment_id}", comments::fetch),
    get("/comments/{comment_id}/mentions", comments::mentions),
    post("/comments/{comment_id}/replies", comments::reply),
    patch("/drafts/{message_id}/", drafts::edit),
    delete("/drafts/{draft_id}", drafts::remove),
    get("/inboxes", inboxes::list),
    get("/inboxes/custom_fields", company::no_fields),
    get("/inboxes/{inbox_id}", inboxes::fetch),
    get("/inboxes/{inbox_id}/channels", inboxes::channels),
    get("/inboxes/{inbox_id}/teammates", inboxes::teammates),
    get("/inboxes/{inbox_id}/conversations", conversations::of_inbox),
    get("/channels", channels::list),
    get("/channels/{channel_id}", channels::fetch),
    post("/channels/{channel_id}/messages", sending::start),
    post("/channels/{channel_id}/drafts", drafts::start),
    patch("/channels/{channel_id}", application::set_status),
    post(
        "/channels/{channel_id}/inbound_messages",
        application::receive,
    ),
    post(
        "/channels/{channel_id}/outbound_messages",
        application::record_sent,
    ),
    put(
        "/channels/{channel_id}/conversations/{conv_ext_id}/messages/{message_ext_id}/status",
        application::fail,
    ),
    post("/channels/{channel_id}/calls", application::calls::create),
    patch(
        "/channels/{channel_id}/calls/{external_call_id}",
        application::calls::update,
    ),
    post(
        "/channels/{channel_id}/calls/{external_call_id}/recording",
        application::calls::record,
    ),
    post(
        "/channels/{channel_id}/calls/{external_call_id}/summary",
        application::calls::summarise,
    ),
    post(
        "/channels/{channel_id}/calls/{external_call_id}/transcript",
        application::calls::transcribe,
    ),
    put(
        "/channels/{channel_id}/application_message_templates",
        application::templates::put,
    ),
    patch(
        "/channels/{channel_id}/application_message_templates/{external_id}",
        application::templates::change,
    ),
    get("/teammates", teammates::list),
    get("/teammates/custom_fields", company::no_fields),
    get("/teammates/{teammate_id}", teammates::fetch),
    get(
        "/teammates/{teammate_id}/conversations",
        conversations::of_teammate,
    ),
    patch("/teammates/{teammate_id}", teammates::update),
    get("/teammates/{teammate_id}/inboxes", teammates::inboxes),
    get("/teammates/{teammate_id}/shifts", shifts::of_teammate),
    get("/teammates/{teammate_id}/time_offs", time_off::of_teammate),
    post("/teammates/{teammate_id}/time_offs", time_off::create),
    get("/teams", teammates::teams),
    get("/teams/{team_id}", teammates::team),
    get("/teams/{team_id}/inboxes", teammates::team_inboxes),
    get("/teams/{team_id}/channels", teammates::team_channels),
    get("/teams/{team_id}/tags", company::nothing_paged),
    get("/teams/{team_id}/shifts", shifts::of_team),
    get("/teams/{team_id}/time_offs", time_off::of_team),
    get("/tags", tags::list),
    post("/tags", tags::create),
    get("/tags/{tag_id}", tags::fetch),
    get("/tags/{tag_id}/children", tags::children),
    post("/tags/{tag_id}/children", tags::create_child),
    get("/tags/{tag_id}/conversations", conversations::of_tag),
    get("/company/tags", tags::list),
    post("/company/tags", tags::create),
    get("/company/rules", company::nothing),
    get("/company/statuses", tickets::statuses),
    get("/company/statuses/{status_id}", tickets::status),
    get("/contacts", contacts::list),
    post("/contacts", contacts::create),
    get("/contacts/custom_fields", company::contact_fields),
    post("/contacts/merge", merging::merge),
    get("/contacts/{contact_id}", contacts::fetch),
    patch("/contacts/{contact_id}", contacts::update),
    post("/contacts/{contact_id}/handles", contacts::add_handle),
    delete("/contacts/{contact_id}/handles", contacts::remove_handle),
    get(
        "/contacts/{contact_id}/conversations",
        conversations::of_contact,
    ),
    get("/contacts/{contact_id}/notes", contacts::notes),
    post("/contacts/{contact_id}/notes", contacts::add_note),
    get("/contact_lists", contact_lists::list),
    get(
        "/contact_lists/{contact_list_id}/contacts",
        contact_lists::contacts,
    ),
    post(
        "/contact_lists/{contact_list_id}/contacts",
        contact_lists::add,
    ),
    delete(
        "/contact_lists/{contact_list_id}/contacts",
        contact_lists::remove,
    ),
    get("/accounts", accounts::list),
    get("/accounts/custom_fields", company::account_fields),
    get("/accounts/{account_id}", accounts::fetch),
    patch("/accounts/{account_id}", accounts::update),
    get("/accounts/{account_id}/contacts", accounts::contacts),
    post("/accounts/{account_id}/contacts", accounts::add),
    delete("/accounts/{account_id}/contacts", accounts::remove),
    get("/events", events::list),
    get("/events/{event_id}", events::fetch),
    post("/analytics/reports", analytics::report),
    write(
        "GET",
        "/analytics/reports/{report_uid}",
        analytics::look_at_report,
    ),
    post("/analytics/exports", analytics::export),
    write(
        "GET",
        "/analytics/exports/{export_id}",
        analytics::look_at_export,
    ),
    get("/links", company::nothing_paged),
    get("/links/custom_fields", company::no_fields),
    get("/rules", company::nothing),
    get("/shifts", shifts::list),
    get("/shifts/{shift_id}", shifts::fetch),
    get("/shifts/{shift_id}/teammates", shifts::members),
    get("/time_offs/{time_off_id}", time_off::fetch),
    patch("/time_offs/{time_off_id}", time_off::update),
    delete("/time_offs/{time_off_id}", time_off::remove),
    get("/views", company::nothing_paged),
    get("/message_templates", templates::list),
    post("/message_templates", templates::create),
    get("/message_templates/{message_template_id}", templates::fetch),
    patch(
        "/message_templates/{message_template_id}",
        templates::update,
    ),
    delete(
        "/message_templates/{message_template_id}",
        templates::remove,
    ),
    get("/message_template_folders", templates::folders),
    get(
        "/message_template_folders/{message_template_folder_id}",
        templates::folder,
    ),
    get(
        "/message_template_folders/{message_template_folder_id}/message_templates",
        templates::of_folder,
    ),
    get("/knowledge_bases", knowledge::bases),
    get("/knowledge_bases/{knowledge_base_id}", knowledge::base),
    get(
        "/knowledge_bases/{knowledge_base_id}/content",
        knowledge::base_content,
    ),
    get(
        "/knowledge_bases/{knowledge_base_id}/locales/{locale}/content",
        knowledge::base_content,
    ),
    get(
        "/knowledge_bases/{knowledge_base_id}/categories",
        knowledge::categories,
    ),
    get(
        "/knowledge_bases/{knowledge_base_id}/articles",
        knowledge::articles,
    ),
    post(
        "/knowledge_bases/{knowledge_base_id}/articles",
        knowledge_changes::create,
    ),
    post(
        "/knowledge_bases/{knowledge_base_id}/locales/{locale}/articles",
        knowledge_changes::create,
    ),
    get(
        "/knowledge_base_categories/{category_id}",
        knowledge::category,
    ),
    get(
        "/knowledge_base_categories/{category_id}/content",
        knowledge::category_content,
    ),
    get(
        "/knowledge_base_categories/{category_id}/locales/{locale}/content",
        knowledge::category_content,
    ),
    get(
        "/knowledge_base_categories/{category_id}/articles",
        knowledge::articles_of_category,
    ),
    get("/knowledge_base_articles/{article_id}", knowledge::article),
    get(
        "/knowledge_base_articles/{article_id}/content",
        knowledge::article_content,
    ),
    patch(
        "/knowledge_base_articles/{article_id}/content",
        knowledge_changes::update,
    ),
    get(
        "/knowledge_base_articles/{article_id}/locales/{locale}/content",
        knowledge::article_content,
    ),
    patch(
        "/knowledge_base_articles/{article_id}/locales/{locale}/content",
        knowledge_changes::update,
    ),
    delete(
        "/knowledge_base_articles/{article_id}",
        knowledge_changes::remove,
    ),
    get("/teammate_groups", company::nothing),
];
