use front_mcp::shape::mail::{Mail, Quotes, from_html, from_text};

fn html(html: &str) -> String {
    from_html(html, Quotes::Fold).markdown
}

#[track_caller]
fn reads(body: &str, expected: &str) {
    assert_eq!(html(body), expected, "{body}");
}

#[test]
fn words_lists_and_headings() {
    reads(
        "<html><head><title>x</title><style>p{}</style></head><body><h2>News</h2><p>Hello <b>Ann</b>,</p>\
         <p>first<br>second</p><ul><li>one<li>two<ul><li>deep</ul></ul><ol start=3><li>three<li>four</ol>\
         <hr><pre>a  b\n  c</pre></body></html>",
        "## News\n\nHello **Ann**,\n\nfirst\nsecond\n\n- one\n- two\n  - deep\n\n3. three\n4. four\n\n---\n\na  b\n  c",
    );
    reads("<b> bold </b>and<i> it</i>", "**bold** and *it*");
    reads("<b>one<br>two</b>", "**one**\n**two**");
    reads("<b></b><i> </i>x", "x");
    reads(
        "<div>a</div><div><br></div><div><br></div><div>b</div>",
        "a\n\nb",
    );
    reads(
        "a&nbsp;&nbsp; b &amp; c &lt;d&gt; &copy; &#x1F44D;",
        "a b & c \\<d> © 👍",
    );
    reads(
        "<s>$50</s> 10<sup>3</sup> 1<sup>st</sup>",
        "~~$50~~ 10^3 1st",
    );
    reads("<dl><dt>Term<dd>Meaning</dl>", "Term\nMeaning");
    reads(
        "<p>Unclosed <b>everything <i>here<p>next",
        "Unclosed **everything *here***\n\n***next***",
    );
}

#[test]
fn links_say_where_they_go() {
    for (body, expected) in [
        (
            "<a href='https://x.com/a?utm_source=m&id=1&fbclid=z#top'>the page</a>.",
            "the page <https://x.com/a?id=1#top>.",
        ),
        ("<a href='https://x.com/'>x.com</a>", "x.com"),
        (
            "<a href='https://www.x.com/a'>www.x.com</a>",
            "www.x.com <https://www.x.com/a>",
        ),
        (
            "<a href='https://evil.com/login'>paypal.com</a>",
            "paypal.com [goes to evil.com] <https://evil.com/login>",
        ),
        (
            "<a href='https://paypal.com@evil.com/'>https://paypal.com/</a>",
            "https://paypal.com/ [goes to evil.com] <https://evil.com/>",
        ),
        (
            "<a href='https://evil.com\\@paypal.com'>pay</a>",
            "pay <https://evil.com%5C@paypal.com>",
        ),
        ("<a href='mailto:a@x.com?subject=hi'>a@x.com</a>", "a@x.com"),
        (
            "<a href='mailto:b@x.com'>write us</a>",
            "write us <mailto:b@x.com>",
        ),
        (
            "<a href='tel:+15550142231'>call</a>",
            "call <tel:+15550142231>",
        ),
        (
            "<a href='javascript:x()'>run</a> <a href='ftp://x'>get</a> <a href='#top'>up</a> <a href='/x'>rel</a>",
            "run get up rel",
        ),
        (
            "<a href='https://x.com/a'><img alt='Shop now'></a>",
            "[image: Shop now] <https://x.com/a>",
        ),
        ("<a href='https://x.com/a'></a>", ""),
        (
            "<a href='https://x.com/r'>report.pdf</a>",
            "report.pdf <https://x.com/r>",
        ),
        (
            "<a href='https://x.com/r'>Inc. was founded</a>",
            "Inc. was founded <https://x.com/r>",
        ),
    ] {
        reads(body, expected);
    }
    let long = format!(
        "<a href='https://track.example.com/c/{}'>offer</a>",
        "x".repeat(300)
    );
    reads(&long, "offer (link to track.example.com)");
}

#[test]
fn images_are_words_or_nothing() {
    for (body, expected) in [
        ("<img src='https://x/o.gif' width=1 height=1 alt='p'>a", "a"),
        (
            "<img src='https://x/o.gif' style='width:1px;height:1px' alt='p'>a",
            "a",
        ),
        ("<img src='https://x/o.gif' alt=''>a", "a"),
        ("<img src='cid:1' alt='Our\nlogo'>", "[image: Our logo]"),
        ("<img aria-hidden=true alt=deco src=x>a", "a"),
    ] {
        reads(body, expected);
    }
}

#[test]
fn what_is_hidden_is_not_read_and_is_counted() {
    for style in [
        "display:none",
        "DISPLAY : NONE !important",
        "visibility:hidden",
        "opacity:0",
        "font-size:0",
        "font-size:1px",
        "font-size:0.0em",
        "max-height:0;overflow:hidden",
        "width:0;height:0;overflow:hidden",
        "mso-hide:all",
        "text-indent:-9999px",
        "position:absolute;left:-9999px",
        "color:#fff",
        "color:white",
        "color:rgb(255,255,255)",
        "color:rgba(0,0,0,0)",
        "color:transparent",
        "color:#fefefe",
        "color:floralwhite",
        "color:hsl(0,0%,100%)",
        "color:white;color:nonsense",
        "color:#123;background:#123",
        "background-color:red;color:#ff0000",
        "d\\69splay:none",
        "dis/**/play:none;display:/**/none",
        "font:0/0 a",
        "clip:rect(0,0,0,0)",
        "line-height:0;font-size:0px",
        "-webkit-text-fill-color:transparent",
    ] {
        let mail = from_html(
            &format!("seen <span style=\"{style}\">secret words</span>"),
            Quotes::Fold,
        );
        assert_eq!(
            (mail.markdown.as_str(), mail.folded.hidden_chars),
            ("seen", 11),
            "{style}"
        );
    }
    for body in [
        "seen <p hidden>secret",
        "seen <font color=white>secret</font>",
        "<body bgcolor=#000000><p>seen<font color=black>secret",
        "<div style='display:none'>secret<div>secret</div></div>seen",
        "<div style='color:#fff'><p><b>secret</b></p></div>seen",
        "<p>seen<p><font color=white>secret<p>secret",
        "<span style='display:none'><div></span>secret</div></span>seen",
    ] {
        let mail = from_html(body, Quotes::Fold);
        assert_eq!(mail.markdown.trim(), "seen", "{body}");
        assert!(mail.folded.hidden_chars >= 6, "{body}");
    }
}

#[test]
fn a_style_sheet_hides_too() {
    let body = "<style>@import 'x'; @media (max-width:600px){.wide{display:none}} /* {} */ .pre, p.gone{display:none!important}\
        #id1{visibility:hidden} a:hover{display:none} .box .deep{display:none}</style>\
        <div class='a pre'>x1</div><p class=gone>x2</p><p id=id1>x3</p><p class=pre style='display:block'>y1</p>\
        <p class=wide>y2</p><div class=gone>y3</div><div class=deep>y4</div><a>y5</a>";
    let mail = from_html(body, Quotes::Fold);
    assert_eq!(mail.markdown, "y1\n\ny2\n\ny3\ny4\ny5");
    assert_eq!(mail.folded.hidden_chars, 6);
}

#[test]
fn what_is_seen_is_read() {
    for body in [
        "<div style='font-size:0px'><span style='font-size:14px'>seen</span></div>",
        "<div style='background:#000'><p style='color:#fff'>seen</p></div>",
        "<td bgcolor=navy style='color:white'>seen",
        "<div style='background:url(x.png)'><p style='color:#fff'>seen</p></div>",
        "<div style='visibility:hidden'><p style='visibility:visible'>seen</p></div>",
        "<div style='color:#fff'><a href=''>seen</a></div>",
        "<a style='mso-hide:all'>seen</a>",
        "<div style='height:0'>seen</div>",
        "<p style='line-height:1px;color:#333;opacity:0.9;max-width:0'>seen",
        "<b style='display:none'></b>seen",
        "<svg><title>x</svg>seen",
        "<svg><p>seen",
        "<noscript></noscript>seen",
        "<button>seen</button>",
    ] {
        reads(body, "seen");
    }
}

#[test]
fn tables_are_read() {
    reads(
        "<table><tr><th>Item<th>Price</tr><tr><td>Lamp<td>$5</tr><tr><td>Desk | oak<td><b>$90</b></tr></table>",
        "| Item | Price |\n| --- | --- |\n| Lamp | $5 |\n| Desk \\| oak | **$90** |",
    );
    reads(
        "<table><tr><td>Order<td>48213<tr><td>Total<td>$5</table>",
        "| Order | 48213 |\n| Total | $5 |",
    );
    reads(
        "<table width=100%><tr><td><table><tr><td><h1>Sale</h1></td></tr><tr><td><p>Everything must go.</p></td></tr></table></td></tr></table>",
        "# Sale\n\nEverything must go.",
    );
    reads(
        "a<table><tr><td>b</td></tr>stray</table>c",
        "a\nb\nstray\nc",
    );
}

#[test]
fn a_newsletter_reads_from_top_to_bottom() {
    let body = "<html><body style='background:#f4f4f4'><div style='display:none;max-height:0'>Preheader &zwnj;&nbsp;&zwnj;&nbsp;</div>\
        <!--[if mso]><table><tr><td><![endif]--><table width=600 align=center bgcolor=#ffffff><tr><td align=center>\
        <a href='https://click.example.com/?u=1&utm_campaign=x'><img src='https://cdn.example.com/l.png' width=120 alt='Example'></a></td></tr>\
        <tr><td style='font-size:0;line-height:0'>&nbsp;</td></tr>\
        <tr><td style='font-size:0px'><div style='font-size:16px'>Hello Ann,</div></td></tr>\
        <tr><td><a style='background:#06c;color:#fff' href='https://example.com/shop?utm_medium=email'>Shop now</a></td></tr>\
        <tr><td style='color:#999'>You can <a href='https://example.com/u'>unsubscribe</a>.</td></tr></table>\
        <img src='https://open.example.com/o.gif' width=1 height=1></body></html>";
    let mail = from_html(body, Quotes::Fold);
    assert_eq!(
        mail.markdown,
        "[image: Example] <https://click.example.com/?u=1>\nHello Ann,\nShop now <https://example.com/shop>\n\
         You can unsubscribe <https://example.com/u>."
    );
    assert_eq!(mail.folded.hidden_chars, 9);
}

#[test]
fn right_to_left_and_emoji_stay() {
    reads("<div dir=rtl>שלום &#8207;עולם 👩‍💻</div>", "שלום עולם 👩‍💻");
    reads("<p dir=rtl>می‌خواهم ❤️</p>", "می‌خواهم ❤️");
}

/// History as mail programs mark it, after the words `New words.`
const HISTORIES: &[(&str, &str)] = &[
    (
        "gmail",
        "<div dir=ltr>New words.<br></div><br><div class='gmail_quote gmail_quote_container'><div dir=ltr class=gmail_attr>On Mon, Nov 2, 2026 at 9:14 AM Bob &lt;<a href=mailto:b@x.com>b@x.com</a>&gt; wrote:<br></div><blockquote class=gmail_quote>Old words</blockquote></div>",
    ),
    (
        "gmail, german",
        "<div>New words.</div><div class=gmail_quote><div>Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb Bob &lt;b@x.com&gt;:</div><blockquote>Old words</blockquote></div>",
    ),
    (
        "outlook",
        "<div class=WordSection1><p class=MsoNormal>New words.</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>From:</b> Bob &lt;b@x.com&gt; <br><b>Sent:</b> Monday<br><b>To:</b> Ann<br><b>Subject:</b> Lamps</p></div></div><p class=MsoNormal>Old words</p></div>",
    ),
    (
        "outlook, german",
        "<p>New words.</p><div style='border-top:solid #B5C4DF 1.0pt'><p><b>Von:</b> Bob<br><b>Gesendet:</b> Montag<br><b>An:</b> Ann<br><b>Betreff:</b> Lampen</p></div><p>Old words</p>",
    ),
    (
        "outlook, french",
        "<p>New words.</p><hr><p><b>De :</b> Bob<br><b>Envoyé :</b> lundi<br><b>À :</b> Ann<br><b>Objet :</b> Lampes</p><p>Old words</p>",
    ),
    (
        "outlook on the web",
        "<div>New words.</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><font>From: Bob</font></div><div>Old words</div>",
    ),
    (
        "outlook, nested",
        "<div><div>New words.</div><div><hr><div id=x_divRplyFwdMsg><b>From:</b> Bob</div><div>Old words</div></div></div>",
    ),
    (
        "apple",
        "<div>New words.</div><div><br><blockquote type=cite><div>On 2 Nov 2026, at 09:14, Bob &lt;b@x.com&gt; wrote:</div><br><div>Old words</div></blockquote></div>",
    ),
    (
        "thunderbird",
        "<p>New words.</p><div class=moz-cite-prefix>On 02.11.26 09:14, Bob wrote:<br></div><blockquote type=cite cite='mid:1'>Old words</blockquote>",
    ),
    (
        "yahoo",
        "<div>New words.</div><div class=yahoo_quoted><div>On Monday, Bob wrote:</div><div>Old words</div></div>",
    ),
    (
        "proton",
        "<div>New words.</div><div class=protonmail_quote>On Monday, Bob wrote:<br><blockquote type=cite>Old words</blockquote></div>",
    ),
    (
        "front",
        "<div>New words.</div><br><blockquote type=cite class=front-blockquote>On November 2, 2026 at 9:14 AM GMT+1 b@x.com wrote:<br><br>Old words</blockquote>",
    ),
    (
        "by words",
        "<div>New words.</div><div>On Mon, Nov 2, 2026 at 9:14 AM Bob &lt;b@x.com&gt; wrote:</div><div>Old words</div>",
    ),
    (
        "before a blockquote",
        "<div>New words.</div><div>Op ma 2 nov 2026 om 09:14 schreef Bob:</div><blockquote>Old words</blockquote>",
    ),
    (
        "typed marks",
        "<div>New words.</div><div>Le lun. 2 nov. 2026 à 09:14, Bob a écrit :</div><div>&gt; Old words</div>",
    ),
    (
        "plain text in pre",
        "<pre>New words.\n\nEl lun, 2 nov 2026 a las 9:14, Bob (&lt;b@x.com&gt;) escribió:\n&gt; Old words\n</pre>",
    ),
];

const TEXT_HISTORIES: &[(&str, &str)] = &[
    (
        "intro",
        "New words.\n\nOn Mon, Nov 2, 2026 at 9:14 AM Bob <b@x.com> wrote:\n> Old words\n>> older words\n",
    ),
    (
        "wrapped intro",
        "New words.\r\n\r\nOn Mon, Nov 2, 2026 at 9:14 AM Bob Longname\r\n<b@x.com>\r\nwrote:\r\n\r\n> Old words\r\n",
    ),
    (
        "unmarked",
        "New words.\n\nAm 02.11.2026 um 09:14 schrieb Bob <b@x.com>:\nOld words\n",
    ),
    (
        "original message",
        "New words.\n\n-----Original Message-----\nFrom: Bob\nSent: Monday\nTo: Ann\nSubject: Lamps\n\nOld words\n",
    ),
    (
        "german original",
        "New words.\n\n-----Ursprüngliche Nachricht-----\nVon: Bob\nGesendet: Montag\nAn: Ann\nBetreff: Lampen\n\nOld words",
    ),
    (
        "rule and headers",
        "New words.\n\n________________________________\nFrom: Bob\nSent: Monday\nTo: Ann\nSubject: Lamps\n\nOld words",
    ),
    (
        "spanish headers",
        "New words.\n\nDe: Bob\nEnviado el: lunes\nPara: Ann\nAsunto: Lámparas\n\nOld words",
    ),
    (
        "dutch headers",
        "New words.\n\nVan: Bob\nVerzonden: maandag\nAan: Ann\nOnderwerp: Lampen\n\nOld words",
    ),
];

#[test]
fn history_is_folded_or_quoted() {
    let html = HISTORIES
        .iter()
        .map(|(name, body)| (name, body, from_html as fn(&str, Quotes) -> Mail));
    let text = TEXT_HISTORIES
        .iter()
        .map(|(name, body)| (name, body, from_text as fn(&str, Quotes) -> Mail));
    for (name, body, read) in html.chain(text) {
        let folded = read(body, Quotes::Fold);
        assert_eq!(folded.markdown, "New words.", "{name}");
        assert!(
            folded.folded.quoted_chars >= 9 && folded.folded.quoted_lines >= 1,
            "{name}: {:?}",
            folded.folded
        );
        let kept = read(body, Quotes::Keep);
        assert!(
            kept.markdown.starts_with("New words.\n\n> "),
            "{name}: {}",
            kept.markdown
        );
        assert!(
            kept.markdown
                .lines()
                .any(|line| line.starts_with("> ") && line.ends_with("Old words")),
            "{name}: {}",
            kept.markdown
        );
        assert_eq!(kept.folded.quoted_chars, 0, "{name}");
    }
}

#[test]
fn what_a_mail_passes_on_is_kept() {
    for body in [
        "<div>FYI</div><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>From: <b>Bob</b> &lt;b@x.com&gt;<br>Date: Mon, Nov 2, 2026<br>Subject: Lamps<br>To: Ann</div><p>Passed on</p></div>",
        "<div>FYI</div><blockquote type=cite><div>Begin forwarded message:</div><div><b>From:</b> Bob</div><div><b>Subject:</b> x</div><div><b>Date:</b> y</div><div>Passed on</div></blockquote>",
        "<div class=gmail_quote><blockquote>Passed on</blockquote></div>",
        "<p></p><div id=divRplyFwdMsg><b>From:</b> Bob<br><b>Sent:</b> x<br><b>Subject:</b> y</div><div>Passed on</div>",
    ] {
        let mail = from_html(body, Quotes::Fold);
        assert!(
            mail.markdown.contains("Passed on"),
            "{body}: {}",
            mail.markdown
        );
        assert_eq!(mail.folded.quoted_chars, 0, "{body}");
    }
    let text = "fyi\n\n---------- Forwarded message ---------\nFrom: Bob\nDate: x\nSubject: y\nTo: z\n\nPassed on";
    assert_eq!(from_text(text, Quotes::Fold).markdown, text);
}

#[test]
fn ordinary_words_are_no_history() {
    for text in [
        "On Monday I wrote: hello",
        "On second thought:\nplease cancel",
        "Am I right that you wrote:\n\n1. a\n2. b",
        "From: the bottom of my heart\nthank you",
        "To: do list\nSubject: open",
        "I wrote -----Original Message----- in the middle",
        "De: acuerdo",
    ] {
        assert_eq!(from_text(text, Quotes::Fold).markdown, text);
    }
}

#[test]
fn deep_quotes_stop_at_five() {
    let body = "x".to_owned() + &"<blockquote>q".repeat(9);
    let markdown = from_html(&body, Quotes::Keep).markdown;
    assert_eq!(markdown.lines().last(), Some("> > > > > q"));
}

#[test]
fn plain_text_keeps_its_shape() {
    let text = "Hi\n\n\n\n  two spaces  \n\tand a tab\nBob <b@x.com> https://x.com/a_b*c";
    assert_eq!(
        from_text(text, Quotes::Fold).markdown,
        "Hi\n\n  two spaces\n\tand a tab\nBob <b@x.com> https://x.com/a_b*c"
    );
}
