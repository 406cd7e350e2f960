//! What a stranger's file is called on this machine: a name that is nowhere a path, a device, a
//! hidden file or an option, and that a person sees as it is.

use crate::shape::visible::one_line;

/// The longest name in bytes, with room for a number.
const LONGEST: usize = 150;

/// The longest ending that is kept of a name that is cut.
const LONGEST_ENDING: usize = 16;

/// What a file without any name is called.
const NAMELESS: &str = "file";

/// Makes a name safe on every system: what is not, is left out or becomes `_`.
pub fn saved_name(given: &str) -> String {
    // A whole path gives its last name, as mail programs do.
    let last = given
        .rsplit(['/', '\\'])
        .find(|part| part.chars().any(char::is_alphanumeric))
        .unwrap_or_default();
    let shown = one_line(last, 4 * LONGEST);
    let name: String = shown.chars().map(plain).collect();
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let name = cut(name);
    let name = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    match name.chars().next() {
        None => NAMELESS.to_owned(),
        // An option to whatever program it is given to, or somebody's home.
        Some('-' | '~') => format!("_{name}"),
        Some(_) if is_device(name) => format!("_{name}"),
        Some(_) => name.to_owned(),
    }
}

/// The same name with a number, for one that is taken.
pub fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{stem} ({number}).{ending}"),
        _ => format!("{name} ({number})"),
    }
}

fn plain(c: char) -> char {
    match c {
        c if c.is_control() => '_',
        // Streams, wildcards, variables and quotes, of whichever shell or system.
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '`' | '$' | '%' | '\'' | ';' | '&' | '!' => '_',
        c => c,
    }
}

/// At most so long, with its ending.
fn cut(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= LONGEST_ENDING => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut end = (LONGEST - ending.len()).min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", stem.get(..end).unwrap_or_default())
}

/// Names that Windows gives to devices, in every folder and with any ending.
fn is_device(name: &str) -> bool {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_lowercase();
    let is_port = |kind: &str| {
        stem.strip_prefix(kind).is_some_and(|number| {
            matches!(number.as_bytes(), [b'0'..=b'9']) || matches!(number, "¹" | "²" | "³")
        })
    };
    // Their dollar has become an underscore.
    let stem_before = stem.replace('_', "$");
    DEVICES.contains(&stem.as_str())
        || DEVICES.contains(&stem_before.as_str())
        || is_port("com")
        || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_plain_ones() {
        for (given, saved) in [
            ("invoice.pdf", "invoice.pdf"),
            ("Rechnung März 2026.pdf", "Rechnung März 2026.pdf"),
            ("報告.pdf", "報告.pdf"),
            ("../../x", "x"),
            ("/etc/passwd", "passwd"),
            ("C:\\x", "x"),
            ("C:x", "C_x"),
            ("..\\..\\x.txt", "x.txt"),
            ("a/..", "a"),
            ("CON", "_CON"),
            ("con.txt", "_con.txt"),
            ("LPT1", "_LPT1"),
            ("com¹.log", "_com¹.log"),
            ("NUL .txt", "_NUL .txt"),
            ("CONIN$", "_CONIN_"),
            ("console.txt", "console.txt"),
            (".bashrc", "bashrc"),
            ("...", "file"),
            ("", "file"),
            ("   ", "file"),
            ("/", "file"),
            ("name. . .", "name"),
            ("gpj.\u{202e}exe", "gpj.exe"),
            ("a\u{200b}b", "ab"),
            ("a\0b.txt", "ab.txt"),
            ("a\nb", "a b"),
            ("-rf", "_-rf"),
            ("~", "file"),
            ("~root", "_~root"),
            ("x:stream.exe", "x_stream.exe"),
            ("$(reboot).sh", "_(reboot).sh"),
            ("%APPDATA%", "_APPDATA_"),
        ] {
            assert_eq!(saved_name(given), saved, "{given:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        for letter in ["a", "ä", "報", "👍"] {
            let name = saved_name(&format!("{}.pdf", letter.repeat(300)));
            assert!(name.len() <= LONGEST && name.ends_with(".pdf"), "{name}");
        }
        let name = saved_name(&format!("a.{}", "b".repeat(300)));
        assert!(name.len() <= LONGEST, "{name}");
    }

    #[test]
    fn a_number_stands_before_the_ending() {
        assert_eq!(numbered("a.tar.gz", 2), "a.tar (2).gz");
        assert_eq!(numbered("a", 2), "a (2)");
    }
}
