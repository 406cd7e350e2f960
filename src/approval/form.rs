//! The body of a form, within limits of size and time.

use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::{Body, Buf as _};
use secrecy::SecretString;

/// More than any of our forms holds.
const LARGEST: usize = 4 * 1024;

/// So much of what is larger is read and thrown away: a peer that still sends when the connection is
/// closed never sees why.
const MOST_DISCARDED: usize = 512 * 1024;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a person chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The message may go.
    Send,
    /// It may not.
    Decline,
    /// Whoever signed in does so no more; nothing is decided.
    Leave,
}

/// The fields of our forms.
#[derive(Debug, Default)]
pub struct Form {
    /// The mark of its rendering.
    pub mark: String,
    /// The button.
    pub choice: Option<Choice>,
    /// What was typed as name.
    pub name: Option<String>,
    /// What was typed as PIN.
    pub pin: Option<SecretString>,
}

/// Why a body is no form of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoForm {
    /// Too large, too slow, or broken off.
    Body,
    /// Another type, a field we do not have, or one twice.
    Fields,
}

/// Reads a form.
pub async fn read<B>(headers: &http::HeaderMap, body: B) -> Result<Form, NoForm>
where
    B: Body,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let kind = headers.get(http::header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != "application/x-www-form-urlencoded") {
        return Err(NoForm::Fields);
    }
    let body = tokio::time::timeout(PATIENCE, whole(body))
        .await
        .map_err(|_| NoForm::Body)??;
    parse(&body).ok_or(NoForm::Fields)
}

async fn whole<B: Body>(body: B) -> Result<Vec<u8>, NoForm> {
    let (mut kept, mut seen) = (Vec::new(), 0);
    let mut body = std::pin::pin!(body);
    while let Some(frame) = body.frame().await {
        let Ok(mut data) = frame.map_err(|_| NoForm::Body)?.into_data() else {
            continue;
        };
        seen += data.remaining();
        if seen > MOST_DISCARDED {
            break;
        }
        if seen <= LARGEST {
            kept.extend_from_slice(&data.copy_to_bytes(data.remaining()));
        }
    }
    match seen {
        0..=LARGEST => Ok(kept),
        _ => Err(NoForm::Body),
    }
}

fn parse(body: &[u8]) -> Option<Form> {
    let (mut mark, mut choice, mut name_typed, mut pin) = (None, None, None, None);
    for (name, value) in form_urlencoded::parse(body) {
        match &*name {
            "mark" if mark.is_none() => mark = Some(value.into_owned()),
            "choice" if choice.is_none() => {
                choice = Some(match &*value {
                    "send" => Choice::Send,
                    "decline" => Choice::Decline,
                    "leave" => Choice::Leave,
                    _ => return None,
                });
            }
            "name" if name_typed.is_none() => name_typed = Some(value.into_owned()),
            "pin" if pin.is_none() => pin = Some(SecretString::from(value.into_owned())),
            _ => return None,
        }
    }
    Some(Form {
        mark: mark?,
        choice,
        name: name_typed,
        pin,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_our_fields_and_each_once() {
        let form = parse(b"mark=ab&choice=send").unwrap();
        assert_eq!(
            (form.mark.as_str(), form.choice),
            ("ab", Some(Choice::Send))
        );
        assert!(parse(b"mark=&pin=1+2%263").unwrap().pin.is_some());
        for bad in [
            &b""[..],
            b"choice=send",
            b"mark=a&choice=Send",
            b"mark=a&choice=send&choice=decline",
            b"mark=a&mark=b",
            b"mark=a&extra=1",
            b"\xff\xfe",
        ] {
            assert!(parse(bad).is_none(), "{bad:?}");
        }
    }
}
