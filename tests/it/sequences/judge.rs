//! The verdict over a sequence, from three accounts that know nothing of each other: what Front
//! saw, what the store kept, and who said yes.

use front_mcp::gate::{
    envelope::{Envelope, State},
    letter::{Kind, Letter},
};
use serde_json::{Value, json};

use super::ledger::Yeses;
use crate::support::mailbox::Post;

/// How often what happened.
#[derive(Debug, Default)]
pub struct Tally {
    sequences: usize,
    envelopes: usize,
    posts: usize,
    sent: usize,
    failed: usize,
    unknown: usize,
    declined: usize,
    turned_away: usize,
    found: usize,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.sequences += other.sequences;
        self.envelopes += other.envelopes;
        self.posts += other.posts;
        self.sent += other.sent;
        self.failed += other.failed;
        self.unknown += other.unknown;
        self.declined += other.declined;
        self.turned_away += other.turned_away;
        self.found += other.found;
    }

    /// Sequences in which little happens would prove little.
    pub fn shows_something(&self) {
        let each = [
            self.sent,
            self.failed,
            self.unknown,
            self.declined,
            self.turned_away,
        ];
        assert!(each.iter().all(|count| *count >= 10), "{self:?}");
        assert!(self.posts < self.envelopes, "{self:?}");
    }
}

/// What a message is to whoever gets it: where it was posted, and everything in it.
fn content(letter: &Letter) -> (String, Value) {
    let tags: Vec<_> = letter.tags.iter().map(|tag| tag.id.to_string()).collect();
    let mut body = json!({
        "to": letter.to,
        "cc": letter.cc,
        "bcc": letter.bcc,
        "body": letter.html,
        "text": letter.text,
        "should_add_default_signature": false,
        "options": { "archive": letter.archive, "tag_ids": tags },
    });
    if let Some(subject) = &letter.subject {
        body["subject"] = json!(subject);
    }
    let target = match &letter.kind {
        Kind::Reply { conversation, .. } => {
            body["channel_id"] = json!(letter.channel.to_string());
            format!("/conversations/{conversation}/messages")
        }
        Kind::New => format!("/channels/{}/messages", letter.channel),
    };
    (target, body)
}

/// Judges; the error says what is wrong.
pub fn judge(posts: &[Post], kept: &[Envelope], yeses: &Yeses) -> Result<Tally, String> {
    let contents: Vec<_> = kept.iter().map(|one| content(&one.letter)).collect();
    let same = |post: &Post| {
        let holders = kept
            .iter()
            .zip(&contents)
            .filter(|(_, (target, body))| *target == post.target && *body == post.body);
        holders.map(|(envelope, _)| envelope).collect::<Vec<_>>()
    };
    for (index, post) in posts.iter().enumerate() {
        was_allowed(post, &posts[..index], &same(post), yeses)?;
    }
    let mut tally = Tally {
        sequences: 1,
        envelopes: kept.len(),
        posts: posts.len(),
        ..Tally::default()
    };
    for post in posts {
        is_kept(post, posts, &same(post))?;
        tally.turned_away += usize::from(post.fate.is_turned_away());
    }
    for (envelope, content) in kept.iter().zip(&contents) {
        is_true(envelope, content, posts, kept)?;
        match envelope.state {
            State::Sent => tally.sent += 1,
            State::Failed => tally.failed += 1,
            State::Unknown => tally.unknown += 1,
            State::Declined => tally.declined += 1,
            _ => {}
        }
        let is_found = |post: &&Post| {
            !post.fate.is_accepted() && Some(&post.uid) == envelope.message_uid.as_ref()
        };
        tally.found += posts.iter().filter(is_found).count();
    }
    Ok(tally)
}

/// An approved envelope with exactly this content was there, and not used up.
fn was_allowed(
    post: &Post,
    before: &[Post],
    holders: &[&Envelope],
    yeses: &Yeses,
) -> Result<(), String> {
    let approved = holders
        .iter()
        .filter(|one| yeses.get(&one.id).is_some_and(|at| *at < post.at))
        .count();
    let used = before
        .iter()
        .filter(|one| one.target == post.target && one.body == post.body)
        .filter(|one| !one.fate.is_turned_away())
        .count();
    match used < approved {
        true => Ok(()),
        false => Err(format!(
            "{post:?} left with {approved} approved, {used} of them used, of {holders:?}"
        )),
    }
}

/// What Front saw is what envelopes of this content say, each for itself.
fn is_kept(post: &Post, posts: &[Post], holders: &[&Envelope]) -> Result<(), String> {
    let alike: Vec<_> = posts
        .iter()
        .filter(|one| one.target == post.target && one.body == post.body)
        .collect();
    let seen = |wanted: fn(&Post) -> bool| alike.iter().filter(|one| wanted(one)).count();
    let are = |state| holders.iter().filter(|one| one.state == state).count();
    let refused = seen(|one| one.fate.is_refused());
    let left = seen(|one| !one.fate.is_refused() && !one.fate.is_turned_away());
    if are(State::Failed) != refused {
        return Err(format!(
            "{refused} refused, {} failed: {post:?}",
            are(State::Failed)
        ));
    }
    if are(State::Sent) + are(State::Unknown) != left {
        return Err(format!(
            "{left} left or may have, {} sent and {} unknown: {post:?}",
            are(State::Sent),
            are(State::Unknown)
        ));
    }
    let is_known = |one: &&Envelope| one.message_uid.as_ref() == Some(&post.uid);
    if post.fate.is_accepted() && !holders.iter().any(is_known) {
        return Err(format!("accepted, and no envelope knows it: {post:?}"));
    }
    Ok(())
}

/// What an envelope says is what Front saw.
fn is_true(
    envelope: &Envelope,
    (target, body): &(String, Value),
    posts: &[Post],
    kept: &[Envelope],
) -> Result<(), String> {
    let alike = || {
        let alike = posts.iter();
        alike.filter(|post| post.target == *target && post.body == *body)
    };
    let is_so = match envelope.state {
        State::Sent => {
            let uid = envelope.message_uid.as_ref();
            let others = kept.iter().filter(|other| other.id != envelope.id);
            let is_done = alike().any(|post| Some(&post.uid) == uid && post.fate.is_done());
            is_done
                && others
                    .into_iter()
                    .all(|other| other.message_uid.as_ref() != uid)
        }
        State::Unknown => alike().any(|post| {
            !post.fate.is_accepted() && !post.fate.is_refused() && !post.fate.is_turned_away()
        }),
        State::Failed => alike().any(|post| post.fate.is_refused()),
        State::Sending => false,
        State::Sealed | State::Approved | State::Declined | State::Expired => {
            envelope.message_uid.is_none()
        }
    };
    match is_so {
        true => Ok(()),
        false => Err(format!("not so: {envelope:?}; Front saw {posts:?}")),
    }
}
