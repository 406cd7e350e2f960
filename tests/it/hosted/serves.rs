//! The everyday: both eras on one endpoint, each request alone.

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
