//! Fifty mails about one restoration, each quoting the ones before it.

use crate::sandbox::{landmarks, state::State};

use super::{
    bundle::{Entry, Opening, Thread},
    company::{landmark, teammate},
    letters::Client,
    words::{DAYS, PRODUCTS, Slots},
};

const MAILS: usize = 50;
const DAY: f64 = 86_400.0;

const THEIRS: [&str; 10] = [
    "I spent the weekend with the frame on the stand. Under the third layer of paint there is a fourth, and under that a transfer which I cannot read.",
    "The head tube is straight, as far as a piece of string can tell, but the left chainstay has been brazed by somebody in a hurry.",
    "My uncle, who owned it first, insists that it left the shop with a {product}. His memory is good for bicycles and for nothing else.",
    "I measured the rear triangle three times and got three answers, so I went for a walk and measured again. It is 126 mm, more or less.",
    "The {other} arrived and looks splendid. I have put it on the shelf above the desk, where it distracts me from work.",
    "On {day} I tried the crown race by hand. It goes half way and then thinks better of it, which I take to mean that a tool is needed.",
    "There was a small disaster with the seat lug. Nothing broke, though the language would have stripped paint by itself.",
    "I have read your workshop notes on threads and feel both wiser and more afraid. Italian, you say, and yet it turns the wrong way.",
    "The painter in {city} can take it next month. He asks whether the fork is to be the same green or the green of the mudguards.",
    "We took the wheels round the block on the old tyres. They sing a little at speed, which the neighbours' cat does not care for.",
];
const OURS: [&str; 8] = [
    "That transfer is worth keeping. Lay tracing paper over it before you sand any further; Ingrid can redraw it from a good tracing.",
    "A {product} is quite possible for the year. If the shell is faced properly we have one left from the same run, and I have put your name on it.",
    "Please do not force the race. Bring frame and fork in on {day} and we will press it while you drink our terrible coffee.",
    "For the brazing I would ask the builder in {city} before anybody else. It looks worse than it is, and he will say so honestly.",
    "If the spacing really is 126 mm, the {other} fits as it is. Should it turn out to be 120, send it back and we shall swap the axle.",
    "The thread is one we see twice a year. The left cup tightens the other way round, and whoever assembled it last did not know.",
    "About the colour: the catalogue of that year shows the fork in the lighter green, but the catalogue was printed in a hurry too.",
    "I have set the parts aside until the end of the month. There is no need to decide anything before the painter has seen it.",
];
const CLOSERS: [&str; 6] = [
    "Let me know what you think when you have a quiet moment; none of this is urgent, and I would rather do it once and properly.",
    "I shall send photographs as soon as the light allows, since in the cellar everything looks brown and slightly guilty.",
    "In the meantime I keep a list of what is still open: bearings, cables, the saddle, and the question of the bell.",
    "If it is easier to speak, I am at home in the evenings from six on, and the telephone number is still the old one.",
    "There is a ride on the first of the month that I would like it to be ready for, but the year of that month is negotiable.",
    "Please add whatever it costs to the account. I have stopped adding it up, which my family considers a good sign.",
];

pub(super) fn conversation(state: &mut State) {
    let Some(customer) = state.contacts.at(10).map(|contact| contact.id) else {
        return;
    };
    let id = landmark(landmarks::LONG_THREAD);
    let mut thread = Thread::open(
        state,
        &Opening {
            id,
            subject: "Restoring my uncle's 1962 randonneur, a beginning",
            channel: landmark("cha_1wor"),
            customer,
        },
    );
    let start = state.clock.midnight() - 71.0 * DAY;
    for mail in 0..MAILS {
        let ours = mail % 2 == 1;
        thread.client = if mail % 4 == 0 {
            Client::Gmail
        } else {
            Client::Apple
        };
        // People cut the history off now and then, and it grows again from there.
        thread.quoting = mail % 3;
        let slots = slots(mail);
        let entry = Entry {
            at: start + mail as f64 * 1.38 * DAY + (mail * 1_733 % 20_000) as f64,
            author: ours.then(|| teammate(if mail % 6 == 5 { "ingrid" } else { "yuki" })),
            paragraphs: paragraphs(mail, &slots, ours),
            closing: if ours {
                vec![
                    "All the best from the workshop".to_owned(),
                    "Larkspur Cycles".to_owned(),
                ]
            } else {
                vec!["Yours, with oily hands".to_owned()]
            },
            ..Entry::default()
        };
        thread.write(state, entry);
    }
    if let Some(conversation) = state.conversations.get_mut(id) {
        conversation.assignee = Some(teammate("yuki"));
        conversation.followers = vec![teammate("yuki"), teammate("ingrid")];
    }
}

fn slots(mail: usize) -> Slots {
    let product = |position: usize| {
        PRODUCTS
            .get(position % PRODUCTS.len())
            .copied()
            .unwrap_or_default()
    };
    Slots {
        product: product(mail * 3),
        other: product(mail * 5 + 2),
        city: "Annecy",
        day: DAYS.get(mail % DAYS.len()).copied().unwrap_or_default(),
        order: String::new(),
        quantity: String::new(),
        first_name: String::new(),
    }
}

fn paragraphs(mail: usize, slots: &Slots, ours: bool) -> Vec<String> {
    let from = |table: &[&'static str], position: usize| {
        table
            .get(position % table.len())
            .copied()
            .unwrap_or_default()
    };
    let turn = mail / 2;
    let (first, second) = if ours {
        (from(&OURS, turn), from(&OURS, turn + 3 + turn / 8))
    } else {
        (from(&THEIRS, turn), from(&THEIRS, turn + 3 + turn / 10))
    };
    vec![
        format!("{} {}", slots.fill(first), slots.fill(second)),
        from(&CLOSERS, mail + mail / 6).to_owned(),
    ]
}
