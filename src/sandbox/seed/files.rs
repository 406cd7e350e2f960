//! Files on messages; the small ones have bytes to download.

use bytes::Bytes;

use crate::sandbox::{
    id::Id,
    random::Random,
    state::{Attachment, FileKind, State},
};

/// A transparent picture of one pixel.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0, 1, 0, 0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xae, 0x42, 0x60, 0x82,
];

/// A file with content.
pub(super) fn stored(
    state: &mut State,
    id: Id,
    filename: &str,
    kind: FileKind,
    content: Bytes,
) -> Id {
    state.attachments.insert(Attachment {
        id,
        filename: filename.to_owned(),
        content_type: kind.media_type().into(),
        size: content.len() as u64,
        cid: None,
        content: Some(content),
    });
    id
}

/// What a customer might send along: mostly photographs the sandbox knows the names of only.
pub(super) fn customers(state: &mut State, random: &mut Random) -> Id {
    let number = state.attachments.len() as u64;
    let id = Id::new("fil", 8_120_334_551 + number * 15_013);
    match random.below(6) {
        0 => stored(
            state,
            id,
            "order-confirmation.pdf",
            FileKind::Pdf,
            pdf(&format!("Order confirmation {number}")),
        ),
        1 => stored(
            state,
            id,
            "measurements.csv",
            FileKind::Csv,
            Bytes::from_static(b"part,width_mm,length_mm\nhub,130,\naxle,,142\nspoke,,286\n"),
        ),
        2 => {
            let id = stored(
                state,
                id,
                "logo.png",
                FileKind::Png,
                Bytes::from_static(PIXEL),
            );
            if let Some(logo) = state.attachments.get_mut(id) {
                logo.cid = Some(random.uid());
            }
            id
        }
        _ => {
            state.attachments.insert(Attachment {
                id,
                filename: format!("IMG_{}.jpg", random.between(1_000, 9_999)),
                content_type: FileKind::Jpeg.media_type().into(),
                size: random.between(180_000, 4_200_000),
                cid: None,
                content: None,
            });
            id
        }
    }
}

/// A page of PDF with one line on it.
pub(super) fn pdf(line: &str) -> Bytes {
    let content = format!("BT /F1 18 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = Vec::with_capacity(objects.len());
    for (number, object) in (1..).zip(&objects) {
        offsets.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    file.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into()
}
