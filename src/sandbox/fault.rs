//! Faults on request: the ways a far server can fail, so that every caller's handling of them can be tested.

use http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::oauth;

/// A fault as `POST /_sandbox/faults` takes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    #[serde(default, rename = "match")]
    matching: Matching,
    pub(crate) kind: FaultKind,
    /// How often it strikes; for ever when absent.
    times: Option<u64>,
    pub(crate) value: Option<Value>,
    pub(crate) retry_after: Option<u64>,
}

/// Which requests it strikes; all requests to the API when empty. Those to the authorization server are struck only by
/// a fault whose `path_prefix` begins their path: faults of the API were asked for without OAuth in mind.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Matching {
    method: Option<String>,
    path_prefix: Option<String>,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FaultKind {
    /// An `_error` of the status in `value`, or OAuth's `error` where that is asked.
    Status,
    /// 200 with an HTML page.
    Html,
    /// The real answer, its JSON cut in the middle.
    Truncated,
    /// 50 MB of JSON.
    Huge,
    /// Nothing for `value` seconds, then the real answer.
    Hang,
    /// 302 to `value`.
    Redirect,
    /// The real answer, its next page on a stranger's host.
    ForeignNext,
    /// The connection closes and nothing was done.
    Reset,
    /// The connection closes although the operation was done.
    ResetAfter,
    /// Bytes that are not UTF-8.
    Garbage,
    /// 200 with no body.
    Empty,
    /// 200 with JSON of the wrong shape.
    WrongTypes,
}

/// The faults in force, in the order they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The first fault that fits, used up by one.
    pub(crate) fn strike(&mut self, method: &Method, path: &str) -> Option<Fault> {
        let position = self.0.iter().position(|fault| fault.fits(method, path))?;
        let fault = self.0.get_mut(position)?;
        if let Some(times) = &mut fault.times {
            *times -= 1;
        }
        let struck = fault.clone();
        if fault.times == Some(0) {
            self.0.remove(position);
        }
        Some(struck)
    }
}

impl Fault {
    fn fits(&self, method: &Method, path: &str) -> bool {
        let method_fits = self
            .matching
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()));
        let path_fits = match &self.matching.path_prefix {
            Some(prefix) => path.starts_with(prefix),
            None => !oauth::owns(path),
        };
        self.times != Some(0) && method_fits && path_fits
    }
}
