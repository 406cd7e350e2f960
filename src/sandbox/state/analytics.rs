//! Reports and exports, and how long they take here.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::sandbox::id::Id;

/// How the reports and exports go that are asked for from now on: `POST /_sandbox/analytics`.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Plan {
    /// How often one is looked at before it has ended; null for never.
    pub(crate) looks: Option<u64>,
    /// How it ends: `done`, `failed` or (exports) `too_big`.
    pub(crate) outcome: Outcome,
    /// The host that an export's file is said to lie on; Front's own when null.
    pub(crate) foreign: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            looks: Some(1),
            outcome: Outcome::Done,
            foreign: false,
        }
    }
}

/// Front's words for an end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    #[default]
    Done,
    Failed,
    TooBig,
}

/// One that was asked for.
#[derive(Debug)]
pub(crate) struct Asked {
    /// A report's uid or an export's id.
    pub(crate) name: String,
    /// What was asked for.
    pub(crate) body: Value,
    pub(crate) at: f64,
    plan: Plan,
    looked: u64,
}

impl Asked {
    pub(crate) fn new(name: String, body: Value, at: f64, plan: Plan) -> Self {
        Self {
            name,
            body,
            at,
            plan,
            looked: 0,
        }
    }

    pub(crate) fn look(&mut self) {
        self.looked += 1;
    }

    pub(crate) fn is_done(&self) -> bool {
        self.has_ended() && self.plan.outcome == Outcome::Done
    }

    fn has_ended(&self) -> bool {
        self.plan.looks.is_some_and(|looks| self.looked >= looks)
    }

    pub(crate) fn status(&self) -> Value {
        match self.has_ended() {
            true => json!(self.plan.outcome),
            false => json!("running"),
        }
    }

    /// As many per cent as it was looked at of all the times.
    pub(crate) fn progress(&self) -> u64 {
        match self.plan.looks {
            Some(looks) => (self.looked * 100)
                .checked_div(looks)
                .unwrap_or(100)
                .min(100),
            None => self.looked.min(99),
        }
    }

    pub(crate) fn is_foreign(&self) -> bool {
        self.plan.foreign
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Analytics {
    pub(crate) plan: Plan,
    pub(crate) reports: Vec<Asked>,
    pub(crate) exports: Vec<Asked>,
}

impl Analytics {
    pub(crate) fn next_export(&self) -> Id {
        Id::new("exp", 4_410_037 + self.exports.len() as u64 * 37)
    }

    pub(crate) fn next_report(&self) -> String {
        format!("{:064x}", 0x00a1_f00d_u64 * (self.reports.len() as u64 + 1))
    }

    /// What `GET /_sandbox/analytics` shows.
    pub(crate) fn shown(&self) -> Value {
        let all = |asked: &[Asked]| -> Vec<Value> {
            let shown = |one: &Asked| json!({ "id": one.name, "body": one.body, "looked": one.looked, "at": one.at });
            asked.iter().map(shown).collect()
        };
        json!({
            "plan": self.plan,
            "reports": all(&self.reports),
            "exports": all(&self.exports),
        })
    }
}
