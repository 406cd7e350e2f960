//! What any page in a browser can lead it here with.

use secrecy::ExposeSecret as _;

use super::*;
use crate::login::Ticket;

const STATE: &str = "c3RhdGUtb2YtdGhpcy1zaWduLWlu";
const ISSUER: &str = "https://app.frontapp.com";

/// What a query is read as: the code, or the kind of refusal with Front's words.
fn read(query: &str) -> Result<String, Unfit> {
    match Ticket::of(STATE, ISSUER).take(query)? {
        Answer::Code(code) => Ok(code.expose_secret().to_owned()),
        Answer::Refusal(no) => Ok(format!("{:?}: {}", no.kind, no.said().unwrap_or_default())),
    }
}

fn shape(why: &'static str) -> Result<String, Unfit> {
    Err(Unfit::Shape(why))
}

const TWICE: &str = "a parameter stands twice";
const ENCODED: &str = "a parameter is wrongly encoded";
const NO_STATE: &str = "it has no state";
const NO_CODE: &str = "its code is none";
const NEITHER: &str = "it has neither a code nor an error";
const BOTH: &str = "it is both a yes and a no";
const NO_ERROR: &str = "its error is none of OAuth's";

#[test]
fn answers_are_read_as_they_are() {
    let ok = |text: &str| Ok::<_, Unfit>(text.to_owned());
    let all = [
        ("code=abc&state=S", ok("abc")),
        ("state=S&code=abc", ok("abc")),
        ("&&code=abc&&state=S&", ok("abc")),
        ("code=a%2Bb%2F%3D&state=S", ok("a+b/=")),
        // What is not known is passed by, once or twice, readable or not.
        ("code=abc&state=S&x=1&x=2&session_state=%zz", ok("abc")),
        ("code=abc&state=S&%zz=1&%zz=2", ok("abc")),
        ("code=abc&state=S&Code=x&STATE=y&code%00=z", ok("abc")),
        ("code=abc&state=S&code[]=x&state[0]=y", ok("abc")),
        ("code=abc&state=S&%63ode%5B%5D=x", ok("abc")),
        // Some join with a semicolon: then it belongs to the value before.
        ("x=1;code=evil&code=abc&state=S", ok("abc")),
        // Its own server, said as it should be.
        (
            "code=abc&state=S&iss=https%3A%2F%2Fapp.frontapp.com",
            ok("abc"),
        ),
        // Shell characters are letters like others: no shell ever sees a code.
        ("code=$(reboot)&state=S", ok("$(reboot)")),
        ("code=`id`|x;y&state=S", ok("`id`|x;y")),
        ("code=\"'<b>&state=S", ok("\"'<b>")),
        // A no.
        ("error=access_denied&state=S", ok("Denied: ")),
        (
            "error=access_denied&error_description=&state=S",
            ok("Denied: "),
        ),
        (
            "error=access_denied&error_description=You+said+no&error_uri=x&state=S",
            ok("Denied: You said no"),
        ),
        (
            "error=access_denied&error_description=be+an+ADMINISTRATOR&state=S",
            ok("NotAdministrator: be an ADMINISTRATOR"),
        ),
        ("error=server_error&state=S", ok("Unavailable: ")),
        ("error=temporarily_unavailable&state=S", ok("Unavailable: ")),
        ("error=invalid_scope&state=S", ok("Request: ")),
        ("error=a_new_one&state=S", ok("Request: ")),
        // Its words lose what cannot be seen, and their lines.
        (
            "error=access_denied&error_description=a%0D%0ASet-Cookie:+x%0D%0A%0D%0A%3Cscript%3E&state=S",
            ok("Denied: a Set-Cookie: x <script>"),
        ),
        (
            "error=access_denied&error_description=a%E2%80%AEb%1B%5B31mc%00&state=S",
            ok("Denied: ab[31mc"),
        ),
    ];
    for (query, expected) in all {
        let query = query.replace("state=S", &format!("state={STATE}"));
        assert_eq!(read(&query), expected, "{query}");
    }
}

#[test]
fn everything_else_is_turned_away() {
    let all = [
        ("", shape(NO_STATE)),
        ("code", shape(NO_STATE)),
        ("code=abc", shape(NO_STATE)),
        ("code=abc&state=", shape(NO_STATE)),
        ("state=S", shape(NEITHER)),
        ("error_description=x&state=S", shape(NEITHER)),
        // A foreign state, in every disguise.
        ("code=abc&state=x", Err(Unfit::State)),
        ("code=abc&state=Sx", Err(Unfit::State)),
        ("code=abc&state=s", Err(Unfit::State)),
        ("code=abc&state=%53x", Err(Unfit::State)),
        ("error=access_denied&state=x", Err(Unfit::State)),
        ("code=abc&state=%00", shape(NO_STATE)),
        ("code=abc&state=a%20b", shape(NO_STATE)),
        ("code=abc&state=%F0%9F%98%80", shape(NO_STATE)),
        // Each known one stands once, whatever it is written like.
        ("code=a&code=b&state=S", shape(TWICE)),
        ("code=a&code=a&state=S", shape(TWICE)),
        ("code=a&%63ode=b&state=S", shape(TWICE)),
        ("code=a&%63%6F%64%65=b&state=S", shape(TWICE)),
        ("code=a&c%6fde&state=S", shape(TWICE)),
        ("code=a&state=S&state=S", shape(TWICE)),
        ("code=a&state=x&state=S", shape(TWICE)),
        ("code=a&state=S&%73tate=x", shape(TWICE)),
        ("error=a&error=b&state=S", shape(TWICE)),
        (
            "error=a&error_description=x&error_description=y&state=S",
            shape(TWICE),
        ),
        ("error=a&error_uri=x&error_uri=y&state=S", shape(TWICE)),
        ("code=a&iss=x&iss=y&state=S", shape(TWICE)),
        // A yes and a no at once.
        ("code=a&error=access_denied&state=S", shape(BOTH)),
        ("code=a&error=&state=S", shape(BOTH)),
        ("code=a&error_description=x&state=S", shape(BOTH)),
        // Codes that are none.
        ("code=&state=S", shape(NO_CODE)),
        ("code&state=S", shape(NO_CODE)),
        ("code=a+b&state=S", shape(NO_CODE)),
        ("code=a%20b&state=S", shape(NO_CODE)),
        ("code=a%0D%0AHost:+evil.test&state=S", shape(NO_CODE)),
        ("code=a%00&state=S", shape(NO_CODE)),
        ("code=%C3%A4&state=S", shape(NO_CODE)),
        ("code=a%7F&state=S", shape(NO_CODE)),
        // Encodings that are none, or of bytes that are no text.
        ("code=a%&state=S", shape(ENCODED)),
        ("code=a%2&state=S", shape(ENCODED)),
        ("code=a%zz&state=S", shape(ENCODED)),
        ("code=a%%32%35&state=S", shape(ENCODED)),
        ("code=%u0061&state=S", shape(ENCODED)),
        ("code=%ff%fe&state=S", shape(ENCODED)),
        ("code=%C0%AE&state=S", shape(ENCODED)),
        ("code=a&state=%ED%A0%80", shape(ENCODED)),
        // Errors that are none.
        ("error=&state=S", shape(NO_ERROR)),
        ("error=%3Cscript%3E&state=S", shape(NO_ERROR)),
        ("error=Access_Denied&state=S", shape(NO_ERROR)),
        ("error=a%0D%0Ab&state=S", shape(NO_ERROR)),
        // Another server, or the same in other words: two readers, two servers.
        ("code=a&state=S&iss=https://evil.test", Err(Unfit::Issuer)),
        (
            "code=a&state=S&iss=https://app.frontapp.com/",
            Err(Unfit::Issuer),
        ),
        (
            "code=a&state=S&iss=HTTPS://app.frontapp.com",
            Err(Unfit::Issuer),
        ),
        ("code=a&state=S&iss=", Err(Unfit::Issuer)),
        ("error=access_denied&state=S&iss=x", Err(Unfit::Issuer)),
        // An address within an address is a value.
        ("next=code=a%26state=S", shape(NO_STATE)),
    ];
    for (query, expected) in all {
        let query = query.replace('S', STATE);
        assert_eq!(read(&query), expected, "{query}");
    }
}

#[test]
fn sizes_are_limited() {
    let of = |code: usize, state: &str, more: usize| {
        let (code, more) = ("a".repeat(code), "x".repeat(more));
        read(&format!("code={code}&state={state}&more={more}"))
    };
    assert_eq!(of(LONGEST_CODE, STATE, 0), Ok("a".repeat(LONGEST_CODE)));
    assert_eq!(of(LONGEST_CODE + 1, STATE, 0), shape(NO_CODE));
    assert_eq!(of(1, &"s".repeat(LONGEST_STATE + 1), 0), shape(NO_STATE));
    assert_eq!(of(1, STATE, LONGEST), shape("it is too long"));
    let flood = format!("{}code=a&state={STATE}", "x=1&".repeat(1500));
    assert_eq!(read(&flood), Ok("a".to_owned()));
    let words = "ä".repeat(600);
    let said = read(&format!(
        "error=access_denied&error_description={words}&state={STATE}"
    ));
    let said = said.unwrap();
    assert_eq!(said, format!("Denied: {}…", "ä".repeat(299)));
}

#[test]
fn an_answer_counts_once_and_a_wrong_one_not_at_all() {
    let ticket = Ticket::of(STATE, ISSUER);
    for wrong in ["", "code=a&state=x", "code=a&code=b&state=x"] {
        assert!(ticket.take(wrong).is_err());
    }
    // What is no answer does not use up the state, even with the right one.
    let both = format!("code=a&code=b&state={STATE}");
    assert_eq!(ticket.take(&both).err(), shape(TWICE).err());
    let right = format!("code=a&state={STATE}");
    assert!(ticket.take(&right).is_ok());
    assert_eq!(ticket.take(&right).err(), Some(Unfit::Used));
    let no = format!("error=access_denied&state={STATE}");
    assert_eq!(ticket.take(&no).err(), Some(Unfit::Used));
    assert!(ticket.verifier().is_some());
    assert!(ticket.verifier().is_none(), "it is shown once");
}

#[test]
fn strangers_are_counted() {
    let ticket = Ticket::of(STATE, ISSUER);
    for _ in 0..100 {
        assert!(ticket.take("code=a&state=x").is_err());
        assert!(!ticket.is_beset());
    }
    assert!(ticket.take("code=a&state=x").is_err());
    assert!(ticket.is_beset());
    assert!(ticket.take(&format!("code=a&state={STATE}")).is_ok());
}

#[test]
fn a_pasted_address_is_the_redirect_address_and_no_other() {
    let right = format!("code=abc&state={STATE}");
    let pasted = |text: &str| match Ticket::of(STATE, ISSUER).take_pasted(text)? {
        Answer::Code(code) => Ok(code.expose_secret().to_owned()),
        Answer::Refusal(_) => Ok("no".to_owned()),
    };
    for good in [
        format!("https://localhost:9876/callback?{right}"),
        format!("  https://localhost:9876/callback?{right}\r\n"),
        format!("https://localhost:9876/callback?{right}#_=_"),
        format!("https://localhost:9876/callback?x=?&{right}"),
    ] {
        assert_eq!(pasted(&good), Ok("abc".to_owned()), "{good}");
    }
    for bad in [
        format!("http://localhost:9876/callback?{right}"),
        format!("https://localhost:9876/callback/?{right}"),
        format!("https://localhost:9876/callback#?{right}"),
        format!("https://localhost:9876/CALLBACK?{right}"),
        format!("https://localhost:9876/x/../callback?{right}"),
        format!("https://localhost:98765/callback?{right}"),
        format!("https://localhost/callback?{right}"),
        format!("https://localhost:9876@evil.test/callback?{right}"),
        format!("https://evil.test/callback?{right}"),
        format!("javascript:alert(1)//https://localhost:9876/callback?{right}"),
        format!("?{right}"),
    ] {
        assert_eq!(pasted(&bad), Err(Unfit::Path), "{bad}");
    }
    assert!(pasted("https://localhost:9876/callback").is_err());
    assert!(pasted("").is_err());
    let no = format!("https://localhost:9876/callback?error=access_denied&state={STATE}");
    assert_eq!(pasted(&no), Ok("no".to_owned()));
}

#[test]
fn no_reason_holds_what_came() {
    for query in [
        "code=s3cret&state=s3cret",
        "code=s3cret&code=s3cret",
        "code=s3cret%zz",
    ] {
        let unfit = read(query).unwrap_err();
        assert!(!format!("{unfit} {unfit:?}").contains("s3cret"));
    }
}
