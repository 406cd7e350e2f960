//! Tokens that are wrong, or at a wrong place (RFC 6750).

use super::{Case, World};

pub fn cases(world: &World) -> Vec<Case> {
    let token = &world.token;
    let with = |value: &str| world.good().set("Authorization", value).bytes();
    let bare = || world.good().without("Authorization");
    let mut cases = Vec::new();
    // Names by which no token shows.
    for (name, value) in [
        ("Basic", "Basic YTpi".to_owned()),
        ("Basic with a token", format!("Basic {token}")),
        ("Negotiate", "Negotiate x".to_owned()),
        ("no scheme", token.clone()),
        ("a tab", format!("Bearer\t{token}")),
        ("nothing", String::new()),
        (
            "an unknown token",
            format!("Bearer fmcp_{}", "A".repeat(43)),
        ),
        (
            "a letter less",
            format!("Bearer {}", &token[..token.len() - 1]),
        ),
        ("a letter more", format!("Bearer {token}A")),
        ("capitals", format!("Bearer {}", token.to_ascii_uppercase())),
        ("a revoked token", format!("Bearer {}", world.revoked)),
        ("an expired token", format!("Bearer {}", world.expired)),
        ("SQL", "Bearer '||1=1--".to_owned()),
        (
            "Front's own token",
            format!("Bearer {}", front_mcp::sandbox::TOKEN),
        ),
    ] {
        cases.push(Case::new(format!("Authorization: {name}"), with(&value)).is(401));
    }
    for (name, value) in [
        ("Bearer alone", "Bearer".to_owned()),
        ("two tokens", format!("Bearer {token} {token}")),
        ("a list", format!("Bearer {token}, Bearer {token}")),
        ("600 letters", format!("Bearer {}", "a".repeat(600))),
    ] {
        cases.push(Case::new(format!("Authorization: {name}"), with(&value)).is(400));
    }
    let twice = world
        .good()
        .with("Authorization", &format!("Bearer {token}"));
    let form = bare()
        .set("Content-Type", "application/x-www-form-urlencoded")
        .body(format!("access_token={token}"));
    cases.extend([
        Case::new("no Authorization", bare().bytes()).is(401),
        Case::new("Authorization twice", twice.bytes()).is(400),
        Case::new(
            "Proxy-Authorization",
            bare()
                .with("Proxy-Authorization", &format!("Bearer {token}"))
                .bytes(),
        )
        .is(401),
        Case::new(
            "a cookie",
            bare()
                .with("Cookie", &format!("access_token={token}"))
                .bytes(),
        )
        .is(401),
        Case::new("a token in a form", form.bytes()).is(401),
        Case::new(
            "metrics of nobody",
            bare().line("GET /metrics HTTP/1.1").body("").bytes(),
        )
        .is(401),
    ]);
    for query in [
        "access_token",
        "Access_Token",
        "%61ccess_token",
        "x=1&token",
    ] {
        let line = format!("POST /mcp?{query}={token} HTTP/1.1");
        let beside = world.good().line(&line).bytes();
        let alone = bare().line(&line).bytes();
        cases.push(Case::new(format!("?{query} beside a header"), beside).is(400));
        cases.push(Case::new(format!("?{query} alone"), alone).is(400));
    }
    cases
}
