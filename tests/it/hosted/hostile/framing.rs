//! Where a request ends: what two readers could understand differently, smuggles a second one past one
//! of them. Where it is answered at all, nothing behind it is.

use super::{Case, Then, World};

/// What is to be smuggled: it would be answered with 404.
const BEHIND: &str = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

pub fn cases(world: &World) -> Vec<Case> {
    [
        lengths(world),
        codings(world),
        chunks(world),
        lines(world),
        several(world),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let size = format!("{:x}\r\n", body.len());
    [size.as_bytes(), body, b"\r\n0\r\n\r\n"].concat()
}

fn lengths(world: &World) -> Vec<Case> {
    let good = world.good();
    let length = good.body.len();
    let whole = |headers: &[(&str, String)]| {
        let mut post = good.clone();
        for (name, value) in headers {
            post = post.with(name, value);
        }
        [post.head(), good.body.clone()].concat()
    };
    let one = |value: String| whole(&[("Content-Length", value)]);
    let mut cases = Vec::new();
    for value in [
        format!("+{length}"),
        format!("-{length}"),
        format!("0x{length:x}"),
        format!("{length}.0"),
        format!("{length} 0"),
        format!("{length}, {length}"),
        format!("{length};q=1"),
        "99999999999999999999".to_owned(),
        String::new(),
    ] {
        let name = format!("Content-Length: {value}");
        cases.push(Case::new(name, one(value)).is(400).closes());
    }
    let two = |second: usize| {
        let first = ("Content-Length", length.to_string());
        whole(&[first, ("Content-Length", second.to_string())])
    };
    let spaced = whole(&[("Content-Length ", length.to_string())]);
    cases.extend([
        Case::new("two lengths", two(5)).is(400).closes(),
        // RFC 9110, 8.6: it is one length.
        Case::new("the same length twice", two(length)).is(200),
        Case::new("a space before the colon", spaced)
            .is(400)
            .closes(),
        // An empty body, and then a request that is none.
        Case::new("no length", whole(&[])).is(400).is(400).closes(),
        Case::new(
            "an underscore in the name",
            whole(&[("Content_Length", length.to_string())]),
        )
        .is(400)
        .is(400)
        .closes(),
        Case::new("too short a length", one("10".to_owned()))
            .is(400)
            .is(400)
            .closes(),
        Case::new("too long a length, and an end", one("1000".to_owned()))
            .then(Then::Finish)
            .is(400)
            .closes(),
    ]);
    cases
}

fn codings(world: &World) -> Vec<Case> {
    let good = world.good();
    let body = [chunked(&good.body), BEHIND.as_bytes().to_vec()].concat();
    let coded = |headers: &[(&str, &str)]| {
        let mut post = good.clone();
        for (name, value) in headers {
            post = post.with(name, value);
        }
        [post.head(), body.clone()].concat()
    };
    let (length, coding) = ("Content-Length", "Transfer-Encoding");
    let mut cases = Vec::new();
    for (value, status) in [
        ("identity", 400),
        ("xchunked", 400),
        ("chunked, gzip", 400),
        ("chunked;q=1", 400),
        ("\u{b}chunked", 400),
        ("\"chunked\"", 400),
        ("gzip, chunked", 501),
        ("chunked, chunked", 501),
    ] {
        let case = Case::new(format!("coding {value}"), coded(&[(coding, value)]));
        cases.push(case.is(status).closes());
    }
    let old = good.clone().line("POST /mcp HTTP/1.0");
    let old = [old.with(coding, "chunked").head(), body.clone()].concat();
    cases.extend([
        // RFC 9112, 6.3: the coding counts, and the connection ends.
        Case::new(
            "a length before a coding",
            coded(&[(length, "5"), (coding, "chunked")]),
        )
        .is(200)
        .closes(),
        Case::new(
            "a length behind a coding",
            coded(&[(coding, "chunked"), (length, "5")]),
        )
        .is(200)
        .closes(),
        Case::new(
            "two codings",
            coded(&[(coding, "chunked"), (coding, "identity")]),
        )
        .is(400)
        .closes(),
        Case::new(
            "chunked twice",
            coded(&[(coding, "chunked"), (coding, "chunked")]),
        )
        .is(400)
        .closes(),
        Case::new("a coding in HTTP/1.0", old).is(400).closes(),
    ]);
    cases
}

fn chunks(world: &World) -> Vec<Case> {
    let head = world.good().with("Transfer-Encoding", "chunked").head();
    let long = format!("5;{}\r\n", "a".repeat(40_000));
    let trailers = format!("0\r\n{}\r\n", "X: y\r\n".repeat(2_000));
    let mut cases = Vec::new();
    for (name, body) in [
        ("no number", "zz\r\n"),
        ("negative", "-5\r\n"),
        ("with a plus", "+5\r\n"),
        ("with 0x", "0x5\r\n"),
        ("beyond all numbers", "ffffffffffffffff1\r\n"),
        ("of two words", "5 5\r\n"),
        ("empty", "\r\n"),
        ("with bare line ends", "5\nabcde\n0\n\n"),
        ("smaller than its chunk", "5\r\nabcdefgh\r\n0\r\n\r\n"),
        ("with 40,000 bytes of extension", &long),
        ("behind 2,000 trailers", &trailers),
    ] {
        let bytes = [&head, body.as_bytes(), BEHIND.as_bytes()].concat();
        let case = Case::new(format!("a chunk's size {name}"), bytes);
        cases.push(case.is(400).closes());
    }
    let good = [head, chunked(&world.good().body)].concat();
    cases.push(Case::new("chunks as they should be", good).is(200));
    cases
}

fn lines(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, line) in [
        ("folded", "X-A: a\r\n b\r\n"),
        ("with a space before the colon", "X-A : b\r\n"),
        ("without a colon", "garbage\r\n"),
        ("without a name", ": x\r\n"),
        ("with NUL", "X-A: b\0c\r\n"),
        ("with a control in its name", "X\u{1}A: b\r\n"),
        ("with a bare CR", "X-A: b\rX-B: c\r\n"),
    ] {
        let bytes = inserted(world, line);
        cases.push(
            Case::new(format!("a header {name}"), bytes)
                .is(400)
                .closes(),
        );
    }
    // RFC 9112, 2.2 lets a line end so; each is a line, and none is a part of the value before.
    let bare = inserted(world, "X-A: b\nX-B: c\n");
    let host = inserted(world, "X-A: b\nHost: evil.test\r\n");
    let all = String::from_utf8(world.good().bytes()).unwrap();
    let first = "POST /mcp HTTP/1.1\r\n X-A: b\r\nHost: localhost\r\n\r\n";
    cases.extend([
        Case::new("a bare line end", bare).is(200),
        Case::new("a Host behind a bare line end", host).is(400),
        Case::new("bare line ends alone", all.replace("\r\n", "\n")).is(200),
        Case::new("a fold of the request line", first)
            .is(400)
            .closes(),
    ]);
    cases
}

/// The good request with a line more.
fn inserted(world: &World, line: &str) -> Vec<u8> {
    let bytes = String::from_utf8(world.good().bytes()).unwrap();
    bytes
        .replacen("\r\n", &format!("\r\n{line}"), 1)
        .into_bytes()
}

fn several(world: &World) -> Vec<Case> {
    let good = world.good().bytes();
    let twice = [good.clone(), good.clone()].concat();
    let and_nonsense = [good.as_slice(), b"nonsense\r\n\r\n"].concat();
    let stranger = world.good().set("Host", "evil.test").bytes();
    let and_stranger = [good.clone(), stranger].concat();
    let unknown = world.good().without("Authorization").bytes();
    let and_unknown = [good, unknown].concat();
    vec![
        Case::new("two requests at once", twice).is(200).is(200),
        Case::new("nonsense behind a request", and_nonsense)
            .is(200)
            .is(400)
            .closes(),
        Case::new("another host behind a request", and_stranger)
            .is(200)
            .is(403),
        Case::new("no token behind a request with one", and_unknown)
            .is(200)
            .is(401),
    ]
}
