//! Articles: how well they are found, how fresh and complete that is, and drafts of them.

use std::time::Duration;

use front_mcp::{
    app::App,
    gate::mode::SendMode,
    host::Host,
    sandbox::landmarks::{DRAFT_ARTICLE, HANDBOOK, HOSTILE_ARTICLE, RETURNS_ARTICLE},
    tools::library::Library,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    in_process::{call, caller, config, with_all_tools},
    mcp::{ALL, Era, Mcp},
    verdict,
};

async fn serving(front: &Front) -> Mcp {
    Mcp::serving(front, Era::PerRequest, &ALL).await
}

fn titles(result: &Value) -> Vec<String> {
    let rows = result["articles"].as_array().unwrap().iter();
    rows.map(|row| row["title"].as_str().unwrap().to_owned())
        .collect()
}

fn app(front: &Front, fresh: Duration, timeout: Duration) -> App {
    let mut config = with_all_tools(config(&front.base(), SendMode::Confirm));
    config.api.tool_timeout = timeout;
    let mut app = App::new(&config).unwrap();
    app.library = Library::fresh_for(fresh);
    app
}

async fn search(app: &App, query: &str) -> Value {
    let arguments = json!({ "query": query });
    let who = caller("local/a", "test");
    let outcome = call(app, "search-articles", arguments, &who, &Host::silent()).await;
    outcome.value().unwrap()
}

#[tokio::test]
async fn everyday_questions_find_their_article_among_the_first_three() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let mut missed = Vec::new();
    let table = include_str!("../search/articles.tsv");
    for line in table.lines().skip(1) {
        let [question, locale, title] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let arguments = json!({ "query": question, "locale": locale, "limit": 3 });
        let result = mcp.call("search-articles", arguments).await;
        let found = titles(verdict::good("search-articles", &result));
        if !found.iter().any(|one| one == title) {
            missed.push(format!("{question}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    // All of it was read once: a base, its name and list, and each text.
    let requests = front.requests().await;
    let contents = requests.iter().filter(|one| one.contains("_articles/"));
    assert_eq!(contents.count(), 32);
    assert!(requests.len() < 40, "{}", requests.len());
    mcp.close().await;
}

#[tokio::test]
async fn filters_are_kept_and_an_article_is_found_once() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for (arguments, check) in [
        (
            json!({ "query": "refund", "knowledge_base": "care team handbook" }),
            "internal",
        ),
        (
            json!({ "query": "fork stop riding", "status": "draft" }),
            "draft",
        ),
    ] {
        let result = mcp.call("search-articles", arguments).await;
        let found = verdict::good("search-articles", &result);
        assert_eq!(found["searched"]["complete"], true, "{found}");
        let rows = found["articles"].as_array().unwrap();
        assert!(!rows.is_empty(), "{found}");
        for row in rows {
            match check {
                "internal" => assert_eq!(row["internal"], true, "{row}"),
                _ => assert_eq!(row["article_id"], DRAFT_ARTICLE, "{row}"),
            }
        }
    }
    let result = mcp
        .call(
            "search-articles",
            json!({ "query": "garantie", "limit": 20 }),
        )
        .await;
    let rows = verdict::good("search-articles", &result)["articles"].clone();
    let mut ids: Vec<_> = rows.as_array().unwrap().iter().collect();
    let all = ids.len();
    ids.dedup_by_key(|row| row["article_id"].clone());
    assert_eq!(ids.len(), all);
    let result = mcp
        .call(
            "search-articles",
            json!({ "query": "refund", "knowledge_base": "Handbok" }),
        )
        .await;
    verdict::refuses("search-articles", "knowledge_base", &result);
    let result = mcp.call("search-articles", json!({ "query": "?!" })).await;
    verdict::refuses("search-articles", "query", &result);
    mcp.close().await;
}

#[tokio::test]
async fn a_changed_article_is_found_once_the_list_is_old_and_only_it_is_read_again() {
    let front = Front::start().await;
    let (hour, minute) = (Duration::from_secs(3_600), Duration::from_secs(60));
    let (kept, renewed) = (
        app(&front, hour, minute),
        app(&front, Duration::ZERO, minute),
    );
    for app in [&kept, &renewed] {
        assert!(titles(&search(app, "zeppelin").await).is_empty());
    }
    let marin = front_mcp::sandbox::landmarks::SUPPORT_TEAMMATE;
    let path = format!("/knowledge_base_articles/{RETURNS_ARTICLE}/content");
    let change =
        json!({ "author_id": marin, "content": "<p>By zeppelin.</p>", "status": "published" });
    front.ask(Method::PATCH, &path, Some(change)).await;
    assert!(titles(&search(&kept, "zeppelin").await).is_empty());
    let since = front.requests().await.len();
    assert_eq!(
        titles(&search(&renewed, "zeppelin").await),
        ["Returns and refunds"]
    );
    let requests = front.requests().await.split_off(since);
    let read = requests.iter().filter(|one| one.contains("_articles/"));
    assert_eq!(read.count(), 3, "{requests:?}");
    // What is gone is not found either.
    let path = format!("/knowledge_base_articles/{RETURNS_ARTICLE}");
    front.ask(Method::DELETE, &path, None).await;
    assert!(titles(&search(&renewed, "zeppelin").await).is_empty());
}

#[tokio::test]
async fn a_short_call_answers_from_what_it_has_read_and_the_next_goes_on() {
    let front = Front::start().await;
    let fault = json!({
        "kind": "hang", "value": 0.2, "match": { "path_prefix": "/knowledge_base_articles" }
    });
    front.fault(fault).await;
    let app = app(
        &front,
        Duration::from_secs(600),
        Duration::from_millis(1_500),
    );
    let first = search(&app, "refund").await;
    let searched = &first["searched"];
    assert_eq!(searched["complete"], false, "{first}");
    assert_eq!(searched["because"], "the call's time was up", "{first}");
    let texts = searched["texts"].as_u64().unwrap();
    assert!(
        texts > 0 && texts < searched["of"].as_u64().unwrap(),
        "{first}"
    );
    front.heal().await;
    let second = search(&app, "refund").await;
    assert_eq!(second["searched"]["complete"], true, "{second}");
    assert!(titles(&second).contains(&"Returns and refunds".to_owned()));
}

#[tokio::test]
async fn a_spent_budget_is_said_and_does_not_take_what_is_known() {
    let front = Front::start().await;
    let app = app(&front, Duration::ZERO, Duration::from_secs(20));
    assert_eq!(search(&app, "refund").await["searched"]["complete"], true);
    let fault = json!({
        "kind": "status", "value": 429, "retry_after": 60, "match": { "path_prefix": "/knowledge_bases" }
    });
    front.fault(fault).await;
    let found = search(&app, "refund").await;
    assert_eq!(found["searched"]["complete"], false, "{found}");
    assert_eq!(
        found["searched"]["because"],
        "the company's request budget was spent"
    );
    assert!(titles(&found).contains(&"Returns and refunds".to_owned()));
}

#[tokio::test]
async fn a_hostile_article_is_read_without_what_it_hides_and_in_nobodys_voice() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for (tool, arguments) in [
        ("get-article", json!({ "article_id": HOSTILE_ARTICLE })),
        (
            "search-articles",
            json!({ "query": "access codes system", "limit": 1 }),
        ),
    ] {
        let result = mcp.call(tool, arguments).await;
        verdict::good(tool, &result);
        let said = result.to_string();
        assert!(said.contains("door code"), "{said}");
        for hidden in ["audit@collect", "hidden order", "![x]("] {
            assert!(!said.contains(hidden), "{hidden}: {said}");
        }
        let text = verdict::text(&result);
        let title = text.find("Access codes").unwrap();
        assert!(text[..title].ends_with('«'), "{text}");
    }
    mcp.close().await;
}

#[tokio::test]
async fn drafts_are_written_and_changed_and_what_is_published_is_refused() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let result = mcp
        .call(
            "draft-article",
            json!({
                "knowledge_base": "Larkspur Help Centre", "category": "shipping",
                "title": "Parcel lockers", "body": "Choose a **locker** at the checkout.", "author": "tove",
            }),
        )
        .await;
    let made = verdict::good("draft-article", &result);
    let id = made["article_id"].as_str().unwrap();
    let path = format!("/knowledge_base_articles/{id}/content");
    let at_front = front.ask(Method::GET, &path, None).await;
    assert_eq!(at_front["status"], "draft");
    assert!(
        at_front["content"]
            .as_str()
            .unwrap()
            .contains("<strong>locker</strong>")
    );
    let result = mcp
        .call("search-articles", json!({ "query": "lockers" }))
        .await;
    let found = verdict::good("search-articles", &result);
    assert_eq!(found["articles"][0]["article_id"], id);
    let change = json!({ "article_id": id, "body": "Only in *cities*.", "author": "tove" });
    let result = mcp.call("update-article-draft", change).await;
    let changed = verdict::good("update-article-draft", &result);
    assert!(changed["body_before"].as_str().unwrap().contains("locker"));
    let at_front = front.ask(Method::GET, &path, None).await;
    assert_eq!(
        (&at_front["status"], &at_front["name"]),
        (&json!("draft"), &json!("Parcel lockers"))
    );
    let since = front.requests().await.len();
    let change = json!({ "article_id": RETURNS_ARTICLE, "body": "No refunds.", "author": "tove" });
    let result = mcp.call("update-article-draft", change).await;
    let meta = verdict::bad("update-article-draft", &result);
    assert_eq!(meta["code"], "published");
    let requests = front.requests().await.split_off(since);
    assert!(
        requests.iter().all(|one| one.starts_with("GET")),
        "{requests:?}"
    );
    mcp.close().await;
}

#[tokio::test]
async fn tools_that_write_are_listed_only_where_the_policy_names_their_operations() {
    let front = Front::start().await;
    for (arguments, expected) in [
        (
            &["--toolsets=templates,knowledge", "--send=confirm"][..],
            false,
        ),
        (&ALL[..], true),
    ] {
        let mut mcp = Mcp::serving(&front, Era::PerRequest, arguments).await;
        let listed = mcp.request("tools/list", json!({})).await.to_string();
        assert!(listed.contains("\"search-articles\"") && listed.contains("\"render-template\""));
        for tool in [
            "draft-article",
            "update-article-draft",
            "create-template",
            "update-template",
        ] {
            assert_eq!(listed.contains(&format!("\"{tool}\"")), expected, "{tool}");
        }
        mcp.close().await;
    }
    let mut mcp = serving(&front).await;
    let result = mcp.call("list-knowledge-bases", json!({})).await;
    let bases = verdict::good("list-knowledge-bases", &result);
    assert_eq!(bases["knowledge_bases"][1]["id"], HANDBOOK);
    assert_eq!(
        bases["knowledge_bases"][0]["categories"][2]["name"],
        "Returns & refunds"
    );
    mcp.close().await;
}
