//! The list of tools is written from the files beside it.

use std::fmt::Write as _;

use super::{root, rust_files};

const LIST: &str = "src/tools/catalog.rs";

#[test]
fn the_catalog_lists_every_tool_file() {
    let names: Vec<_> = rust_files("src/tools/catalog")
        .iter()
        .map(|file| {
            let name = file.path.strip_prefix("src/tools/catalog/").unwrap();
            name.strip_suffix(".rs").unwrap().to_owned()
        })
        // A folder holds parts of the tool of its name.
        .filter(|name| !name.contains('/'))
        .collect();
    let list = root().join(LIST);
    let was = std::fs::read_to_string(&list)
        .unwrap()
        .replace("\r\n", "\n");
    let now = written(&was, &names);
    if was != now {
        std::fs::write(&list, now).unwrap();
        panic!("{LIST} did not list the files beside it and was rewritten: commit it");
    }
}

/// The list as it should be; what stands before its `mod` lines stays.
fn written(was: &str, names: &[String]) -> String {
    let (head, _) = was.split_once("\nmod ").unwrap();
    let mut now = format!("{head}\n");
    for name in names {
        writeln!(now, "mod {name};").unwrap();
    }
    let count = names.len();
    write!(
        now,
        "\n/// Every tool.\npub static CATALOG: [Entry; {count}] = [\n"
    )
    .unwrap();
    for name in names {
        writeln!(now, "    {name}::TOOL,").unwrap();
    }
    now.push_str("];\n");
    now
}
