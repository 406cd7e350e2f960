//! Bodies that are no message, or two.

use super::{Case, World};

const NO_JSON: i64 = -32_700;
const NO_MESSAGE: i64 = -32_600;

pub fn cases(world: &World) -> Vec<Case> {
    let good = String::from_utf8(world.good().body).unwrap();
    let with = |body: &[u8]| world.good().body(body).bytes();
    let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let ping = |id: &str| format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"ping\"}}");
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut cases = Vec::new();
    for (name, body) in [
        ("empty", Vec::new()),
        ("two messages", format!("{good}{good}").into()),
        ("two messages on lines", format!("{good}\n{good}").into()),
        ("a message and a letter", format!("{good}x").into()),
        ("a message and NUL", format!("{good}\0").into()),
        ("a comment", format!("/**/{good}").into()),
        ("a byte order mark", format!("\u{feff}{good}").into()),
        ("UTF-16", utf16),
        (
            "invalid UTF-8",
            [
                &good.as_bytes()[..20],
                b"\xff\xc0\x80",
                &good.as_bytes()[20..],
            ]
            .concat(),
        ),
        (
            "half a surrogate",
            good.replace("list-tags", "\\ud800").into(),
        ),
        (
            "a key twice",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/list\"}".into(),
        ),
        (
            "an argument twice",
            good.replace("\"arguments\":{}", "\"arguments\":{\"a\":1,\"a\":2}")
                .into(),
        ),
        (
            "a name twice, once escaped",
            good.replace("\"name\":", "\"n\\u0061me\":\"send-message\",\"name\":")
                .into(),
        ),
        ("5,000 levels", nested(5_000).into()),
        (
            "200 levels of arguments",
            good.replace(
                "\"arguments\":{}",
                &format!("\"arguments\":{}", nested(200)),
            )
            .into(),
        ),
        ("200,000 open brackets", "[".repeat(200_000).into()),
        ("NaN", ping("NaN").into()),
        ("an id of 400 digits", ping(&"9".repeat(400)).into()),
        ("an id beyond numbers", ping("1e400").into()),
        ("half a message", good[..good.len() / 2].into()),
    ] {
        let case = Case::new(format!("body: {name}"), with(&body));
        cases.push(case.is(400).code(NO_JSON));
    }
    for (name, body) in [
        ("null", "null".to_owned()),
        ("a number", "1".to_owned()),
        ("text", "\"tools/call\"".to_owned()),
        ("an empty batch", "[]".to_owned()),
        ("a batch", format!("[{good},{good}]")),
        ("an empty object", "{}".to_owned()),
        ("an id with a fraction", ping("1.5")),
        ("no id but null", ping("null")),
        ("an object for an id", ping("{}")),
        ("JSON-RPC 1.0", good.replace("\"2.0\"", "\"1.0\"")),
        ("no jsonrpc", "{\"id\":1,\"method\":\"ping\"}".to_owned()),
        ("a number for a method", good.replace("\"tools/call\"", "1")),
        (
            "an answer",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}".to_owned(),
        ),
    ] {
        let case = Case::new(format!("body: {name}"), with(body.as_bytes()));
        cases.push(case.is(400).code(NO_MESSAGE));
    }
    let long = ping(&format!("\"{}\"", "a".repeat(1_000_000)));
    cases.push(Case::new("body: an id of a million letters", with(long.as_bytes())).is(200));
    cases
}
