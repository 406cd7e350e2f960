//! Something else where an id is wanted, or an id in another spelling.

use front_mcp::sandbox::landmarks::{
    ATTACHMENT_MESSAGE, SUPPORT_CHANNEL, SUPPORT_INBOX, SUPPORT_TEAMMATE, TABLE, TWIN,
    URGENT_MESSAGE, URGENT_TAG,
};
use serde_json::{Value, json};

use super::{CONVERSATION, CUSTOMER, Row, corrected, instead, judge, understood};

fn conversation(given: &str) -> Value {
    json!({ "conversation_id": given })
}

/// Of an id's digits, the number that links of the app show.
fn number(id: &str) -> u128 {
    u128::from_str_radix(id.split_once('_').unwrap().1, 36).unwrap()
}

#[tokio::test]
async fn people_for_ids() {
    let whom = |address: &str| json!({ "participants": [address] });
    judge(vec![
        instead(
            "get-conversation",
            conversation(CUSTOMER),
            "search-conversations",
            whom(CUSTOMER),
        ),
        instead(
            "get-conversation",
            conversation("Beatrix Dunmore <beatrix.dunmore@postbox.example>"),
            "search-conversations",
            whom(CUSTOMER),
        ),
        instead(
            "get-conversation",
            conversation("Beatrix Dunmore"),
            "search-conversations",
            json!({ "text": "Beatrix Dunmore" }),
        ),
        instead(
            "get-contact",
            json!({ "contact": "Beatrix Dunmore" }),
            "list-contacts",
            json!({ "query": "Beatrix Dunmore" }),
        ),
        understood(
            "list-conversations",
            json!({ "assignee": "marin@larkspur-cycles.example" }),
            json!({ "assignee": SUPPORT_TEAMMATE }),
        ),
        understood(
            "list-conversations",
            json!({ "assignee": "@marin" }),
            json!({ "assignee": SUPPORT_TEAMMATE }),
        ),
    ])
    .await;
}

#[tokio::test]
async fn links() {
    let plain = || conversation(CONVERSATION);
    let read = |link: &str| understood("get-conversation", conversation(link), plain());
    let file = || json!({ "attachment_id": TABLE });
    let download =
        format!("https://acme.api.frontapp.com/messages/{ATTACHMENT_MESSAGE}/download/{TABLE}");
    judge(vec![
        read(&format!("https://app.frontapp.com/open/{CONVERSATION}")),
        read(&format!("https://app.frontapp.com/inboxes/teams/views/1/open/{}", number(CONVERSATION))),
        read(&format!("https://api2.frontapp.com/conversations/{CONVERSATION}")),
        read(&format!("https://acme.api.frontapp.com/conversations/{CONVERSATION}/messages?limit=5")),
        understood(
            "get-message",
            json!({ "message_id": format!("https://acme.api.frontapp.com/messages/{URGENT_MESSAGE}") }),
            json!({ "message_id": URGENT_MESSAGE }),
        ),
        understood("get-attachment", json!({ "attachment_id": download }), file()),
        understood(
            "get-attachment",
            json!({ "attachment_id": format!("https://api2.frontapp.com/download/{TABLE}") }),
            file(),
        ),
        corrected("get-attachment", json!({ "url": download }), json!({ "attachment_id": download })),
        instead(
            "get-message",
            json!({ "message_id": format!("https://app.frontapp.com/open/{CONVERSATION}") }),
            "get-conversation",
            plain(),
        ),
        instead(
            "get-conversation",
            conversation(&format!("https://app.frontapp.com/open/{URGENT_MESSAGE}")),
            "get-message",
            json!({ "message_id": URGENT_MESSAGE }),
        ),
        understood(
            "list-conversations",
            json!({ "inboxes": [format!("https://acme.api.frontapp.com/inboxes/{SUPPORT_INBOX}")] }),
            json!({ "inboxes": [SUPPORT_INBOX] }),
        ),
    ])
    .await;
}

#[tokio::test]
async fn other_spellings() {
    let mut rows: Vec<Row> = Vec::new();
    for given in [
        "CNV_1URGENT",
        "1urgent",
        "conv_1urgent",
        "conversation-1urgent",
    ] {
        rows.push(corrected(
            "get-conversation",
            conversation(given),
            conversation(CONVERSATION),
        ));
    }
    for given in [
        "`cnv_1urgent`",
        "[cnv_1urgent]",
        "\u{a0}cnv_1urgent \u{200b}",
        "“cnv_1urgent”",
    ] {
        rows.push(understood(
            "get-conversation",
            conversation(given),
            conversation(CONVERSATION),
        ));
    }
    let tagged = |tag: &str| json!({ "conversation_id": CONVERSATION, "tags": [tag] });
    for given in ["1urgent", "TAG_1URGENT"] {
        rows.push(corrected("add-tag", tagged(given), tagged(URGENT_TAG)));
    }
    rows.push(understood(
        "add-tag",
        tagged("[URGENT]"),
        tagged(URGENT_TAG),
    ));
    for given in ["1sup", "inbox_1sup", "INB_1SUP"] {
        rows.push(corrected(
            "list-conversations",
            json!({ "inboxes": [given] }),
            json!({ "inboxes": [SUPPORT_INBOX] }),
        ));
    }
    rows.push(corrected(
        "list-conversations",
        json!({ "assignee": "user_1marin" }),
        json!({ "assignee": SUPPORT_TEAMMATE }),
    ));
    rows.push(understood(
        "list-conversations",
        json!({ "inboxes": [" support "] }),
        json!({ "inboxes": [SUPPORT_INBOX] }),
    ));
    judge(rows).await;
}

#[tokio::test]
async fn other_kinds() {
    let new = |channel: &str| json!({ "channel_id": channel, "to": ["jo@acme.example"], "body": "Hello" });
    judge(vec![
        instead(
            "get-conversation",
            conversation(URGENT_MESSAGE),
            "get-message",
            json!({ "message_id": URGENT_MESSAGE }),
        ),
        instead(
            "get-message",
            json!({ "message_id": CONVERSATION }),
            "get-conversation",
            conversation(CONVERSATION),
        ),
        understood(
            "get-contact",
            json!({ "contact": format!("https://app.frontapp.com/contacts/{TWIN}") }),
            json!({ "contact": TWIN }),
        ),
        understood(
            "get-contact",
            json!({ "contact": format!("<https://api2.frontapp.com/contacts/{TWIN}>") }),
            json!({ "contact": TWIN }),
        ),
        instead(
            "get-contact",
            json!({ "contact": CONVERSATION }),
            "get-conversation",
            conversation(CONVERSATION),
        ),
        instead(
            "get-conversation",
            conversation(SUPPORT_INBOX),
            "list-conversations",
            json!({ "inboxes": [SUPPORT_INBOX] }),
        ),
        corrected(
            "list-conversations",
            json!({ "inboxes": ["VIP"] }),
            json!({ "tag": "VIP" }),
        ),
        corrected(
            "list-conversations",
            json!({ "tag": "Support" }),
            json!({ "inboxes": ["Support"] }),
        ),
        corrected("send-message", new("inb_1who"), new("cha_1who")),
        corrected("send-message", new("Wholesale"), new("cha_1who")),
        understood(
            "send-message",
            new("support@larkspur-cycles.example"),
            new(SUPPORT_CHANNEL),
        ),
    ])
    .await;
}
