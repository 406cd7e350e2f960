//! Front's JSON, serialised straight from borrowed state.

mod company;
mod contact;
mod conversation;
mod event;
mod links;
mod list;
mod message;
mod people;

pub(crate) use company::{
    account, channel, contact_list, custom_field, inbox, tag, team, team_preview, teammate,
    ticket_status,
};
pub(crate) use contact::{contact, note};
pub(crate) use conversation::{comment, conversation};
pub(crate) use event::{Happening, event};
pub(crate) use list::{Listing, Page, page_of};
pub(crate) use message::message;
pub(crate) use people::{shift, time_off};
