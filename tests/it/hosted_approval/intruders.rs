//! What a link alone, a token, a forged form and the wrong person come to.

use front_mcp::{approval::hosted::Links, gate::envelope::Envelope, state::StateFolder};
use reqwest::Method;

use super::{
    DANA, EVE, Office,
    browser::{Browser, mark, origin},
};

const NOTHING: &str = "This link opens nothing for you";

#[tokio::test]
async fn a_forged_link_and_somebody_elses_look_alike() {
    let office = Office::open().await;
    let token = office.caller("bot", &["dana"]).await;
    let (id, link) = office.seal(&token, "For dana alone.").await;
    let (_, other) = office.seal(&token, "Another one.").await;
    let parts: Vec<_> = link.rsplitn(3, '.').collect();
    let (signature, until, front) = (parts[0], parts[1], parts[2]);
    let of_other = other.rsplit('.').next().unwrap();
    let flipped = signature.replace(['0', '1'], "2");
    let later = until.parse::<u64>().unwrap() + 600;
    for forged in [
        format!("{front}.{until}.{flipped}"),
        format!("{front}.{until}.{of_other}"),
        format!("{front}.{later}.{signature}"),
        format!("{front}.{until}"),
        format!("{link}."),
        format!("{}/approve/{id}", office.origin),
        link.to_uppercase()
            .replace("HTTP", "http")
            .replace("APPROVE", "approve"),
    ] {
        let page = Browser::default().get(&forged).await;
        assert!(
            page.status == 403 && page.body.contains(NOTHING),
            "{forged}: {}",
            page.body
        );
        assert!(!page.body.contains("<form"), "{forged}");
    }
    // Somebody who may sign in, and is none of those who decide.
    let (mut eve, page) = office.signed_in(&link, EVE).await;
    assert!(
        page.status == 403 && page.body.contains(NOTHING),
        "{}",
        page.body
    );
    for words in ["For dana", "dana", CUSTOMER] {
        assert!(!page.body.contains(words), "{words}: {}", page.body);
    }
    let pressed = eve.press(&link, &page.body, "send").await;
    assert!(
        pressed.status == 403 && pressed.body.contains(NOTHING),
        "{}",
        pressed.body
    );
    assert_eq!(office.state(&token, &id).await, "sealed");
    office.nothing_was_sent().await;
}

/// Part of who gets the replies.
const CUSTOMER: &str = "Send this message";

#[tokio::test]
async fn a_forged_form_decides_nothing() {
    let office = Office::open().await;
    let token = office.caller("bot", &["dana"]).await;
    let (id, link) = office.seal(&token, "Hands off.").await;
    let (_, other) = office.seal(&token, "Another one.").await;
    let (mut dana, page) = office.signed_in(&link, DANA).await;
    let of_other = dana.get(&other).await;
    let (_, elsewhere) = office.signed_in(&link, DANA).await;
    let good = format!("mark={}&choice=send", mark(&page.body));
    for form in [
        "choice=send".to_owned(),
        "mark=&choice=send".to_owned(),
        format!("mark={}&choice=send", mark(&of_other.body)),
        // Of another browser of the same approver.
        format!("mark={}&choice=send", mark(&elsewhere.body)),
        format!("{good}&to=eve@evil.test"),
        format!("{good}&choice=send"),
        good.replace("=send", "=yes"),
        good.replace("&choice=send", ""),
        String::new(),
    ] {
        assert_eq!(dana.post(&link, &form).await.status, 403, "{form}");
    }
    let own = origin(&link);
    let port = own.rsplit(':').next().unwrap();
    for headers in [
        &[][..],
        &[("origin", "http://127.0.0.1:1")],
        &[("origin", &format!("http://localhost:{port}"))],
        &[("origin", &own), ("sec-fetch-site", "cross-site")],
        &[("origin", &own), ("sec-fetch-site", "same-site")],
    ] {
        let page = dana.post_from(&link, &good, headers).await;
        assert_eq!(page.status, 403, "{headers:?}");
    }
    // Without the sign-in, and on another link.
    assert_eq!(Browser::default().post(&link, &good).await.status, 403);
    assert_eq!(dana.post(&other, &good).await.status, 403);
    let large = format!("{good}&x={}", "a".repeat(100_000));
    assert_eq!(dana.post(&link, &large).await.status, 413);
    for method in [Method::HEAD, Method::DELETE] {
        let request = dana.request(method, &link);
        assert_eq!(dana.take(request).await.status, 405);
    }
    assert_eq!(office.state(&token, &id).await, "sealed");
    office.nothing_was_sent().await;
    // The form was good all along.
    assert_eq!(dana.post(&link, &good).await.status, 303);
    office.has_sent(1).await;
}

#[tokio::test]
async fn a_token_opens_nothing_and_an_old_link_nobody() {
    let office = Office::open().await;
    let token = office.caller("bot", &["dana"]).await;
    let (id, link) = office.seal(&token, "Not by token.").await;
    let (mut dana, page) = office.signed_in(&link, DANA).await;
    let mut agent = Browser::default();
    for method in [Method::GET, Method::POST] {
        let request = agent.request(method, &link).bearer_auth(&token);
        let page = agent.take(request).await;
        assert!(
            page.status == 403 && !page.body.contains("<form"),
            "{}",
            page.body
        );
    }
    // Not even beside a sign-in.
    let request = dana.request(Method::GET, &link).bearer_auth(&token);
    assert_eq!(dana.take(request).await.status, 403);

    let store = rusqlite::Connection::open(office.folder.path().join("envelopes.db")).unwrap();
    let kept: String = store
        .query_row("SELECT record FROM envelopes WHERE id = ?1", [&id], |row| {
            row.get(0)
        })
        .unwrap();
    let mut envelope: Envelope = serde_json::from_str(&kept).unwrap();
    envelope.expires = jiff::Timestamp::now() - jiff::SignedDuration::from_secs(1);
    let folder = StateFolder::open(office.folder.path()).unwrap();
    let old = Links::open(&folder, &office.origin).unwrap().of(&envelope);
    let refused = Browser::default().get(&old).await;
    assert!(
        refused.status == 410 && !refused.body.contains("<form"),
        "{}",
        refused.body
    );
    // Who is signed in can still read what became of it.
    let seen = dana.get(&old).await;
    assert!(
        seen.status == 200 && seen.body.contains("Not by token."),
        "{}",
        seen.body
    );
    store
        .execute(
            "UPDATE envelopes SET expires = 0,
               record = json_set(record, '$.expires', '2020-01-01T00:00:00Z') WHERE id = ?1",
            [&id],
        )
        .unwrap();
    let late = dana.press(&link, &page.body, "send").await;
    assert!(late.body.contains("Expired, not sent"), "{}", late.body);
    office.nothing_was_sent().await;
}
