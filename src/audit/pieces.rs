//! The bytes of a log, a line at a time and never more than a line's worth: who can write the
//! file can make it of any size.

use std::io::{self, BufRead};

/// The longest line that can be a record, without its newline. Records are bounded far below.
pub const LONGEST: usize = 32 * 1024;

/// What stands between two newlines.
#[derive(Debug, Default)]
pub struct Piece {
    /// Its bytes, without the newline; the beginning alone of what is longer than any record.
    pub bytes: Vec<u8>,
    /// How long it is in the file, with its newline.
    pub length: u64,
    /// Whether it ends in a newline.
    pub ended: bool,
}

/// Reads the next piece; none at the end.
///
/// # Errors
/// Those of the reader.
pub fn next(reader: &mut (impl BufRead + ?Sized)) -> io::Result<Option<Piece>> {
    let mut piece = Piece::default();
    loop {
        let available = match reader.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok((piece.length > 0).then_some(piece));
        }
        let newline = memchr::memchr(b'\n', available);
        let content = newline.unwrap_or(available.len());
        let taken = newline.map_or(content, |at| at + 1);
        let room = (LONGEST + 1).saturating_sub(piece.bytes.len());
        let kept = available.get(..content.min(room)).unwrap_or_default();
        piece.bytes.extend_from_slice(kept);
        piece.length = piece.length.saturating_add(taken as u64);
        reader.consume(taken);
        if newline.is_some() {
            piece.ended = true;
            return Ok(Some(piece));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_cut_at_newlines_and_bounded() {
        let long = vec![b'x'; 3 * LONGEST];
        let all = [b"one\n\n", &long[..], b"\nlast"].concat();
        let mut reader = io::BufReader::with_capacity(7, &all[..]);
        let mut pieces = Vec::new();
        while let Some(piece) = next(&mut reader).unwrap() {
            pieces.push(piece);
        }
        let shapes: Vec<_> = pieces
            .iter()
            .map(|piece| (piece.bytes.len(), piece.length, piece.ended))
            .collect();
        assert_eq!(
            shapes,
            [
                (3, 4, true),
                (0, 1, true),
                (LONGEST + 1, long.len() as u64 + 1, true),
                (4, 4, false)
            ]
        );
    }
}
