//! A conversation people are working on: a shared and a private draft, comments with mentions, files.

use bytes::Bytes;

use crate::sandbox::{
    id::Id,
    landmarks,
    state::{Comment, DraftMode, FileKind, Message, MessageKind, Recipient, Role, State},
};

use super::{
    super::{
        company::{landmark, teammate},
        files,
        letters::Client,
        tags::named,
    },
    Entry, open, ours, theirs,
};

const HOUR: f64 = 3_600.0;

pub(super) fn conversation(state: &mut State) {
    let midnight = state.clock.midnight();
    let invoice = files::stored(
        state,
        landmark(landmarks::ATTACHMENT),
        "invoice-LC-48210.pdf",
        FileKind::Pdf,
        files::pdf("Invoice LC-48210: 12 Marlowe leather saddles, GBP 948.00"),
    );
    let mut random = crate::sandbox::random::Random::new("drafted", 1);
    let photograph = files::customers(state, &mut random);
    let table = files::stored(
        state,
        landmark(landmarks::TABLE),
        "saddles.csv",
        FileKind::Csv,
        Bytes::from_static(
            "saddle,state\n1 to 10,lovely\n11,scratched\n12,\"scratched, left side\"\n".as_bytes(),
        ),
    );
    let mut thread = open(
        state,
        landmarks::DRAFTED_CONVERSATION,
        "Twelve saddles, two of them scratched (LC-48210)",
        landmarks::SUPPORT_CHANNEL,
        15,
    );
    thread.client = Client::OutlookWeb;
    let first = theirs(
        midnight - 52.0 * HOUR,
        &[
            "Dear support,",
            "Of the twelve Marlowe saddles on the attached invoice two have a scratch along the left side. The other ten are as lovely as ever.",
            "We would keep the two for the workshop bicycles if the price were right. What do you suggest?",
        ],
        &["Edmund", "Cykelköket"],
    );
    thread.write(
        state,
        Entry {
            id: Some(landmark(landmarks::ATTACHMENT_MESSAGE)),
            attachments: vec![invoice, photograph, table],
            ..first
        },
    );
    let second = ours(
        midnight - 30.0 * HOUR,
        teammate("tove"),
        &[
            "Hello,",
            "Thank you for the photograph. I am asking the workshop what we can do and will write again tomorrow.",
        ],
    );
    let last = thread.write(state, second);
    comment(
        state,
        1,
        "desmond",
        midnight - 29.5 * HOUR,
        "@tove we gave 30 % on scratched Marlowes in the spring. @marin fine with the same again?",
    );
    comment(
        state,
        2,
        "marin",
        midnight - 28.0 * HOUR,
        "Fine with me. @tove please put the credit note number in the reply.",
    );
    draft(
        state,
        landmarks::SHARED_DRAFT,
        DraftMode::Shared,
        "tove",
        last,
        midnight - 27.0 * HOUR,
        "<p>Hello,</p><p>Marin agrees: we will credit 30&nbsp;% on the two scratched saddles, and you keep them.</p><p>Kind regards,<br>Tove</p>",
        "Hello,\n\nMarin agrees: we will credit 30 % on the two scratched saddles, and you keep them.\n\nKind regards,\nTove",
    );
    draft(
        state,
        landmarks::PRIVATE_DRAFT,
        DraftMode::Private,
        "desmond",
        last,
        midnight - 26.5 * HOUR,
        "<p>(to myself) check whether the batch from March is affected as well</p>",
        "(to myself) check whether the batch from March is affected as well",
    );
    let tags = named(state, &["Saddles", "Damaged in transit"]);
    if let Some(conversation) = state
        .conversations
        .get_mut(landmark(landmarks::DRAFTED_CONVERSATION))
    {
        conversation.assignee = Some(teammate("tove"));
        conversation.tags = tags;
        conversation.followers = vec![teammate("tove"), teammate("desmond"), teammate("marin")];
    }
}

fn comment(state: &mut State, number: u64, author: &str, at: f64, body: &str) {
    let conversation = landmark(landmarks::DRAFTED_CONVERSATION);
    let id = Id::new("com", 3_991_000_000 + number * 811);
    state.comments.insert(Comment {
        id,
        conversation,
        author: teammate(author),
        body: body.to_owned(),
        posted_at: at,
        is_pinned: number == 2,
        replied_to: None,
    });
    if let Some(conversation) = state.conversations.get_mut(conversation) {
        conversation.comments.push(id);
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "two calls, each a line of a table"
)]
fn draft(
    state: &mut State,
    id: &str,
    mode: DraftMode,
    author: &str,
    replied_to: Id,
    at: f64,
    body: &str,
    text: &str,
) {
    let conversation = landmark(landmarks::DRAFTED_CONVERSATION);
    let uid = crate::sandbox::random::Random::new("draft", at as u64).uid();
    let customer = state
        .conversations
        .get(conversation)
        .and_then(|conversation| conversation.recipient.clone())
        .map(|customer| Recipient {
            role: Role::To,
            ..customer
        });
    let ourselves = state.recipient("support@larkspur-cycles.example", Role::From);
    state.add_message(Message {
        id: landmark(id),
        version: Some(format!("{uid}-26028-{:.0}-1a2b", at * 1000.0)),
        uid,
        conversation,
        channel: landmark(landmarks::SUPPORT_CHANNEL),
        kind: MessageKind::Email,
        is_inbound: false,
        draft: Some(mode),
        created_at: at,
        subject: "Re: Twelve saddles, two of them scratched (LC-48210)".to_owned(),
        blurb: text.split_whitespace().collect::<Vec<_>>().join(" "),
        author: Some(teammate(author)),
        recipients: [ourselves].into_iter().chain(customer).collect(),
        body: body.to_owned(),
        text: text.to_owned(),
        attachments: Vec::new(),
        replied_to: Some(replied_to),
        error_type: None,
    });
}
