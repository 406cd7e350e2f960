use front_mcp::shape::outgoing::{Format, Refusal, outgoing};

#[test]
fn markdown_becomes_html() {
    let out = outgoing(
        "Hi **Ann**,\nsee [this](https://x.com/a).\n\n- one\n- two <b>\n",
        Format::Markdown,
    )
    .unwrap();
    assert_eq!(
        out.html,
        "<p>Hi <strong>Ann</strong>,<br>\nsee <a href=\"https://x.com/a\">this</a>.</p>\n<ul>\n<li>one</li>\n<li>two &lt;b&gt;</li>\n</ul>"
    );
    assert_eq!(
        out.text,
        "Hi **Ann**,\nsee this <https://x.com/a>.\n\n- one\n- two \\<b>"
    );
}

#[test]
fn scripts_are_refused() {
    assert_eq!(
        outgoing("<p>x<script>y</script>", Format::Html),
        Err(Refusal::Element("script".into()))
    );
}
