//! Teammates, teams, inboxes, channels, custom fields.

use serde_json::Map;

use crate::sandbox::{
    id::Id,
    landmarks,
    state::{Channel, ChannelKind, CustomField, Inbox, State, Team, Teammate},
};

pub(super) const CARE: Id = Id::new("tim", 9_411);
pub(super) const TRADE: Id = Id::new("tim", 9_512);
pub(super) const WORKSHOP: Id = Id::new("tim", 9_633);

/// A landmark as an id. Landmarks are spelled as Front spells ids; a test holds them to it.
pub(super) fn landmark(text: &str) -> Id {
    Id::parse(text).unwrap_or(Id::new("cnv", 1))
}

/// First name, last name, username, administrator, available, team.
const TEAMMATES: [(&str, &str, &str, bool, bool, Id); 14] = [
    ("Marin", "Okonkwo", "marin", true, true, CARE),
    ("Tove", "Lindqvist", "tove", false, true, CARE),
    ("Desmond", "Achebe", "desmond", false, true, CARE),
    ("Priya", "Raghunathan", "priya", false, false, CARE),
    ("Camille", "Rousseau", "camille", false, true, CARE),
    ("Owen", "Griffiths", "owen", false, true, CARE),
    ("Hana", "Novotná", "hana", true, true, TRADE),
    ("Luca", "Ferrante", "luca", false, true, TRADE),
    ("Saoirse", "Byrne", "saoirse", false, false, TRADE),
    ("Anton", "Grünwald", "anton", false, true, TRADE),
    ("Yuki", "Morimoto", "yuki", false, true, WORKSHOP),
    ("Bashir", "Nasser", "bashir", false, true, WORKSHOP),
    ("Ingrid", "Solberg", "ingrid", true, true, WORKSHOP),
    ("Gideon", "Pryce", "gideon", false, false, WORKSHOP),
];

/// Id, name, team.
const INBOXES: [(&str, &str, Id); 5] = [
    (landmarks::SUPPORT_INBOX, "Support", CARE),
    ("inb_1ord", "Orders & Returns", CARE),
    ("inb_1sav", "Service client (FR)", CARE),
    ("inb_1who", "Wholesale", TRADE),
    ("inb_1wor", "Workshop", WORKSHOP),
];

/// Id, name, address, kind, inbox.
const CHANNELS: [(&str, &str, &str, ChannelKind, &str); 8] = [
    (
        landmarks::SUPPORT_CHANNEL,
        "Larkspur Support",
        "support@larkspur-cycles.example",
        ChannelKind::Gmail,
        landmarks::SUPPORT_INBOX,
    ),
    (
        "cha_1ord",
        "Larkspur Orders",
        "orders@larkspur-cycles.example",
        ChannelKind::Gmail,
        "inb_1ord",
    ),
    (
        "cha_1sav",
        "Larkspur Service client",
        "bonjour@larkspur-cycles.example",
        ChannelKind::Smtp,
        "inb_1sav",
    ),
    (
        "cha_1who",
        "Larkspur Trade",
        "trade@larkspur-cycles.example",
        ChannelKind::Smtp,
        "inb_1who",
    ),
    (
        "cha_1wor",
        "Larkspur Workshop",
        "workshop@larkspur-cycles.example",
        ChannelKind::Smtp,
        "inb_1wor",
    ),
    (
        landmarks::SMS_CHANNEL,
        "Delivery texts",
        "+441514960142",
        ChannelKind::Twilio,
        "inb_1ord",
    ),
    (
        "cha_1cht",
        "Shop chat",
        "shop-chat",
        ChannelKind::FrontChat,
        landmarks::SUPPORT_INBOX,
    ),
    (
        landmarks::APPLICATION_CHANNEL,
        "Pedalmarkt",
        "pedalmarkt-messages",
        ChannelKind::Custom,
        "inb_1ord",
    ),
];

pub(super) fn people_and_places(state: &mut State) {
    for (position, (first, last, username, is_admin, is_available, _)) in
        TEAMMATES.into_iter().enumerate()
    {
        state.teammates.insert(Teammate {
            id: teammate_id(position),
            email: format!("{username}@larkspur-cycles.example"),
            username: username.to_owned(),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            is_admin,
            is_available,
            is_blocked: false,
            custom_fields: Map::new(),
        });
    }
    for (id, name) in [
        (CARE, "Customer Care"),
        (TRADE, "Trade"),
        (WORKSHOP, "Workshop"),
    ] {
        state.teams.insert(Team {
            id,
            name: name.to_owned(),
            members: members(id),
        });
    }
    for (id, name, team) in INBOXES {
        state.inboxes.insert(Inbox {
            id: landmark(id),
            name: name.to_owned(),
            team,
            custom_fields: Map::new(),
        });
    }
    for (id, name, address, kind, inbox) in CHANNELS {
        state.channels.insert(Channel {
            id: landmark(id),
            name: name.to_owned(),
            address: address.to_owned(),
            kind,
            inbox: landmark(inbox),
            is_offline: false,
        });
    }
    fields(state);
}

fn teammate_id(position: usize) -> Id {
    if position == 0 {
        landmark(landmarks::SUPPORT_TEAMMATE)
    } else {
        Id::new("tea", 12_409_331 + position as u64 * 1_013)
    }
}

/// A team's people, in the order of the table.
pub(super) fn members(team: Id) -> Vec<Id> {
    TEAMMATES
        .into_iter()
        .enumerate()
        .filter(|(_, (.., of))| *of == team)
        .map(|(position, _)| teammate_id(position))
        .collect()
}

/// The teammate with this username.
pub(super) fn teammate(username: &str) -> Id {
    TEAMMATES
        .into_iter()
        .position(|(_, _, name, ..)| name == username)
        .map_or(teammate_id(0), teammate_id)
}

fn fields(state: &mut State) {
    let field = |number, name, description, kind, choices| CustomField {
        id: Id::new("fld", number),
        name,
        description,
        kind,
        choices,
    };
    state.contact_fields = vec![
        field(
            81_011,
            "Loyalty tier",
            "How long they have been with us",
            "enum",
            &["Bronze", "Silver", "Gold"],
        ),
        field(81_044, "Bicycle", "What they ride most", "string", &[]),
        field(
            81_077,
            "Newsletter",
            "Wants the monthly letter",
            "boolean",
            &[],
        ),
    ];
    state.conversation_fields = vec![
        field(
            82_011,
            "Order number",
            "The order this is about",
            "string",
            &[],
        ),
        field(82_044, "Refund amount", "In pounds", "number", &[]),
        field(
            82_077,
            "Root cause",
            "Why it happened",
            "enum",
            &["Carrier", "Picking", "Product", "Website", "Customer"],
        ),
    ];
    state.account_fields = vec![
        field(
            83_011,
            "Discount",
            "Trade discount in per cent",
            "number",
            &[],
        ),
        field(
            83_044,
            "Region",
            "Sales region",
            "enum",
            &["North", "South", "Continent", "Overseas"],
        ),
    ];
}
