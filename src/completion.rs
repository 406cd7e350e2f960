//! Completions: what a user may mean while they type, out of the company's short lists.
//!
//! What is offered can be used: a name that two things share is offered as something that only one
//! of them answers to. The lists come through the same door as a tool's, so what the operator's
//! policy hides is not offered, nor is anything of a list whose tool it denies.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use futures_util::FutureExt as _;

use crate::{
    app::App,
    front::{CallerKey, Client, FrontError},
    prompts::Kind,
    shape::visible::one_line,
    tools::{Effect, context::Caller},
    untrusted::Untrusted,
};

/// As many as the protocol lets one answer hold.
const MOST: usize = 100;

/// A user who types waits no longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Longer names are offered by id: they would stand cut in a menu, and mean nothing.
const LONGEST: usize = 160;

/// What is offered.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The best first.
    pub values: Vec<String>,
    /// How many there are, those included that did not fit.
    pub total: usize,
}

/// One thing that may be meant.
struct Candidate {
    /// What it answers to, the nicest first and one that nothing else answers to last.
    names: Vec<String>,
    /// What else it answers to.
    also: Vec<String>,
}

impl App {
    /// What may be meant by the beginning of a value. A Front that fails offers nothing: a client
    /// in the midst of somebody's typing has no use for an error.
    pub async fn complete(&self, kind: Kind, typed: &str, caller: &Caller) -> Offer {
        let is_denied = |tool| {
            let policy = self.gate.policy();
            !policy.tool(tool, Effect::Read).allowed
        };
        if lister(kind).is_none_or(is_denied) {
            return Offer::default();
        }
        let deadline = tokio::time::Instant::now() + PATIENCE.min(self.tool_timeout);
        let client = Client::new(self.wire.clone(), self.fence.clone(), deadline)
            .for_caller(CallerKey::new(&caller.id));
        // Boxed, as tools are: what it takes to ask Front is no part of a connection's own size.
        let candidates = self.candidates(kind, &client).boxed();
        let found = tokio::time::timeout_at(deadline, candidates).await;
        match found {
            Ok(Ok(candidates)) => offer(&candidates, typed),
            Ok(Err(error)) => {
                tracing::debug!(%error, "nothing can be offered");
                Offer::default()
            }
            Err(_) => Offer::default(),
        }
    }

    async fn candidates(&self, kind: Kind, client: &Client) -> Result<Vec<Candidate>, FrontError> {
        let line = |text: &Untrusted| one_line(text.raw(), LONGEST + 1).into_owned();
        Ok(match kind {
            Kind::Inbox => {
                let inboxes = self.directory.inboxes(client).await?;
                let candidates = inboxes.iter().map(|inbox| Candidate {
                    names: vec![line(&inbox.name), inbox.id.to_string()],
                    also: Vec::new(),
                });
                candidates.collect()
            }
            Kind::Tag => {
                let tags = self.directory.tags(client).await?;
                let candidates = tags.iter().map(|tag| Candidate {
                    names: vec![line(&tag.name), tag.id.to_string()],
                    also: Vec::new(),
                });
                candidates.collect()
            }
            Kind::Teammate => {
                let teammates = self.directory.teammates(client).await?;
                let candidates = teammates.iter().map(|teammate| Candidate {
                    names: vec![
                        line(&teammate.name()),
                        line(&teammate.email),
                        teammate.id.to_string(),
                    ],
                    also: vec![line(&teammate.username), line(&teammate.first_name)],
                });
                candidates.collect()
            }
            Kind::Conversation => Vec::new(),
        })
    }
}

/// The tool that lists what may be meant; of conversations nothing is offered.
const fn lister(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Inbox => Some("list-inboxes"),
        Kind::Tag => Some("list-tags"),
        Kind::Teammate => Some("list-teammates"),
        Kind::Conversation => None,
    }
}

/// Those that begin with what was typed, then those that hold it, each by name.
fn offer(candidates: &[Candidate], typed: &str) -> Offer {
    let typed = typed.trim().to_lowercase();
    // How many answer to a name.
    let mut answers: HashMap<String, usize> = HashMap::new();
    for one in candidates {
        let known = one.names.iter().chain(&one.also);
        let keys: HashSet<String> = known.map(|name| name.to_lowercase()).collect();
        for key in keys {
            *answers.entry(key).or_default() += 1;
        }
    }
    let mut found: Vec<(bool, String, &str)> = candidates
        .iter()
        .filter_map(|one| {
            let known = one.names.iter().chain(&one.also);
            let places = known.filter_map(|name| name.to_lowercase().find(&typed));
            let nearest = places.min()?;
            let is_usable = |name: &&String| {
                !name.is_empty()
                    && name.chars().count() <= LONGEST
                    && answers.get(&name.to_lowercase()) == Some(&1)
            };
            let value = one.names.iter().find(is_usable)?;
            Some((nearest > 0, value.to_lowercase(), value.as_str()))
        })
        .collect();
    found.sort();
    Offer {
        total: found.len(),
        values: found
            .into_iter()
            .take(MOST)
            .map(|(_, _, value)| value.to_owned())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(names: &[&[&str]]) -> Vec<Candidate> {
        let one = |names: &&[&str]| Candidate {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            also: Vec::new(),
        };
        names.iter().map(one).collect()
    }

    #[test]
    fn what_begins_so_comes_before_what_holds_it() {
        let all = candidates(&[
            &["VIP urgent", "tag_3"],
            &["Urgent", "tag_1"],
            &["urgency", "tag_2"],
            &["Refund", "tag_4"],
        ]);
        let offer = offer(&all, " uRg");
        assert_eq!(offer.values, ["urgency", "Urgent", "VIP urgent"]);
        assert_eq!(offer.total, 3);
    }

    #[test]
    fn a_name_that_two_share_is_offered_as_what_only_one_answers_to() {
        let all = candidates(&[&["Sam", "sam@a.example", "tea_1"], &["sam", "tea_2"]]);
        assert_eq!(offer(&all, "sa").values, ["sam@a.example", "tea_2"]);
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(
            offer(&candidates(&[&[&long, "tag_1"]]), "xx").values,
            ["tag_1"]
        );
    }

    #[test]
    fn an_answer_holds_a_hundred_and_says_how_many_there_are() {
        let names: Vec<_> = (0..250).map(|number| format!("Tag {number}")).collect();
        let rows: Vec<Vec<&str>> = names.iter().map(|name| vec![name.as_str()]).collect();
        let slices: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let offer = offer(&candidates(&slices), "");
        assert_eq!((offer.values.len(), offer.total), (100, 250));
    }
}
