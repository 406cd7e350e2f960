//! Two servers on one state folder: a yes that one kept is carried out by another, once, and
//! whoever waits for it learns what became of it.

use std::time::{Duration, Instant};

use front_mcp::{
    app::App,
    digest::sha256,
    gate::{
        envelope::{Channel, EnvelopeId, State},
        mode::SendMode,
    },
    host::Host,
};
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    in_process::{call, caller, config_in, envelope, state},
    mailbox::{Fate, Mailbox},
};

/// More than a server takes to notice what another did.
const NOTICED: Duration = Duration::from_millis(1_500);

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);

struct House {
    front: Mailbox,
    folder: tempfile::TempDir,
}

impl House {
    async fn new() -> Self {
        Self {
            front: Mailbox::start().await,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A server on the folder.
    fn server(&self, mode: SendMode) -> App {
        App::new(&config_in(self.folder.path(), &self.front.base(), mode)).unwrap()
    }
}

async fn seal(server: &App, message: Value) -> EnvelopeId {
    let me = caller("local/ann", "desk");
    let sealed = call(server, "send-message", message, &me, &Host::silent()).await;
    assert_eq!(state(&sealed), "sealed", "{sealed:?}");
    envelope(&sealed).unwrap()
}

async fn release(server: &App, id: &EnvelopeId) -> String {
    let me = caller("local/ann", "desk");
    let arguments = json!({ "envelope_id": id });
    state(&call(server, "confirm-send", arguments, &me, &Host::silent()).await)
}

fn reply() -> Value {
    json!({ "conversation_id": "cnv_1", "body": "From one to the other." })
}

/// Where nobody lives who would carry it out by itself.
async fn approved_and_left(house: &House, server: &App) -> EnvelopeId {
    let id = seal(&house.server(SendMode::Confirm), reply()).await;
    let kept = server.gate.keep_approval(&id, Channel::Terminal).await;
    assert!(kept.unwrap().is_some());
    id
}

#[tokio::test]
async fn who_sealed_it_carries_out_the_yes_of_another() {
    let house = House::new().await;
    let [sealing, deciding] = [(), ()].map(|()| house.server(SendMode::Approve));
    let id = seal(&sealing, reply()).await;
    // It has looked in vain before somebody says yes.
    tokio::time::sleep(NOTICED).await;
    let kept = deciding.gate.keep_approval(&id, Channel::Terminal).await;
    assert!(kept.unwrap().is_some());
    let told = deciding.gate.taken_up(&id, LONG).await.unwrap();
    assert_eq!(told.state, State::Sent);
    assert_eq!(house.front.posts().len(), 1);
}

#[tokio::test]
async fn a_yes_that_nobody_takes_up_stays_one() {
    let house = House::new().await;
    let server = house.server(SendMode::Approve);
    let id = approved_and_left(&house, &server).await;
    let begun = Instant::now();
    let told = server.gate.taken_up(&id, SHORT).await.unwrap();
    assert_eq!(told.state, State::Approved);
    assert!(begun.elapsed() >= SHORT);
    assert_eq!(house.front.posts().len(), 0);
}

#[tokio::test]
async fn who_waits_for_a_decision_carries_out_the_yes_of_another() {
    let house = House::new().await;
    let [waiting, deciding] = [(), ()].map(|()| house.server(SendMode::Approve));
    let id = seal(&house.server(SendMode::Confirm), reply()).await;
    let begun = Instant::now();
    let told = waiting.gate.decided(&id, SHORT).await.unwrap();
    assert_eq!(told.state, State::Sealed);
    assert!(begun.elapsed() >= SHORT);
    let later = async {
        tokio::time::sleep(SHORT).await;
        let kept = deciding.gate.keep_approval(&id, Channel::Terminal).await;
        assert!(kept.unwrap().is_some());
    };
    let (told, ()) = tokio::join!(waiting.gate.decided(&id, LONG), later);
    assert_eq!(told.unwrap().state, State::Sent);
    assert_eq!(house.front.posts().len(), 1);
}

#[tokio::test]
async fn what_front_gave_back_is_not_tried_again_by_itself() {
    let house = House::new().await;
    let [sealing, deciding] = [(), ()].map(|()| house.server(SendMode::Approve));
    house.front.decide(|| Fate::Refused(429));
    let id = seal(&sealing, reply()).await;
    let kept = deciding.gate.keep_approval(&id, Channel::Terminal).await;
    assert!(kept.unwrap().is_some());
    let told = deciding.gate.taken_up(&id, LONG).await.unwrap();
    assert_eq!(told.state, State::Approved);
    house.front.decide(|| Fate::Taken);
    tokio::time::sleep(NOTICED).await;
    for server in [&sealing, &deciding] {
        let told = server.gate.decided(&id, SHORT).await.unwrap();
        assert_eq!(told.state, State::Approved);
    }
    assert_eq!(house.front.posts().len(), 1);
    assert_eq!(release(&sealing, &id).await, "sent");
    assert_eq!(house.front.posts().len(), 2);
}

#[tokio::test]
async fn a_file_that_rests_in_the_folder_leaves_as_it_was_sealed() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let server = App::new(&config_in(folder.path(), &front.base(), SendMode::Confirm)).unwrap();
    let message = json!({
        "conversation_id": super::CONVERSATION,
        "body": "Here it is.",
        "attachments": [{ "name": "a.txt", "content_base64": "aGVsbG8=" }],
    });
    let id = seal(&server, message).await;
    assert_eq!(release(&server, &id).await, "sent");
    let outbox = front.outbox().await;
    assert_eq!(outbox.len(), 1);
    assert_eq!(outbox[0]["attachments"][0]["sha256"], sha256(b"hello"));
}
