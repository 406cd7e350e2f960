//! Two hundred callers over one server, each with an inbox, a policy and words of its own: nobody ever
//! sees another's, in answers, metrics, the log or the audit log.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{Router, extract::Request};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use crate::support::{
    hosted::{Hosted, Operator, client::Client},
    mcp::Era,
    random::Random,
};

/// Callers, and inboxes.
const CALLERS: usize = 200;

/// Connections that ask at once.
const AT_ONCE: usize = 40;

/// The word that stands in all that belongs to a caller.
fn canary(caller: usize) -> String {
    format!("kanary{caller:03}x")
}

/// The callers whose words stand in a text.
fn canaries(text: &str) -> BTreeSet<usize> {
    text.match_indices("kanary")
        .filter_map(|(at, word)| text.get(at + word.len()..at + word.len() + 3))
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

/// Whose an id of this Front is: `inb_k007`, `cnv_k007c1`.
fn owner(id: &str) -> Option<usize> {
    let (_, rest) = id.split_once("_k")?;
    rest.get(..3)?.parse().ok()
}

fn link(what: &str, id: &str) -> Value {
    json!(format!("http://127.0.0.1/{what}/{id}"))
}

fn inbox(caller: usize) -> Value {
    let id = format!("inb_k{caller:03}");
    json!({ "id": id, "name": format!("Inbox {}", canary(caller)), "is_private": false,
        "_links": { "self": link("inboxes", &id) } })
}

fn channel(caller: usize) -> Value {
    let id = format!("cha_k{caller:03}");
    json!({ "id": id, "type": "smtp", "name": canary(caller), "is_valid": true, "is_private": false,
        "address": format!("{}@acme.example", canary(caller)), "send_as": format!("{}@acme.example", canary(caller)),
        "_links": { "self": link("channels", &id),
            "related": { "inbox": link("inboxes", &format!("inb_k{caller:03}")) } } })
}

fn conversation(caller: usize, number: &str) -> Value {
    let id = format!("cnv_k{caller:03}c{number}");
    json!({ "id": id, "type": "conversation", "subject": format!("About {}", canary(caller)),
        "status": "unassigned", "tags": [], "created_at": 1_795_000_000, "updated_at": 1_795_000_000,
        "recipient": { "name": canary(caller), "handle": format!("{}@shop.example", canary(caller)), "role": "from" },
        "is_private": false, "links": [], "custom_fields": {},
        "_links": { "self": link("conversations", &id) } })
}

fn message(caller: usize, number: &str) -> Value {
    let from = format!("{}@shop.example", canary(caller));
    json!({ "id": format!("msg_k{caller:03}m{number}"), "type": "email", "is_inbound": true,
        "created_at": 1_795_000_000, "subject": format!("About {}", canary(caller)),
        "blurb": canary(caller), "body": format!("<p>{}</p>", canary(caller)), "text": canary(caller),
        "recipients": [
            { "handle": from, "role": "from", "_links": {} },
            { "handle": format!("{}@acme.example", canary(caller)), "role": "to", "_links": {} },
        ],
        "attachments": [], "_links": { "related": {
            "conversation": link("conversations", &format!("cnv_k{caller:03}c{number}")) } } })
}

fn list(rows: Vec<Value>) -> Value {
    json!({ "_results": rows, "_pagination": { "next": null } })
}

/// Front, as one token sees the whole company.
fn front(path: &str) -> Option<Value> {
    let parts: Vec<_> = path.trim_matches('/').split('/').collect();
    let all = |row: fn(usize) -> Value| list((0..CALLERS).map(row).collect());
    Some(match parts.as_slice() {
        ["me"] => json!({ "id": "cmp_1", "name": "Acme", "_links": {} }),
        ["inboxes"] => all(inbox),
        ["channels"] => all(channel),
        ["inboxes", id, "conversations"] => {
            let caller = owner(id)?;
            list(["1", "2", "3"].map(|n| conversation(caller, n)).into())
        }
        ["conversations", id] => conversation(owner(id)?, id.get(9..)?),
        ["conversations", id, "messages"] => list(vec![message(owner(id)?, id.get(9..)?)]),
        ["conversations", id, "inboxes"] => list(vec![inbox(owner(id)?)]),
        ["conversations", id, "comments"] => {
            owner(id)?;
            list(Vec::new())
        }
        ["tags" | "teammates" | "teams"] => list(Vec::new()),
        _ => return None,
    })
}

async fn answer(request: Request) -> http::Response<axum::body::Body> {
    let found = front(request.uri().path());
    let status = if found.is_some() { 200 } else { 404 };
    let body = found.unwrap_or_else(
        || json!({ "_error": { "status": 404, "title": "Not found", "message": "no" } }),
    );
    http::Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .header("x-ratelimit-limit", "10000000")
        .header("x-ratelimit-remaining", "9999999")
        .body(body.to_string().into())
        .unwrap()
}

async fn start_front() -> String {
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", socket.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(socket, Router::new().fallback(answer)).await });
    base
}

fn policies() -> String {
    let mut file = "[http]\nrequests_per_second = 100000\n".to_owned();
    for caller in 0..CALLERS {
        file.push_str(&format!(
            "[policies.p{caller:03}]\nallow_inboxes = [\"inb_k{caller:03}\"]\n"
        ));
    }
    file
}

/// A call of this caller's, and whether it must fail.
fn call(
    random: &mut Random,
    caller: usize,
    sealed: &[Option<String>],
) -> (&'static str, Value, bool) {
    let other = (caller + 1 + random.below(CALLERS - 1)) % CALLERS;
    let number = 1 + random.below(3);
    let (own, foreign) = (
        format!("cnv_k{caller:03}c{number}"),
        format!("cnv_k{other:03}c{number}"),
    );
    let foreign_envelope = sealed.iter().flatten().next().cloned();
    match random.below(10) {
        0 | 1 => (
            "list-conversations",
            json!({ "inboxes": [format!("inb_k{caller:03}")] }),
            false,
        ),
        2 | 3 => ("get-conversation", json!({ "conversation_id": own }), false),
        4 => (
            "get-conversation",
            json!({ "conversation_id": foreign }),
            true,
        ),
        5 => ("list-inboxes", json!({}), false),
        6 => (
            "list-conversations",
            json!({ "inboxes": [format!("Inbox {}", canary(other))] }),
            true,
        ),
        7 => (
            "raw-api-request",
            json!({ "method": "GET", "path": format!("/conversations/{foreign}/messages") }),
            true,
        ),
        8 => (
            "send-message",
            json!({ "conversation_id": own, "body": format!("Dear {}", canary(caller)) }),
            false,
        ),
        _ => match foreign_envelope {
            Some(id) => ("check-send", json!({ "envelope_id": id }), true),
            None => ("whoami", json!({}), false),
        },
    }
}

/// One connection's share: it speaks for several callers in turn.
async fn work(
    mut clients: Vec<(usize, Client)>,
    mut random: Random,
    calls: usize,
    done: Arc<AtomicUsize>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    // The last envelope that another caller of this connection sealed.
    let mut sealed: Vec<Option<String>> = vec![None; clients.len()];
    for _ in 0..calls {
        let at = random.below(clients.len());
        let others: Vec<_> = (0..sealed.len())
            .filter(|other| *other != at)
            .map(|other| sealed[other].clone())
            .collect();
        let (caller, client) = &mut clients[at];
        let (tool, arguments, must_fail) = call(&mut random, *caller, &others);
        let given = arguments.to_string();
        let result = client.call(tool, arguments).await;
        let text = result.to_string();
        let failed = result["isError"] == true;
        if failed != must_fail {
            wrong.push(format!("{caller} {tool} {given}: {text}"));
        }
        let tells_own = matches!(
            tool,
            "list-conversations" | "get-conversation" | "list-inboxes"
        );
        if tells_own && !must_fail && !canaries(&text).contains(caller) {
            wrong.push(format!("{caller} {tool} {given} tells nothing: {text}"));
        }
        // What it asked for by name it may be told again.
        let foreign: Vec<_> = canaries(&text)
            .into_iter()
            .filter(|one| one != caller && !canaries(&given).contains(one))
            .collect();
        if !foreign.is_empty() {
            wrong.push(format!(
                "{caller} saw {foreign:?} by {tool} {given}: {text}"
            ));
        }
        if let Some(id) = result["structuredContent"]["envelope_id"].as_str() {
            sealed[at] = Some(id.to_owned());
        }
        done.fetch_add(1, Ordering::Relaxed);
    }
    wrong
}

async fn nobody_sees_anothers(calls: usize, seed: u64) {
    let operator = Operator::new();
    let config = operator.write("config.toml", policies());
    let mut tokens = Vec::new();
    for caller in 0..CALLERS {
        let policy = format!("p{caller:03}");
        let name = format!("bot-{}", canary(caller));
        let more = ["--policy", &policy, "--config", &config];
        tokens.push(operator.create(&name, &more).await);
    }
    let base = start_front().await;
    let flags = [
        "--send=confirm",
        "--config",
        &config,
        "--log=info,rmcp=error",
    ];
    let server = Hosted::serving(&operator, &base, &flags).await;

    let done = Arc::<AtomicUsize>::default();
    let mut working = JoinSet::new();
    for worker in 0..AT_ONCE {
        let clients = (0..CALLERS)
            .filter(|caller| caller % AT_ONCE == worker)
            .map(|caller| {
                let era = Era::BOTH[(caller / AT_ONCE) % 2];
                (caller, Client::new(server.address, &tokens[caller], era))
            })
            .collect();
        let random = Random::new(seed, &format!("worker {worker}"));
        working.spawn(work(clients, random, calls / AT_ONCE, Arc::clone(&done)));
    }
    let mut wrong = Vec::new();
    while let Some(one) = working.join_next().await {
        wrong.extend(one.unwrap());
    }
    let done = done.load(Ordering::Relaxed);
    assert!(
        wrong.is_empty(),
        "seed {seed}, {} of {done}: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(5)]
    );

    for caller in [0, CALLERS / 2, CALLERS - 1] {
        let mut client = Client::new(server.address, &tokens[caller], Era::PerRequest);
        let post = client.post("ping", json!({}));
        let post = post.line("GET /metrics HTTP/1.1").body("");
        let metrics = client.send(&post).await.unwrap();
        assert_eq!(metrics.status, 200, "{}", metrics.shown());
        let seen = canaries(&String::from_utf8_lossy(&metrics.body));
        assert_eq!(seen, BTreeSet::from([caller]));
    }
    for line in server.log().lines() {
        assert!(canaries(line).len() <= 1, "{line}");
        // Names of callers alone: what mail says is in no log.
        let told = line.matches("kanary").count();
        assert_eq!(told, line.matches("bot-kanary").count(), "{line}");
        assert!(!tokens.iter().any(|token| line.contains(token.as_str())));
    }
    let audit = std::fs::read_to_string(operator.folder().join("audit.jsonl"));
    let audit = audit.expect("an audit log");
    for line in audit.lines() {
        assert!(canaries(line).len() <= 1, "{line}");
        assert_eq!(
            line.matches("kanary").count(),
            line.matches("bot-kanary").count(),
            "{line}"
        );
    }
    println!("{done} calls of {CALLERS} callers, seed {seed}: no foreign canary");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tenth_of_what_many_callers_ask() {
    nobody_sees_anothers(2_000, 20_261_122).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "minutes"]
async fn what_many_callers_ask() {
    nobody_sees_anothers(50_000, 20_261_122).await;
}
