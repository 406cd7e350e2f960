//! The everyday: both eras on one endpoint, each request alone.

use front_mcp::sandbox::landmarks::URGENT_CONVERSATION;
use serde_json::json;

use crate::support::{
    front::Front,
    hosted::{Hosted, Operator, client::Client},
    mcp::Era,
    verdict,
};

#[tokio::test]
async fn both_eras_are_served_on_one_endpoint() {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let server = Hosted::serving(&operator, &front.base(), &[]).await;
    for era in Era::BOTH {
        let mut client = Client::new(server.address, &token, era);
        let listed = client.request("tools/list", json!({})).await;
        assert!(listed["result"]["tools"].is_array(), "{listed}");
        for _ in 0..2 {
            let result = client.call("list-inboxes", json!({})).await;
            verdict::good("list-inboxes", &result);
            assert!(client.is_connected());
        }
    }
    let log = server.log();
    assert!(!log.contains(&token["fmcp_".len()..]), "{log}");
}

#[tokio::test]
async fn whoever_comes_without_a_token_only_reads_where_it_may_come_at_all() {
    let (front, operator) = (Front::start().await, Operator::new());
    let arguments = ["--allow-anonymous"];
    let server = Hosted::serving(&operator, &front.base(), &arguments).await;
    let mut client = Client::anonymous(server.address, Era::PerRequest);
    verdict::good(
        "list-inboxes",
        &client.call("list-inboxes", json!({})).await,
    );
    let listed = client.request("tools/list", json!({})).await.to_string();
    for tool in ["\"create-draft\"", "\"send-message\"", "\"add-tag\""] {
        assert!(!listed.contains(tool), "{tool}: {listed}");
    }
    // A token that is none is not taken for none.
    let mut wrong = Client::new(server.address, "fmcp_wrong", Era::PerRequest);
    let answer = wrong.try_call("list-inboxes", json!({})).await.unwrap();
    assert_eq!(answer.status, 401, "{}", answer.shown());
}

#[tokio::test]
async fn what_one_program_of_a_caller_prepared_another_one_sends() {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let server = Hosted::serving(&operator, &front.base(), &["--send=confirm"]).await;
    let mut sealing = Client::new(server.address, &token, Era::Handshake);
    let message = json!({ "conversation_id": URGENT_CONVERSATION, "body": "On its way." });
    let sealed = sealing.call("send-message", message).await;
    let id = &sealed["structuredContent"]["envelope_id"];
    let mut sending = Client::new(server.address, &token, Era::PerRequest);
    let sent = sending
        .call("confirm-send", json!({ "envelope_id": id }))
        .await;
    assert_eq!(sent["structuredContent"]["state"], "sent", "{sent}");
    assert_eq!(front.outbox().await.len(), 1);
}
