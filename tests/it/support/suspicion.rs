//! What the most careless Front could take for a send: it decodes twice, folds case, strips
//! parameters, collapses slashes and climbs dots.

use super::scripted::Seen;

/// Whether the most careless reading of a request makes it a send.
pub fn could_send(request: &Seen) -> bool {
    let target = decoded(&decoded(&request.target)).to_lowercase();
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split(['/', '\\']) {
        match segment.split(';').next().unwrap_or_default().trim() {
            "" | "." => {}
            ".." => drop(segments.pop()),
            name => segments.push(name),
        }
    }
    let body = String::from_utf8_lossy(&request.body).to_lowercase();
    let posts = request.method == "POST";
    let headers = request.head.split_once("\r\n");
    let headers = headers.map_or("", |(_, headers)| headers).to_lowercase();
    let smuggled = headers.contains("x-http-method-override") || body.contains("\r\n\r\npost ");
    let ends_so = segments
        .last()
        .is_some_and(|last| last.starts_with("messages"))
        && segments
            .iter()
            .any(|one| ["conversations", "channels"].contains(one));
    (posts && ends_so) || smuggled
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

#[test]
fn the_judge_knows_a_send_when_it_sees_one() {
    let seen = |method: &str, target: &str| Seen {
        method: method.to_owned(),
        target: target.to_owned(),
        head: String::new(),
        body: Vec::new(),
    };
    for target in [
        "/conversations/cnv_1/messages",
        "/channels/cha_1/messages/",
        "//CONVERSATIONS//cnv_1/./Messages;v=1?x",
        "/tags/%252e%252e/conversations/cnv_1/%6dessages",
        "/conversations/cnv_1%2Fmessages",
    ] {
        assert!(could_send(&seen("POST", target)), "{target}");
    }
    let mut overriding = seen("GET", "/me");
    overriding.head = "GET /me HTTP/1.1\r\nX-HTTP-Method-Override: POST".to_owned();
    assert!(could_send(&overriding));
    assert!(!could_send(&seen("GET", "/conversations/cnv_1/messages")));
    assert!(!could_send(&seen("POST", "/conversations/cnv_1/comments")));
}
