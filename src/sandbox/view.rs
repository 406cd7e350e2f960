//! Front's JSON, serialised straight from borrowed state.

mod company;
mod contact;
mod conversation;
mod event;
mod knowledge;
mod links;
mod list;
mod message;
mod people;
mod template;

pub(crate) use company::{
    account, channel, contact_list, custom_field, inbox, tag, team, team_preview, teammate,
    ticket_status,
};
pub(crate) use contact::{contact, note};
pub(crate) use conversation::{comment, conversation};
pub(crate) use event::{Happening, event};
pub(crate) use knowledge::{
    article, article_content, category, category_content, knowledge_base, knowledge_base_content,
};
pub(crate) use list::{Listing, Page, page_of};
pub(crate) use message::message;
pub(crate) use people::{shift, time_off};
pub(crate) use template::{template, template_folder};
