//! Mails that mean harm.

use std::time::{Duration, Instant};

use front_mcp::shape::mail::{Quotes, from_html, from_text};
use front_mcp::shape::visible::visible;
use proptest::prelude::*;

fn read(html: &str) -> String {
    from_html(html, Quotes::Fold).markdown
}

#[test]
fn what_a_person_does_not_see_is_not_read() {
    let mut wrong = Vec::new();
    for hidden in [
        "<p hidden>SECRET</p>",
        "<p style='display:none'>SECRET</p>",
        "<p style='DISPLAY : NONE !important;display:block'>SECRET</p>",
        "<p style='display:none;background:url(x;display:block;)'>SECRET</p>",
        "<p style='dis\\70lay:none'>SECRET</p>",
        "<p style='display:no/**/ne;display:none'>SECRET</p>",
        "<p style='visibility:hidden'>SECRET</p>",
        "<p style='opacity:0'>SECRET</p>",
        "<p style='font-size:0'>SECRET</p>",
        "<p style='font-size:1px'>SECRET</p>",
        "<p style='font:0/0 a'>SECRET</p>",
        "<p style='font-size:.01em'>SECRET</p>",
        "<p style='max-height:0;overflow:hidden'>SECRET</p>",
        "<p style='width:0px;overflow:hidden'>SECRET</p>",
        "<p style='mso-hide:all'>SECRET</p>",
        "<p style='text-indent:-9999px'>SECRET</p>",
        "<p style='position:absolute;left:-9999px'>SECRET</p>",
        "<p style='color:#fff'>SECRET</p>",
        "<p style='color:&#119;hite'>SECRET</p>",
        "<p style='color:rgba(255,255,255,1)'>SECRET</p>",
        "<p style='color:transparent'>SECRET</p>",
        "<font color=white>SECRET</font>",
        "<font color='&#35;ffffff'>SECRET</font>",
        "<div style='background:#123456'><span style='color:#123457'>SECRET</span></div>",
        "<table bgcolor=black><tr><td style='color:black'>SECRET</td></tr></table>",
        "<script>SECRET</script>",
        "<script><!--<script></script>SECRET</script>",
        "<style>SECRET</style>",
        "<title>SECRET</title>",
        "<template>SECRET</template>",
        "<noscript>SECRET</noscript>",
        "<svg><text>SECRET</text></svg>",
        "<svg><style>SECRET</style></svg>",
        "<svg><title><p>SECRET</title></svg>SECRET",
        "<svg><![CDATA[a>b</svg>]]>SECRET",
        "<svg/onload=alert(1)>SECRET</svg>",
        "<math><mi>SECRET</mi></math>",
        "<iframe>SECRET</iframe>",
        "<object>SECRET</object>",
        "<textarea>SECRET</textarea>",
        "<select><option>SECRET</option></select>",
        "<button>SECRET</button>",
        "<!-- SECRET -->",
        "<!--> <!-- SECRET --!>",
        "<div hidden><table></div>SECRET</table></div>",
        "<div><font style='display:none'></div>SECRET</font>",
        "<div hidden><p></div2>SECRET</div>",
        "<div hidden><span></p></span>SECRET</div>",
        "<span hidden><div></span>SECRET</div></span>",
        "<div hidden><i><div></i></div>SECRET</div>",
        "<img alt=SECRET width=1 height=1>",
        "<img alt=SECRET style='display:none'>",
        "<details><dialog>SECRET</dialog></details>",
    ] {
        let mail = from_html(&format!("<p>seen</p>{hidden}"), Quotes::Fold);
        if mail.markdown != "seen" {
            wrong.push(hidden);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_a_person_sees_is_read() {
    let mut wrong = Vec::new();
    for shown in [
        "<p style='font-size:0'><span style='font-size:14px'>SEEN</span></p>",
        "<div style='visibility:hidden'><p style='visibility:visible'>SEEN</p></div>",
        "<td>SEEN</td>",
        "<p style='display:none'><div>SEEN</div>",
        "<div hidden>x</div>SEEN",
        "<font color=white>x</font>SEEN",
        "<table bgcolor='#0000ff'><tr><td><font color=white>SEEN</font></td></tr></table>",
        "<div style='background:url(x)'><span style='color:#fff'>SEEN</span></div>",
        "<svg><p>SEEN",
        "<svg></svg>SEEN",
        "<!-->SEEN<!-- x -->",
        "<font style='display:none'><div>x</font></div>SEEN",
        "<div><font style='display:none'>x</div></font>SEEN",
        "<table><tr><td><font color=white></td><td>SEEN</td></tr></table>",
        "<table><td>SEEN",
        "<head><p>SEEN",
        "<title>x</title>SEEN",
        "<select><option>x</select>SEEN",
        "<p>&#83;EEN",
        "<center>SEEN</center",
    ] {
        if read(shown) != "SEEN" {
            wrong.push(shown);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn typed_markdown_is_no_link_and_no_image() {
    for (typed, want) in [
        ("![x](http://evil.example)", "!\\[x]\\(http://evil.example)"),
        ("[a](http://evil.example)", "[a]\\(http://evil.example)"),
        (
            "[a]\u{200B}(http://evil.example)",
            "[a]\\(http://evil.example)",
        ),
        (
            "[a]&lpar;http://evil.example)",
            "[a]&lpar;http://evil.example)",
        ),
    ] {
        assert_eq!(from_text(typed, Quotes::Fold).markdown, want);
    }
    assert_eq!(
        read("[a]&lpar;http://evil.example)"),
        "[a]\\(http://evil.example)"
    );
    assert_eq!(read("<b>!</b>[a]"), "**!**[a]");
    assert_eq!(
        read("<a href='http://x.example'>[a]</a>(b)"),
        "[a] <http://x.example/>(b)"
    );
    assert_eq!(
        read("<img alt='](http://evil.example)'>"),
        "[image: ]\\(http://evil.example)]"
    );
}

/// Debug builds are an order of magnitude slower than what is shipped.
const LIMIT: Duration = Duration::from_secs(4);

#[test]
fn no_input_keeps_the_server_busy() {
    const BIG: usize = 600_000;
    let deep = "<div>".repeat(100_000);
    for (name, html) in [
        ("deep", format!("{deep}x{}", "</div>".repeat(100_000))),
        ("hidden deep", format!("<div hidden>{deep}x")),
        ("divs", "<div>".repeat(2_000_000)),
        ("tables", "<table><tr><td>".repeat(BIG / 15)),
        ("rows", "<table><tr><td>x<td>y".repeat(BIG / 21)),
        ("quotes", "<blockquote>x".repeat(BIG / 13)),
        ("lists", "<ul><li>x".repeat(BIG / 9)),
        (
            "bold",
            (0..30_000).map(|i| format!("<p><b i={i}>x")).collect(),
        ),
        (
            "font",
            (0..20_000)
                .map(|i| format!("<div><font i={i} color=white>x</div>"))
                .collect(),
        ),
        ("links", "<a href=http://x.example/>x".repeat(BIG / 27)),
        (
            "ends",
            format!(
                "<b>{}{}",
                "<span>".repeat(50_000),
                "</b></i></p></x>".repeat(60_000)
            ),
        ),
        (
            "unknown",
            format!("{}{}", "<x-y>".repeat(50_000), "</x-z>".repeat(50_000)),
        ),
        ("open angles", "<".repeat(BIG)),
        ("open comments", "<!--".repeat(BIG / 4)),
        ("dashes", format!("<!--{}", "--".repeat(BIG / 2))),
        ("open quotes", "<a b=\"".repeat(BIG / 6)),
        ("attributes", format!("<a {}>", "x=y ".repeat(BIG / 4))),
        ("entities", "&foo;".repeat(BIG / 5)),
        ("ampersands", "&".repeat(BIG)),
        ("hashes", "&#x".repeat(BIG / 3)),
        ("scripts", "<script><!--<script>".repeat(BIG / 20)),
        ("svg", "<svg><title>".repeat(BIG / 12)),
        (
            "styles",
            "<p style='color:red;color:\\72 ed'>x".repeat(BIG / 35),
        ),
        (
            "one style",
            format!("<p style='{}'>x", "a:(;".repeat(BIG / 4)),
        ),
        ("intros", "On a, b wrote:<br>".repeat(BIG / 18)),
        ("froms", "From: a<br>".repeat(BIG / 11)),
        ("typed quotes", "&gt;".repeat(BIG / 4)),
        ("blanks", "<br>".repeat(BIG / 4)),
        ("images", "<img>".repeat(BIG / 5)),
    ] {
        let start = Instant::now();
        let mail = from_html(&html, Quotes::Fold);
        let took = start.elapsed();
        assert!(
            took < LIMIT,
            "{name} took {took:?}, {} bytes",
            mail.markdown.len()
        );
    }
    for text in [
        "> ".repeat(BIG * 2),
        "On a wrote:\n> ".repeat(BIG / 3),
        "\n".repeat(BIG * 4),
    ] {
        let start = Instant::now();
        assert!(from_text(&text, Quotes::Keep).folded.truncated);
        assert!(start.elapsed() < LIMIT);
    }
}

#[test]
fn a_cut_mail_says_so() {
    let html = format!("<p>{}", "ü".repeat(2_000_000));
    let mail = from_html(&html, Quotes::Fold);
    assert!(mail.folded.truncated);
    assert!(mail.markdown.len() <= 2_000_000);
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,6}",
        "\\PC{0,4}",
        any::<String>(),
        prop::sample::select(vec![
            "<div>",
            "</div>",
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<b>",
            "</b>",
            "<a href=",
            "<a href='http://x/](y)'>",
            "</a>",
            "<blockquote type=cite>",
            "<blockquote>",
            "</blockquote>",
            "<ul>",
            "<li>",
            "<ol start=9>",
            "</ul>",
            "<pre>",
            "</pre>",
            "<code>",
            "</code>",
            "<h1>",
            "</h2>",
            "<img alt='](' src=x>",
            "<img alt=![ >",
            "<br>",
            "<hr>",
            "<svg>",
            "</svg>",
            "<math>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<style>",
            "</style>",
            "<title>",
            "<span style='display:none'>",
            "</span>",
            "<font color=#fff>",
            "</font>",
            "<select>",
            "</select>",
            "&lsqb;",
            "&excl;",
            "&lpar;",
            "&#x200b;",
            "&zwj;",
            "&#13;",
            "!",
            "[",
            "]",
            "(",
            ")",
            ">",
            "\n",
            "\u{200D}",
            "<div id=appendonsend>",
            "<div class=gmail_quote>",
            "From: a<br>To: b<br>Subject: c<br>",
            "On x wrote:",
            "-----Original Message-----",
            "\u{FE0F}",
            "\u{202E}",
            "\u{2028}",
            "م",
            "❤",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn holds(markdown: &str) {
    assert!(
        !markdown.contains("](") && !markdown.contains("!["),
        "{markdown:?}"
    );
    assert_eq!(visible(markdown), markdown);
    assert!(!markdown.contains("\n\n\n"), "{markdown:?}");
    assert!(
        !markdown.lines().any(|line| line.ends_with([' ', '\t'])),
        "{markdown:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_soup_breaks_the_promises(html in soup()) {
        for quotes in [Quotes::Fold, Quotes::Keep] {
            holds(&from_html(&html, quotes).markdown);
            holds(&from_text(&html, quotes).markdown);
        }
    }

    #[test]
    fn visible_is_the_same_twice(text in "(\\PC|[\u{200B}-\u{200F}\u{FE0F}\u{FE00}0-9❤م\r\n]){0,20}") {
        let once = visible(&text).into_owned();
        prop_assert_eq!(visible(&once), once.as_str());
    }
}
