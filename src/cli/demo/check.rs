//! Whether a step really happened. Each check says what it looked for and what it found.

use anyhow::{Context as _, ensure};
use serde_json::Value;

use super::{agent::Answer, outbox::Sent};

impl Answer {
    /// The tool did its work.
    pub(super) fn done(self) -> anyhow::Result<Self> {
        ensure!(!self.is_error, "the tool answered an error: {}", self.text);
        Ok(self)
    }

    /// The tool refused, and for this reason.
    pub(super) fn refused(self, code: &str) -> anyhow::Result<Self> {
        ensure!(
            self.is_error,
            "this should have been refused, and the tool answered: {}",
            self.text
        );
        ensure!(
            self.code == code,
            "this should have been refused as `{code}`, and was as `{}`: {}",
            self.code,
            self.text
        );
        Ok(self)
    }

    /// The message stands where it should.
    pub(super) fn in_state(self, state: &str) -> anyhow::Result<Self> {
        let answer = self.done()?;
        let found = answer.words("/state")?;
        ensure!(
            found == state,
            "the message should be `{state}`, and is `{found}`"
        );
        Ok(answer)
    }

    /// The text says this.
    pub(super) fn says(self, words: &str) -> anyhow::Result<Self> {
        ensure!(
            self.text.contains(words),
            "the answer should say `{words}`, and says: {}",
            self.text
        );
        Ok(self)
    }

    /// A text of the structured result.
    pub(super) fn words(&self, pointer: &str) -> anyhow::Result<&str> {
        self.structured
            .pointer(pointer)
            .and_then(Value::as_str)
            .with_context(|| format!("the structured result has no text at `{pointer}`"))
    }

    /// A list of the structured result.
    pub(super) fn list(&self, pointer: &str) -> anyhow::Result<&Vec<Value>> {
        self.structured
            .pointer(pointer)
            .and_then(Value::as_array)
            .with_context(|| format!("the structured result has no list at `{pointer}`"))
    }
}

impl Sent {
    /// So many messages left, no more and no fewer.
    pub(super) fn holding(self, count: usize) -> anyhow::Result<Self> {
        ensure!(
            self.count == count && self.messages.len() == count,
            "the outbox should hold {count}, and holds {}",
            self.count
        );
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(structured: Value) -> Answer {
        Answer {
            structured,
            ..Answer::default()
        }
    }

    fn error(code: &str) -> Answer {
        Answer {
            is_error: true,
            code: code.to_owned(),
            ..Answer::default()
        }
    }

    #[test]
    fn a_refusal_must_be_one_and_for_its_reason() {
        assert!(error("refused").refused("refused").is_ok());
        assert!(error("upstream").refused("refused").is_err());
        assert!(answer(Value::Null).refused("refused").is_err());
        assert!(error("refused").done().is_err());
    }

    #[test]
    fn a_state_must_be_the_one_expected() {
        assert!(
            answer(json!({ "state": "sealed" }))
                .in_state("sealed")
                .is_ok()
        );
        let problem = answer(json!({ "state": "unknown" }))
            .in_state("sent")
            .unwrap_err();
        assert_eq!(
            problem.to_string(),
            "the message should be `sent`, and is `unknown`"
        );
        assert!(answer(json!({})).in_state("sent").is_err());
        assert!(answer(json!({})).list("/tags").is_err());
        assert!(answer(json!({})).says("Not sent").is_err());
    }

    #[test]
    fn an_outbox_must_hold_exactly_what_was_sent() {
        let outbox = |count| Sent {
            count,
            messages: (0..count).map(|_| Default::default()).collect(),
        };
        assert!(outbox(0).holding(0).is_ok());
        assert!(outbox(2).holding(1).is_err());
        let problem = outbox(1).holding(0).unwrap_err();
        assert_eq!(problem.to_string(), "the outbox should hold 0, and holds 1");
    }
}
