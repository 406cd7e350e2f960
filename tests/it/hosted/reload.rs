//! SIGHUP: what the operator tightened holds for the next call, and what cannot be read changes nothing.

use serde_json::json;

use crate::support::{
    front::Front,
    hosted::{Hosted, Operator, client::Client},
    mcp::Era,
    verdict,
};

const WIDE: &str = "[policies.support]\ndeny_tools = [\"list-channels\"]\n";
const TIGHT: &str = "[policies.support]\ndeny_tools = [\"list-channels\", \"list-tags\"]\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_tightened_policy_holds_for_the_next_call() {
    let (front, operator) = (Front::start().await, Operator::new());
    let config = operator.write("config.toml", WIDE);
    let flag = format!("--config={config}");
    let held = operator.create("held", &["--policy=support", &flag]).await;
    let free = operator.create("free", &[]).await;
    let server = Hosted::serving(&operator, &front.base(), &[&flag]).await;
    let mut held = Client::new(server.address, &held, Era::PerRequest);
    let mut free = Client::new(server.address, &free, Era::Handshake);
    verdict::good("list-tags", &held.call("list-tags", json!({})).await);

    operator.write("config.toml", TIGHT);
    server.signal("HUP");
    server.has_told("the settings were read anew").await;
    let denied = held.try_call("list-tags", json!({})).await.unwrap().text();
    assert!(denied.contains("policies.support.deny_tools"), "{denied}");
    assert!(held.is_connected());
    let listed = held.request("tools/list", json!({})).await.to_string();
    assert!(!listed.contains("\"list-tags\""), "{listed}");
    verdict::good("list-tags", &free.call("list-tags", json!({})).await);

    for broken in [
        "[policies.support",
        "[policy]\nsends_per_day = \"many\"\n",
        "",
    ] {
        operator.write("config.toml", broken);
        let before = server.log().len();
        server.signal("HUP");
        // Without its table the caller has no settings that work; nobody falls back to less.
        let told = match broken {
            "" => "the settings were read anew",
            _ => "the settings cannot be used; the old ones stay",
        };
        while !server.log()[before..].contains(told) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let answer = held.try_call("list-tags", json!({})).await.unwrap();
        match broken {
            "" => assert_eq!(answer.status, 403, "{}", answer.shown()),
            _ => assert!(answer.text().contains("deny_tools"), "{}", answer.shown()),
        }
        verdict::good("list-tags", &free.call("list-tags", json!({})).await);
    }
    operator.write("config.toml", WIDE);
    server.signal("HUP");
    loop {
        let answer = held.try_call("list-tags", json!({})).await.unwrap();
        if answer.status == 200 {
            verdict::good("list-tags", &answer.message()["result"]);
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    server.stop().await;
}
