//! The smaller landmarks: merged, texted, chatted, discussed, snoozed, trashed, right to left.

use serde_json::Map;

use crate::sandbox::{
    id::Id,
    landmarks,
    state::{Comment, Conversation, Kind, Reminder, Standing, State},
};

use super::{
    super::{
        company::{landmark, teammate},
        contacts::ENGLISH,
        letters::Client,
        names::{FRENCH, GERMAN},
    },
    open, ours, theirs,
};

const HOUR: f64 = 3_600.0;

pub(super) fn conversations(state: &mut State) {
    merged(state);
    texted(state);
    chatted(state);
    discussed(state);
    snoozed(state);
    trashed(state);
    arabic(state);
}

fn merged(state: &mut State) {
    let midnight = state.clock.midnight();
    let mut thread = open(
        state,
        landmarks::MERGED_INTO,
        "Two parcels for one porch: LC-39004 and LC-39005",
        landmarks::SUPPORT_CHANNEL,
        7,
    );
    thread.client = Client::OutlookDesktop;
    let first = theirs(
        midnight - 80.0 * HOUR,
        &[
            "Hello,",
            "I seem to have two orders on the way where one would do. Could they travel together?",
        ],
        &["Cedric"],
    );
    thread.write(state, first);
    let second = theirs(
        midnight - 79.0 * HOUR,
        &[
            "Hello again,",
            "I wrote about this twice by mistake; please put the two letters together.",
        ],
        &["Cedric"],
    );
    thread.write(state, second);
    let third = ours(
        midnight - 60.0 * HOUR,
        teammate("owen"),
        &[
            "Hello Cedric,",
            "Both are on one pallet now, and both letters are in one conversation.",
        ],
    );
    thread.write(state, third);
    let id = thread.id;
    if let Some(conversation) = state.conversations.get_mut(id) {
        conversation.assignee = Some(teammate("owen"));
    }
    state
        .merged
        .insert(landmark(landmarks::MERGED_CONVERSATION), id);
}

fn texted(state: &mut State) {
    let at = state.clock.midnight() - 14.0 * HOUR;
    let mut thread = open(
        state,
        landmarks::SMS_CONVERSATION,
        "Texts about the blue gate",
        landmarks::SMS_CHANNEL,
        9,
    );
    for (turn, text) in [
        "Is the {parcel} with the panniers coming today? I'm out 12-1",
        "Hi, it's on the van and due between 2 and 4. Larkspur",
        "Great. Blue gate, not the green one 🚪 last time it went to no. 14",
        "Noted for the driver: blue gate. Larkspur",
        "He's just been. Right gate! 👏",
    ]
    .into_iter()
    .enumerate()
    {
        let at = at + turn as f64 * 0.4 * HOUR;
        let text = text.replace("{parcel}", "parcel");
        let entry = if turn % 2 == 1 {
            let mut entry = ours(at, teammate("desmond"), &[&text]);
            entry.closing.clear();
            entry
        } else {
            theirs(at, &[&text], &[])
        };
        thread.write(state, entry);
    }
    let id = thread.id;
    if let Some(conversation) = state.conversations.get_mut(id) {
        conversation.assignee = Some(teammate("desmond"));
    }
}

fn chatted(state: &mut State) {
    let at = state.clock.midnight() - 9.0 * HOUR;
    let mut thread = open(
        state,
        landmarks::CHAT_CONVERSATION,
        "Chat: gears for a hilly commute",
        "cha_1cht",
        12,
    );
    let first = theirs(
        at,
        &["hi! is 11-42 enough for a 14% hill with a child seat? asking for my knees"],
        &[],
    );
    thread.write(state, first);
    let mut second = ours(
        at + 180.0,
        teammate("priya"),
        &["Hello! With a 34 in front, just about. With a 30 you will overtake people. 🙂"],
    );
    second.closing.clear();
    thread.write(state, second);
    let third = theirs(at + 300.0, &["30 it is, thank you!"], &[]);
    thread.write(state, third);
    let id = thread.id;
    if let Some(conversation) = state.conversations.get_mut(id) {
        conversation.assignee = Some(teammate("priya"));
    }
}

fn discussed(state: &mut State) {
    let at = state.clock.midnight() - 20.0 * HOUR;
    let id = landmark(landmarks::DISCUSSION);
    let comments = [
        (
            "marin",
            "The carrier changes its depot on the first. Who tells the customers with open orders?",
        ),
        (
            "luca",
            "Trade customers hear it from me. @marin shall Care write to the rest?",
        ),
        (
            "marin",
            "Yes. @tove can you draft something short and calm?",
        ),
    ];
    let mut ids = Vec::new();
    for (number, (author, body)) in (0_u32..).zip(comments) {
        let comment = Id::new("com", 3_992_000_000 + u64::from(number) * 811);
        ids.push(comment);
        state.comments.insert(Comment {
            id: comment,
            conversation: id,
            author: teammate(author),
            body: body.to_owned(),
            posted_at: at + f64::from(number) * 700.0,
            is_pinned: false,
            replied_to: None,
        });
    }
    state.conversations.insert(Conversation {
        id,
        kind: Kind::Discussion,
        subject: "New depot from the first of the month".to_owned(),
        description: None,
        due_at: None,
        standing: Standing::Open,
        assignee: Some(teammate("marin")),
        recipient: None,
        inbox: landmark(landmarks::SUPPORT_INBOX),
        tags: Vec::new(),
        followers: vec![teammate("marin"), teammate("luca"), teammate("tove")],
        messages: Vec::new(),
        drafts: Vec::new(),
        comments: ids,
        custom_fields: Map::new(),
        created_at: at,
        updated_at: at + 1_400.0,
        waiting_since: None,
        reminder: None,
    });
}

fn snoozed(state: &mut State) {
    let midnight = state.clock.midnight();
    let mut thread = open(
        state,
        landmarks::SNOOZED_CONVERSATION,
        "Back from holiday on the 20th, then the wheels",
        "cha_1wor",
        18,
    );
    let first = theirs(
        midnight - 33.0 * HOUR,
        &[
            "Hello workshop,",
            "No hurry with my wheels: I am away and will ring when I am back.",
        ],
        &["Esme"],
    );
    thread.write(state, first);
    let id = thread.id;
    if let Some(conversation) = state.conversations.get_mut(id) {
        conversation.assignee = Some(teammate("yuki"));
        conversation.reminder = Some(Reminder {
            owner: teammate("yuki"),
            created_at: midnight - 32.0 * HOUR,
            scheduled_at: midnight + 200.0 * HOUR,
        });
    }
}

fn trashed(state: &mut State) {
    let midnight = state.clock.midnight();
    let mut thread = open(
        state,
        landmarks::TRASHED_CONVERSATION,
        "You have been chosen for page one of the search results",
        landmarks::SUPPORT_CHANNEL,
        27,
    );
    let first = theirs(
        midnight - 100.0 * HOUR,
        &[
            "Dear sir or madam,",
            "Our experts have looked at your website and wept. We can help.",
        ],
        &["The Ranking Team"],
    );
    thread.write(state, first);
    let id = thread.id;
    if let Some(conversation) = state.conversations.get_mut(id) {
        conversation.standing = Standing::Deleted;
        conversation.waiting_since = None;
    }
}

fn arabic(state: &mut State) {
    let midnight = state.clock.midnight();
    let mut thread = open(
        state,
        landmarks::ARABIC_CONVERSATION,
        "سؤال عن شحن عجلتين إلى عمّان",
        landmarks::SUPPORT_CHANNEL,
        ENGLISH + FRENCH.len() + GERMAN.len(),
    );
    thread.right_to_left = true;
    let first = theirs(
        midnight - 40.0 * HOUR,
        &[
            "مرحبًا،",
            "أود شراء عجلتين من طراز Skylark مع شحنهما إلى عمّان. كم تبلغ تكلفة الشحن، وهل تشمل الرسوم الجمركية؟ 🚲",
            "رقم الطلب السابق: LC-33871 (مارس).",
        ],
        &["مع الشكر", "ليلى الحداد"],
    );
    thread.write(state, first);
    let id = thread.id;
    if let Some(conversation) = state.conversations.get_mut(id) {
        conversation.assignee = Some(teammate("marin"));
    }
}
