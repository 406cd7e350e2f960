//! Bytes: out of a file beneath a folder, or out of base64.

use std::{
    ffi::OsStr,
    fs::File,
    io::Read as _,
    path::{Component, Path},
};

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use bytes::Bytes;

use super::{Attachable, Unattachable, beneath, content_type, file_name};
use crate::front::Upload;

/// Base64 with or without its padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Attachable {
    /// Reads a file beneath one of the folders, at most `room` bytes of it. It blocks.
    pub fn read(&self, path: &str, room: u64) -> Result<Upload, Unattachable> {
        if self.folders.is_empty() {
            return Err(Unattachable::NoFolders);
        }
        let path = Path::new(path);
        if !path.is_absolute() {
            return Err(Unattachable::Bad("is no absolute path"));
        }
        let (folder, inner) = self.place(path)?;
        let name = name_of(&inner)?;
        let file = beneath::open(&folder, &inner)?;
        let bytes = read(file, room)?;
        Ok(Upload {
            content_type: content_type(None, &name)?,
            name,
            bytes,
        })
    }

    /// The folder that a path lies in, and the names from there on. Only the words of the path
    /// are looked at, so that nobody learns what there is elsewhere.
    fn place<'path>(
        &self,
        path: &'path Path,
    ) -> Result<(std::path::PathBuf, Vec<&'path OsStr>), Unattachable> {
        for folder in &self.folders {
            let real = folder.canonicalize().ok();
            for spelling in [Some(folder), real.as_ref()].into_iter().flatten() {
                let Ok(rest) = path.strip_prefix(spelling) else {
                    continue;
                };
                let names: Option<Vec<_>> = rest
                    .components()
                    .map(|component| match component {
                        Component::Normal(name) => Some(name),
                        _ => None,
                    })
                    .collect();
                return match names {
                    Some(names) if !names.is_empty() => Ok((spelling.clone(), names)),
                    Some(_) => Err(Unattachable::Bad("is a folder")),
                    None => Err(Unattachable::Outside),
                };
            }
        }
        Err(Unattachable::Outside)
    }
}

/// A file that came along in the call, at most `room` bytes of it.
pub fn decode(
    name: &str,
    base64: &str,
    given_type: Option<&str>,
    room: u64,
) -> Result<Upload, Unattachable> {
    let name = file_name(name)?;
    let content_type = content_type(given_type, &name)?;
    // Four characters stand for three bytes, and some may be line breaks.
    if base64.len() as u64 / 4 * 3 > room.saturating_mul(2).saturating_add(4) {
        return Err(Unattachable::TooLarge(room));
    }
    let mut digits = base64.as_bytes().to_vec();
    digits.retain(|byte| !byte.is_ascii_whitespace());
    let bytes = BASE64
        .decode(digits)
        .map_err(|_| Unattachable::Bad("has a `content_base64` that is not standard base64"))?;
    if bytes.len() as u64 > room {
        return Err(Unattachable::TooLarge(room));
    }
    if bytes.is_empty() {
        return Err(EMPTY);
    }
    Ok(Upload {
        name,
        content_type,
        bytes: bytes.into(),
    })
}

const EMPTY: Unattachable = Unattachable::Bad("is empty");

/// The file's own name, unless one of the names looks like a secret's.
fn name_of(inner: &[&OsStr]) -> Result<String, Unattachable> {
    let hidden = inner
        .iter()
        .any(|name| name.as_encoded_bytes().starts_with(b"."));
    let name = inner
        .last()
        .and_then(|name| name.to_str())
        .ok_or(Unattachable::Bad("has a name that is not Unicode"))?;
    if hidden || is_secret(name) {
        return Err(Unattachable::Bad(
            "is hidden or looks like a key or password file, which are never attached",
        ));
    }
    file_name(name)
}

fn is_secret(name: &str) -> bool {
    const NAMES: &[&str] = &["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "credentials"];
    const ENDINGS: &[&str] = &[
        "env", "pem", "key", "ppk", "p12", "pfx", "jks", "keystore", "kdbx",
    ];
    let name = name.to_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    NAMES.contains(&name.as_str()) || NAMES.contains(&stem) || ENDINGS.contains(&ending)
}

/// Reads what was opened, whatever it grows to meanwhile.
fn read(file: File, room: u64) -> Result<Bytes, Unattachable> {
    let unreadable = |_| Unattachable::Bad("cannot be read");
    let length = file.metadata().map_err(unreadable)?.len();
    if length > room {
        return Err(Unattachable::TooLarge(room));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(room.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > room {
        return Err(Unattachable::TooLarge(room));
    }
    if bytes.is_empty() {
        return Err(EMPTY);
    }
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_with_and_without_padding_and_line_breaks() {
        for good in ["aGVsbG8=", "aGVsbG8", " aGVs\r\nbG8=\n"] {
            let file = decode("a.txt", good, None, 5).unwrap();
            assert_eq!(file.bytes.as_ref(), b"hello");
            assert_eq!(file.content_type, "text/plain");
        }
        for bad in [
            "",
            " ",
            "aGVsbG8==x",
            "*",
            "data:text/plain;base64,aGVsbG8=",
            "aGVsbG8-_",
            "é",
        ] {
            assert!(decode("a.txt", bad, None, 100).is_err(), "{bad:?}");
        }
        assert_eq!(
            decode("a", "aGVsbG8=", None, 4),
            Err(Unattachable::TooLarge(4))
        );
        assert_eq!(
            decode("a", &"A".repeat(1_000_000), None, 4),
            Err(Unattachable::TooLarge(4))
        );
    }

    #[test]
    fn secrets_are_known_by_their_names() {
        for secret in [
            "id_rsa",
            "ID_RSA",
            "id_ed25519.pub",
            "x.pem",
            "prod.env",
            "a.KEY",
            "credentials.json",
        ] {
            assert!(is_secret(secret), "{secret}");
        }
        for plain in [
            "invoice.pdf",
            "keynote.pptx",
            "pem",
            "environment.txt",
            "key",
        ] {
            assert!(!is_secret(plain), "{plain}");
        }
    }
}
