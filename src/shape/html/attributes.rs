//! Where a tag ends, and which of its attributes are worth reading.
//!
//! The tokenizer compares the name of each attribute with all before it in its tag, so a tag of nothing but
//! attributes would keep it busy for as long as their number squared.

/// No tag that means something has more.
const MOST: usize = 64;

/// What says how an element is seen and where it leads is read wherever it stands.
const ALWAYS: &[&str] = &[
    "alt",
    "aria-hidden",
    "class",
    "color",
    "hidden",
    "href",
    "id",
    "src",
    "style",
];

/// The rest of a tag, behind its name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rest {
    /// Where it is closed, at its `/>` or `>`; or where the text ends.
    pub(super) end: usize,
    /// What is not read of it, from and to, in order.
    pub(super) cut: Vec<(usize, usize)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Between,
    Slash,
    Name,
    AfterName,
    Value,
    Quoted(u8),
    Unquoted,
}

/// Reads the rest of a tag as the HTML standard's tokenizer does, once and from left to right.
pub(super) fn rest(text: &str) -> Rest {
    let bytes = text.as_bytes();
    let mut rest = Rest {
        end: bytes.len(),
        cut: Vec::new(),
    };
    let (mut at, mut count, mut begun) = (At::Between, 0_usize, 0);
    let (mut name_end, mut open) = (0, false);
    for (index, &byte) in bytes.iter().enumerate() {
        let is_space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        let was = at;
        at = match (at, byte) {
            (At::Quoted(quote), _) if byte == quote => At::Between,
            (At::Quoted(_), _) => at,
            (_, b'>') => {
                rest.end = index - usize::from(at == At::Slash);
                break;
            }
            (At::Value, b'"' | b'\'') => At::Quoted(byte),
            (At::Value, _) if is_space => at,
            (At::Value | At::Unquoted, _) => match is_space {
                true => At::Between,
                false => At::Unquoted,
            },
            (At::Name | At::AfterName, b'=') => At::Value,
            (_, b'/') => At::Slash,
            (At::Name, _) if is_space => At::AfterName,
            (At::Between | At::Slash, _) if is_space => At::Between,
            (At::AfterName, _) if is_space => at,
            _ => At::Name,
        };
        if was == At::Name && at != At::Name {
            name_end = index;
        }
        if at == At::Name && was != At::Name {
            if open {
                rest.ended(text, (begun, name_end, index), count);
            }
            (begun, name_end, open) = (index, bytes.len(), true);
            count += 1;
        }
    }
    if open {
        rest.ended(text, (begun, name_end.min(rest.end), rest.end), count);
    }
    rest
}

impl Rest {
    /// An attribute ended: where it began, where its name did, and where the next one begins.
    fn ended(&mut self, text: &str, (begun, name_end, end): (usize, usize, usize), count: usize) {
        let name = text.get(begun..name_end).unwrap_or_default();
        if count <= MOST
            || ALWAYS
                .iter()
                .any(|always| name.eq_ignore_ascii_case(always))
        {
            return;
        }
        match self.cut.last_mut() {
            Some((_, last)) if *last == begun => *last = end,
            _ => self.cut.push((begun, end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_where_the_standard_says() {
        for (text, end) in [
            ("a=1>x", 3),
            ("a='>' b=\">\">x", 11),
            ("a=b'>x", 4),
            ("a=/>x", 3),
            ("a/>x", 1),
            ("=>x", 1),
            ("a = '>'/>x", 7),
            ("a=>'>x", 2),
            ("a='\">x", 6),
            ("\"a>b\">", 2),
            (">", 0),
            ("/>", 0),
            ("é='é>'>", 8),
        ] {
            assert_eq!(
                rest(text),
                Rest {
                    end,
                    cut: Vec::new()
                },
                "{text}"
            );
        }
    }

    #[test]
    fn what_leads_somewhere_is_kept_behind_any_number() {
        let many: String = (0..1_000).map(|at| format!("a{at}='>' ")).collect();
        let text = format!("{many}HREF=x {many}style = y>z");
        let found = rest(&text);
        let mut kept = String::new();
        let mut from = 0;
        for (begin, end) in found.cut {
            kept.push_str(&text[from..begin]);
            from = end;
        }
        kept.push_str(&text[from..found.end]);
        assert!(kept.ends_with("a63='>' HREF=x style = y"), "{kept}");
        assert!(kept.starts_with("a0="), "{kept}");
    }
}
