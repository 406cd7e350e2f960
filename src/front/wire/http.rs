//! The connection: a lazily built HTTP client, one request, one capped answer.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use reqwest::{
    Url,
    header::{self, HeaderMap, HeaderValue},
};
use tokio::time::{Instant, timeout_at};

use super::{
    body::Body,
    fault::{WireFault, fault},
    limit::{Budget, GuardKey, Lesson},
    rules::{Carried, Rules},
};
use crate::front::{
    base::{ApiBase, Token},
    connection,
    credential::{Credential, Refused},
    operation::{Method, Operation},
    path::RoutePath,
};

/// No answer of Front's that an agent could use is larger (attachments are streamed elsewhere).
pub const MAX_ANSWER: usize = 16 * 1024 * 1024;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// What goes over the wire.
#[derive(Clone, Debug)]
pub struct WireRequest {
    /// The method.
    pub method: Method,
    /// The path, built by [`crate::front::path::fill`].
    pub path: String,
    /// Query parameters, not yet encoded.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: Option<Body>,
    /// In which form the answer is wanted.
    pub accept: Accept,
}

/// The form of an answer, where Front has several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accept {
    /// JSON; downloads answer with whatever the file is.
    #[default]
    Usual,
    /// A message as the mail that it was.
    Mail,
}

impl Accept {
    const fn header(self) -> &'static str {
        match self {
            Self::Usual => "application/json, */*;q=0.5",
            Self::Mail => "message/rfc822",
        }
    }
}

/// What came back, whatever its status. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Where a redirect points.
    pub location: Option<String>,
    /// The media type, without parameters.
    pub content_type: Option<String>,
    /// How long Front asks us to wait (429).
    pub retry_after: Option<Duration>,
    /// The body, whole.
    pub body: Bytes,
}

/// The way to one Front API with one credential. Ways with other credentials of the same company
/// share everything else, its request budget first of all.
#[derive(Clone)]
pub struct Wire {
    shared: Arc<Shared>,
    credential: Credential,
}

struct Shared {
    base: ApiBase,
    request_timeout: Duration,
    rules: Rules,
    /// Built at the first request: reading the system's roots would cost every start.
    client: OnceLock<Option<reqwest::Client>>,
}

impl Wire {
    /// A way to `base`; without a credential every request is refused before it is made.
    pub fn new(
        base: ApiBase,
        credential: impl Into<Credential>,
        request_timeout: Duration,
    ) -> Self {
        Self {
            shared: Arc::new(Shared {
                base,
                request_timeout,
                rules: Rules::default(),
                client: OnceLock::new(),
            }),
            credential: credential.into(),
        }
    }

    /// The same way with another credential of the same company.
    #[must_use]
    pub fn with_token(&self, token: Token) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            credential: Credential::Token(token),
        }
    }

    /// With what its requests go.
    pub fn credential(&self) -> &Credential {
        &self.credential
    }

    /// What Front's headers have taught about the company's budget.
    pub fn budget(&self) -> &Budget {
        &self.shared.rules.budget
    }

    /// What every request but a send goes through.
    pub fn rules(&self) -> &Rules {
        &self.shared.rules
    }

    /// Makes one request and reads its answer, once: no queue, no retry, no redirect, not
    /// shared. It is counted in the budget and taught by the answer.
    pub async fn exchange(
        &self,
        request: &WireRequest,
        deadline: Instant,
    ) -> Result<Answer, WireFault> {
        let guard = guard(request).ok_or(WireFault::Unbuildable)?;
        let exchange = self.carry(request, deadline);
        self.rules().count(&guard, exchange).await
    }

    /// One exchange and what it taught, for [`Rules::run`] to count.
    pub(in crate::front) async fn carry(
        &self,
        request: &WireRequest,
        deadline: Instant,
    ) -> Carried {
        let mut lesson = None;
        let token = match timeout_at(deadline, self.credential.token()).await {
            Ok(Ok(token)) => token,
            Ok(Err(withheld)) => return Carried::never_left(withheld.into()),
            Err(_) => return Carried::never_left(WireFault::NotRenewed("it takes too long")),
        };
        let mut outcome = self.request(request, &token, deadline, &mut lesson).await;
        let mut is_renewed = false;
        if matches!(&outcome, Ok(answer) if answer.status == 401) {
            match timeout_at(deadline, self.credential.after_refusal(token)).await {
                Ok(Ok(Refused::Renewed)) => is_renewed = true,
                // Why it cannot go on says more than that it cannot.
                Ok(Err(withheld)) => outcome = Err(withheld.into()),
                Ok(Ok(Refused::ForGood)) | Err(_) => {}
            }
        }
        Carried {
            outcome,
            lesson,
            is_renewed,
        }
    }

    async fn request(
        &self,
        request: &WireRequest,
        token: &Token,
        deadline: Instant,
        lesson: &mut Option<Lesson>,
    ) -> Result<Answer, WireFault> {
        let shared = &*self.shared;
        let bearer = token.header().ok_or(WireFault::Unbuildable)?;
        let url = shared
            .base
            .join(&request.path, &request.query)
            .ok_or(WireFault::Unbuildable)?;
        let client = self.client().ok_or(WireFault::Unbuildable)?;
        let built = build(client, request, url, bearer).ok_or(WireFault::Unbuildable)?;

        let started = Instant::now();
        let upload = request.body.as_ref().map(Body::upload_time);
        let most = shared.request_timeout + upload.unwrap_or_default();
        let deadline = deadline.min(started + most);
        let allowed = deadline.saturating_duration_since(started);
        match timeout_at(deadline, read(client, built, lesson)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(WireFault::TimedOut(allowed)),
        }
    }

    fn client(&self) -> Option<&reqwest::Client> {
        self.shared
            .client
            .get_or_init(|| {
                connection::client(&self.shared.base, |builder| {
                    builder.connect_timeout(CONNECT_TIMEOUT).tcp_nodelay(true)
                })
            })
            .as_ref()
    }
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wire({})", self.shared.base)
    }
}

/// Executes a request and reads the answer; what the headers teach is kept even if the body
/// breaks off.
async fn read(
    client: &reqwest::Client,
    request: reqwest::Request,
    lesson: &mut Option<Lesson>,
) -> Result<Answer, WireFault> {
    let response = client
        .execute(request)
        .await
        .map_err(|error| fault(&error))?;
    let status = response.status().as_u16();
    let taught = *lesson.insert(Lesson::read(status, response.headers()));
    let location = text(response.headers(), header::LOCATION);
    let content_type = text(response.headers(), header::CONTENT_TYPE)
        .and_then(|value| value.split(';').next().map(|kind| kind.trim().to_owned()));
    let retry_after = taught.retry_after;
    let declared = response.content_length().unwrap_or_default();
    if usize::try_from(declared).is_ok_and(|length| length > MAX_ANSWER) {
        return Err(WireFault::TooLarge);
    }
    let body = whole(response, usize::try_from(declared).unwrap_or_default()).await?;
    Ok(Answer {
        status,
        location,
        content_type,
        retry_after,
        body,
    })
}

/// The body, of which so many bytes were announced. One that came in one piece is not copied.
async fn whole(mut response: reqwest::Response, announced: usize) -> Result<Bytes, WireFault> {
    let mut next = async || response.chunk().await.map_err(|_| WireFault::Broken);
    let Some(first) = next().await? else {
        return Ok(Bytes::new());
    };
    let mut pieces = BytesMut::new();
    while let Some(piece) = next().await? {
        if pieces.is_empty() {
            pieces.reserve(announced);
            pieces.extend_from_slice(&first);
        }
        if pieces.len() + piece.len() > MAX_ANSWER {
            return Err(WireFault::TooLarge);
        }
        pieces.extend_from_slice(&piece);
    }
    match pieces.is_empty() {
        true => Ok(first),
        false => Ok(pieces.freeze()),
    }
}

/// The guard that watches a request which names no operation.
fn guard(request: &WireRequest) -> Option<GuardKey> {
    let path = RoutePath::parse(&request.path).ok()?;
    let operation = Operation::find(request.method, &path)?;
    Some(GuardKey::new(operation, &request.path))
}

fn build(
    client: &reqwest::Client,
    request: &WireRequest,
    url: Url,
    bearer: HeaderValue,
) -> Option<reqwest::Request> {
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut builder = client
        .request(method, url)
        .header(header::AUTHORIZATION, bearer)
        .header(header::ACCEPT, request.accept.header());
    if let Some(body) = &request.body {
        builder = builder
            .header(header::CONTENT_TYPE, &body.content_type)
            .body(body.bytes.clone());
    }
    builder.build().ok()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::base::FRONT;

    #[test]
    fn two_tokens_of_one_company_share_its_budget() {
        let token = |text| Token::parse(text).unwrap();
        let base = ApiBase::parse(FRONT).unwrap();
        let wire = Wire::new(base, Some(token("reads")), Duration::from_secs(1));
        let other = wire.with_token(token("sends"));
        assert!(std::ptr::eq(wire.budget(), other.budget()));
        assert!(std::ptr::eq(wire.rules(), other.rules()));
        let is_reads = |wire: &Wire| match &wire.credential {
            Credential::Token(one) => one.is(&token("reads")),
            _ => panic!("a token"),
        };
        assert!(is_reads(&wire) && !is_reads(&other));
        assert!(wire.shared.client.get().is_none());
    }
}
