//! What can be asked of the listener over a socket.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::*;

const STATE: &str = "c3RhdGUtb2YtdGhpcy1zaWduLWlu";

/// A door on a free port, and that port.
async fn door() -> (Door, u16) {
    let probe = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = probe.local_addr().unwrap().port();
    drop(probe);
    let redirect = RedirectUri::parse(&format!("http://127.0.0.1:{port}/callback")).unwrap();
    let ticket = Arc::new(Ticket::of(STATE, "https://app.frontapp.com"));
    (Door::open(&redirect, ticket).await.unwrap(), port)
}

/// What is answered to these bytes; `PORT` is the door's.
async fn ask(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .unwrap();
    let request = request.replace("PORT", &port.to_string());
    // It may be turned away before all of it is sent.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn nothing_but_the_callback_is_answered_and_the_sign_in_waits_on() {
    let (mut door, port) = door().await;
    let right = format!("/callback?code=abc&state={STATE}");
    let host = "Host: 127.0.0.1:PORT\r\n";
    let flood = "X-Flood: 1\r\n".repeat(5000);
    let long = "a".repeat(40_000);
    for (request, status) in [
        (format!("GET {right} HTTP/1.1\r\n\r\n"), "421"),
        (
            format!("GET {right} HTTP/1.1\r\nHost: evil.test\r\n\r\n"),
            "421",
        ),
        (
            format!("GET {right} HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"),
            "421",
        ),
        (
            format!("GET {right} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
            "421",
        ),
        (
            format!("GET {right} HTTP/1.1\r\n{host}Host: evil.test\r\n\r\n"),
            "421",
        ),
        (
            format!("GET http://evil.test{right} HTTP/1.1\r\n{host}\r\n"),
            "421",
        ),
        (format!("GET / HTTP/1.1\r\n{host}\r\n"), "404"),
        (format!("GET /favicon.ico HTTP/1.1\r\n{host}\r\n"), "404"),
        (
            format!("GET /callback/?code=abc&state={STATE} HTTP/1.1\r\n{host}\r\n"),
            "404",
        ),
        (
            format!("GET //callback?code=abc&state={STATE} HTTP/1.1\r\n{host}\r\n"),
            "404",
        ),
        (
            format!("GET /%63allback?code=abc&state={STATE} HTTP/1.1\r\n{host}\r\n"),
            "404",
        ),
        (
            format!("GET /x/../callback?code=abc&state={STATE} HTTP/1.1\r\n{host}\r\n"),
            "404",
        ),
        (
            format!("POST {right} HTTP/1.1\r\n{host}Content-Length: 0\r\n\r\n"),
            "405",
        ),
        (format!("HEAD {right} HTTP/1.1\r\n{host}\r\n"), "405"),
        (format!("OPTIONS {right} HTTP/1.1\r\n{host}\r\n"), "405"),
        (format!("GET /callback HTTP/1.1\r\n{host}\r\n"), "400"),
        (
            format!("GET /callback?code=abc&state=x HTTP/1.1\r\n{host}\r\n"),
            "403",
        ),
        (format!("GET {right} HTTP/1.1\r\n{host}{flood}\r\n"), "431"),
        (
            format!("GET /callback?code={long} HTTP/1.1\r\n{host}\r\n"),
            "4",
        ),
        ("nonsense\r\n\r\n".to_owned(), "400"),
        (format!("GET {right} HTTP/9.9\r\n{host}\r\n"), "400"),
    ] {
        let answer = ask(port, &request).await;
        let line = answer.lines().next().unwrap_or_default();
        assert!(
            line.starts_with(&format!("HTTP/1.1 {status}")),
            "{}: {line}",
            &request[..request.len().min(120)]
        );
        assert!(!answer.contains(STATE), "{answer}");
    }
    let asking =
        tokio::spawn(
            async move { ask(port, &format!("GET {right} HTTP/1.1\r\n{host}\r\n")).await },
        );
    let mut visit = door.visit().await.unwrap();
    assert!(matches!(visit.answer, Answer::Code(_)));
    // It is answered while the first still waits.
    let request = format!("GET /callback?code=abc&state={STATE} HTTP/1.1\r\n{host}\r\n");
    let again = ask(port, &request).await;
    assert!(
        again.starts_with("HTTP/1.1 410") && again.contains("answered already"),
        "{again}"
    );
    visit
        .reply
        .show(&Report::signed_in(true, Ok("<b>Acme</b>".to_owned())));
    let page = asking.await.unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(
        page.contains("Signed in as <bdi>&lt;b&gt;Acme&lt;/b&gt;</bdi>"),
        "{page}"
    );
    for header in [
        "content-security-policy: default-src 'none'",
        "cache-control: no-store",
    ] {
        assert!(page.contains(header), "{page}");
    }
    door.close().await;
    assert!(
        TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .is_err()
    );
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_nobody_answers_expires() {
    let (mut door, _) = door().await;
    let begun = tokio::time::Instant::now();
    assert!(door.visit().await.is_none());
    assert!(begun.elapsed() >= Duration::from_mins(10));
}

#[tokio::test]
async fn a_port_that_is_in_use_is_named() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let redirect = RedirectUri::parse(&format!("https://localhost:{port}/callback")).unwrap();
    let ticket = Arc::new(Ticket::of(STATE, ""));
    let error = Door::open(&redirect, ticket).await.unwrap_err();
    assert!(
        matches!(error, NoDoor::InUse(given) if given == port),
        "{error}"
    );
    assert!(error.to_string().contains(&port.to_string()));
}

#[test]
fn hosts_are_those_of_the_redirect_address() {
    let of = |text: &str| {
        let redirect = RedirectUri::parse(text).unwrap();
        hosts(&redirect, redirect.loopback_port().unwrap())
    };
    assert_eq!(of("https://localhost:9876/c"), ["localhost:9876"]);
    assert_eq!(of("http://[::1]:9/c"), ["[::1]:9"]);
    assert_eq!(of("https://localhost/c"), ["localhost:443", "localhost"]);
    assert_eq!(of("http://127.0.0.1/c"), ["127.0.0.1:80", "127.0.0.1"]);
}
