//! Four servers, a thousand calls, one expired sign-in.

use serde_json::json;

use crate::support::{
    front::Front,
    mcp::{Era, Mcp, binary},
    sign_in::{counts, sign_in, tell},
};

const SERVERS: usize = 4;
const CALLS: usize = 250;

/// The real program on a folder that holds a sign-in, without a token of its own.
pub fn signed_in(front: &Front, folder: &std::path::Path) -> tokio::process::Command {
    let mut command = binary();
    command
        .arg("serve")
        .arg("--state-dir")
        .arg(folder)
        .env("FRONT_API_BASE_URL", front.base())
        .env("FRONT_OAUTH_BASE_URL", front.base());
    command
}

#[tokio::test]
async fn a_thousand_calls_of_four_processes_renew_once() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    sign_in(&front, folder.path()).await;
    for rotation in ["same", "grace", "strict"] {
        tell(&front, json!({ "rotation": rotation, "expire_now": true })).await;
        let before = counts(&front).await["refreshes_granted"].as_u64().unwrap();
        let mut servers = Vec::new();
        for _ in 0..SERVERS {
            servers.push(Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await);
        }
        let mut asked = Vec::new();
        for server in &mut servers {
            let mut ids = Vec::new();
            for _ in 0..CALLS {
                let arguments = json!({ "method": "GET", "path": "/me" });
                ids.push(server.post_call("raw-api-request", arguments).await);
            }
            asked.push(ids);
        }
        for (server, ids) in servers.iter_mut().zip(asked) {
            for id in ids {
                let result = server.result(id).await;
                assert_eq!(result["isError"], false, "{rotation}: {result}");
            }
        }
        let after = counts(&front).await;
        let granted = after["refreshes_granted"].as_u64().unwrap() - before;
        assert_eq!(
            (granted, &after["refreshes_refused"]),
            (1, &json!(0)),
            "{rotation}"
        );
        for server in servers {
            server.close().await;
        }
    }
}
