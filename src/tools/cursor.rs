//! Cursors: where a list goes on, bound to the tool and the arguments it came from.
//!
//! A cursor from another tool, another filter or somewhere else is refused rather than applied
//! to a list it does not fit. It is no secret and no proof: what it carries ends up percent-
//! encoded in a query parameter, like every other text.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{context::Context, error::ToolError};
use crate::shape::text::Text;

#[derive(Serialize, Deserialize)]
struct Cursor<T> {
    /// Of the tool and its arguments.
    #[serde(rename = "f")]
    fingerprint: String,
    #[serde(rename = "s")]
    state: T,
}

/// Writes a cursor for this call's tool and arguments.
pub fn write<T: Serialize>(context: &Context<'_>, state: T) -> Option<String> {
    let cursor = Cursor {
        fingerprint: fingerprint(context),
        state,
    };
    serde_json::to_vec(&cursor)
        .ok()
        .map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

/// Reads a cursor that this tool wrote for the same arguments.
pub fn read<T: DeserializeOwned>(context: &Context<'_>, text: &str) -> Result<T, ToolError> {
    let refused = |message: &'static str| {
        ToolError::invalid("cursor", Text::of(message)).next(
            "call again without `cursor` to begin at the first page, or with the `next_cursor` of the same call's last result",
        )
    };
    let bytes = URL_SAFE_NO_PAD
        .decode(text.trim())
        .map_err(|_| refused("is not a cursor of this server"))?;
    let cursor: Cursor<T> =
        serde_json::from_slice(&bytes).map_err(|_| refused("is not a cursor of this tool"))?;
    if cursor.fingerprint != fingerprint(context) {
        return Err(refused(
            "belongs to a call with other arguments; every argument but `cursor` and `limit` must stay the same",
        ));
    }
    Ok(cursor.state)
}

/// Twelve hex digits of the tool and its arguments, but for where and how much to read.
fn fingerprint(context: &Context<'_>) -> String {
    let mut arguments = context.arguments.clone();
    if let Some(fields) = arguments.as_object_mut() {
        fields.remove("cursor");
        fields.remove("limit");
        fields.remove("detail");
    }
    let mut hash = Sha256::new();
    hash.update(context.tool);
    hash.update([0]);
    hash.update(serde_json_canonicalizer::to_vec(&arguments).unwrap_or_default());
    crate::digest::hex(&hash.finalize())
        .chars()
        .take(12)
        .collect()
}
