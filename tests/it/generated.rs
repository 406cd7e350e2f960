//! Every tool with arguments made from its own input schema, good, odd and hostile: no panic, no
//! hang, always a result that a client can use, and nothing sent that was not confirmed.

mod arguments;

use std::{sync::Arc, time::Duration};

use front_mcp::{
    app::App,
    call::find,
    gate::mode::SendMode,
    host::Host,
    server::definition,
    tools::{Toolset, context::Caller},
};
use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;

use self::arguments::Known;
use crate::doctor::declared;
use crate::support::{
    front::Front,
    in_process::{config, with_all_tools},
    random::Random,
    verdict,
};

/// What a call may take at most.
const DEADLINE: Duration = Duration::from_secs(20);

/// The same inputs every time, unless this is set to another number.
const SEED_VARIABLE: &str = "GENERATED_SEED";

fn app(front: &Front) -> App {
    let mut settings = with_all_tools(config(&front.base(), SendMode::Confirm));
    settings.api.tool_timeout = DEADLINE;
    settings.send.ask = Vec::new();
    App::new(&settings).unwrap()
}

/// A call past the protocol; the result in the protocol's shape.
async fn call(app: &Arc<App>, tool: &'static str, arguments: Map<String, Value>) -> Value {
    let app = Arc::clone(app);
    let running = tokio::spawn(async move {
        let caller = Caller {
            id: "local/default".to_owned(),
            client: "generated".to_owned(),
        };
        app.call(
            tool,
            arguments,
            caller,
            &Host::silent(),
            &CancellationToken::new(),
        )
        .await
        .unwrap()
    });
    // Longer than the deadline only by what a busy machine may need to notice it.
    let outcome = tokio::time::timeout(DEADLINE * 2, running)
        .await
        .expect("the call hangs")
        .expect("the call panicked");
    let mut result = json!({
        "content": [{ "type": "text", "text": outcome.text }],
        "isError": outcome.is_error,
        "_meta": outcome.meta,
    });
    if let Some(structured) = outcome.value() {
        result["structuredContent"] = structured;
    }
    result
}

async fn every_tool(cases: usize) {
    let seed = std::env::var(SEED_VARIABLE).map_or(20_261_121, |seed| seed.parse().unwrap());
    let front = Front::start().await;
    let mut known = Known::default();
    // A call must be there before anything can be added to it.
    let calling = Arc::new(app(&front));
    for (tool, arguments) in declared::calls() {
        let entry = find(tool).unwrap();
        if entry.spec.toolset == Toolset::ChannelApi {
            let arguments = arguments.as_object().unwrap().clone();
            call(&calling, entry.spec.name, arguments).await;
        }
    }
    for entry in app(&front).surface.listed() {
        // Its own request budget: what one tool searched is not held against the next.
        let app = Arc::new(app(&front));
        let tool = entry.spec.name;
        println!("{tool}: {cases} inputs from {SEED_VARIABLE}={seed}");
        let schema = Value::Object((*definition(entry).input_schema).clone());
        let mut random = Random::new(seed, tool);
        let (mut good, before) = (0, front.outbox().await.len());
        for case in 0..cases {
            if tool.ends_with("-send") && case % 10 == 0 {
                known.add_envelope(seal(&app, &format!("{tool} {case}")).await);
            }
            let mut arguments = arguments::object(&schema, &mut random, &known);
            if case % 4 == 0
                && let Some(good) = good_call(&app, tool, case).await
            {
                arguments = arguments::near(good, arguments, &mut random);
            }
            let shown: String = Value::Object(arguments.clone()).to_string();
            let shown: String = shown.chars().take(2000).collect();
            let guard = Told(format!("{tool}, case {case} of seed {seed}: {shown}"));
            let result = call(&app, tool, arguments).await;
            good += usize::from(verdict::well_formed(tool, &result));
            std::mem::forget(guard);
        }
        if tool == "confirm-send" {
            assert!(
                front.outbox().await.len() > before,
                "no confirmation went through"
            );
        } else {
            assert_eq!(front.outbox().await.len(), before, "{tool} sent something");
        }
        // Inputs that are all refused would show little.
        assert!(good > 0, "{tool}: not one good result");
    }
}

/// A call of this tool that would go well. Most tools want what is there, or arguments that go together,
/// which random ones hardly ever are.
async fn good_call(app: &Arc<App>, tool: &str, case: usize) -> Option<Map<String, Value>> {
    if matches!(tool, "update-draft" | "delete-draft") {
        let conversation = front_mcp::sandbox::landmarks::URGENT_CONVERSATION;
        let letter = json!({ "conversation_id": conversation, "body": format!("{tool} {case}") });
        let result = call(app, "create-draft", letter.as_object().unwrap().clone()).await;
        let left = verdict::good("create-draft", &result);
        let mut arguments = Map::from_iter([("draft_id".to_owned(), left["draft_id"].clone())]);
        if tool == "update-draft" {
            arguments.insert("subject".to_owned(), json!(format!("{case}")));
        }
        return Some(arguments);
    }
    if tool == "raw-api-request" {
        return json!({ "method": "GET", "path": "/tags" })
            .as_object()
            .cloned();
    }
    let all = declared::calls();
    let good: Vec<_> = all.into_iter().filter(|(name, _)| *name == tool).collect();
    let (_, arguments) = good.get(case / 4 % good.len().max(1))?;
    arguments.as_object().cloned()
}

/// Seals a message, so that some generated ids name one.
async fn seal(app: &Arc<App>, body: &str) -> String {
    let arguments = json!({
        "channel_id": front_mcp::sandbox::landmarks::SUPPORT_CHANNEL,
        "to": ["customer@acme.example"],
        "body": body,
    });
    let result = call(app, "send-message", arguments.as_object().unwrap().clone()).await;
    let report = verdict::good("send-message", &result);
    report["envelope_id"].as_str().unwrap().to_owned()
}

/// Says which input it was if the test ends here.
struct Told(String);

impl Drop for Told {
    fn drop(&mut self) {
        println!("failed with {}", self.0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_inputs_a_tool() {
    every_tool(40).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "ten times as many as are needed every day; run with --ignored"]
async fn a_thousand_inputs_a_tool() {
    every_tool(1000).await;
}
