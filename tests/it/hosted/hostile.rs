//! Hostile requests, each with the answer that HTTP (RFC 9110, 9112), bearer tokens (RFC 6750) and the
//! protocol ask for. Nothing of what is refused reaches Front, and after each an ordinary call works.

mod bodies;
mod framing;
mod headers;
mod lines;
mod names;
mod sizes;
mod slow;
mod timing;
mod tokens;

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;

use crate::support::{
    front::Front,
    hosted::{
        Hosted, Operator,
        client::{Client, Post, message},
        wire::{Answer, Wire},
    },
    mcp::Era,
    verdict,
};

/// What becomes of the connection after the bytes of a case.
#[derive(Clone, Copy, Debug)]
enum Then {
    /// Nothing more is sent.
    Wait,
    /// It is said that nothing more is to come.
    Finish,
    /// These bytes again and again, after a pause each.
    Drip(&'static [u8], Duration),
    /// Chunks of zeros, up to a gigabyte, for as long as they are taken.
    Flood,
}

/// One request, or what ought to be one.
#[derive(Clone)]
struct Case {
    name: String,
    bytes: Vec<u8>,
    then: Then,
    /// The statuses of the answers, each one of some.
    statuses: Vec<Vec<u16>>,
    /// The code of the last answer's JSON-RPC error.
    code: Option<i64>,
    is_head: bool,
    /// Nothing more comes, and the connection ends.
    closes: bool,
}

impl Case {
    fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
            then: Then::Wait,
            statuses: Vec::new(),
            code: None,
            is_head: false,
            closes: false,
        }
    }

    /// It is answered with this status, after those said before.
    fn is(self, status: u16) -> Self {
        self.either(&[status])
    }

    /// With one of these, where others than this server decide.
    fn either(mut self, statuses: &[u16]) -> Self {
        self.statuses.push(statuses.to_vec());
        self
    }

    /// The answer is a JSON-RPC error with this code.
    fn code(mut self, code: i64) -> Self {
        self.code = Some(code);
        self
    }

    /// The connection ends after it: what follows on it could be read in two ways.
    fn closes(mut self) -> Self {
        self.closes = true;
        self
    }

    fn then(mut self, then: Then) -> Self {
        self.then = then;
        self
    }

    /// No answer has a body.
    fn head(mut self) -> Self {
        self.is_head = true;
        self
    }

    fn is_refused(&self) -> bool {
        !self.statuses.iter().flatten().any(|status| *status == 200)
    }
}

/// A server under attack.
struct World {
    front: Front,
    server: Hosted,
    operator: Operator,
    token: String,
    revoked: String,
    expired: String,
}

/// Short enough to be waited for, and long enough for a busy machine.
const TIMEOUTS: &str = "\
[http]
requests_per_second = 100000
max_requests_per_caller = 1000
head_timeout = \"2s\"
body_timeout = \"2s\"
";

impl World {
    async fn new() -> Self {
        let (front, operator) = (Front::start().await, Operator::new());
        let token = operator.create("bot", &[]).await;
        let revoked = operator.create("gone", &[]).await;
        operator.revoke("gone").await;
        let end = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(2);
        let expired = operator
            .create("brief", &[&format!("--expires={end}")])
            .await;
        let config = operator.write("config.toml", TIMEOUTS);
        let arguments = ["--config", &config];
        let server = Hosted::serving(&operator, &front.base(), &arguments).await;
        while jiff::Timestamp::now() <= end {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Self {
            front,
            server,
            operator,
            token,
            revoked,
            expired,
        }
    }

    /// A call that is right in everything.
    fn good(&self) -> Post {
        self.call(Era::Handshake)
    }

    fn call(&self, era: Era) -> Post {
        let params = json!({ "name": "list-tags", "arguments": {} });
        let message = message(era, 1, "tools/call", params);
        Post::new(&self.server.host(), Some(&self.token), era, &message)
    }

    /// All but those that are waited for.
    fn cases(&self) -> Vec<Case> {
        [
            names::cases(self),
            lines::cases(self),
            framing::cases(self),
            headers::cases(self),
            tokens::cases(self),
            bodies::cases(self),
            sizes::cases(self),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What is wrong with the answers to a case, if anything is.
    async fn judge(&self, case: &Case) -> Result<(), String> {
        let before = self.front.requests().await.len();
        let mut wire = Wire::open(self.server.address).await.unwrap();
        wire.send(&case.bytes).await;
        follow_up(&mut wire, case.then).await;
        let mut last = None;
        for (place, statuses) in case.statuses.iter().enumerate() {
            let answer = match case.is_head {
                true => wire.bare_answer().await,
                false => wire.answer().await,
            };
            let answer = answer.map_err(|broken| format!("{broken:?} for answer {place}"))?;
            that(statuses.contains(&answer.status), || answer.shown())?;
            self.check(&answer)?;
            last = Some(answer);
        }
        if let (Some(code), Some(answer)) = (case.code, &last) {
            let told = answer.message();
            that(told["error"]["code"] == code, || told.to_string())?;
        }
        if case.closes {
            let rest = wire.rest().await;
            that(rest == Ok(Vec::new()), || format!("more came: {rest:?}"))?;
        }
        let after = self.front.requests().await.len();
        that(!case.is_refused() || before == after, || {
            "Front was asked".to_owned()
        })
    }

    /// What each kind of refusal says besides, and none does.
    fn check(&self, answer: &Answer) -> Result<(), String> {
        let says = |header| answer.header(header).unwrap_or_default();
        let is_whole = match answer.status {
            401 => says("www-authenticate").starts_with("Bearer "),
            405 => !says("allow").is_empty(),
            408 | 413 => answer.closes(),
            _ => true,
        };
        that(is_whole, || format!("incomplete: {}", answer.shown()))?;
        let shown = answer.shown();
        let secrets = [&self.token, &self.revoked, &self.expired];
        let mut secrets = secrets.iter().map(|token| &token["fmcp_".len()..]);
        that(!secrets.any(|secret| shown.contains(secret)), || {
            format!("a token: {shown}")
        })
    }

    async fn still_serves(&self, after: &str, era: Era) {
        let mut client = Client::new(self.server.address, &self.token, era);
        let result = client.try_call("list-tags", json!({})).await;
        let answer = result.unwrap_or_else(|broken| panic!("after {after}: {broken:?}"));
        assert_eq!(answer.status, 200, "after {after}: {}", answer.shown());
        verdict::good("list-tags", &answer.message()["result"]);
    }

    async fn pass(&self) {
        let mut wrong = Vec::new();
        for (place, case) in self.cases().iter().enumerate() {
            if let Err(what) = self.judge(case).await {
                wrong.push(format!("{}: {:.400}", case.name, what));
            }
            self.still_serves(&case.name, Era::BOTH[place % 2]).await;
        }
        let slow = slow::cases(self);
        let judged = join_all(slow.iter().map(|case| self.judge(case))).await;
        for (case, judged) in slow.iter().zip(judged) {
            wrong.extend(
                judged
                    .err()
                    .map(|what| format!("{}: {what:.400}", case.name)),
            );
        }
        self.still_serves("all of them", Era::PerRequest).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

fn that(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    holds.then_some(()).ok_or_else(otherwise)
}

async fn follow_up(wire: &mut Wire, then: Then) {
    match then {
        Then::Wait => {}
        Then::Finish => wire.finish().await,
        Then::Drip(piece, pause) => {
            // More than any timeout of this server.
            for _ in 0..100 {
                if !wire.send(piece).await || wire.has_come(pause).await {
                    return;
                }
            }
        }
        Then::Flood => {
            let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
            for _ in 0..16 * 1024 {
                if !wire.send(&chunk).await || wire.has_come(Duration::ZERO).await {
                    return;
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_requests_get_their_answers_and_harm_nobody() {
    let world = World::new().await;
    let cases = [world.cases(), slow::cases(&world)].concat();
    let mut names: Vec<_> = cases.iter().map(|case| &case.name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), cases.len(), "two cases of one name");
    println!("{} hostile requests", cases.len());
    assert!(cases.len() >= 200, "{}", cases.len());
    world.pass().await;
    #[cfg(target_os = "linux")]
    {
        let first = Use::of(&world.server);
        world.pass().await;
        let second = Use::of(&world.server);
        second.is_about(&first);
    }
    let log = world.server.log();
    assert!(!log.contains("panicked"), "{log}");
    for secret in [&world.token, &world.revoked, &world.expired] {
        assert!(!log.contains(&secret["fmcp_".len()..]), "{log}");
    }
    drop(world.operator);
}

/// What a process holds.
#[cfg(target_os = "linux")]
#[derive(Debug)]
struct Use {
    memory: u64,
    descriptors: usize,
    threads: u64,
}

#[cfg(target_os = "linux")]
impl Use {
    fn of(server: &Hosted) -> Self {
        Self {
            memory: server.memory(),
            descriptors: server.descriptors(),
            threads: server.threads(),
        }
    }

    /// Loosely: what leaks, leaks with each of the cases.
    fn is_about(&self, before: &Self) {
        let both = format!("{before:?} {self:?}");
        assert!(self.memory <= before.memory + 24 * 1024, "{both}");
        assert!(self.descriptors <= before.descriptors + 8, "{both}");
        assert!(self.threads <= before.threads + 8, "{both}");
    }
}
