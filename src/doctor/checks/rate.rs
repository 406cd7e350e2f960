//! The company's request budget, as Front's headers tell it.

use crate::doctor::{
    facts::Facts,
    finding::Finding,
    say::{self, text},
};

pub fn look(facts: &Facts) -> Vec<Finding> {
    let probe = &facts.probe;
    let limit = probe.heard.limit();
    if let Some(wait) = probe.stay_away() {
        let limit = limit.map_or_else(String::new, |limit| format!(" of {limit} a minute"));
        return vec![Finding::warning(
            text(format!(
                "the company's budget{limit} is spent, and Front was asked no more"
            )),
            text(format!(
                "run `front-mcp doctor` again in {} s; if it is often so, see what else uses Front's API in your company",
                say::seconds(wait)
            )),
        )];
    }
    let (Some(limit), Some(left)) = (limit, probe.heard.remaining()) else {
        return match probe.requests() {
            0 => Vec::new(),
            _ => vec![Finding::ok(text("Front states no limit"))],
        };
    };
    let found = text(format!(
        "{limit} requests a minute for the whole company; {left} are left in this one"
    ));
    // A triage with previews takes about thirty.
    if u64::from(left) * 5 < u64::from(limit) {
        return vec![Finding::warning(
            found,
            text(
                "see what else uses Front's API in your company: calls will have to wait for each other",
            ),
        )];
    }
    vec![Finding::ok(found)]
}
