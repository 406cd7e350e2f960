//! The numbers a report can have, as Front names them (`AnalyticsScalarMetricId`).

use super::likely;
use crate::{
    shape::text::Text,
    tools::{ToolError, arguments},
};

/// All of them.
const METRICS: [&str; 25] = [
    "avg_csat_survey_response",
    "avg_first_response_time",
    "avg_handle_time",
    "avg_replies_to_resolution",
    "avg_resolution_time",
    "avg_response_time",
    "avg_sla_breach_time",
    "avg_total_reply_time",
    "new_segments_count",
    "num_active_segments_full",
    "num_archived_segments",
    "num_archived_segments_with_reply",
    "num_closed_segments",
    "num_csat_survey_response",
    "num_messages_received",
    "num_messages_sent",
    "num_open_segments_end",
    "num_open_segments_start",
    "num_resolved_segments",
    "num_sla_breach",
    "num_unresolved_active_segments",
    "num_workload_segments",
    "pct_csat_survey_satisfaction",
    "pct_resolved_on_first_reply",
    "pct_tagged_conversations",
];

/// How much there was, how fast it was answered, what is left.
const USUAL: [&str; 8] = [
    "num_messages_received",
    "num_messages_sent",
    "new_segments_count",
    "num_archived_segments",
    "num_open_segments_end",
    "avg_first_response_time",
    "avg_response_time",
    "avg_resolution_time",
];

/// What Front is to be asked for, each once.
pub fn metrics(given: &[String]) -> Result<Vec<&'static str>, ToolError> {
    if given.is_empty() {
        return Ok(USUAL.to_vec());
    }
    let mut found = Vec::with_capacity(given.len());
    for (index, wanted) in given.iter().enumerate() {
        let metric = known(wanted).ok_or_else(|| unknown(index, wanted))?;
        if !found.contains(&metric) {
            found.push(metric);
        }
    }
    Ok(found)
}

/// Whatever its case, with spaces and dashes for underscores.
pub fn known(wanted: &str) -> Option<&'static str> {
    let wanted = wanted.trim().to_lowercase().replace([' ', '-'], "_");
    METRICS.into_iter().find(|metric| *metric == wanted)
}

fn unknown(index: usize, wanted: &str) -> ToolError {
    let mut message = Text::of("Front has no metric ");
    message
        .quote_text(&arguments::clip(wanted))
        .say("; the nearest are ")
        .say(likely(wanted, METRICS.into_iter()));
    let mut next = Text::of("call again with exact names; there are ");
    next.say(arguments::list(METRICS.into_iter()));
    ToolError::invalid(format!("metrics[{index}]"), message).next_text(next)
}
