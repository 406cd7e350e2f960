//! Customers, the shops some of them work for, and the lists they are on.

use serde_json::{Map, json};

use crate::sandbox::{
    id::Id,
    random::Random,
    state::{Account, Contact, ContactList, Handle, Note, State},
};

use super::{
    company::teammate,
    names::{ARABIC, FIRST, FRENCH, GERMAN, HEBREW, JAPANESE, LAST, PROVIDERS},
};

/// How many contacts have English names; those of other languages come after them.
pub(super) const ENGLISH: usize = 116;

/// Name, domain, discount, region.
const SHOPS: [(&str, &str, u32, &str); 8] = [
    ("Spoke & Sprocket", "spokeandsprocket.example", 25, "North"),
    ("The Velo Works", "veloworks.example", 30, "South"),
    ("Harbour Cycles", "harbourcycles.example", 20, "North"),
    ("Cykelköket", "cykelkoket.example", 28, "Continent"),
    ("Atelier du Pédalier", "pedalier.example", 25, "Continent"),
    (
        "Radhaus Freiburg",
        "radhaus-freiburg.example",
        32,
        "Continent",
    ),
    ("Tandem Bros.", "tandembros.example", 18, "South"),
    (
        "Kiso Bicycle Studio",
        "kiso-bicycle.example",
        22,
        "Overseas",
    ),
];

const LISTS: [&str; 4] = [
    "Monthly letter",
    "Trade customers",
    "Randonneurs",
    "Product testers",
];
const DAY: f64 = 86_400.0;

pub(super) fn contacts(state: &mut State) {
    let midnight = state.clock.midnight();
    for (position, (name, domain, discount, region)) in SHOPS.into_iter().enumerate() {
        let at = midnight - (900 - position * 67) as f64 * DAY + 36_000.5;
        let mut custom_fields = Map::new();
        custom_fields.insert("Discount".to_owned(), json!(discount));
        custom_fields.insert("Region".to_owned(), json!(region));
        state.accounts.insert(Account {
            id: Id::new("acc", 40_321 + position as u64 * 97),
            name: name.to_owned(),
            description: Some(format!("Trade customer, {region}")),
            domains: vec![domain.to_owned()],
            external_id: (position % 3 != 2).then(|| format!("LC-{}", 4_400 + position * 11)),
            custom_fields,
            created_at: at,
            updated_at: at + 40.0 * DAY,
        });
    }
    for (position, name) in LISTS.into_iter().enumerate() {
        state.contact_lists.insert(ContactList {
            id: Id::new("grp", 5_211_001 + position as u64 * 311),
            name: name.to_owned(),
            is_private: false,
        });
    }
    for position in 0..ENGLISH {
        let last_position = (position * 7 + position / FIRST.len()) % LAST.len();
        if let (Some(first), Some(last)) =
            (FIRST.get(position % FIRST.len()), LAST.get(last_position))
        {
            let local = format!("{}.{}", first.to_lowercase(), last.to_lowercase());
            insert(state, &format!("{first} {last}"), &local);
        }
    }
    let abroad = FRENCH
        .into_iter()
        .chain(GERMAN)
        .chain(ARABIC)
        .chain(HEBREW)
        .chain(JAPANESE);
    for (name, local) in abroad {
        insert(state, name, local);
    }
}

fn insert(state: &mut State, name: &str, local: &str) {
    let position = state.contacts.len();
    let mut random = Random::new("contact", position as u64);
    // Every fourth customer writes for a shop, as long as the name is English.
    let account = (position % 4 == 3 && position < ENGLISH)
        .then(|| state.accounts.at((position / 4) % SHOPS.len()))
        .flatten();
    let domain = match account.and_then(|account| account.domains.first()) {
        Some(domain) => domain.clone(),
        None => random.pick(&PROVIDERS).to_owned(),
    };
    let account = account.map(|account| account.id);
    let mut handles = vec![Handle {
        handle: format!("{local}@{domain}"),
        source: "email",
    }];
    if position.is_multiple_of(3) {
        handles.push(Handle {
            handle: format!("+447700900{position:03}"),
            source: "phone",
        });
    }
    if position % 5 == 2 {
        handles.push(Handle {
            handle: format!("visitor-{:x}", random.below(1 << 40)),
            source: "front_chat",
        });
    }
    let mut custom_fields = Map::new();
    if random.chance(60) {
        let tier = random.pick(&["Bronze", "Silver", "Gold"]);
        custom_fields.insert("Loyalty tier".to_owned(), json!(tier));
    }
    if random.chance(30) {
        let bicycle = random.pick(&[
            "Steel tourer",
            "Gravel bike",
            "Folding bike",
            "Cargo bike",
            "1980s racer",
        ]);
        custom_fields.insert("Bicycle".to_owned(), json!(bicycle));
    }
    let created_at = state.clock.midnight() - random.between(160, 1_200) as f64 * DAY
        + random.below(86_400) as f64
        + 0.125;
    let lists = state
        .contact_lists
        .iter()
        .enumerate()
        .filter(|(at, _)| match at {
            1 => account.is_some(),
            _ => position.is_multiple_of(at + 3),
        })
        .map(|(_, list)| list.id)
        .collect();
    let notes = if position % 11 == 4 {
        vec![Note {
            author: teammate("tove"),
            body: random
                .pick(&[
                    "Prefers to be called in the morning.",
                    "Races at the weekend; anything that must arrive by Friday really must.",
                    "Very knowledgeable about old French threads. Ask before you substitute.",
                    "Sends photographs with everything. They are worth looking at.",
                ])
                .to_owned(),
            created_at: created_at + 30.0 * DAY,
        }]
    } else {
        Vec::new()
    };
    state.add_contact(Contact {
        id: Id::new("crd", 7_301_000_117 + position as u64 * 104_729),
        name: name.to_owned(),
        description: account.map(|_| "Buys for the shop".to_owned()),
        handles,
        links: Vec::new(),
        lists,
        account,
        custom_fields,
        notes,
        is_private: false,
        created_at,
        updated_at: created_at + random.between(1, 150) as f64 * DAY,
    });
}
