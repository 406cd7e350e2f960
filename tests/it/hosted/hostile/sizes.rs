//! Too much of anything.

use super::{Case, Then, World};

pub fn cases(world: &World) -> Vec<Case> {
    let good = || world.good();
    let many =
        |count: usize| (0..count).fold(good(), |post, place| post.with(&format!("X-{place}"), "y"));
    let large = |count: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(count));
    let announced = good().with("Content-Length", "1073741824").head();
    let asking = good()
        .with("Content-Length", "1073741824")
        .with("Expect", "100-continue")
        .head();
    let streamed = good().with("Transfer-Encoding", "chunked").head();
    let strange = good()
        .set("Authorization", "Bearer fmcp_x")
        .with("Content-Length", "1073741824")
        .head();
    let target = |length: usize| {
        let line = format!("POST /{} HTTP/1.1", "a".repeat(length));
        good().line(&line).bytes()
    };
    let method = format!("{} /mcp HTTP/1.1", "A".repeat(1_000_000));
    vec![
        Case::new("10,000 headers", many(10_000).bytes())
            .is(431)
            .closes(),
        Case::new("65 more headers than usual", many(65).bytes())
            .is(431)
            .closes(),
        Case::new(
            "a header of 1 MB",
            good().with("X-A", &"a".repeat(1_000_000)).bytes(),
        )
        .is(431)
        .closes(),
        Case::new(
            "a header name of 1 MB",
            good().with(&"a".repeat(1_000_000), "x").bytes(),
        )
        .either(&[400, 431])
        .closes(),
        // hyper looks at the head as a whole first.
        Case::new("a target of 1 MB", target(1_000_000))
            .either(&[414, 431])
            .closes(),
        Case::new("a target of 20 KB", target(20_000)).is(404),
        Case::new("a method of 1 MB", good().line(&method).bytes())
            .either(&[400, 431])
            .closes(),
        Case::new("a body of 5 MB", good().body(large(5_000_000)).bytes())
            .is(413)
            .closes(),
        Case::new(
            "a body of 4 MB and no message",
            good().body(large(4_000_000)).bytes(),
        )
        .is(400),
        Case::new("1 GB announced", announced).is(413).closes(),
        Case::new("1 GB asked for", asking).is(413).closes(),
        Case::new("1 GB announced by nobody", strange)
            .is(401)
            .closes(),
        Case::new("1 GB streamed", streamed)
            .then(Then::Flood)
            .is(413)
            .closes(),
    ]
}
