use front_mcp::shape::mail::{Quotes, from_html};
use front_mcp::shape::outgoing::{Format, Outgoing, Refusal, outgoing};

fn sent(body: &str, format: Format) -> Outgoing {
    match outgoing(body, format) {
        Ok(out) => out,
        Err(refusal) => panic!("{refusal}: {body}"),
    }
}

fn refused(body: &str, format: Format) -> Refusal {
    match outgoing(body, format) {
        Err(refusal) => refusal,
        Ok(out) => panic!("sent {out:?}"),
    }
}

#[test]
fn markdown_becomes_html() {
    let out = sent(
        "Hi **Ann**,\nsee [this](https://x.com/a?utm_source=b).\n\n- one\n- two <b>\n\n| a | b |\n|---|---|\n| 1 | ~~2~~ |\n",
        Format::Markdown,
    );
    assert_eq!(
        out.html,
        "<p>Hi <strong>Ann</strong>,<br>\nsee <a href=\"https://x.com/a?utm_source=b\">this</a>.</p>\n\
         <ul>\n<li>one</li>\n<li>two &lt;b&gt;</li>\n</ul>\n\
         <table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n<tr><td>1</td><td><del>2</del></td></tr>\n</tbody></table>"
    );
    // An approver sees the whole address, trackers too.
    assert_eq!(
        out.text,
        "Hi **Ann**,\nsee this <https://x.com/a?utm_source=b>.\n\n- one\n- two \\<b>\n\n| a | b |\n| --- | --- |\n| 1 | ~~2~~ |"
    );
}

#[test]
fn html_in_markdown_is_text() {
    let out = sent(
        "<script>alert(1)</script>\n\nhi <img src=x onerror=y> <!-- no -->",
        Format::Markdown,
    );
    assert!(
        !out.html.contains("<script") && !out.html.contains("<img") && !out.html.contains("<!--"),
        "{}",
        out.html
    );
    assert!(
        out.text.contains("alert(1)") && out.text.contains("no -->"),
        "{}",
        out.text
    );
}

#[test]
fn text_becomes_paragraphs() {
    let out = sent("Hi,\r\n\r\n1 < 2 & *not bold*\r\nbye", Format::Text);
    assert_eq!(
        out.html,
        "<p>Hi,</p>\n<p>1 &lt; 2 &amp; *not bold*<br>\nbye</p>"
    );
    assert_eq!(out.text, "Hi,\n\n1 < 2 & *not bold*\nbye");
}

#[test]
fn html_is_sent_as_it_is_seen() {
    let out = sent(
        "<html><head><meta charset=utf-8></head><body><!-- note --><p class=x id=y data-z=1 title=t>Hello <b style='color: #333; font-size:14px'>you</b><img src='cid:logo'></body></html>",
        Format::Html,
    );
    assert_eq!(
        out.html,
        "<p>Hello <b style=\"color: #333; font-size:14px\">you</b><img src=\"cid:logo\"></p>"
    );
    assert_eq!(out.text, "Hello **you**[image]");
    let arabic = "<p dir=\"rtl\">می‌خواهم 👩‍💻</p>";
    assert_eq!(sent(arabic, Format::Html).html, arabic);
}

#[test]
fn what_runs_or_loads_is_refused() {
    for (body, name) in [
        ("<p>x<script>y</script>", "script"),
        ("<style>p{}</style>x", "style"),
        ("<iframe src=x></iframe>x", "iframe"),
        ("x<object data=y>", "object"),
        ("x<svg/onload=y>", "svg"),
        ("<form>x</form>", "form"),
        ("<input>x", "input"),
        ("<button>x</button>", "button"),
        ("<bdo dir=rtl>x</bdo>", "bdo"),
        ("<base href=x>x", "base"),
        ("<link href=x>x", "link"),
        ("<title>t</title>x", "title"),
        ("<video src=x>x</video>", "video"),
        ("<x-y>x</x-y>", "x-y"),
        ("<template>x</template>y", "template"),
        ("<textarea>x</textarea>y", "textarea"),
        ("<marquee>x</marquee>", "marquee"),
        ("<embed src=x>y", "embed"),
    ] {
        assert_eq!(
            refused(body, Format::Html),
            Refusal::Element(name.to_owned()),
            "{body}"
        );
    }
    for body in [
        "<p onclick=x>y",
        "<a href='https://x.com' ping=z>y</a>",
        "<p contenteditable>y",
        "<td background=x>y",
        "<table background=x><tr><td>y",
        "<img src='cid:x' srcset='https://y'>z",
        "<p autofocus tabindex=1>y",
    ] {
        assert!(
            matches!(outgoing(body, Format::Html), Err(Refusal::Attribute(_)))
                || body.starts_with("<td"),
            "{body}"
        );
    }
    for body in [
        "<a href='javascript:x'>y</a>",
        "<a href='java&#10;script:x'>y</a>",
        "<a href='data:text/html,x'>y</a>",
        "<a href='/x'>y</a>",
        "<a href='vbscript:x'>y</a>",
    ] {
        assert!(
            matches!(refused(body, Format::Html), Refusal::Link(_)),
            "{body}"
        );
    }
    for body in [
        "[y](javascript:x)",
        "[y](data:text/html,x)",
        "<file:///etc/passwd>",
        "[y](relative)",
    ] {
        assert!(
            matches!(refused(body, Format::Markdown), Refusal::Link(_)),
            "{body}"
        );
    }
    for body in [
        "<img src='https://x/y.png'>z",
        "<img src='//x/y.png'>z",
        "<img src='data:image/png;base64,x'>z",
    ] {
        assert!(
            matches!(refused(body, Format::Html), Refusal::RemoteImage(_)),
            "{body}"
        );
    }
    assert!(matches!(
        refused("![y](https://x/y.png)", Format::Markdown),
        Refusal::RemoteImage(_)
    ));
}

#[test]
fn what_readers_would_not_see_is_refused() {
    for style in [
        "display:none",
        "visibility:hidden",
        "font-size:0",
        "color:#fff",
        "color:white;background:white",
        "color:transparent",
        "opacity:0",
        "text-indent:-9999px",
        "mso-hide:all",
        "position:absolute;left:-9999px",
        "d\\69splay:none",
        "display:/**/none",
        "margin-left:-50px",
        "margin-left:9999px",
        "background:url(https://x/y)",
        "background:rgb(1,1,1) url(x)",
        "font-family:\"a;color:black",
        "width:expression(x)",
        "direction:rtl;unicode-bidi:bidi-override",
        "behavior:url(x)",
        "transform:scale(0)",
        "float:left",
        "z-index:1",
        "filter:blur(9px)",
    ] {
        let escaped = style.replace('"', "&quot;");
        let refusal = refused(
            &format!("seen <span style=\"{escaped}\">secret</span>"),
            Format::Html,
        );
        assert!(
            matches!(refusal, Refusal::Style(_) | Refusal::Hidden(_)),
            "{style}: {refusal}"
        );
    }
    assert!(matches!(
        refused("<p hidden>x</p>y", Format::Html),
        Refusal::Hidden(_) | Refusal::Attribute(_)
    ));
    assert!(matches!(
        refused("<font color=white>x</font>y", Format::Html),
        Refusal::Hidden(_)
    ));
    for format in [Format::Markdown, Format::Html, Format::Text] {
        for body in [
            "pay\u{200B}pal",
            "a\u{202E}b",
            "hi\u{E0041}",
            "x\0y",
            "a\u{AD}b",
            "x\u{2028}y",
        ] {
            assert!(
                matches!(refused(body, format), Refusal::Invisible { .. }),
                "{body:?}"
            );
        }
    }
    for (body, format) in [
        ("pay&#8203;pal", Format::Html),
        ("pay&#8203;pal", Format::Markdown),
        ("<img src='cid:1' alt='a&#x202E;b'>", Format::Html),
    ] {
        assert!(
            matches!(refused(body, format), Refusal::Invisible { .. }),
            "{body:?}"
        );
    }
    let message = refused("Dear Ann, pay\u{200B}pal", Format::Text).to_string();
    assert!(
        message.contains("U+200B") && message.contains("Dear Ann, pay"),
        "{message}"
    );
}

#[test]
fn nothing_and_too_much_are_refused() {
    for body in ["", " \n\t", "<p></p>", "<!-- x -->", "<div><br></div>"] {
        assert_eq!(
            outgoing(body, Format::Html),
            Err(Refusal::Empty),
            "{body:?}"
        );
    }
    assert_eq!(outgoing("", Format::Markdown), Err(Refusal::Empty));
    assert_eq!(
        outgoing(&"<div>".repeat(500), Format::Html),
        Err(Refusal::TooLarge)
    );
    assert_eq!(
        outgoing(&"word ".repeat(450_000), Format::Text),
        Err(Refusal::TooLarge)
    );
    assert!(outgoing(&"> ".repeat(50_000), Format::Markdown).is_err());
}

#[test]
fn disguised_links_are_shown_for_what_they_are() {
    let out = sent("[https://paypal.com](https://evil.com/x)", Format::Markdown);
    assert_eq!(
        out.text,
        "https://paypal.com [goes to evil.com] <https://evil.com/x>"
    );
    let long = format!("[x](https://x.com/{})", "a".repeat(300));
    assert!(
        sent(&long, Format::Markdown)
            .text
            .contains(&"a".repeat(300))
    );
}

#[test]
fn what_arrives_reads_as_what_was_approved() {
    let body = "# Offer\n\nDear Ann,\n\n1. first\n2. second\n\n> quoted\n\n`code` and *more*";
    let out = sent(body, Format::Markdown);
    assert_eq!(from_html(&out.html, Quotes::Keep).markdown, out.text);
}
