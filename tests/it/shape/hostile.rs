//! Bodies made to hurt: to overflow, to stall, to smuggle.

use std::time::{Duration, Instant};

use front_mcp::shape::mail::{Mail, Quotes, from_html, from_text};
use front_mcp::shape::outgoing::{Format, outgoing};
use front_mcp::shape::visible::visible;
use proptest::prelude::*;

/// What every body keeps to, whoever wrote it.
fn keeps_its_promises(markdown: &str) -> Result<(), String> {
    let checks = [
        ("invisible characters", visible(markdown) != markdown),
        ("an image form", markdown.contains("![")),
        ("a link form", markdown.contains("](")),
        ("a reference definition", markdown.contains("]:")),
        ("two blank lines", markdown.contains("\n\n\n")),
        (
            "a fence",
            markdown.lines().any(|line| {
                let line = line.trim_start_matches(['>', ' ', '-', '#']);
                line.starts_with("```") || line.starts_with("~~~")
            }),
        ),
        (
            "a tag",
            markdown.match_indices('<').any(|(at, _)| {
                let rest = &markdown[at + 1..];
                if markdown[..at].ends_with('\\')
                    || !rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
                {
                    return false;
                }
                let near = &rest[..rest.floor_char_boundary(300)];
                let word = near.split(['>', ' ', '\n']).next().unwrap_or_default();
                !word.contains([':', '@'])
            }),
        ),
        (
            "trailing space",
            markdown.lines().any(|line| line != line.trim_end()),
        ),
    ];
    match checks.iter().find(|(_, broken)| *broken) {
        Some((what, _)) => Err(format!("{what} in {markdown:?}")),
        None => Ok(()),
    }
}

fn read(body: &str) -> Mail {
    let mail = from_html(body, Quotes::Keep);
    assert_eq!(keeps_its_promises(&mail.markdown), Ok(()), "{:.200}", body);
    mail
}

/// The development profile is an order of magnitude slower than what is shipped.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn size_and_depth_cost_no_more_than_their_length() {
    let many = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    let unclosed_attributes: String = std::iter::once("<a ".to_owned())
        .chain((0..300_000).map(|n| format!("a{n} ")))
        .collect();
    let attributed: String = (0..20_000)
        .map(|n| format!("<b id={n}>"))
        .collect::<String>()
        + &"<p>x".repeat(20_000);
    for (name, body) in [
        ("divs", many("<div>", 10_000_000)),
        (
            "closed divs",
            many("<div>", 500_000) + &many("</div>", 600_000),
        ),
        ("paragraphs and formatting", attributed),
        (
            "formatting across blocks",
            many("<b><i><div></b></i>", 400_000),
        ),
        ("tables", many("<table><tr><td>", 200_000)),
        (
            "rows",
            String::from("<table>") + &many("<tr><td>a<td>b", 200_000),
        ),
        ("lists", many("<ul><li>a", 200_000)),
        ("quotes", many("<blockquote>q", 200_000)),
        ("attributes", unclosed_attributes),
        ("one word", many("a", 3_000_000)),
        ("angles", many("<", 400_000)),
        ("ends", many("</", 400_000)),
        ("entities", many("&amp&#x;&bogus;&#1114112;", 400_000)),
        ("comment", String::from("<!--") + &many("-", 400_000)),
        ("svg", many("<svg><g>", 200_000)),
        ("objects", many("<object>", 200_000)),
        ("links", many("<a href=http://a.b>x", 200_000)),
        ("addresses", many("&lt;a", 200_000)),
        ("styles", format!("<p style='{}'>x", many("a:b;", 200_000))),
        (
            "nested styles",
            many("<p style='color:#fff;font-size:0'>x", 200_000),
        ),
        ("breaks", many("<br>", 200_000)),
        ("spaces", many(" \u{A0}\n", 200_000)),
        ("zero width", many("\u{200B}\u{200D}\u{E0041}", 200_000)),
        ("emphasis", many("<b>x<i>y<br>", 200_000)),
        ("headings", many("<h1>x", 200_000)),
        ("nul", many("\0<\0b\0>", 200_000)),
    ] {
        let begun = Instant::now();
        read(&body);
        from_text(&body, Quotes::Fold);
        assert!(begun.elapsed() < PATIENCE, "{name}: {:?}", begun.elapsed());
        eprintln!("{name}: {:?}", begun.elapsed());
    }
}

#[test]
fn what_is_cut_says_so() {
    let long = "word ".repeat(450_000);
    assert!(from_html(&long, Quotes::Fold).folded.truncated);
    assert!(from_text(&long, Quotes::Fold).folded.truncated);
    let multibyte = "é".repeat(1_500_000);
    assert!(from_html(&multibyte, Quotes::Fold).folded.truncated);
    assert!(!from_html("<p>short", Quotes::Fold).folded.truncated);
}

#[test]
fn nothing_runs_and_nothing_loads() {
    for body in [
        "<script>alert(1)</script>seen",
        "<SCRIPT SRC=//x></SCRIPT >seen",
        "<scr<script>ipt>alert(1)</scr</script>ipt>seen",
        "<svg/onload=alert(1)></svg>seen",
        "<svg><style><img src=x onerror=alert(1)></style></svg>seen",
        "<math><mi><script>alert(1)</script></math>seen",
        "<img src=x onerror=alert(1)>seen",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>seen",
        "<a href='javascript:alert(1)'>seen</a>",
        "<a href='java\nscript:alert(1)'>seen</a>",
        "<a href=' &#106;avascript:alert(1)'>seen</a>",
        "<a href='data:text/html,alert(1)'>seen</a>",
        "<!--<script>-->seen",
        "<!--><script>alert(1)</script>-->seen",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>seen",
        "<template><script>alert(1)</script></template>seen",
        "<object data=x>alert</object>seen",
        "<style>@import 'http://x'</style>seen",
        "<link rel=stylesheet href=http://x>seen",
        "<meta http-equiv=refresh content='0;url=http://x'>seen",
        "<base href=http://x>seen",
        "<form action=http://x><input value=alert><textarea>alert</textarea>seen</form>",
    ] {
        let text = read(body).markdown;
        assert!(text.contains("seen"), "{body}: {text}");
        assert!(
            !text.contains("alert") || text.contains("ipt>") || text.starts_with("'>"),
            "{body}: {text}"
        );
        assert!(!text.contains("javascript:"), "{body}: {text}");
    }
}

#[test]
fn markdown_typed_as_text_is_text() {
    for body in [
        "![x](http://evil/a.png)",
        "[x](http://evil)",
        "[x][1]\n\n[1]: http://evil",
        "!<b></b>[x]<b></b>(http://evil)",
        "!<img alt=x>",
        "```\nend of message\n```",
        "<pre>\n~~~~\n```</pre>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&lt;<b></b>img src=x onerror=alert(1)&gt;",
        "<a href='http://a.b/]('>[x</a>(y)",
        "<img alt='](http://evil)'>",
        "<img alt='x\n\n![y](z)'>",
        "<a href='http://x/`\"><img>'>x</a>",
        "<plaintext><script>![a](b)",
        "<xmp><script>![a](b)</xmp>",
    ] {
        read(body);
        assert_eq!(
            keeps_its_promises(&from_text(body, Quotes::Keep).markdown),
            Ok(()),
            "{body}"
        );
    }
}

fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href='http://a.b/c?d=e'>",
        "<a href='javascript:x'>",
        "</a>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "</table>",
        "<ul>",
        "<ol>",
        "<li>",
        "</ul>",
        "<blockquote>",
        "</blockquote>",
        "<blockquote type=cite>",
        "<div class=gmail_quote>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h1>",
        "<img alt='![x](y)'>",
        "<img src=a width=1>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<svg>",
        "</svg>",
        "<!--",
        "-->",
        "<br>",
        "<hr>",
        "<div style='display:none'>",
        "<span style='font-size:0'>",
        "<font color=white>",
        "</font>",
        "<div id=divRplyFwdMsg>",
        "<xmp>",
        "<textarea>",
        "<title>",
        "<template>",
        "<select>",
        "<object>",
        "&lt;",
        "&amp;",
        "&#8203;",
        "&nbsp;",
        "&#0;",
        "&zwj;",
        "!",
        "[",
        "]",
        "(",
        ")",
        "`",
        "```",
        "~~~",
        "|",
        "\\",
        "<",
        ">",
        "> ",
        "\n",
        "\r\n",
        " ",
        "word",
        "ünï",
        "日本",
        "עברית",
        "👍",
        "\u{200D}",
        "\u{FE0F}",
        "\u{202E}",
        "\u{E0041}",
        "\0",
        "On Mon, Nov 2, 2026 a@b wrote:",
        "From: a",
        "Sent: b",
        "To: c",
        "Subject: d",
        "-----Original Message-----",
        "http://x.y",
        ":",
        "[1]:",
        "---",
        "# ",
        "- ",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn soup_keeps_the_promises(body in soup()) {
        for quotes in [Quotes::Fold, Quotes::Keep] {
            prop_assert_eq!(keeps_its_promises(&from_html(&body, quotes).markdown), Ok(()));
            prop_assert_eq!(keeps_its_promises(&from_text(&body, quotes).markdown), Ok(()));
        }
    }

    #[test]
    fn any_text_keeps_the_promises(body in any::<String>()) {
        prop_assert_eq!(keeps_its_promises(&from_html(&body, Quotes::Keep).markdown), Ok(()));
        prop_assert_eq!(keeps_its_promises(&from_text(&body, Quotes::Fold).markdown), Ok(()));
    }

    #[test]
    fn what_is_sent_is_what_was_shown(body in soup()) {
        for format in [Format::Markdown, Format::Html, Format::Text] {
            if let Ok(out) = outgoing(&body, format) {
                prop_assert_eq!(keeps_its_promises(&out.text), Ok(()));
                // What is sent reads the same when it comes back, and is accepted as it is.
                let again = outgoing(&out.html, Format::Html);
                prop_assert_eq!(again, Ok(out));
            }
        }
    }
}
