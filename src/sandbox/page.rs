//! Cutting a list into pages, with tokens that only fit the list they came from.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    call::Call,
    refusal::Refusal,
    state::API,
    view::{Page, page_of},
};

const DEFAULT_LIMIT: usize = 50;
const MAXIMUM_LIMIT: usize = 100;

/// Which stretch of a list was asked for.
#[derive(Debug)]
pub(crate) struct Cut {
    limit: usize,
    offset: usize,
    list: u64,
}

impl Cut {
    pub(crate) fn of(call: &Call) -> Result<Self, Refusal> {
        Self::with_limits(call, DEFAULT_LIMIT, MAXIMUM_LIMIT)
    }

    pub(crate) fn with_limits(
        call: &Call,
        default: usize,
        maximum: usize,
    ) -> Result<Self, Refusal> {
        let limit = match call.query.first("limit") {
            None => default,
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=maximum).contains(limit))
                .ok_or_else(|| {
                    Refusal::bad_request(format!("limit must be between 1 and {maximum}"))
                })?,
        };
        let list = fingerprint(call);
        let offset = match call.query.first("page_token") {
            None => 0,
            Some(token) => {
                read_token(token, list).ok_or_else(|| Refusal::bad_request("Invalid page token"))?
            }
        };
        Ok(Self {
            limit,
            offset,
            list,
        })
    }

    /// The page, with `next` on the company's API host and not on the one that was called.
    pub(crate) fn page<I, T>(
        &self,
        call: &Call,
        items: &[I],
        total: Option<usize>,
        view: impl Fn(&I) -> T,
    ) -> Page<T> {
        let end = self.offset.saturating_add(self.limit).min(items.len());
        let stretch = items.get(self.offset..end).unwrap_or_default();
        let next = (end < items.len()).then(|| self.next_url(call, end));
        page_of(
            format!("{API}{}", call.path),
            next,
            total,
            stretch.iter().map(view).collect(),
        )
    }

    fn next_url(&self, call: &Call, offset: usize) -> String {
        let mut url = format!("{API}{}?", call.path);
        for (name, value) in call.query.pairs().filter(|(name, _)| *name != "page_token") {
            url.push_str(&escape(name));
            url.push('=');
            url.push_str(&escape(value));
            url.push('&');
        }
        url.push_str("page_token=");
        url.push_str(&write_token(offset, self.list));
        url
    }
}

fn escape(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// The list's path and filters; the page size may change between pages.
fn fingerprint(call: &Call) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut feed = |text: &str| {
        for byte in text.bytes().chain([0]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    feed(&call.path);
    for (name, value) in call.query.pairs() {
        if name != "page_token" && name != "limit" {
            feed(name);
            feed(value);
        }
    }
    state
}

fn write_token(offset: usize, list: u64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{offset}.{list:x}"))
}

fn read_token(token: &str, list: u64) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let (offset, owner) = text.split_once('.')?;
    (owner == format!("{list:x}"))
        .then(|| offset.parse().ok())
        .flatten()
}
