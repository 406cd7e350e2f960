//! Where a link goes, and whether its words say so.

/// Addresses longer than this are named by their host alone.
const MAX_URL: usize = 200;

/// A link that may be shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The address, escaped so that nothing in it ends or begins Markdown.
    pub(crate) url: String,
    /// Where it leads: a host, or a mail address or telephone number.
    pub(crate) host: String,
}

/// Reads a link's address. None unless it is http, https, mailto or tel.
pub(crate) fn parse(href: &str) -> Option<Link> {
    // A browser ignores line breaks and tabs inside an address, and control characters around it.
    let href: String = href.chars().filter(|c| !c.is_control()).collect();
    let href = href.trim();
    let (scheme, rest) = href.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" => web(&scheme, rest),
        "mailto" | "tel" => {
            let to = rest.split(['?', '#']).next().unwrap_or_default();
            let host = percent_encoding::percent_decode_str(to)
                .decode_utf8_lossy()
                .into_owned();
            (!host.trim().is_empty()).then(|| Link {
                url: escape(&format!("{scheme}:{to}")),
                host,
            })
        }
        _ => None,
    }
}

fn web(scheme: &str, rest: &str) -> Option<Link> {
    // Browsers read `\` as `/`, and any number of them.
    let rest = rest.trim_start_matches(['/', '\\']);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    // What stands before an `@` is a name and a password, often made to look like another host.
    let host = authority.rsplit('@').next()?.to_lowercase();
    if host.is_empty() || host.contains(char::is_whitespace) {
        return None;
    }
    let host = unmistakable(host);
    Some(Link {
        url: escape(&format!("{scheme}://{host}{path}")),
        host,
    })
}

/// The host, in its ASCII form where letters of another script pass for Latin ones under a Latin top level.
fn unmistakable(host: String) -> String {
    let top = host
        .split(':')
        .next()
        .and_then(|name| name.rsplit('.').next());
    let is_latin = top.is_some_and(|top| top.is_ascii());
    if !is_latin || !host.chars().any(looks_latin) {
        return host;
    }
    let (name, port) = match host.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host.as_str(), None),
    };
    let Ok(name) = idna::domain_to_ascii(name) else {
        return host;
    };
    match port {
        Some(port) => format!("{name}:{port}"),
        None => name,
    }
}

/// Scripts with letters that look like Latin ones: Greek, Cyrillic, Armenian, Cherokee, phonetic and mathematical
/// letters, full width.
fn looks_latin(c: char) -> bool {
    matches!(c,
        '\u{250}'..='\u{2AF}' | '\u{370}'..='\u{58F}' | '\u{13A0}'..='\u{13FF}' | '\u{1D00}'..='\u{1DBF}'
        | '\u{2100}'..='\u{214F}' | '\u{A640}'..='\u{A69F}' | '\u{AB30}'..='\u{ABBF}' | '\u{FF00}'..='\u{FF5E}'
        | '\u{1D400}'..='\u{1D7FF}')
}

/// The address without what only follows the reader around.
pub(crate) fn without_trackers(url: &str) -> String {
    let (url, fragment) = match url.split_once('#') {
        Some((url, fragment)) => (url, Some(fragment)),
        None => (url, None),
    };
    let Some((path, query)) = url.split_once('?') else {
        return rejoin(url, "", fragment);
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracker(pair)).collect();
    rejoin(path, &kept.join("&"), fragment)
}

fn rejoin(path: &str, query: &str, fragment: Option<&str>) -> String {
    let mut url = path.to_owned();
    if !query.is_empty() {
        url.push('?');
        url.push_str(query);
    }
    if let Some(fragment) = fragment {
        url.push('#');
        url.push_str(fragment);
    }
    url
}

fn is_tracker(pair: &str) -> bool {
    let name = pair
        .split('=')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    name.starts_with("utm_")
        || name.starts_with("pk_")
        || name.starts_with("mtm_")
        || name.starts_with("hsa_")
        || name.starts_with("vero_")
        || matches!(
            name.as_str(),
            "mc_eid"
                | "mc_cid"
                | "fbclid"
                | "gclid"
                | "gclsrc"
                | "dclid"
                | "gbraid"
                | "wbraid"
                | "msclkid"
                | "twclid"
                | "ttclid"
                | "yclid"
                | "igshid"
                | "li_fat_id"
                | "_hsenc"
                | "_hsmi"
                | "__hstc"
                | "__hssc"
                | "__hsfp"
                | "hsctatracking"
                | "mkt_tok"
                | "oly_anon_id"
                | "oly_enc_id"
                | "_openstat"
                | "wickedid"
                | "s_cid"
                | "_ke"
                | "trk"
                | "trkcampaign"
                | "sc_cid"
                | "ml_subscriber"
                | "ml_subscriber_hash"
                | "_bta_tid"
                | "_bta_c"
                | "dm_i"
                | "elqtrackid"
                | "elqtrack"
                | "epik"
                | "srsltid"
        )
}

/// What follows a link's words: its address, its host, or nothing when the words already say it.
pub(crate) fn note(words: &str, link: &Link, whole: bool) -> String {
    let words =
        words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '<' | '>'));
    let warning = match claimed_host(words) {
        Some(claimed) if !is_same_host(&claimed, &link.host) => format!("[goes to {}] ", link.host),
        _ => String::new(),
    };
    if !whole && link.url.len() > MAX_URL {
        return match warning.is_empty() {
            true => format!("(link to {})", link.host),
            false => warning.trim_end().to_owned(),
        };
    }
    format!("{warning}<{}>", link.url)
}

/// Whether a link's words are its address, so that one of the two is enough.
pub(crate) fn says_the_same(words: &str, link: &Link) -> bool {
    fn bare(text: &str) -> &str {
        let text = text.trim().trim_end_matches('/');
        ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme))
            .unwrap_or(text)
    }
    let (words, url) = (bare(words), bare(&link.url));
    words.eq_ignore_ascii_case(url)
        || words.eq_ignore_ascii_case(&link.host) && bare(&link.url) == link.host
}

/// The host that a link's words claim, when they look like an address.
fn claimed_host(words: &str) -> Option<String> {
    let words = words.trim();
    let lower = words.to_lowercase();
    let bare = ["https://", "http://", "www."]
        .iter()
        .find_map(|start| lower.strip_prefix(start));
    let text = bare.unwrap_or(&lower);
    if text.contains(char::is_whitespace) && bare.is_none() {
        return None;
    }
    let text = text.split(['/', '?', '#', ' ']).next()?;
    if text.contains('@') {
        return None;
    }
    let text = text.split(':').next()?;
    let (name, top) = text.rsplit_once('.')?;
    let plausible = !name.is_empty()
        && top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
    // `report.pdf` and `Node.js` are no hosts, whatever they link to.
    let is_file = matches!(
        top,
        "pdf"
            | "doc"
            | "docx"
            | "xls"
            | "xlsx"
            | "csv"
            | "txt"
            | "png"
            | "jpg"
            | "jpeg"
            | "gif"
            | "js"
            | "ts"
            | "html"
            | "htm"
            | "ppt"
            | "pptx"
            | "xml"
            | "json"
            | "rs"
            | "py"
            | "md"
            | "ics"
            | "eml"
            | "mp4"
            | "mov"
    );
    (plausible && (bare.is_some() || !is_file)).then(|| text.to_owned())
}

fn is_same_host(claimed: &str, real: &str) -> bool {
    let bare = |host: &str| {
        host.split(':')
            .next()
            .unwrap_or_default()
            .trim_start_matches("www.")
            .to_owned()
    };
    bare(claimed) == bare(real)
}

/// Percent-encodes what would end the address or begin Markdown.
fn escape(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            '`' => out.push_str("%60"),
            '"' => out.push_str("%22"),
            '\\' => out.push_str("%5C"),
            c if c.is_whitespace() => out.push_str("%20"),
            _ => out.push(c),
        }
    }
    out
}
