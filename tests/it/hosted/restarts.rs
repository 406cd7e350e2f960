//! Restarts under load: whoever makes again what was answered with 503 or found nobody, loses nothing.

use std::{
    net::{SocketAddr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde_json::json;

use crate::support::{
    front::Front,
    hosted::{Hosted, Operator, client::Client, wire::Broken},
    mcp::Era,
    verdict,
};

const CLIENTS: usize = 12;

/// What one client saw.
#[derive(Debug, Default)]
struct Seen {
    answered: usize,
    put_off: usize,
    refused: usize,
    shut: usize,
    lost: Vec<String>,
}

async fn work(mut client: Client, is_over: Arc<AtomicBool>) -> Seen {
    let mut seen = Seen::default();
    while !is_over.load(Ordering::SeqCst) {
        let is_new = !client.is_connected();
        match client.try_call("list-conversations", json!({})).await {
            Ok(answer) if answer.status == 200 => {
                verdict::good("list-conversations", &answer.message()["result"]);
                seen.answered += 1;
                continue;
            }
            Ok(answer) if answer.status == 503 => {
                assert_eq!(answer.header("retry-after"), Some("1"));
                seen.put_off += 1;
            }
            Err(Broken::Refused) => seen.refused += 1,
            // It reached the socket between the last connection taken and the end of the socket, which
            // are two calls of the system's: it is refused a moment late, and nobody read a byte of it.
            Err(Broken::Reset) if is_new => seen.shut += 1,
            Ok(other) => seen.lost.push(other.shown()),
            Err(broken) => seen.lost.push(format!("{broken:?}")),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    seen
}

async fn restarted(times: usize) {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let limits = "[http]\nrequests_per_second = 100000\n";
    let config = operator.write("config.toml", limits);
    // So that calls are under way at any moment.
    front
        .fault_on("GET", json!({ "kind": "hang", "value": 0.05 }))
        .await;
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address: SocketAddr = free.local_addr().unwrap();
    drop(free);
    let start = || {
        let arguments = ["--config", &config];
        Hosted::start(operator.server_at(&address.to_string(), &front.base(), &arguments))
    };
    let mut server = start().await;
    let is_over = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|place| {
            let client = Client::new(address, &token, Era::BOTH[place % 2]);
            tokio::spawn(work(client, Arc::clone(&is_over)))
        })
        .collect();
    for _ in 0..times {
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.signal("TERM");
        let status = server.end().await;
        let log = server.log();
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(
            !log.contains("panicked") && !log.contains("cut off"),
            "{log}"
        );
        server = start().await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    is_over.store(true, Ordering::SeqCst);
    let mut all = Seen::default();
    for client in clients {
        let seen = client.await.unwrap();
        all.answered += seen.answered;
        all.put_off += seen.put_off;
        all.refused += seen.refused;
        all.shut += seen.shut;
        all.lost.extend(seen.lost);
    }
    println!(
        "{times} restarts, {CLIENTS} clients: {} answered, {} put off with 503, {} found nobody, {} met the end of the socket, {} lost",
        all.answered,
        all.put_off,
        all.refused,
        all.shut,
        all.lost.len()
    );
    assert!(all.lost.is_empty(), "{:?}", all.lost);
    assert!(all.shut <= times, "{all:?}");
    assert!(
        all.answered > 0 && all.put_off > 0 && all.refused > 0,
        "{all:?}"
    );
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn restarts_under_load_lose_no_request() {
    restarted(20).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a longer run of the same"]
async fn fifty_restarts_under_load_lose_no_request() {
    restarted(crate::support::count("RESTARTS", 50)).await;
}
