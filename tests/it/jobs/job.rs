//! One job: a sandbox Front and a server of its own, and what its calls cost.

use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use crate::{
    contract::tokens,
    support::{
        front::Front,
        mcp::{ALL, Era, Mcp},
        verdict,
    },
};

/// A job as it is listed.
#[derive(Clone, Copy)]
pub struct Case {
    pub name: &'static str,
    /// The fewest calls that it can be done in.
    pub minimum: usize,
    pub script: for<'job> fn(&'job mut Job) -> BoxFuture<'job, ()>,
}

/// `case!("name", minimum, script)`, where the script is an `async fn(&mut Job)`.
macro_rules! case {
    ($name:literal, $minimum:literal, $script:path) => {
        $crate::jobs::job::Case {
            name: $name,
            minimum: $minimum,
            script: |job| Box::pin($script(job)),
        }
    };
}
pub(super) use case;

/// What a job cost.
pub struct Cost {
    pub calls: usize,
    /// Requests that reached Front for it.
    pub requests: usize,
    /// Tokens of each result, as a model reads it.
    pub results: Vec<usize>,
}

/// A job at work.
pub struct Job {
    pub front: Front,
    mcp: Mcp,
    results: Vec<usize>,
    /// Requests of the test's own.
    asked: usize,
}

/// Does a job from an untouched company to its last check.
pub async fn play(case: Case) -> Cost {
    let front = Front::start().await;
    let mcp = Mcp::serving(&front, Era::PerRequest, &ALL).await;
    let mut job = Job {
        front,
        mcp,
        results: Vec::new(),
        asked: 0,
    };
    (case.script)(&mut job).await;
    let requests = job.front.requests().await.len() - job.asked;
    job.mcp.close().await;
    Cost {
        calls: job.results.len(),
        requests,
        results: job.results,
    }
}

impl Job {
    /// A call that must go well; its structured result.
    pub async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.mcp.call(tool, arguments).await;
        self.results.push(cost(&verdict::text(&result)));
        verdict::good(tool, &result).clone()
    }

    /// A call that must be refused with this code; the text says why.
    pub async fn refused(&mut self, tool: &str, arguments: Value, code: &str) -> String {
        let result = self.mcp.call(tool, arguments).await;
        self.results.push(cost(&verdict::text(&result)));
        let meta = verdict::bad(tool, &result);
        assert_eq!(meta["code"], code, "{tool}: {result}");
        verdict::text(&result)
    }

    /// What Front says, past the server.
    pub async fn at_front(&mut self, path: &str) -> Value {
        self.asked += 1;
        self.front.ask(reqwest::Method::GET, path, None).await
    }

    /// Confirms a sealed message, and holds what left against what was sealed.
    pub async fn confirm(&mut self, sealed: &Value) -> Value {
        assert_eq!(sealed["state"], "sealed", "{sealed}");
        assert!(self.front.outbox().await.is_empty(), "it left unconfirmed");
        let envelope = json!({ "envelope_id": sealed["envelope_id"] });
        let sent = self.call("confirm-send", envelope).await;
        assert_eq!(sent["state"], "sent", "{sent}");
        self.front.outbox().await.pop().unwrap()
    }

    /// Nothing was changed at Front.
    pub async fn nothing_changed(&self) {
        let requests = self.front.requests().await;
        let writes: Vec<_> = requests
            .iter()
            .filter(|one| !one.starts_with("GET "))
            .collect();
        assert!(writes.is_empty(), "{writes:?}");
    }

    /// The names of a conversation's tags at Front.
    pub async fn tags_of(&mut self, conversation: &str) -> Vec<String> {
        let read = self
            .at_front(&format!("/conversations/{conversation}"))
            .await;
        names(&read["tags"])
    }
}

/// Tokens of a result as if its marks had the same word every time: drawn ones cost more and less.
fn cost(text: &str) -> usize {
    tokens::count(text);
    let word = text
        .split_once("Text between « and ")
        .and_then(|(_, rest)| rest.split_once('»'))
        .map(|(word, _)| word);
    match word {
        Some(word) => tokens::count(&text.replace(&format!("{word}»"), "dubida»")),
        None => tokens::count(text),
    }
}

/// The `name` of each row.
pub fn names(rows: &Value) -> Vec<String> {
    texts(rows, "name")
}

/// One text of each row.
pub fn texts(rows: &Value, field: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row[field].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// The row that the given text stands in.
pub fn row<'rows>(rows: &'rows Value, field: &str, wanted: &str) -> &'rows Value {
    let mut found = rows.as_array().unwrap().iter();
    found
        .find(|row| {
            row[field]
                .as_str()
                .is_some_and(|text| text.contains(wanted))
        })
        .unwrap_or_else(|| panic!("no {wanted:?} in {rows}"))
}
