//! Calls that are nearly right: each is understood, or answered with the call that was meant,
//! which then works. What is no near miss gets no such answer.

mod ids;
mod names;
mod raw;
mod refused;
mod sending;
mod values;

use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

const CONVERSATION: &str = front_mcp::sandbox::landmarks::URGENT_CONVERSATION;
/// Who wrote it.
const CUSTOMER: &str = "beatrix.dunmore@postbox.example";

/// A wrong call and what it should come to.
struct Row {
    tool: &'static str,
    given: Value,
    meant: Meant,
}

enum Meant {
    /// It does what this call of the same tool does.
    Understood(Value),
    /// The answer names this call, and it works.
    Corrected(&'static str, Value),
}

fn understood(tool: &'static str, given: Value, as_if: Value) -> Row {
    let meant = Meant::Understood(as_if);
    Row { tool, given, meant }
}

fn corrected(tool: &'static str, given: Value, right: Value) -> Row {
    instead(tool, given, tool, right)
}

fn instead(tool: &'static str, given: Value, other: &'static str, right: Value) -> Row {
    let meant = Meant::Corrected(other, right);
    Row { tool, given, meant }
}

/// A cursor is bound to the arguments as they were written.
fn without_cursor(result: &Value) -> Value {
    let mut rows = result["structuredContent"].clone();
    if let Some(fields) = rows.as_object_mut() {
        fields.remove("next_cursor");
    }
    rows
}

async fn reset(front: &Front) {
    front
        .ask(reqwest::Method::POST, "/_sandbox/reset", None)
        .await;
}

/// Judges every row, and says all that are wrong at once.
async fn judge(rows: Vec<Row>) {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &["--send=confirm"]).await;
    let mut wrong = Vec::new();
    for Row { tool, given, meant } in rows {
        reset(&front).await;
        let result = mcp.call(tool, given.clone()).await;
        let complaint = match meant {
            Meant::Understood(as_if) => {
                reset(&front).await;
                let right = mcp.call(tool, as_if).await;
                verdict::good(tool, &right);
                let same = without_cursor(&result) == without_cursor(&right);
                (!same).then(|| result.clone())
            }
            Meant::Corrected(other, arguments) => {
                verdict::bad(tool, &result);
                let call = json!({ "name": other, "arguments": arguments });
                let said = format!("Next: call `{other}` with «");
                match result["_meta"]["corrected_call"] == call
                    && verdict::text(&result).contains(&said)
                {
                    true => {
                        reset(&front).await;
                        let right = mcp.call(other, arguments).await;
                        (right["isError"] == true).then_some(right)
                    }
                    false => Some(result.clone()),
                }
            }
        };
        if let Some(complaint) = complaint {
            wrong.push(format!("{tool} {given}\n    {complaint}"));
        }
    }
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
