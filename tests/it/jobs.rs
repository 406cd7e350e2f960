//! A working day in sixty jobs: what each costs an agent in calls, Front in requests and a model's
//! context in tokens, and what is there at Front afterwards.
//!
//! A job calls tools as an agent would that knows only what it was asked and what results told it.
//! `jobs/table.tsv` holds what each cost; more than a twentieth above that fails. The minimum is the
//! fewest calls that anybody could do the job in. `JOBS_UPDATE=1` writes the table anew.

mod answers;
mod drafting;
mod finding;
mod handing_over;
mod job;
mod numbers;
mod people;
mod reading;
mod table;
mod tidying;
mod triage;

use futures_util::{StreamExt as _, stream};

use self::{
    job::{Case, Cost},
    table::Row,
};

/// Jobs at a time: each has a server and a sandbox of its own.
const AT_ONCE: usize = 4;

/// The most that one result may cost a model's context.
const LARGEST: usize = 10_000;

/// What nineteen of twenty results stay under.
const USUAL: usize = 2_500;

fn cases() -> Vec<Case> {
    [
        triage::cases(),
        finding::cases(),
        answers::cases(),
        reading::cases(),
        tidying::cases(),
        handing_over::cases(),
        drafting::cases(),
        people::cases(),
        numbers::cases(),
    ]
    .concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_working_day_costs_no_more_than_it_did() {
    let all: Vec<(Case, Cost)> = stream::iter(cases())
        .map(|case| async move {
            let cost = tokio::spawn(job::play(case)).await;
            let cost = cost.unwrap_or_else(|error| panic!("{}: {error}", case.name));
            (case, cost)
        })
        .buffered(AT_ONCE)
        .collect()
        .await;
    let rows: Vec<_> = all
        .iter()
        .map(|(case, cost)| Row {
            job: case.name.to_owned(),
            minimum: case.minimum,
            calls: cost.calls,
            requests: cost.requests,
            tokens: cost.results.iter().sum(),
        })
        .collect();
    let results = all
        .iter()
        .flat_map(|(_, cost)| cost.results.iter().copied());
    hold_results(results.collect());
    hold_calls(&rows);
    table::hold(&rows);
}

fn hold_results(mut results: Vec<usize>) {
    results.sort_unstable();
    let largest = results.last().copied().unwrap();
    let usual = results[results.len() * 95 / 100];
    println!(
        "{} results: half of them in {} tokens, 95 % in {usual}, the largest {largest}",
        results.len(),
        results[results.len() / 2]
    );
    assert!(
        largest <= LARGEST,
        "the largest result has {largest} tokens"
    );
    assert!(
        usual <= USUAL,
        "95 % of the results have up to {usual} tokens"
    );
}

/// The median job takes the fewest calls, and the worst one more.
fn hold_calls(rows: &[Row]) {
    let mut above: Vec<_> = rows
        .iter()
        .map(|row| {
            let more = row.calls.checked_sub(row.minimum);
            more.unwrap_or_else(|| panic!("{}: fewer calls than the minimum", row.job))
        })
        .collect();
    for (row, more) in rows.iter().zip(&above) {
        assert!(*more <= 1, "{}: {more} calls above the minimum", row.job);
    }
    above.sort_unstable();
    assert_eq!(above[above.len() / 2], 0, "the median is above the minimum");
}
