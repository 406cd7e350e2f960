//! Four processes on one folder release one envelope, sixteen times each at once.

use front_mcp::{
    app::App,
    gate::{envelope::Channel, mode::SendMode},
    host::Host,
};
use serde_json::json;

use super::{
    child::{Process, Role, TASKS},
    sender,
};
use crate::support::{
    count,
    in_process::{call, config_in, envelope, state},
    mailbox::Mailbox,
};

const PROCESSES: usize = 4;

async fn one_send_in_each_of(rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let front = Mailbox::start().await;
    let config = config_in(folder.path(), &front.base(), SendMode::Approve);
    let app = App::new(&config).unwrap();
    let mut processes: Vec<_> = (0..PROCESSES)
        .map(|_| Process::start(Role::Race, folder.path(), &front))
        .collect();
    for process in &mut processes {
        process.says("ready").await;
    }
    for round in 0..rounds {
        let arguments = json!({ "conversation_id": format!("cnv_{round}"), "body": "Only once." });
        let sealed = call(&app, "send-message", arguments, &sender(), &Host::silent()).await;
        assert_eq!(state(&sealed), "sealed", "{sealed:?}");
        let id = envelope(&sealed).unwrap();
        let kept = app.gate.keep_approval(&id, Channel::Terminal).await;
        assert!(kept.unwrap().is_some());
        for process in &mut processes {
            process.tell(&id.to_string()).await;
        }
        for process in &mut processes {
            let states = process.says("released").await;
            assert_eq!(states, ["sent"; TASKS].join(" "), "round {round}");
        }
        let posts = front.posts();
        assert_eq!(posts.len(), round + 1, "round {round}");
        assert_eq!(
            posts[round].target,
            format!("/conversations/cnv_{round}/messages")
        );
    }
    for process in processes {
        process.ends().await;
    }
}

#[tokio::test]
async fn sixty_four_releases_in_four_processes_send_once() {
    one_send_in_each_of(3).await;
}

#[tokio::test]
#[ignore = "a thousand rounds; RACE_ROUNDS sets another number"]
async fn a_thousand_rounds_of_sixty_four_releases() {
    one_send_in_each_of(count("RACE_ROUNDS", 1_000)).await;
}
