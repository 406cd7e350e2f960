//! The parameters of a request, as OAuth reads them.

use std::collections::BTreeMap;

use http::header;

use super::{OAuthError, Request};

/// Each once, and none without a value: one that is empty counts as left out (RFC 6749, 3.1).
pub(super) struct Parameters {
    values: BTreeMap<String, String>,
    repeated: Vec<String>,
}

impl Parameters {
    pub(super) fn parse(encoded: &[u8]) -> Self {
        let mut parameters = Self {
            values: BTreeMap::new(),
            repeated: Vec::new(),
        };
        for (name, value) in form_urlencoded::parse(encoded) {
            if value.is_empty() {
                continue;
            }
            if parameters.values.contains_key(&*name) {
                parameters.repeated.push(name.into_owned());
            } else {
                parameters
                    .values
                    .insert(name.into_owned(), value.into_owned());
            }
        }
        parameters
    }

    /// Those of a form that was posted, whatever stands in it twice.
    pub(super) fn of_form(request: &Request<'_>) -> Result<Self, OAuthError> {
        let kind = request
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .and_then(|kind| kind.split(';').next())
            .unwrap_or_default();
        if !kind
            .trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        {
            return Err(OAuthError::invalid_request(
                "The body must be application/x-www-form-urlencoded.",
            ));
        }
        Ok(Self::parse(request.body))
    }

    /// Those of a form, each of which stands in it once.
    pub(super) fn of_strict_form(request: &Request<'_>) -> Result<Self, OAuthError> {
        let parameters = Self::of_form(request)?;
        if parameters.repeats_any() {
            return Err(OAuthError::invalid_request("A parameter stands twice."));
        }
        Ok(parameters)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    pub(super) fn repeats(&self, name: &str) -> bool {
        self.repeated.iter().any(|repeated| repeated == name)
    }

    pub(super) fn repeats_any(&self) -> bool {
        !self.repeated.is_empty()
    }
}
