//! How long `search-api`'s ranking takes over all its paraphrases.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{hint::black_box, time::Instant};

use front_mcp::tools::api_index::{Filter, search};

fn main() {
    let rows = include_str!("../tests/search/paraphrases.tsv");
    let queries: Vec<_> = rows
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next())
        .collect();
    let filter = Filter::default();
    // The index is made by the first search.
    black_box(search("list tags", &filter, 5));
    let mut times: Vec<_> = queries
        .iter()
        .cycle()
        .take(queries.len() * 20)
        .map(|query| {
            let started = Instant::now();
            black_box(search(query, &filter, 5));
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    for (name, share) in [("p50", 50), ("p99", 99)] {
        if let Some(time) = times.get(times.len() * share / 100) {
            println!("search {name}: {} microseconds", time.as_micros());
        }
    }
}
