//! Requests that take their time, or stop in the middle.

use std::time::Duration;

use super::{Case, Then, World};

const PAUSE: Duration = Duration::from_millis(100);

pub fn cases(world: &World) -> Vec<Case> {
    let long = || world.good().with("Content-Length", "1000").head();
    let chunked = || world.good().with("Transfer-Encoding", "chunked").head();
    let half = b"POST /mcp HTTP/1.1\r\nHost: localhost\r\n".to_vec();
    vec![
        // hyper closes without a word: no request was made.
        Case::new("nothing", "").closes(),
        Case::new("a head that stops", half.clone()).closes(),
        Case::new("a head that ends", half.clone())
            .then(Then::Finish)
            .closes(),
        Case::new("a head in drops", half)
            .then(Then::Drip(b"X-A: b\r\n", PAUSE))
            .closes(),
        Case::new("a body that never comes", long())
            .is(408)
            .closes(),
        Case::new("a body that stops", [long(), b"{\"a\":".to_vec()].concat())
            .is(408)
            .closes(),
        Case::new("a body in drops", long())
            .then(Then::Drip(b" ", PAUSE))
            .is(408)
            .closes(),
        Case::new("chunks in drops", chunked())
            .then(Then::Drip(b"1\r\n \r\n", PAUSE))
            .is(408)
            .closes(),
        Case::new(
            "a chunk that stops",
            [chunked(), b"5\r\nab".to_vec()].concat(),
        )
        .is(408)
        .closes(),
    ]
}
