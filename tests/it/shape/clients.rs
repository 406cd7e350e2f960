//! Mails as the common mail programs write them.

use front_mcp::shape::mail::{Mail, Quotes, from_html, from_text};
use insta::assert_snapshot;

fn fold(html: &str) -> Mail {
    from_html(html, Quotes::Fold)
}

fn keep(html: &str) -> String {
    from_html(html, Quotes::Keep).markdown
}

const GMAIL: &str = r##"<div dir="ltr">Hi Ana,<div><br></div><div>The <b>blue</b> one, please. See <a href="https://shop.example/p/7?utm_source=mail&amp;id=7">the page</a>.</div><div><br></div><div>Thanks<br clear="all"><div><br></div>-- <br><div dir="ltr" class="gmail_signature">Bo</div></div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov 16, 2026 at 9:14&#8239;AM Ana &lt;<a href="mailto:ana@shop.example">ana@shop.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div>Which colour?</div><blockquote><div>Deeper</div></blockquote></blockquote></div>"##;

#[test]
fn gmail_folds_its_quote() {
    let mail = fold(GMAIL);
    assert_snapshot!(mail.markdown, @r"
    Hi Ana,

    The **blue** one, please. See the page <https://shop.example/p/7?id=7>.

    Thanks

    --
    Bo
    ");
    assert_eq!(mail.folded.quoted_chars, 83);
    assert_snapshot!(keep(GMAIL), @r"
    Hi Ana,

    The **blue** one, please. See the page <https://shop.example/p/7?id=7>.

    Thanks

    --
    Bo

    On Mon, Nov 16, 2026 at 9:14 AM Ana <ana@shop.example> wrote:

    > Which colour?
    >
    > > Deeper
    ");
}

const OUTLOOK: &str = r##"<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang="DE" link="#0563C1"><div class="WordSection1"><p class="MsoNormal"><span lang="EN-US">Dear team,<o:p></o:p></span></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">please cancel order 4711.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Von:</b> Ana &lt;ana@shop.example&gt; <br><b>Gesendet:</b> Montag, 16. November 2026 09:14<br><b>An:</b> Bo<br><b>Betreff:</b> Bestellung<o:p></o:p></p></div></div><p class="MsoNormal">Hallo Bo, alles gut?</p></div></body></html>"##;

#[test]
fn outlook_folds_from_the_head_on() {
    let mail = fold(OUTLOOK);
    assert_snapshot!(mail.markdown, @r"
    Dear team,

    please cancel order 4711.
    ");
    assert!(mail.folded.quoted_chars > 80);
    assert_snapshot!(keep(OUTLOOK), @r"
    Dear team,

    please cancel order 4711.

    > **Von:** Ana <ana@shop.example>
    > **Gesendet:** Montag, 16. November 2026 09:14
    > **An:** Bo
    > **Betreff:** Bestellung
    > Hallo Bo, alles gut?
    ");
}

const OUTLOOK_WEB: &str = r##"<html><head><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head><body dir="ltr"><div class="elementToProof" style="font-family: Aptos;">Yes, that works.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" style="font-size:11pt" color="#000000"><b>From:</b> Ana &lt;ana@shop.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Bo<br><b>Subject:</b> Friday?</font><div>&nbsp;</div></div><div>Does Friday work?</div></body></html>"##;

#[test]
fn outlook_on_the_web_folds_what_was_appended() {
    assert_snapshot!(fold(OUTLOOK_WEB).markdown, @"Yes, that works.");
}

const APPLE: &str = r##"<html><head></head><body style="overflow-wrap: break-word;">Sounds good<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On 16 Nov 2026, at 09:14, Ana &lt;ana@shop.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>Shall we?</div></blockquote></div><br></body></html>"##;

#[test]
fn apple_mail_folds_its_citation() {
    assert_snapshot!(fold(APPLE).markdown, @"Sounds good");
    assert_snapshot!(keep(APPLE), @r"
    Sounds good

    > On 16 Nov 2026, at 09:14, Ana <ana@shop.example> wrote:
    >
    > Shall we?
    ");
}

#[test]
fn others_fold_too() {
    for history in [
        r#"<div class="moz-cite-prefix">Am 16.11.26 um 09:14 schrieb Ana:<br></div><blockquote type="cite" cite="mid:1"><p>Alt</p></blockquote>"#,
        r#"<div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, Ana wrote:</div><div>Alt</div></div>"#,
        r#"<div class="protonmail_quote">On Monday, Ana wrote:<br><blockquote class="protonmail_quote" type="cite">Alt</blockquote></div>"#,
        "<hr><p><b>From:</b> Ana<br><b>Date:</b> Monday<br><b>Subject:</b> x</p><p>Alt</p>",
        "<div>Le lun. 16 nov. 2026 à 09:14, Ana a écrit :</div><blockquote>Alt</blockquote>",
        "<p>El lun, Ana escribió:</p><blockquote>Alt</blockquote>",
        "<p>Op ma 16 nov. 2026 schreef Ana:</p><blockquote>Alt</blockquote>",
        "<div>-----Original Message-----<br>From: Ana<br>Alt</div>",
        "<div>Neu2<br>&gt; Alt<br>&gt; Alt</div>",
    ] {
        let mail = fold(&format!("<p>Neu</p>{history}"));
        assert!(
            !mail.markdown.contains("Alt"),
            "{history}: {}",
            mail.markdown
        );
        assert!(
            !mail.markdown.contains("Ana"),
            "{history}: {}",
            mail.markdown
        );
        assert!(
            mail.markdown.starts_with("Neu") && mail.folded.quoted_chars > 2,
            "{history}"
        );
        let kept = keep(&format!("<p>Neu</p>{history}"));
        assert!(
            kept.contains("> Alt") || kept.contains("> > Alt"),
            "{history}: {kept}"
        );
        // Alone, it is what the mail is about.
        let alone = fold(history);
        assert!(
            alone.markdown.contains("Alt") || history.contains("Neu2"),
            "{history}: {}",
            alone.markdown
        );
    }
}

#[test]
fn a_block_quote_of_ones_own_stays() {
    let mail = fold("<p>Our terms say:</p><blockquote>No refunds</blockquote><p>Sorry.</p>");
    assert_snapshot!(mail.markdown, @r"
    Our terms say:

    > No refunds

    Sorry.
    ");
    assert_eq!(mail.folded.quoted_chars, 0);
}

const NEWSLETTER: &str = r##"<!DOCTYPE html><html><head><title>News</title><style>.x{color:red}</style></head><body bgcolor="#f4f4f4"><div style="display:none;max-height:0;overflow:hidden">Preview text&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div><table role="presentation" width="100%"><tr><td align="center"><table><tr><td><img src="https://t.example/logo.png" width="120" alt="Acme"></td></tr><tr><td><h1 style="margin:0">Big <em>news</em></h1><p>Hello &amp; welcome.</p><ul><li>One</li><li>Two<ol><li>a</li><li>b</li></ol></li></ul></td></tr><tr><td><table bgcolor="#0055ff"><tr><td><a href="https://acme.example/go?utm_campaign=x" style="color:#ffffff;mso-hide:all">Buy now</a></td></tr></table></td></tr></table></td></tr></table><table border="1"><thead><tr><th>Item</th><th>Qty</th><th>Price</th></tr></thead><tbody><tr><td>Pen</td><td>2</td><td>$3.00</td></tr><tr><td>Ink</td><td></td><td>$9.00</td></tr></tbody></table><img src="https://t.example/open.gif" width="1" height="1"></body></html>"##;

#[test]
fn a_newsletter_reads_as_text() {
    let mail = fold(NEWSLETTER);
    assert_snapshot!(mail.markdown, @r"
    [image: Acme]
    # Big *news*

    Hello & welcome.

    - One
    - Two
      1. a
      2. b
    Buy now <https://acme.example/go>

    Item | Qty | Price
    Pen | 2 | $3.00
    Ink |  | $9.00
    ");
    assert_eq!(mail.folded.hidden_chars, 11);
}

#[test]
fn links_show_where_they_lead() {
    let html = r#"<p><a href="https://evil.example/login">https://bank.example/login</a></p>
<p><a href="https://a.example/x">https://a.example/x</a> and <a href="https://a.example/">a.example</a></p>
<p><a href="javascript:alert(1)">click</a> <a href="mailto:bo@x.example">bo@x.example</a></p>
<p><a href="https://a.example/"><img src="x" alt="Home"></a> <a href="https://a.example/t"></a></p>
<p><a href="https://c.example/yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy">Track</a></p>"#;
    assert_snapshot!(fold(html).markdown, @r"
    https://bank.example/login <https://evil.example/login>

    <https://a.example/x> and <https://a.example/>

    click bo@x.example

    [image: Home] <https://a.example/>

    Track (link to c.example)
    ");
}

#[test]
fn plain_text_mails() {
    let text = "Hi,\r\n\r\n\r\nyes.\r\n\r\nOn Mon, Nov 16, 2026 at 9:14 AM Ana Somebody\r\n<ana@shop.example> wrote:\r\n\r\n> Which?\r\n>> Deep\r\n>\r\n> End\r\n\r\nBo\r\n";
    let mail = from_text(text, Quotes::Fold);
    assert_snapshot!(mail.markdown, @r"
    Hi,

    yes.

    […]

    Bo
    ");
    assert_snapshot!(from_text(text, Quotes::Keep).markdown, @r"
    Hi,

    yes.

    On Mon, Nov 16, 2026 at 9:14 AM Ana Somebody
    <ana@shop.example> wrote:

    > Which?
    > > Deep
    >
    > End

    Bo
    ");
    let only = "> just\n> a quote";
    assert_snapshot!(from_text(only, Quotes::Fold).markdown, @r"
    > just
    > a quote
    ");
    let outlook = "Ok.\n\n________________________________\nFrom: Ana\nSent: Monday\nTo: Bo\nSubject: x\n\nOld\n";
    assert_snapshot!(from_text(outlook, Quotes::Fold).markdown, @"Ok.");
}
