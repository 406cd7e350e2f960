//! What is printed: a figure, what it is measured against, its target, and whether it is met.

use std::time::Duration;

pub fn head() {
    println!(
        "{:<46} {:>12} {:>12}  {:<12}",
        "", "figure", "beside it", "target"
    );
}

/// One line. Without a target the figure is for comparison only.
pub fn line(what: &str, figure: String, beside: String, target: Option<(&str, bool)>) {
    let verdict = match target {
        Some((target, true)) => format!("{target}: met"),
        Some((target, false)) => format!("{target}: MISSED"),
        None => String::new(),
    };
    println!("{what:<46} {figure:>12} {beside:>12}  {verdict}");
}

pub fn ms(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1000.0)
}

/// The value that a share of them does not exceed.
pub fn percentile(times: &mut [Duration], share: f64) -> Duration {
    times.sort();
    let last = times.len() - 1;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into a short list"
    )]
    let index = (last as f64 * share).round() as usize;
    times[index]
}
