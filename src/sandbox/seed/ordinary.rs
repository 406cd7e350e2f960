//! The ordinary mail of half a year: made from topics, one generator a conversation.

use std::collections::HashSet;

use serde_json::json;

use crate::sandbox::{
    id::Id,
    random::Random,
    state::{Comment, Reminder, Standing, State},
};

use super::{
    bundle::{Entry, Opening, Thread},
    company::{landmark, members, teammate},
    contacts::ENGLISH,
    files,
    letters::CUSTOMER_CLIENTS,
    names::{ARABIC, FRENCH, GERMAN, HEBREW, JAPANESE},
    tags::named,
    topics::{self, People, Topic},
    topics_abroad,
    words::{CITIES, DAYS, PRODUCTS, Slots},
};

const CONVERSATIONS: usize = 420;
const HOUR: f64 = 3_600.0;

pub(super) fn conversations(state: &mut State) {
    let mut subjects = HashSet::with_capacity(CONVERSATIONS);
    for position in 0..CONVERSATIONS {
        if let Some(topic) = topic(position) {
            conversation(state, topic, position, &mut subjects);
        }
    }
}

/// Every sixth conversation is in another language than English.
fn topic(position: usize) -> Option<&'static Topic> {
    if position % 6 == 4 {
        // French comes up most: it has an inbox of its own.
        let turn = [0, 1, 0, 2, 0, 1, 3, 0, 4, 1];
        let turn = turn.get(position / 6 % turn.len())?;
        topics_abroad::TOPICS.get(*turn)
    } else {
        let position = position * 5 + position / 12;
        topics::TOPICS.get(position % topics::TOPICS.len())
    }
}

fn slots(random: &mut Random, first_name: &str) -> Slots {
    Slots {
        product: random.pick(&PRODUCTS),
        other: random.pick(&PRODUCTS),
        city: random.pick(&CITIES),
        day: random.pick(&DAYS),
        order: format!("LC-{}", random.between(20_400, 68_900)),
        quantity: random.between(3, 48).to_string(),
        first_name: first_name.to_owned(),
    }
}

fn conversation(state: &mut State, topic: &Topic, position: usize, subjects: &mut HashSet<String>) {
    let mut random = Random::new("conversation", position as u64);
    let Some((customer, name)) = customer(state, topic, &mut random) else {
        return;
    };
    let first_name = name.split(' ').next().unwrap_or_default().to_owned();
    let mut slots = slots(&mut random, &first_name);
    let mut subject = slots.fill(random.pick(topic.subjects));
    for _ in 0..8 {
        if !subjects.contains(&subject) {
            break;
        }
        slots = self::slots(&mut random, &first_name);
        subject = slots.fill(random.pick(topic.subjects));
    }
    while !subjects.insert(subject.clone()) {
        subject.push_str(" (2)");
    }
    let id = Id::new("cnv", 74_200_000_000 + position as u64 * 7_121);
    let channel = landmark(topic.channel);
    let mut thread = Thread::open(
        state,
        &Opening {
            id,
            subject: &subject,
            channel,
            customer,
        },
    );
    thread.client = random.pick(&CUSTOMER_CLIENTS);
    thread.right_to_left = matches!(topic.people, People::Arabic | People::Hebrew);
    thread.quoting = random.between(1, 3) as usize;
    if random.chance(6) {
        thread.copied = Some("accounts@spokeandsprocket.example");
    }
    let short = topic.greeting.is_empty();
    let count = random.between(2, 8);
    let last_at = state.clock.midnight()
        - 0.7 * HOUR
        - position as f64 * 9.1 * HOUR
        - random.below(14_000) as f64;
    let gap = if short { 0.3 * HOUR } else { 11.0 * HOUR };
    let author = author(state, channel, &mut random);
    let mut at = last_at - count as f64 * gap;
    for turn in 0..count {
        at = (at + gap * random.between(60, 110) as f64 / 100.0).round();
        let entry = if turn % 2 == 0 {
            from_customer(state, topic, &slots, &name, turn, count, &mut random)
        } else {
            from_us(state, topic, &slots, author, &mut random)
        };
        thread.write(
            state,
            Entry {
                at: at + 0.25,
                ..entry
            },
        );
    }
    settle(state, topic, &slots, id, author, position, &mut random);
}

/// Somebody who writes the topic's language and can write to its channel.
fn customer(state: &State, topic: &Topic, random: &mut Random) -> Option<(Id, String)> {
    let (start, length) = match topic.people {
        People::English => (0, ENGLISH),
        People::French => (ENGLISH, FRENCH.len()),
        People::German => (ENGLISH + FRENCH.len(), GERMAN.len()),
        People::Arabic => (ENGLISH + FRENCH.len() + GERMAN.len(), ARABIC.len()),
        People::Hebrew => (
            ENGLISH + FRENCH.len() + GERMAN.len() + ARABIC.len(),
            HEBREW.len(),
        ),
        People::Japanese => (
            ENGLISH + FRENCH.len() + GERMAN.len() + ARABIC.len() + HEBREW.len(),
            JAPANESE.len(),
        ),
    };
    let source = match topic.channel {
        "cha_1sms" => "phone",
        "cha_1cht" => "front_chat",
        _ => "email",
    };
    let first = start + random.below(length as u64) as usize;
    (first..start + length)
        .chain(start..first)
        .filter_map(|position| state.contacts.at(position))
        .find(|contact| contact.handles.iter().any(|handle| handle.source == source))
        .map(|contact| (contact.id, contact.name.clone()))
}

/// Somebody of the team the channel's inbox belongs to.
fn author(state: &State, channel: Id, random: &mut Random) -> Id {
    if channel == landmark("cha_1sav") {
        return teammate("camille");
    }
    let team = state
        .channels
        .get(channel)
        .and_then(|channel| state.inboxes.get(channel.inbox))
        .map(|inbox| members(inbox.team))
        .unwrap_or_default();
    let position = random.below(team.len() as u64) as usize;
    team.get(position).copied().unwrap_or(teammate("marin"))
}

fn from_customer(
    state: &mut State,
    topic: &Topic,
    slots: &Slots,
    name: &str,
    turn: u64,
    count: u64,
    random: &mut Random,
) -> Entry {
    let short = topic.greeting.is_empty();
    let mut paragraphs = Vec::with_capacity(5);
    if !short {
        paragraphs.push(topic.greeting.to_owned());
    }
    if turn == 0 {
        paragraphs.push(slots.fill(random.pick(topic.openings)));
        let first = random.pick(topic.details);
        paragraphs.push(slots.fill(first));
        let second = random.pick(topic.details);
        if second != first && !short {
            paragraphs.push(slots.fill(second));
        }
        paragraphs.push(slots.fill(random.pick(topic.asks)));
    } else if turn + 2 >= count {
        paragraphs.push(slots.fill(random.pick(topic.thanks)));
    } else {
        paragraphs.push(slots.fill(random.pick(topic.follow_ups)));
    }
    let attachments = if !short && random.chance(9) {
        vec![files::customers(state, random)]
    } else {
        Vec::new()
    };
    Entry {
        paragraphs,
        closing: if short {
            Vec::new()
        } else {
            vec![name.to_owned()]
        },
        attachments,
        ..Entry::default()
    }
}

fn from_us(state: &State, topic: &Topic, slots: &Slots, author: Id, random: &mut Random) -> Entry {
    let mut paragraphs = Vec::with_capacity(2);
    if !topic.our_greeting.is_empty() {
        paragraphs.push(slots.fill(topic.our_greeting));
    }
    paragraphs.push(slots.fill(random.pick(topic.answers)));
    let name = state.teammates.get(author);
    let name = name.map_or("", |author| author.first_name.as_str());
    Entry {
        author: Some(author),
        paragraphs,
        closing: topic
            .our_closing
            .iter()
            .map(|line| line.replace("{first}", name))
            .collect(),
        ..Entry::default()
    }
}

/// Where the conversation stands today: the older, the likelier it is done with.
fn settle(
    state: &mut State,
    topic: &Topic,
    slots: &Slots,
    id: Id,
    author: Id,
    position: usize,
    random: &mut Random,
) {
    let mut tags = if random.chance(70) {
        named(state, topic.tags)
    } else {
        Vec::new()
    };
    if random.chance(5) {
        tags.extend(named(state, &["VIP"]));
    }
    if random.chance(6) {
        tags.extend(named(state, &["Follow up"]));
    }
    let comment = random.chance(14).then(|| comment(state, id, random));
    let midnight = state.clock.midnight();
    let Some(conversation) = state.conversations.get_mut(id) else {
        return;
    };
    conversation.tags = tags;
    conversation.comments.extend(comment);
    let roll = random.below(100);
    let done = 20 + (position as u64 / 7).min(60);
    if roll < done {
        conversation.standing = Standing::Archived;
        conversation.assignee = random.chance(70).then_some(author);
        conversation.waiting_since = None;
    } else if roll < done + 4 {
        conversation.standing = Standing::Deleted;
    } else if roll < done + 9 {
        conversation.assignee = Some(author);
        conversation.reminder = Some(Reminder {
            owner: author,
            created_at: conversation.updated_at + 60.0,
            scheduled_at: midnight + (30.0 + (position % 9) as f64 * 24.0) * HOUR,
        });
    } else if random.chance(72) {
        conversation.assignee = Some(author);
    }
    if random.chance(20) {
        conversation.followers = vec![author, teammate("marin")];
        conversation.followers.dedup();
    }
    if random.chance(35) {
        let order = json!(slots.order);
        conversation
            .custom_fields
            .insert("Order number".to_owned(), order);
    }
}

fn comment(state: &mut State, conversation: Id, random: &mut Random) -> Id {
    let at = state
        .conversations
        .get(conversation)
        .map_or(0.0, |conversation| conversation.updated_at);
    let id = Id::new("com", 3_980_112_000 + state.comments.len() as u64 * 811);
    state.comments.insert(Comment {
        id,
        conversation,
        author: teammate(random.pick(&["marin", "tove", "desmond", "luca"])),
        body: random
            .pick(&[
                "@bashir can you look at the photograph before we promise anything?",
                "Spoke to the carrier, they call back tomorrow.",
                "@marin is this one for you? It smells of goodwill credit.",
                "Same batch as last week's. I have told the workshop.",
                "@hana they ask for terms we do not usually give.",
            ])
            .to_owned(),
        posted_at: at - 900.0,
        is_pinned: false,
        replied_to: None,
    });
    id
}
