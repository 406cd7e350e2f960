//! Teammates, teams, inboxes, channels, tags, accounts, lists, custom fields.

use serde::Serialize;
use serde_json::{Map, Value};

use super::links::{Link, Links, Related};
use crate::sandbox::{
    id::Id,
    state::{
        API, Account, Channel, ContactList, CustomField, Inbox, State, Tag, Team, Teammate,
        TicketStatus,
    },
};

#[derive(Debug, Serialize)]
pub(crate) struct TeammateView<'a> {
    _links: Links<2>,
    id: Id,
    email: &'a str,
    username: &'a str,
    first_name: &'a str,
    last_name: &'a str,
    is_admin: bool,
    is_available: bool,
    is_blocked: bool,
    r#type: &'static str,
    license_type: &'static str,
    custom_fields: &'a Map<String, Value>,
}

pub(crate) fn teammate(teammate: &Teammate) -> TeammateView<'_> {
    let itself = Link::to("teammates", teammate.id);
    TeammateView {
        _links: Links {
            itself,
            related: Related([
                ("inboxes", Some(itself.under("/inboxes"))),
                ("conversations", Some(itself.under("/conversations"))),
            ]),
        },
        id: teammate.id,
        email: &teammate.email,
        username: &teammate.username,
        first_name: &teammate.first_name,
        last_name: &teammate.last_name,
        is_admin: teammate.is_admin,
        is_available: teammate.is_available,
        is_blocked: teammate.is_blocked,
        r#type: "user",
        license_type: "full",
        custom_fields: &teammate.custom_fields,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct TeamPreviewView<'a> {
    _links: Links<0>,
    id: Id,
    name: &'a str,
}

pub(crate) fn team_preview(team: &Team) -> TeamPreviewView<'_> {
    TeamPreviewView {
        _links: Links {
            itself: Link::to("teams", team.id),
            related: Related([]),
        },
        id: team.id,
        name: &team.name,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct TeamView<'a> {
    #[serde(flatten)]
    preview: TeamPreviewView<'a>,
    inboxes: Vec<InboxView<'a>>,
    members: Vec<TeammateView<'a>>,
}

pub(crate) fn team<'a>(state: &'a State, team: &'a Team) -> TeamView<'a> {
    TeamView {
        preview: team_preview(team),
        inboxes: state
            .inboxes
            .iter()
            .filter(|candidate| candidate.team == team.id)
            .map(inbox)
            .collect(),
        members: team
            .members
            .iter()
            .filter_map(|id| state.teammates.get(*id))
            .map(teammate)
            .collect(),
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct InboxView<'a> {
    _links: Links<4>,
    id: Id,
    name: &'a str,
    is_private: bool,
    is_public: bool,
    custom_fields: &'a Map<String, Value>,
}

pub(crate) fn inbox(inbox: &Inbox) -> InboxView<'_> {
    let itself = Link::to("inboxes", inbox.id);
    InboxView {
        _links: Links {
            itself,
            related: Related([
                ("teammates", Some(itself.under("/teammates"))),
                ("conversations", Some(itself.under("/conversations"))),
                ("channels", Some(itself.under("/channels"))),
                ("owner", Some(Link::to("teams", inbox.team))),
            ]),
        },
        id: inbox.id,
        name: &inbox.name,
        is_private: false,
        is_public: true,
        custom_fields: &inbox.custom_fields,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct ChannelView<'a> {
    _links: Links<1>,
    id: Id,
    name: &'a str,
    address: &'a str,
    r#type: &'static str,
    send_as: &'a str,
    settings: ChannelSettings,
    is_private: bool,
    is_valid: bool,
}

#[derive(Debug, Serialize)]
struct ChannelSettings {
    undo_send_time: u32,
    all_teammates_can_reply: bool,
}

pub(crate) fn channel(channel: &Channel) -> ChannelView<'_> {
    ChannelView {
        _links: Links {
            itself: Link::to("channels", channel.id),
            related: Related([("inbox", Some(Link::to("inboxes", channel.inbox)))]),
        },
        id: channel.id,
        name: &channel.name,
        address: &channel.address,
        r#type: channel.kind.as_str(),
        send_as: &channel.address,
        settings: ChannelSettings {
            undo_send_time: if channel.kind.is_email() { 10 } else { 0 },
            all_teammates_can_reply: true,
        },
        is_private: false,
        is_valid: !channel.is_offline,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct TagView<'a> {
    _links: Links<4>,
    id: Id,
    name: &'a str,
    description: Option<&'a str>,
    highlight: Option<&'a str>,
    is_private: bool,
    is_visible_in_conversation_lists: bool,
    created_at: f64,
    updated_at: f64,
}

pub(crate) fn tag(tag: &Tag) -> TagView<'_> {
    let itself = Link::to("tags", tag.id);
    TagView {
        _links: Links {
            itself,
            related: Related([
                ("conversations", Some(itself.under("/conversations"))),
                ("owner", None),
                (
                    "parent_tag",
                    tag.parent.map(|parent| Link::to("tags", parent)),
                ),
                ("children", Some(itself.under("/children"))),
            ]),
        },
        id: tag.id,
        name: &tag.name,
        description: tag.description.as_deref(),
        highlight: tag.highlight.as_deref(),
        is_private: false,
        is_visible_in_conversation_lists: tag.is_visible,
        created_at: tag.created_at,
        updated_at: tag.updated_at,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct AccountView<'a> {
    _links: Links<1>,
    id: Id,
    name: &'a str,
    logo_url: Option<&'a str>,
    description: Option<&'a str>,
    domains: &'a [String],
    external_id: Option<&'a str>,
    custom_fields: &'a Map<String, Value>,
    created_at: f64,
    updated_at: f64,
}

pub(crate) fn account(account: &Account) -> AccountView<'_> {
    let itself = Link::to("accounts", account.id);
    AccountView {
        _links: Links {
            itself,
            related: Related([("contacts", Some(itself.under("/contacts")))]),
        },
        id: account.id,
        name: &account.name,
        logo_url: None,
        description: account.description.as_deref(),
        domains: &account.domains,
        external_id: account.external_id.as_deref(),
        custom_fields: &account.custom_fields,
        created_at: account.created_at,
        updated_at: account.updated_at,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct ContactListView<'a> {
    _links: Links<1>,
    id: Id,
    name: &'a str,
    is_private: bool,
}

pub(crate) fn contact_list(list: &ContactList) -> ContactListView<'_> {
    let itself = Link::to("contact_lists", list.id);
    ContactListView {
        _links: Links {
            itself,
            related: Related([("contacts", Some(itself.under("/contacts")))]),
        },
        id: list.id,
        name: &list.name,
        is_private: list.is_private,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct CustomFieldView {
    _links: FieldLinks,
    id: Id,
    name: &'static str,
    description: &'static str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<Choice>,
}

#[derive(Debug, Serialize)]
struct FieldLinks {
    #[serde(rename = "self")]
    itself: String,
}

#[derive(Debug, Serialize)]
struct Choice {
    value: &'static str,
    label: &'static str,
}

pub(crate) fn custom_field(field: &CustomField) -> CustomFieldView {
    CustomFieldView {
        _links: FieldLinks {
            itself: format!("{API}/custom_fields/{}", field.id),
        },
        id: field.id,
        name: field.name,
        description: field.description,
        r#type: field.kind,
        values: field
            .choices
            .iter()
            .map(|choice| Choice {
                value: choice,
                label: choice,
            })
            .collect(),
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct TicketStatusView {
    _links: Links<0>,
    id: Id,
    name: &'static str,
    category: &'static str,
    description: &'static str,
}

pub(crate) fn ticket_status(status: &TicketStatus) -> TicketStatusView {
    TicketStatusView {
        _links: Links {
            itself: Link::to("company/statuses", status.id),
            related: Related([]),
        },
        id: status.id,
        name: status.name,
        category: status.category,
        description: status.description,
    }
}
