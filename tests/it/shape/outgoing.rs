//! What agents write.

use front_mcp::shape::outgoing::{Format, Outgoing, Refusal, outgoing};

fn sent(body: &str, format: Format) -> (String, String) {
    let Outgoing { html, text } = outgoing(body, format).unwrap();
    (html, text)
}

fn refused(body: &str) -> Refusal {
    outgoing(body, Format::Html).unwrap_err()
}

#[test]
fn markdown_becomes_html_and_reads_the_same() {
    let body = "Hi **Ana**,\n\nsee [the page](https://x.example/a \"hidden title\") & ![logo](https://x.example/l.png)\n\n- one\n- two\n\nBest,\nBo";
    let (html, text) = sent(body, Format::Markdown);
    assert_eq!(
        html,
        "<p>Hi <strong>Ana</strong>,</p>\n<p>see <a href=\"https://x.example/a\">the page</a> &amp; <a href=\"https://x.example/l.png\">logo</a></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<p>Best,<br />\nBo</p>\n"
    );
    assert_eq!(
        text,
        "Hi **Ana**,\n\nsee the page <https://x.example/a> & logo <https://x.example/l.png>\n\n- one\n- two\n\nBest,\nBo"
    );
}

#[test]
fn raw_html_in_markdown_is_shown() {
    let (html, text) = sent(
        "a <b onclick=x>b</b>\n\n<script>\nalert(1)\n</script>\n",
        Format::Markdown,
    );
    assert!(!html.contains("<script") && !html.contains("<b "), "{html}");
    assert!(
        text.contains("<script>") && text.contains("<b onclick=x>"),
        "{text}"
    );
}

#[test]
fn tables_and_code_survive() {
    let (_, text) = sent(
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```rs\nlet x = 1;\n\n  y\n```\n\n`z`",
        Format::Markdown,
    );
    assert_eq!(text, "a | b\n1 | 2\n\n```\nlet x = 1;\n\n  y\n```\n\nz");
}

#[test]
fn plain_text_is_escaped() {
    let (html, text) = sent("Hi <Ana> & co\nline  two\n\n\nBo", Format::Text);
    assert_eq!(
        html,
        "<p>Hi &lt;Ana&gt; &amp; co<br>\nline &nbsp;two</p>\n<p>Bo</p>\n"
    );
    assert_eq!(text, "Hi <Ana> & co\nline two\n\nBo");
}

#[test]
fn html_passes_as_it_is() {
    let body = "<div style=\"color: #333\">Hi <a href=\"mailto:a@b.example\">Ana</a><br><img src=\"cid:1\" alt=\"Logo\"></div>";
    let (html, text) = sent(body, Format::Html);
    assert_eq!(html, body);
    assert_eq!(text, "Hi Ana <mailto:a@b.example>\n[image: Logo]");
}

#[test]
fn what_no_mail_may_hold_is_refused_by_name() {
    for (body, name) in [
        ("x<script>1</script>", "script"),
        ("x<SCRIPT src=y>", "script"),
        ("x<style>p{}</style>", "style"),
        ("x<iframe src=y></iframe>", "iframe"),
        ("x<object data=y></object>", "object"),
        ("x<form action=y></form>", "form"),
        ("x<input>", "input"),
        ("x<svg/onload=alert(1)>", "svg"),
        ("x<math><mi>", "math"),
        ("x<meta http-equiv=refresh>", "meta"),
        ("x<base href=y>", "base"),
        ("x<link rel=stylesheet>", "link"),
        ("x<template>y</template>", "template"),
        ("x<marquee>y</marquee>", "marquee"),
        ("x<plaintext>y", "plaintext"),
        ("x<title>y</title>", "title"),
    ] {
        assert_eq!(refused(body), Refusal::Element(name.into()), "{body}");
    }
    for (body, name) in [
        ("<p onclick=x>y", "onclick"),
        ("<p/onmouseover='x'>y", "onmouseover"),
        ("<a href='https://x.example' ping=y>z</a>", "ping"),
        ("<td background=x>y", "background"),
        ("<img src=cid:1 srcset=y>", "srcset"),
    ] {
        assert_eq!(refused(body), Refusal::Attribute(name.into()), "{body}");
    }
    for body in [
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='java&#10;script:alert(1)'>x</a>",
        "<a href=' &#1;javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<a href='/x'>x</a>",
    ] {
        assert!(
            matches!(refused(body), Refusal::Link(_) | Refusal::Invisible(_)),
            "{body}"
        );
    }
    for body in [
        "<img src='https://t.example/x.png'>y",
        "<img src='//t.example/x.png'>y",
        "<img src='data:image/png;base64,AA'>y",
    ] {
        assert!(matches!(refused(body), Refusal::RemoteImage(_)), "{body}");
    }
    for body in [
        "<p style='background:url(https://t.example)'>y",
        "<p style='background:u\\72l(x)'>y",
        "<p style='width:expression(x)'>y",
        "<p style='@import x'>y",
    ] {
        assert!(matches!(refused(body), Refusal::Style(_)), "{body}");
    }
    for body in [
        "a<p style='display:none'>secret</p>",
        "a<p hidden>secret</p>",
        "a<font color=white>secret</font>",
        "a<span style='font-size:0'>secret</span>",
    ] {
        assert_eq!(refused(body), Refusal::Hidden("secret".into()), "{body}");
    }
    for body in ["a<!-- b -->", "a<!b>", "a<?b>", "a</ b>", "a</>"] {
        assert!(matches!(refused(body), Refusal::Comment(_)), "{body}");
    }
    assert_eq!(refused("a<b"), Refusal::Unfinished);
    assert_eq!(refused("a<p title='b"), Refusal::Unfinished);
    assert_eq!(refused("a&#x200b;b"), Refusal::Invisible("U+200B".into()));
    assert_eq!(refused("<p></p>"), Refusal::Empty);
}

#[test]
fn every_format_refuses_the_unseen_and_the_empty() {
    for format in [Format::Markdown, Format::Html, Format::Text] {
        let unseen = |body: &str| outgoing(body, format).unwrap_err();
        assert_eq!(unseen("a\u{202E}b"), Refusal::Invisible("U+202E".into()));
        assert_eq!(unseen("a\u{200B}"), Refusal::Invisible("U+200B".into()));
        assert_eq!(unseen(" \n\t"), Refusal::Empty);
        assert!(matches!(
            unseen(&"a".repeat(600_000)),
            Refusal::TooLong(600_000)
        ));
        assert!(outgoing("a\r\nb", format).is_ok());
        assert!(outgoing("Grüße 👍🏽 ❤️", format).is_ok());
    }
    let unseen = outgoing("a&#x202E;b", Format::Markdown).unwrap_err();
    assert_eq!(unseen, Refusal::Invisible("U+202E".into()));
    let script = outgoing("[x](javascript:alert(1))", Format::Markdown).unwrap_err();
    assert!(script.to_string().contains("javascript:alert(1)"));
}
