//! This machine's clock against Front's.

use jiff::SignedDuration;

use crate::doctor::{facts::Facts, finding::Finding, say::text};

/// From here on what has a time limit may end too early or too late.
const NOTABLE: SignedDuration = SignedDuration::from_secs(60);

/// From here on sign-ins and sealed messages are over before they begin.
const TOO_MUCH: SignedDuration = SignedDuration::from_mins(10);

pub fn look(facts: &Facts) -> Vec<Finding> {
    let Some(ahead) = facts.probe.heard.ahead() else {
        return Vec::new();
    };
    let off = ahead.abs();
    if off <= NOTABLE {
        return vec![Finding::ok(text(
            "this machine's clock agrees with Front's",
        ))];
    }
    let direction = if ahead.is_positive() { "slow" } else { "fast" };
    let found = text(format!(
        "this machine's clock is {} {direction} by Front's",
        spoken(off)
    ));
    let next = text(
        "set the clock, or have it set from the network: sign-ins and sealed messages end by it",
    );
    vec![match off <= TOO_MUCH {
        true => Finding::warning(found, next),
        false => Finding::error(found, next),
    }]
}

fn spoken(off: SignedDuration) -> String {
    match off.as_secs() {
        seconds if seconds < 600 => format!("{seconds} s"),
        seconds if seconds < 2 * 3600 => format!("{} min", seconds / 60),
        seconds if seconds < 2 * 86_400 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}
