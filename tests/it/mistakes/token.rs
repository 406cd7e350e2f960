//! Tokens that are missing, wrong or damaged, and a Front that is not there: what to do is said,
//! and the token is shown nowhere, whatever is logged.

use serde_json::json;

use super::{SECRET, finish, run};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp, binary, server},
    scripted::{self, Scripted},
    verdict,
};

#[tokio::test]
async fn no_token() {
    let mut command = binary();
    command.args(["call", "list-inboxes"]);
    finish(command).await.is_error(&[
        "FRONT_API_TOKEN",
        "Settings > Developers > API tokens",
        "--sandbox",
    ]);
    for blank in ["", "  "] {
        run(&["call", "list-inboxes"], &[("FRONT_API_TOKEN", blank)])
            .await
            .is_error(&["FRONT_API_TOKEN", "--sandbox"]);
    }

    // A server without one still starts and lists.
    for era in Era::BOTH {
        let mut command = binary();
        command.args(["serve", "--send=confirm"]);
        let mut mcp = Mcp::start(command, era).await;
        mcp.still_serves().await;
        for (tool, arguments) in [
            ("list-inboxes", json!({})),
            ("raw-api-request", json!({ "method": "GET", "path": "/me" })),
            (
                "send-message",
                json!({ "conversation_id": "cnv_1", "body": "x" }),
            ),
        ] {
            let result = mcp.call(tool, arguments).await;
            let meta = verdict::bad(tool, &result);
            assert_eq!(meta["code"], "no_token", "{result}");
        }
        mcp.close().await;
    }
}

#[tokio::test]
async fn a_token_that_front_refuses() {
    let front = Front::start().await;
    let variables = [("FRONT_API_BASE_URL", front.base())];
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    run(&["call", "list-inboxes"], &variables).await.is_error(&[
        "does not accept the token",
        "check FRONT_API_TOKEN",
        "401",
    ]);
}

#[tokio::test]
async fn a_token_that_is_none() {
    for token in ["two words", "line\nbreak", "caf\u{e9}"] {
        for variable in ["FRONT_API_TOKEN", "FRONT_SEND_TOKEN"] {
            let ended = run(&["serve"], &[(variable, token)]).await;
            ended.is_usage(&[variable, "in the environment", "copy it again"]);
            assert!(!ended.stderr.contains(token), "{}", ended.stderr);
        }
        // A sandbox run does not look at either.
        let variables = [("FRONT_API_TOKEN", token), ("FRONT_SEND_TOKEN", token)];
        let ended = run(&["call", "list-inboxes", "--sandbox"], &variables).await;
        assert_eq!(ended.code, 0, "{}", ended.stderr);
        assert!(!ended.stderr.contains(token), "{}", ended.stderr);
    }
}

#[tokio::test]
async fn no_network() {
    // A port of loopback where nobody listens, and a name that nobody has.
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let base = format!("http://127.0.0.1:{port}");
    run(&["call", "list-inboxes"], &[("FRONT_API_BASE_URL", &base)])
        .await
        .is_error(&["could not be reached", "refused", "check the network"]);
    run(
        &["call", "list-inboxes", "--tool-timeout=10s"],
        &[("FRONT_API_BASE_URL", "https://front.invalid")],
    )
    .await
    .is_error(&["could not be reached", "check the network"]);
}

/// Front repeats the token in its own words, as some gateways do.
#[tokio::test]
async fn the_token_is_shown_nowhere() {
    let body = json!({ "_error": { "status": 401, "title": "No", "message": "who are you" } });
    let answers: Vec<Vec<u8>> = vec![
        scripted::json(401, &body.to_string()),
        scripted::json(500, "{}"),
        scripted::json(200, "<html>"),
        scripted::with_headers(302, "location: http://127.0.0.1:9/\r\n", ""),
        b"garbage".to_vec(),
    ];
    for answer in answers {
        let front = Scripted::start(move |_| answer.clone()).await;
        let mut command = server(&front.base(), &["--send=confirm", "--tool-timeout=5s"]);
        command
            .env("FRONT_API_TOKEN", SECRET)
            .env("FRONT_MCP_LOG", "trace");
        let mut mcp = Mcp::start(command, Era::PerRequest).await;
        for (tool, arguments) in [
            ("list-inboxes", json!({})),
            ("get-contact", json!({ "contact": "a@b.example" })),
            ("raw-api-request", json!({ "method": "GET", "path": "/me" })),
        ] {
            let result = mcp.call(tool, arguments).await;
            verdict::well_formed(tool, &result);
            assert!(!result.to_string().contains(SECRET), "{result}");
        }
        let log = mcp.close().await;
        // The token went where it belongs, and the log at its fullest does not tell it.
        assert!(front.seen().iter().any(|one| one.head.contains(SECRET)));
        assert!(log.contains("TRACE") && !log.contains(SECRET), "{log}");
    }
}
