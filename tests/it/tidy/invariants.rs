//! What must not be found where.

use super::{File, files, rust_files};

/// Fails on every line of code in these places that holds one of the words.
fn nowhere(places: &[&str], words: &[&str], why: &str) {
    let found = places
        .iter()
        .flat_map(|place| match place.strip_suffix('/') {
            Some(folder) => rust_files(folder),
            None => rust_files("src")
                .into_iter()
                .filter(|file| file.path == *place)
                .collect(),
        })
        .flat_map(|file| lines(&file, words))
        .collect::<Vec<_>>();
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

/// Fails on every line of code beneath `src` outside of these places that holds a word.
fn only_in(places: &[&str], words: &[&str], why: &str) {
    let found = rust_files("src")
        .iter()
        .filter(|file| !file.is_in(places))
        .flat_map(|file| lines(file, words))
        .collect::<Vec<_>>();
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

fn lines(file: &File, words: &[&str]) -> Vec<String> {
    file.code()
        .filter(|(_, line)| words.iter().any(|word| names(line, word)))
        .map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim()))
        .collect()
}

/// Whether a line holds a word that begins where a name can begin, and ends where one can end:
/// `gate::` in `crate::gate::mode`, but not in `delegate::to`.
fn names(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        let begins_inside = word.starts_with(is_part) && before.is_some_and(is_part);
        let ends_inside = word.ends_with(is_part) && after.is_some_and(is_part);
        !begins_inside && !ends_inside
    })
}

#[test]
fn the_door_to_front_knows_nothing_of_those_behind_it() {
    nowhere(
        &["src/front/", "src/front.rs"],
        &["rmcp", "tools::", "gate::"],
        "`front` names no protocol, no tool and no gate",
    );
}

#[test]
fn tools_reach_front_and_the_gate_through_their_context() {
    nowhere(
        &["src/tools/catalog/"],
        &["reqwest", "rmcp", "gate::", "store::"],
        "a tool names no HTTP, no protocol, no gate and no store",
    );
}

#[test]
fn the_policy_is_a_pure_function() {
    nowhere(
        &["src/gate/policy.rs", "src/gate/policy/"],
        &[
            "async",
            "await",
            "tokio",
            "jiff",
            "reqwest",
            "std::fs",
            "std::io",
            "std::env",
            "std::net",
            "std::process",
            "std::time",
            "Instant",
            "SystemTime",
            "Timestamp",
            "getrandom",
        ],
        "the policy decides over facts: no waiting, no input or output, no clock",
    );
}

#[test]
fn the_protocol_stays_at_the_edge() {
    only_in(
        &[
            "src/server.rs",
            "src/server/",
            "src/transport.rs",
            "src/transport/",
            "src/cli/demo.rs",
            "src/cli/demo/",
        ],
        &["rmcp"],
        "protocol types end in `server` and `transport`; the demo is a client",
    );
}

#[test]
fn requests_are_made_by_the_client_and_the_gates_sender_alone() {
    only_in(
        &[
            "src/front/",
            "src/front.rs",
            "src/gate/sender.rs",
            // Where it is put together and handed on.
            "src/app.rs",
            "src/call.rs",
            // A gate in a unit test is put together with a wire that leads nowhere.
            "src/gate/tests.rs",
        ],
        &["wire::"],
        "the wire is the client's and the sender's",
    );
    only_in(
        // The demo asks the sandbox what it sent, as a person with curl would.
        &["src/front/", "src/cli/demo/"],
        &["reqwest"],
        "HTTP is spoken in `front` alone",
    );
}

#[test]
fn the_sandbox_is_reached_over_http_only() {
    only_in(
        &[
            "src/sandbox.rs",
            "src/sandbox/",
            "src/cli.rs",
            "src/cli/",
            // Its token, so that a sandbox run never sees the real one.
            "src/config.rs",
        ],
        &["sandbox::"],
        "commands start the sandbox; nobody else knows it",
    );
}

#[test]
fn files_stay_small() {
    let long: Vec<_> = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(rust_files)
        .filter(|file| file.text.lines().count() > 500)
        .map(|file| file.path)
        .collect();
    assert!(long.is_empty(), "over 500 lines: {long:?}");
}

#[test]
fn nothing_is_left_to_be_written() {
    only_in(&[], &["todo!", "unimplemented!"], "unfinished");
}

#[test]
fn nothing_tells_of_the_machine_it_was_written_on() {
    // In two parts each, or this file would be found.
    let machine = [
        concat!("/ro", "ot"),
        concat!("/ho", "me/"),
        concat!("/tmp", "/wt"),
    ];
    let registries = [
        concat!("crates", ".io"),
        concat!("npm", "js"),
        concat!("py", "pi.org"),
    ];
    let found: Vec<_> = files("", |_| true)
        .iter()
        .flat_map(|file| {
            // A lock file names where packages came from; so may the rules about that.
            let may_name_registries = matches!(
                file.path.as_str(),
                "Cargo.lock" | "fuzz/Cargo.lock" | "deny.toml"
            );
            let registries = registries.iter().filter(move |_| !may_name_registries);
            machine
                .iter()
                .chain(registries)
                .filter(|word| file.text.contains(**word))
                .map(|word| format!("{}: {word}", file.path))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}
