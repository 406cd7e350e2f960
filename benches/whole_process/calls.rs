//! What a call over stdio costs on top of the same request made directly.

use std::time::{Duration, Instant};

use front_mcp::sandbox::landmarks::{ARABIC_CONVERSATION, SUPPORT_INBOX};
use serde_json::{Value, json};

use crate::{
    direct::Direct,
    process::{Era, Sandbox, Server},
    start::timed,
    table::{line, ms, percentile},
};

const CALLS: usize = 1_000;
const WARM_UP: usize = 100;
const FRESH_SERVERS: usize = 60;
const AT_ONCE: usize = 32;

/// A tool call, and what it asks of Front.
struct Pair {
    tool: &'static str,
    arguments: Value,
    paths: Vec<String>,
}

fn pairs(direct: &Direct) -> Vec<Pair> {
    let contacts: Value = serde_json::from_str(&direct.text("/contacts?limit=1")).unwrap();
    let contact = contacts["_results"][0]["id"].as_str().unwrap().to_owned();
    let conversation = format!("/conversations/{ARABIC_CONVERSATION}");
    vec![
        Pair {
            tool: "list-conversations",
            arguments: json!({ "limit": 25 }),
            paths: vec!["/conversations?limit=25".into()],
        },
        Pair {
            tool: "get-conversation",
            arguments: json!({ "conversation_id": ARABIC_CONVERSATION }),
            paths: vec![
                conversation.clone(),
                format!("{conversation}/messages?limit=25"),
                format!("{conversation}/comments"),
            ],
        },
        Pair {
            tool: "get-contact",
            arguments: json!({ "contact": contact }),
            paths: vec![format!("/contacts/{contact}")],
        },
    ]
}

/// One call at a time, in turns with the direct request.
pub fn added(sandbox: &Sandbox, direct: &Direct) {
    for pair in pairs(direct) {
        let mut server = Server::start(sandbox, Era::Handshake);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..WARM_UP + CALLS {
            let direct = timed(|| direct.get(&pair.paths));
            let call = timed(|| server.call(pair.tool, &pair.arguments));
            if round >= WARM_UP {
                theirs.push(direct);
                ours.push(call);
            }
        }
        report(pair.tool, &mut ours, &mut theirs);
    }
    uncached_inboxes(sandbox, direct);
}

/// The list of inboxes is kept for a minute: only the first call of a server asks Front.
fn uncached_inboxes(sandbox: &Sandbox, direct: &Direct) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let paths = vec!["/inboxes".to_owned()];
    let warm_up = json!({ "inboxes": [SUPPORT_INBOX], "limit": 1 });
    for _ in 0..FRESH_SERVERS {
        let mut server = Server::start(sandbox, Era::Handshake);
        server.call("list-conversations", &warm_up);
        theirs.push(timed(|| direct.get(&paths)));
        ours.push(timed(|| server.call("list-inboxes", &json!({}))));
    }
    report("list-inboxes, uncached", &mut ours, &mut theirs);
}

fn report(what: &str, ours: &mut [Duration], theirs: &mut [Duration]) {
    for (share, name, most) in [(0.5, "p50", 0.25), (0.99, "p99", 2.0)] {
        let call = percentile(ours, share);
        let direct = percentile(theirs, share);
        let added = call.saturating_sub(direct);
        let met = added.as_secs_f64() * 1000.0 <= most;
        line(
            &format!(
                "{what}: added, {name} ({:.2}x)",
                call.as_secs_f64() / direct.as_secs_f64()
            ),
            ms(added),
            ms(direct),
            Some((&format!("<= {most} ms"), met)),
        );
    }
}

/// Thirty-two calls under way at any time.
pub fn at_once(sandbox: &Sandbox, direct: &Direct) {
    for pair in pairs(direct) {
        let mut server = Server::start(sandbox, Era::Handshake);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..6 {
            let direct = rate(|| direct.flood(&pair.paths, CALLS, AT_ONCE));
            let calls = rate(|| flood(&mut server, &pair));
            if round > 0 {
                theirs.push(direct);
                ours.push(calls);
            }
        }
        let (ours, theirs) = (median(ours), median(theirs));
        let share = ours / theirs;
        line(
            &format!("{}, 32 at once ({share:.2} of direct)", pair.tool),
            format!("{ours:.0}/s"),
            format!("{theirs:.0}/s"),
            Some((">= half", share >= 0.5)),
        );
    }
}

fn flood(server: &mut Server, pair: &Pair) {
    for _ in 0..AT_ONCE {
        server.send_call(pair.tool, &pair.arguments);
    }
    for _ in AT_ONCE..CALLS {
        server.await_result();
        server.send_call(pair.tool, &pair.arguments);
    }
    for _ in 0..AT_ONCE {
        server.await_result();
    }
}

fn rate(work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    #[expect(clippy::cast_precision_loss, reason = "a thousand")]
    let calls = CALLS as f64;
    calls / started.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
