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
fn the_doctors_checks_judge_and_ask_nobody() {
    nowhere(
        &["src/doctor/checks.rs", "src/doctor/checks/"],
        &[
            "async",
            "await",
            "tokio",
            "std::fs",
            "std::env",
            "std::net",
            "StateFolder",
            "Client",
        ],
        "checks judge what was gathered before",
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
            // What a sign-in asks of Front once it has a token.
            "src/login/company.rs",
            // A gate in a unit test is put together with a wire that leads nowhere.
            "src/gate/tests.rs",
        ],
        &["wire::"],
        "the wire is the client's and the sender's",
    );
    only_in(
        // The authorization server is another one, spoken to by `oauth`. The demo asks the sandbox
        // what it sent, as a person with curl would.
        &["src/front/", "src/oauth/", "src/cli/demo/"],
        &["reqwest"],
        "HTTP is spoken in `front` and `oauth` alone",
    );
    only_in(
        &["src/oauth/"],
        &["oauth2::"],
        "the protocol of sign-ins ends in `oauth`",
    );
}

#[test]
fn sign_ins_know_nothing_of_tools_and_nobody_behind_them_knows_sign_ins() {
    nowhere(
        &["src/oauth.rs", "src/oauth/"],
        &["account::", "login::", "tools::", "gate::", "rmcp", "cli::"],
        "`oauth` speaks the protocol, for whomever",
    );
    nowhere(
        &["src/account.rs", "src/account/"],
        &["login::", "tools::", "gate::", "rmcp", "cli::"],
        "`account` keeps sign-ins, however they came",
    );
    nowhere(
        &["src/login.rs", "src/login/"],
        &[
            "tools::",
            "rmcp",
            "cli::",
            "approval::",
            "sandbox::",
            "std::env",
            "io::stdin",
        ],
        "a sign-in knows no tools, and asks nobody but through `Asker`",
    );
    only_in(
        &[
            "src/login.rs",
            "src/login/",
            "src/cli.rs",
            "src/cli/login.rs",
            "src/cli/login/",
        ],
        &["login::"],
        "a person signs in at a terminal: no tool, no server and no gate begins it",
    );
    only_in(
        &[
            "src/account.rs",
            "src/account/",
            "src/login/",
            "src/cli/login.rs",
            "src/cli/login/",
            "src/cli/logout.rs",
            // What there is, and since when, is what the doctor looks at.
            "src/doctor/",
            // Where the session of a server is put together, and its name is read.
            "src/app.rs",
            "src/config/oauth.rs",
        ],
        &["account::", "AccountName"],
        "whoever makes requests is given a credential, not an account",
    );
}

#[test]
fn pages_share_what_they_have_in_common_and_no_more() {
    nowhere(
        &["src/web.rs", "src/web/", "src/browser.rs", "src/browser/"],
        &[
            "approval::",
            "login::",
            "gate::",
            "tools::",
            "oauth::",
            "account::",
            "config::",
        ],
        "a socket, a frame and a browser know nothing of what is shown",
    );
    only_in(
        &["src/web/certificate.rs"],
        &["rcgen"],
        "certificates are made in one place",
    );
    only_in(
        &[
            "src/web/",
            "src/sandbox/",
            "src/transport/http/listener.rs",
            "src/transport/http/tls.rs",
        ],
        &["http1::", "TlsAcceptor"],
        "browsers are listened to in one place, and callers in another, each with its limits",
    );
    only_in(
        &["src/browser.rs", "src/browser/", "src/cli/demo/"],
        &["Command::new"],
        "programs are started in one place, without a shell",
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
            // Its token and its client, so that a sandbox run never sees the real ones.
            "src/config.rs",
            "src/config/oauth.rs",
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
