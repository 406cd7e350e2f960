//! What strangers and agents write is text on the page, and nothing more.

use super::{Desk, looking};

#[tokio::test]
async fn markup_in_a_message_is_text() {
    let mut desk = Desk::start("10ms").await;
    for body in [
        "`<svg/onload=alert(1)>`",
        "`</div></main><script>fetch('/x')</script>`",
        "`</textarea><script>x</script>` and `<!--`",
        "`\"><img src=x onerror=alert(1)>` `&lt;b&gt;`",
        "`</form><form action=//evil.test><button>Send</button>`",
    ] {
        let (_, address) = desk.seal(body).await;
        let (_, page) = looking(&address).await;
        let (head, rest) = page
            .split_once("<div class=\"text\" dir=\"auto\">")
            .unwrap();
        let (shown, rest) = rest.split_once("</div>").unwrap();
        assert!(!shown.contains('<') && !shown.contains('>'), "{shown}");
        for around in [head, rest] {
            assert!(!around.contains("<script") && !around.contains("onerror"));
        }
        assert_eq!(page.matches("<form").count(), 1, "{page}");
        assert_eq!(page.matches("<button").count(), 2, "{page}");
    }
    desk.nothing_was_sent().await;
    desk.mcp.close().await;
}

#[tokio::test]
async fn the_text_is_shown_whole_with_its_lines() {
    let mut desk = Desk::start("10ms").await;
    let long = "w".repeat(5_000);
    let body = format!("Hello,\n\nשלום and مرحبا.\n\n{long}\n\nThe very end.");
    let (id, address) = desk.seal(&body).await;
    let (_, page) = looking(&address).await;
    for part in ["Hello,\n\nשלום and مرحبا.", &long, "The very end.", &id] {
        assert!(page.contains(part), "{part}");
    }
    let end = page.find("The very end.").unwrap();
    assert!(page.find("<button").unwrap() > end, "the buttons come last");
    assert!(!page.contains("autofocus"));
    desk.mcp.close().await;
}
