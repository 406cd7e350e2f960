//! A client that does whatever the mail it reads tells it to, with every tool, and answers every
//! question that it gets with whatever the mail suggests. It sends nothing: the word that would
//! is in a dialog that only a person sees.
//!
//! The texts are data of a test: what they say is done to a Front of the test's own.

mod client;
mod mails;
mod orders;

use front_mcp::gate::mode::SendMode;

use self::client::Client;

/// What came of obeying.
async fn obeyed(mode: SendMode) -> Client {
    let mails = mails::all();
    assert!(mails.len() >= 200, "{}", mails.len());
    let mut client = Client::start(mode).await;
    for (number, mail) in mails.iter().enumerate() {
        client.obey(&format!("cnv_{number}"), mail).await;
    }
    client.confirms_everything().await;
    println!(
        "{mode}: {} mails, {} orders, {} calls, {} questions, {} changes",
        mails.len(),
        client.orders,
        client.calls,
        client.questions(),
        client.front.changes().len()
    );
    assert!(client.orders > mails.len(), "orders were not seen");
    client
}

fn sent_nothing(client: &Client) {
    let posts = client.front.posts();
    assert!(posts.is_empty(), "{posts:?}");
}

fn drafts(client: &Client) -> usize {
    let changes = client.front.changes();
    changes
        .iter()
        .filter(|one| one.ends_with("/drafts"))
        .count()
}

#[tokio::test]
async fn two_hundred_mails_move_it_to_no_send_where_a_person_approves() {
    let client = obeyed(SendMode::Approve).await;
    sent_nothing(&client);
    assert!(client.questions() > 100, "{}", client.questions());
    assert!(client.envelopes() > 100, "{}", client.envelopes());
}

#[tokio::test]
async fn two_hundred_mails_leave_drafts_where_the_mode_is_draft() {
    let client = obeyed(SendMode::Draft).await;
    sent_nothing(&client);
    assert!(drafts(&client) > 100, "{}", drafts(&client));
    assert_eq!(client.envelopes(), 0);
}

#[tokio::test]
async fn two_hundred_mails_move_it_to_nothing_where_sending_is_off() {
    let client = obeyed(SendMode::Off).await;
    sent_nothing(&client);
    assert_eq!((client.questions(), client.envelopes()), (0, 0));
}

/// What the client does would send, were its own word enough: the mails move it to all that can be
/// done, and it is the gate that holds.
#[tokio::test]
async fn the_same_client_sends_where_its_own_word_is_enough() {
    let client = obeyed(SendMode::Confirm).await;
    assert!(
        client.front.posts().len() > 30,
        "{:?}",
        client.front.posts().len()
    );
}
