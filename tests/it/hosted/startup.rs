//! What does not start, and says why: nobody is let in by an oversight.

use std::process::Stdio;

use crate::support::{
    front::Front,
    hosted::{Operator, certificate::Pair},
    mcp::HANG,
};

async fn refusal(operator: &Operator, address: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let front = Front::start().await;
    let mut command = operator.server_at(address, &front.base(), arguments);
    command.stdin(Stdio::null());
    let output = tokio::time::timeout(HANG, command.output()).await;
    let output = output.expect("it starts").unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), told)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_should_serve_is_not_served() {
    let (empty, operator) = (Operator::new(), Operator::new());
    operator.create("bot", &[]).await;
    let revoked = Operator::new();
    revoked.create("bot", &[]).await;
    revoked.revoke("bot").await;
    let (here, anywhere) = ("127.0.0.1:0", "0.0.0.0:0");
    let public = "--public-url=https://mcp.example.com";
    for (operator, address, arguments, words) in [
        (&empty, here, &[][..], "no caller has a token"),
        (&revoked, here, &[], "no caller has a token"),
        (&empty, anywhere, &[public], "no caller has a token"),
        (
            &empty,
            anywhere,
            &["--allow-anonymous"],
            "listens on loopback alone",
        ),
        (
            &operator,
            anywhere,
            &["--allow-anonymous", public],
            "listens on loopback alone",
        ),
        (&operator, anywhere, &[], "`--public-url` is missing"),
        (
            &operator,
            here,
            &["--anonymous-policy=x"],
            "--anonymous-policy",
        ),
        (
            &operator,
            here,
            &["--public-url=http://mcp.example.com"],
            "https://",
        ),
        (
            &operator,
            here,
            &["--public-url=https://mcp.example.com/mcp"],
            "no path",
        ),
        (
            &operator,
            here,
            &["--trusted-proxy=proxy.internal"],
            "10.0.0.0/8",
        ),
        (&operator, here, &["--tls-cert=/nowhere.pem"], "go together"),
        (&operator, "8080", &[], "127.0.0.1:8080"),
    ] {
        let (code, told) = refusal(operator, address, arguments).await;
        assert_eq!(code, Some(2), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
        assert!(!told.contains("listens on http"), "{told}");
    }
}

#[tokio::test]
async fn tls_files_that_are_none_and_a_taken_port_are_told() {
    let operator = Operator::new();
    operator.create("bot", &[]).await;
    let (pair, other) = (Pair::new(), Pair::new());
    let certificate = operator.write("cert.pem", &pair.certificate);
    let key = operator.write("key.pem", &pair.key);
    let foreign = operator.write("foreign.pem", &other.key);
    let nonsense = operator.write("nonsense.pem", "SECRET-NONSENSE");
    let missing = format!("{nonsense}.missing");
    for (certificate, key) in [
        (&certificate, &foreign),
        (&certificate, &nonsense),
        (&certificate, &missing),
        (&nonsense, &key),
        (&missing, &key),
        (&key, &certificate),
    ] {
        let arguments = ["--tls-cert", certificate, "--tls-key", key];
        let (code, told) = refusal(&operator, "127.0.0.1:0", &arguments).await;
        assert!(code.is_some_and(|code| code != 0), "{told}");
        assert!(told.contains("cannot be used for TLS"), "{told}");
        assert!(
            !told.contains("SECRET") && !told.contains("PRIVATE"),
            "{told}"
        );
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, told) = refusal(&operator, &address, &[]).await;
    assert!(code.is_some_and(|code| code != 0), "{told}");
    assert!(told.contains("cannot be listened on"), "{told}");
}
