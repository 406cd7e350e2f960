//! The conversation a triage should find first.

use crate::sandbox::{landmarks, state::State};

use super::{
    super::{company::landmark, letters::Client},
    Entry, open, theirs,
};

/// The contact who writes: the third, whose bicycle club rides tomorrow.
const CUSTOMER: usize = 2;
const MINUTE: f64 = 60.0;

pub(super) fn conversation(state: &mut State) {
    let midnight = state.clock.midnight();
    let mut thread = open(
        state,
        landmarks::URGENT_CONVERSATION,
        "URGENT: 40 event wheelsets for tomorrow's charity ride have not arrived (order LC-70112)",
        landmarks::SUPPORT_CHANNEL,
        CUSTOMER,
    );
    thread.client = Client::Apple;
    let closing = [
        "Beatrix Dunmore",
        "Ride director, Hebden Hospice Charity Ride",
        "+44 7700 900112",
    ];
    let first = theirs(
        midnight - 190.0 * MINUTE + 0.4,
        &[
            "Good evening,",
            "Order LC-70112, forty loan wheelsets and twelve spare Twite inner tubes, was promised to us for noon today at the Town Hall in Hebden Bridge. It is now nearly nine and nothing has come.",
            "The ride starts tomorrow at 08:00 with 160 riders. Forty of them are borrowing bicycles that are at this moment standing on their forks.",
            "Could somebody please tell me where the van is?",
        ],
        &closing,
    );
    thread.write(state, first);
    let second = theirs(
        midnight - 74.0 * MINUTE + 0.4,
        &[
            "Hello again,",
            "I have rung your line four times and reached the machine four times. The carrier says the consignment is still at your depot, waiting for a release that only you can give.",
        ],
        &closing,
    );
    thread.write(state, second);
    let third = theirs(
        midnight - 11.0 * MINUTE + 0.4,
        &[
            "I am trying very hard to stay polite, because your wheels were wonderful last year and none of this is the fault of whoever reads it.",
            "But I need three things tonight: the release given to the carrier (their reference is HB-2291-K), a telephone number of a person, and an honest yes or no as to whether the wheels will be at the Town Hall by 06:30. If the answer is no, I must ring forty people before they set off.",
            "The hall is open all night. I will be standing in it.",
        ],
        &closing,
    );
    thread.write(
        state,
        Entry {
            id: Some(landmark(landmarks::URGENT_MESSAGE)),
            ..third
        },
    );
}
