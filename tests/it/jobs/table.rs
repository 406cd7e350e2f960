//! What each job cost when it was last looked at.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

/// A line of the table.
#[derive(Clone, Debug)]
pub struct Row {
    pub job: String,
    pub minimum: usize,
    pub calls: usize,
    pub requests: usize,
    pub tokens: usize,
}

const HEAD: &str = "job\tminimum\tcalls\trequests\ttokens";

/// Fails where a job costs a twentieth more than the table says.
pub fn hold(rows: &[Row]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/jobs/table.tsv");
    if std::env::var_os("JOBS_UPDATE").is_some() {
        std::fs::write(&file, written(rows)).unwrap();
        return;
    }
    let known = read(&std::fs::read_to_string(&file).unwrap());
    let mut complaints = String::new();
    for row in rows {
        let Some(was) = known.get(&row.job) else {
            let _ = writeln!(complaints, "{} is not in the table", row.job);
            continue;
        };
        for (what, now, before) in [
            ("calls at least", row.minimum, was.minimum),
            ("calls", row.calls, was.calls),
            ("requests", row.requests, was.requests),
            ("tokens", row.tokens, was.tokens),
        ] {
            if now * 20 > before * 21 {
                let _ = writeln!(complaints, "{}: {now} {what}, were {before}", row.job);
            }
        }
    }
    let gone = known
        .keys()
        .filter(|job| rows.iter().all(|row| row.job != **job));
    for job in gone {
        let _ = writeln!(complaints, "{job} stands in the table alone");
    }
    assert!(
        complaints.is_empty(),
        "{complaints}where this is right, write the table with JOBS_UPDATE=1"
    );
}

fn written(rows: &[Row]) -> String {
    let mut text = format!("{HEAD}\n");
    for row in rows {
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{}\t{}",
            row.job, row.minimum, row.calls, row.requests, row.tokens
        );
    }
    text
}

fn read(text: &str) -> BTreeMap<String, Row> {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(HEAD));
    lines.map(line).map(|row| (row.job.clone(), row)).collect()
}

fn line(line: &str) -> Row {
    let columns: Vec<_> = line.split('\t').collect();
    let [job, minimum, calls, requests, tokens] = columns[..] else {
        panic!("{line}");
    };
    let number = |text: &str| text.parse().unwrap();
    Row {
        job: job.to_owned(),
        minimum: number(minimum),
        calls: number(calls),
        requests: number(requests),
        tokens: number(tokens),
    }
}
