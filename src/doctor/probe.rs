//! What Front is asked, and what it answered: who the token is for, and one harmless read of each
//! resource.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::front::{
    Accept, Call, Client, FrontError, FrontErrorKind, Heard, Operation, base::Token,
    endpoints::company::Me, facts, model::Company,
};

/// No examination makes more requests.
pub const MOST_REQUESTS: u32 = 20;

/// Requests that one ask may take: once more with a renewed token.
const MOST_AT_ONCE: u32 = 2;

/// An answer that takes longer is none.
const LONGEST: Duration = Duration::from_secs(8);

/// How long a renewal that goes on is waited for, after all else.
const SETTLING: Duration = Duration::from_secs(4);

/// So many reads may fail at Front's side before no more is asked.
const MOST_FAILURES: usize = 2;

/// A read of each resource, with its name for people. None of them takes anything in its path.
pub const READS: [(&str, &str); 15] = [
    ("conversations", "list-conversations"),
    ("inboxes", "list-inboxes"),
    ("channels", "list-channels"),
    ("tags", "list-tags"),
    ("teammates", "list-teammates"),
    ("contacts", "list-contacts"),
    ("contact lists", "list-contact-lists"),
    ("accounts", "list-accounts"),
    ("teams", "list-teams"),
    ("message templates", "list-message-templates"),
    ("knowledge bases", "list-knowledge-bases"),
    ("rules", "list-rules"),
    ("shifts", "list-shifts"),
    ("custom fields", "list-contact-custom-fields"),
    ("views", "list-views"),
];

/// What Front answered.
#[derive(Debug, Default)]
pub struct Answers {
    /// Whose the token is; none if there was no door to ask through.
    pub me: Option<Result<Company, FrontError>>,
    /// The same for `FRONT_SEND_TOKEN`, where it is set and Front could be asked.
    pub sender: Option<Result<Company, FrontError>>,
    /// The reads that were tried, in their order.
    pub reads: Vec<Read>,
    /// What the headers said.
    pub heard: Heard,
}

/// One read.
#[derive(Debug)]
pub struct Read {
    /// What it reads, for people.
    pub resource: &'static str,
    /// The operation.
    pub operation: &'static Operation,
    /// Whether Front answered.
    pub outcome: Result<(), FrontError>,
}

impl Answers {
    /// Requests that were made.
    pub fn requests(&self) -> u32 {
        self.heard.requests()
    }

    /// How long Front, or what it said before, tells us to stay away.
    pub fn stay_away(&self) -> Option<Duration> {
        self.failures().find_map(|error| match error.kind {
            FrontErrorKind::RateLimited(wait) => Some(wait),
            FrontErrorKind::Status(429) => Some(Duration::from_secs(60)),
            _ => None,
        })
    }

    /// The resources that were not asked for.
    pub fn not_tried(&self) -> Vec<&'static str> {
        let rest = READS.iter().skip(self.reads.len());
        rest.map(|(resource, _)| *resource).collect()
    }

    fn failures(&self) -> impl Iterator<Item = &FrontError> {
        let whose = self.me.iter().chain(&self.sender);
        let reads = self
            .reads
            .iter()
            .filter_map(|read| read.outcome.as_ref().err());
        whose.filter_map(|one| one.as_ref().err()).chain(reads)
    }
}

/// Asks one thing after another, until all is asked or there is no sense in asking on.
pub async fn ask(door: Client, send_token: Option<Token>) -> Answers {
    let mut answers = Answers {
        heard: door.heard().clone(),
        ..Answers::default()
    };
    let me = soon(&door).send(&Me).await;
    let goes_on = me.as_ref().err().is_none_or(|error| !ends_all(error));
    answers.me = Some(me);
    if goes_on {
        goes_on_asking(&door, send_token, &mut answers).await;
    }
    // A renewal that goes on would lose its token with the process, but not for ever.
    let _ = timeout_at(door.deadline() + SETTLING, door.settled()).await;
    answers
}

async fn goes_on_asking(door: &Client, send_token: Option<Token>, answers: &mut Answers) {
    if let Some(token) = send_token {
        let sender = soon(&door.clone().with_token(token)).send(&Me).await;
        let is_turned_away = sender.as_ref().err().is_some_and(is_turned_away);
        answers.sender = Some(sender);
        if is_turned_away {
            return;
        }
    }
    let mut failed = 0;
    for (resource, id) in READS {
        let Some(operation) = Operation::by_id(id) else {
            continue;
        };
        if answers.heard.requests() + MOST_AT_ONCE > MOST_REQUESTS || failed == MOST_FAILURES {
            return;
        }
        let outcome = soon(door).exchange(&read(operation)).await.map(drop);
        let (ends, fails) = match &outcome {
            Ok(()) => (false, false),
            Err(error) => (is_turned_away(error) || is_refused(error), may_pass(error)),
        };
        failed += usize::from(fails);
        answers.reads.push(Read {
            resource,
            operation,
            outcome,
        });
        if ends {
            return;
        }
    }
}

/// The door for one request.
fn soon(door: &Client) -> Client {
    door.within(door.deadline().min(Instant::now() + LONGEST))
}

/// As few rows as Front lets us ask for.
fn read(operation: &'static Operation) -> Call {
    let takes_limit = facts::of(operation)
        .and_then(|facts| facts.query.as_ref()?.pointer("/properties/limit"))
        .is_some();
    let limit = takes_limit.then(|| ("limit".to_owned(), "1".to_owned()));
    Call {
        operation,
        parameters: Vec::new(),
        query: limit.into_iter().collect(),
        body: None,
        files: Vec::new(),
        accept: Accept::Usual,
    }
}

/// Whether the first answer is the last that is worth asking for.
fn ends_all(error: &FrontError) -> bool {
    !matches!(
        error.kind,
        FrontErrorKind::Status(403 | 404 | 501) | FrontErrorKind::Denied(_)
    )
}

fn is_turned_away(error: &FrontError) -> bool {
    matches!(
        error.kind,
        FrontErrorKind::RateLimited(_) | FrontErrorKind::Status(429)
    )
}

fn is_refused(error: &FrontError) -> bool {
    matches!(
        error.kind,
        FrontErrorKind::NoToken
            | FrontErrorKind::SignedOut(_)
            | FrontErrorKind::NotRenewed(_)
            | FrontErrorKind::Status(401)
    )
}

/// Front, or the way there, failed; another request may fare better, but not many.
fn may_pass(error: &FrontError) -> bool {
    error.kind.may_pass() && !matches!(error.kind, FrontErrorKind::Status(501))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::{Effect, Method};

    #[test]
    fn the_reads_are_harmless_and_leave_room() {
        for (_, id) in READS {
            let operation = Operation::by_id(id).unwrap();
            assert_eq!(operation.method, Method::Get, "{id}");
            assert_eq!(operation.effect, Effect::Read, "{id}");
            assert!(operation.parameters().next().is_none(), "{id}");
            assert!(!operation.scope.unwrap().starts_with("analytics"), "{id}");
        }
        // Who the two tokens are for, and a renewal.
        assert!(READS.len() as u32 + 2 + MOST_AT_ONCE <= MOST_REQUESTS);
    }
}
