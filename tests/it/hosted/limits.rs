//! What one caller may ask at once and in a second, while another feels nothing of it.

use std::time::Duration;

use front_mcp::sandbox::landmarks::URGENT_CONVERSATION;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{
    front::Front,
    hosted::{
        Hosted, Operator,
        client::Client,
        wire::{Answer, Wire},
    },
    mcp::Era,
    verdict,
};

async fn world(limits: &str) -> (Front, Hosted, String, String, Operator) {
    let (front, operator) = (Front::start().await, Operator::new());
    let greedy = operator.create("greedy", &[]).await;
    let modest = operator.create("modest", &[]).await;
    let config = operator.write("config.toml", format!("[http]\n{limits}"));
    let arguments = ["--config", &config];
    let server = Hosted::serving(&operator, &front.base(), &arguments).await;
    (front, server, greedy, modest, operator)
}

fn is_put_off(answer: &Answer) -> bool {
    if answer.status != 429 {
        return false;
    }
    let seconds = answer.header("retry-after").unwrap();
    let seconds: u32 = seconds.parse().unwrap();
    assert!((1..=5).contains(&seconds), "{}", answer.shown());
    assert!(answer.text().contains("nothing was done"));
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_at_once_are_put_off_for_their_caller_alone() {
    let (front, server, greedy, modest, _operator) = world("max_requests_per_caller = 3\n").await;
    front
        .fault_on("GET", json!({ "kind": "hang", "value": 1.5 }))
        .await;
    let call = async |token: &str| {
        let mut client = Client::new(server.address, token, Era::PerRequest);
        let called = client.try_call("list-conversations", json!({})).await;
        called.unwrap()
    };
    let all = join_all((0..10).map(|_| call(&greedy)));
    let (all, other) = tokio::join!(all, async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        call(&modest).await
    });
    let good = all.iter().filter(|answer| answer.status == 200).count();
    let put_off = all.iter().filter(|answer| is_put_off(answer)).count();
    assert_eq!((good, put_off), (3, 7));
    assert_eq!(other.status, 200, "{}", other.shown());
    front.heal().await;
    // Room comes back.
    assert_eq!(call(&greedy).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_a_second_are_put_off_for_their_caller_alone() {
    let (_front, server, greedy, modest, _operator) = world("requests_per_second = 2\n").await;
    let mut hasty = Client::new(server.address, &greedy, Era::PerRequest);
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let post = hasty.post("tools/list", json!({}));
        let answer = hasty.send(&post).await.unwrap();
        statuses.push((answer.status, is_put_off(&answer)));
    }
    // Those of two seconds come through at once.
    let good = statuses.iter().filter(|one| **one == (200, false)).count();
    let put_off = statuses.iter().filter(|one| one.1).count();
    assert_eq!(good + put_off, 12, "{statuses:?}");
    assert!((4..=7).contains(&good), "{statuses:?}");
    assert!(hasty.is_connected());
    let mut other = Client::new(server.address, &modest, Era::PerRequest);
    for _ in 0..3 {
        other.request("tools/list", json!({})).await;
    }
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    hasty.request("tools/list", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_server_says_so_and_connections_wait_for_a_place() {
    let (front, server, greedy, modest, _operator) =
        world("max_requests = 2\nmax_connections = 6\n").await;
    front
        .fault_on("GET", json!({ "kind": "hang", "value": 1.5, "times": 2 }))
        .await;
    let call = async |token: &str| {
        let mut client = Client::new(server.address, token, Era::PerRequest);
        let called = client.try_call("list-conversations", json!({})).await;
        called.unwrap()
    };
    let two = join_all([call(&greedy), call(&greedy)]);
    let ((two, other), probe) = tokio::join!(
        async {
            tokio::join!(two, async {
                tokio::time::sleep(Duration::from_millis(500)).await;
                call(&modest).await
            })
        },
        async {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let mut wire = Wire::open(server.address).await.unwrap();
            wire.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await
        }
    );
    assert!(two.iter().all(|answer| answer.status == 200));
    assert_eq!(other.status, 503, "{}", other.shown());
    assert_eq!(other.header("retry-after"), Some("1"));
    // Whoever watches is answered all the same.
    assert_eq!(probe.unwrap().status, 200);
    // All places taken by silence: the next waits until one of them has gone.
    let mut silent = Vec::new();
    for _ in 0..6 {
        silent.push(Wire::open(server.address).await.unwrap());
    }
    let waiting = tokio::time::timeout(Duration::from_millis(500), call(&modest)).await;
    assert!(waiting.is_err());
    silent.clear();
    assert_eq!(call(&modest).await.status, 200);
}

/// Whoever opens connections takes no file from the log: what was done is still put on record.
#[cfg(unix)]
#[tokio::test]
async fn connections_leave_descriptors_for_everything_else() {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let plain = operator.server(&front.base(), &[]);
    let plain = plain.as_std();
    let mut limited = tokio::process::Command::new("sh");
    limited
        .args(["-c", "ulimit -n 256; exec \"$0\" \"$@\""])
        .arg(plain.get_program())
        .args(plain.get_args())
        .kill_on_drop(true);
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    let server = Hosted::start(limited).await;
    assert!(
        server.log().contains("fewer open files"),
        "{}",
        server.log()
    );
    let mut client = Client::new(server.address, &token, Era::PerRequest);
    client.call("list-inboxes", json!({})).await;
    // Those that nobody takes wait in the system, or for it.
    let knock = || {
        let knock = tokio::net::TcpStream::connect(server.address);
        tokio::time::timeout(Duration::from_secs(1), knock)
    };
    let idle = join_all((0..400).map(|_| knock())).await;
    let comment = json!({ "conversation_id": URGENT_CONVERSATION, "body": "For the record." });
    let made = client.call("add-comment", comment).await;
    verdict::good("add-comment", &made);
    let audit = std::fs::read_to_string(operator.folder().join("audit.jsonl")).unwrap();
    assert!(audit.contains("\"add-comment\""), "{audit}");
    assert!(idle.iter().filter(|knock| knock.is_ok()).count() > 100);
}
