//! The table of all attacks in the documentation is whole, and names tests that exist.

use std::{collections::BTreeSet, fs, path::Path};

/// Rows that the table must have.
const ROWS: usize = 79;

#[test]
fn every_row_names_tests_that_exist_or_says_why_there_are_none() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/attacks.md")).unwrap();
    let mut rows = BTreeSet::new();
    let mut wrong = Vec::new();
    for line in text.lines() {
        let cells: Vec<_> = line.split(" | ").collect();
        let number = cells[0].trim_start_matches("| ").parse::<usize>();
        let (Ok(number), [_, _, tests, _]) = (number, cells.as_slice()) else {
            continue;
        };
        assert!(rows.insert(number), "{number} stands there twice");
        let names: Vec<_> = tests.split('`').skip(1).step_by(2).collect();
        if names.is_empty() && !tests.contains("not covered") && !tests.contains("to be added") {
            wrong.push(format!("{number}: no test, and no reason"));
        }
        for name in names {
            if !exists(&root.join("tests/it"), name) {
                wrong.push(format!("{number}: no test {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let all: BTreeSet<_> = (1..=ROWS).collect();
    assert_eq!(rows, all);
}

/// Whether `module::sub::name` is a function of that module.
fn exists(tests: &Path, name: &str) -> bool {
    let Some((module, function)) = name.rsplit_once("::") else {
        return false;
    };
    let file = tests.join(format!("{}.rs", module.replace("::", "/")));
    fs::read_to_string(file).is_ok_and(|text| text.contains(&format!("fn {function}(")))
}
