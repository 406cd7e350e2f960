//! The bridge from the `oauth2` crate to our HTTP client: redirects off, a small answer, a time
//! limit, and an eye on Front's clock.

use std::{
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use oauth2::{HttpRequest, HttpResponse};

use super::TokenFault;
use crate::front::{base::ApiBase, connection, unreachable_reason};

/// No token answer is larger.
const MAX_ANSWER: usize = 64 * 1024;

/// One request: its answer comes quickly or not at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why no answer came.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(super) enum HttpFault {
    #[error("unbuildable")]
    Unbuildable,
    #[error("unreachable")]
    Unreachable(&'static str),
    #[error("broken")]
    Broken(&'static str),
}

impl From<HttpFault> for TokenFault {
    fn from(fault: HttpFault) -> Self {
        match fault {
            HttpFault::Unbuildable => Self::Unbuildable,
            HttpFault::Unreachable(reason) => Self::Unreachable(reason),
            HttpFault::Broken(reason) => Self::Unclear(reason),
        }
    }
}

/// The client, built at the first request.
#[derive(Default)]
pub(super) struct Http(OnceLock<Option<reqwest::Client>>);

impl Http {
    /// One request, and when Front says that it answered.
    pub(super) async fn exchange(
        &self,
        base: &ApiBase,
        request: HttpRequest,
        answered: &Mutex<Option<Timestamp>>,
    ) -> Result<HttpResponse, HttpFault> {
        let client = self.client(base).ok_or(HttpFault::Unbuildable)?;
        let request = reqwest::Request::try_from(request).map_err(|_| HttpFault::Unbuildable)?;
        let mut response = client.execute(request).await.map_err(|error| {
            if error.is_connect() {
                HttpFault::Unreachable(unreachable_reason(&error))
            } else if error.is_timeout() {
                HttpFault::Broken("it took too long")
            } else {
                HttpFault::Broken("the connection broke")
            }
        })?;
        if response.status().is_redirection() {
            return Err(HttpFault::Broken("it leads elsewhere"));
        }
        // Whatever a server says that fails, it is not its last word on a sign-in.
        if response.status().is_server_error() || response.status() == 429 {
            return Err(HttpFault::Broken("it failed"));
        }
        *answered.lock().unwrap_or_else(PoisonError::into_inner) =
            connection::date(response.headers());
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|_| HttpFault::Broken("it broke off"))?
        {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(HttpFault::Broken("it is too long"));
            }
            body.extend_from_slice(&chunk);
        }
        // Only 200 is a success to the crate; a rotated token is not thrown away for a 201.
        let status = match response.status() {
            status if status.is_success() => http::StatusCode::OK,
            status => status,
        };
        let mut whole = HttpResponse::new(body);
        *whole.status_mut() = status;
        *whole.headers_mut() = response.headers().clone();
        Ok(whole)
    }

    fn client(&self, base: &ApiBase) -> Option<&reqwest::Client> {
        self.0
            .get_or_init(|| connection::client(base, |builder| builder.timeout(PATIENCE)))
            .as_ref()
    }
}
