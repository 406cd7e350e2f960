//! Front's authorization server: the address a person is sent to, and the three requests.

use std::sync::{Mutex, PoisonError};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RefreshToken, StandardRevocableToken, TokenUrl,
    basic::{BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse},
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    ClientAuth, Grant, RedirectUri, Registration, TokenFault,
    answer::Answer,
    fault::fault,
    http::{Http, HttpFault},
};
use crate::front::base::ApiBase;

type Client = oauth2::Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What PKCE shows with the code (RFC 7636). A secret until then.
pub struct Verifier(PkceCodeVerifier);

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Verifier(****)")
    }
}

/// What PKCE shows beforehand: the verifier's S256.
#[derive(Clone, Debug)]
pub struct Challenge(PkceCodeChallenge);

impl Challenge {
    /// A challenge with its verifier, drawn anew.
    pub fn draw() -> (Self, Verifier) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        (Self(challenge), Verifier(verifier))
    }
}

/// The server that grants tokens.
pub struct Authority {
    base: ApiBase,
    http: Http,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Authority({})", self.base)
    }
}

impl Authority {
    /// The server at this address (`FRONT_OAUTH_BASE_URL`). Nothing is asked of it yet.
    pub fn new(base: ApiBase) -> Self {
        Self {
            base,
            http: Http::default(),
        }
    }

    /// Its address.
    pub fn base(&self) -> &ApiBase {
        &self.base
    }

    /// Where a person lets the application in (`GET /oauth/authorize`). No scope: those of the
    /// application are set in Front, and made-up ones are refused.
    ///
    /// # Errors
    /// When client id or redirect address cannot be put into an address.
    pub fn authorize_url(
        &self,
        app: &Registration,
        redirect: &RedirectUri,
        state: &str,
        challenge: &Challenge,
    ) -> Result<String, TokenFault> {
        let state = state.to_owned();
        let (url, _) = self
            .client(app, app.auth)?
            .set_redirect_uri(of_redirect(redirect)?)
            .authorize_url(|| CsrfToken::new(state))
            .set_pkce_challenge(challenge.0.clone())
            .url();
        Ok(url.into())
    }

    /// Turns a code into tokens (`POST /oauth/token`, RFC 6749 4.1.3). A code works once.
    ///
    /// # Errors
    /// Why there are none.
    pub async fn exchange(
        &self,
        app: &Registration,
        redirect: &RedirectUri,
        code: &SecretString,
        verifier: Verifier,
    ) -> Result<Grant, TokenFault> {
        let verifier = verifier.0.into_secret();
        let refused = match self.code(app, app.auth, redirect, code, &verifier).await {
            Err(fault) if is_for_body(app, fault) => fault,
            outcome => return outcome,
        };
        tracing::debug!(%refused, "once more with the client in the body");
        self.code(app, ClientAuth::Body, redirect, code, &verifier)
            .await
    }

    async fn code(
        &self,
        app: &Registration,
        auth: ClientAuth,
        redirect: &RedirectUri,
        code: &SecretString,
        verifier: &str,
    ) -> Result<Grant, TokenFault> {
        let answered = Mutex::default();
        let answer = self
            .client(app, auth)?
            .set_redirect_uri(of_redirect(redirect)?)
            .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(&self.bridge(&answered))
            .await;
        grant(answer.map_err(fault)?, &answered, auth)
    }

    /// Turns a refresh token into tokens (`POST /oauth/token`, RFC 6749 6).
    ///
    /// # Errors
    /// Why there are none.
    pub async fn refresh(
        &self,
        app: &Registration,
        refresh: &SecretString,
    ) -> Result<Grant, TokenFault> {
        let refused = match self.renewal(app, app.auth, refresh).await {
            Err(fault) if is_for_body(app, fault) => fault,
            outcome => return outcome,
        };
        tracing::debug!(%refused, "once more with the client in the body");
        self.renewal(app, ClientAuth::Body, refresh).await
    }

    async fn renewal(
        &self,
        app: &Registration,
        auth: ClientAuth,
        refresh: &SecretString,
    ) -> Result<Grant, TokenFault> {
        let answered = Mutex::default();
        let answer = self
            .client(app, auth)?
            .exchange_refresh_token(&RefreshToken::new(refresh.expose_secret().to_owned()))
            .request_async(&self.bridge(&answered))
            .await;
        grant(answer.map_err(fault)?, &answered, auth)
    }

    /// Ends a sign-in at Front (`POST /oauth/revoke`, RFC 7009). Not by the crate, which refuses a
    /// plain address even on this machine.
    ///
    /// # Errors
    /// When Front did not say that it has.
    pub async fn revoke(
        &self,
        app: &Registration,
        refresh: &SecretString,
    ) -> Result<(), TokenFault> {
        let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let (id, secret): (String, String) = (encode(&app.id), encode(app.secret.expose_secret()));
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("token", refresh.expose_secret())
            .append_pair("token_type_hint", "refresh_token");
        let mut request = http::Request::post(format!("{}/oauth/revoke", self.base)).header(
            http::header::CONTENT_TYPE,
            "application/x-www-form-urlencoded",
        );
        match app.auth {
            ClientAuth::Basic => {
                let pair = STANDARD.encode(format!("{id}:{secret}"));
                request = request.header(http::header::AUTHORIZATION, format!("Basic {pair}"));
            }
            ClientAuth::Body => {
                form.append_pair("client_id", &app.id)
                    .append_pair("client_secret", app.secret.expose_secret());
            }
        }
        let request = request
            .body(form.finish().into_bytes())
            .map_err(|_| TokenFault::Unbuildable)?;
        let answered = Mutex::default();
        let answer = self.http.exchange(&self.base, request, &answered).await?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            _ => Err(TokenFault::Request),
        }
    }

    fn client(&self, app: &Registration, auth: ClientAuth) -> Result<Client, TokenFault> {
        let at = |path: &str| format!("{}{path}", self.base);
        let unbuildable = |_| TokenFault::Unbuildable;
        Ok(oauth2::Client::new(ClientId::new(app.id.clone()))
            .set_client_secret(ClientSecret::new(app.secret.expose_secret().to_owned()))
            .set_auth_type(match auth {
                ClientAuth::Basic => AuthType::BasicAuth,
                ClientAuth::Body => AuthType::RequestBody,
            })
            .set_auth_uri(AuthUrl::new(at("/oauth/authorize")).map_err(unbuildable)?)
            .set_token_uri(TokenUrl::new(at("/oauth/token")).map_err(unbuildable)?))
    }

    fn bridge<'call>(&'call self, answered: &'call Mutex<Option<Timestamp>>) -> Bridge<'call> {
        Bridge {
            authority: self,
            answered,
        }
    }
}

/// Our HTTP client in the crate's terms.
struct Bridge<'call> {
    authority: &'call Authority,
    answered: &'call Mutex<Option<Timestamp>>,
}

impl<'call> AsyncHttpClient<'call> for Bridge<'_> {
    type Error = HttpFault;
    type Future = BoxFuture<'call, Result<HttpResponse, HttpFault>>;

    fn call(&'call self, request: HttpRequest) -> Self::Future {
        let Authority { base, http } = self.authority;
        Box::pin(http.exchange(base, request, self.answered))
    }
}

/// The body is for a Front that says it does not accept the client in the header. Nothing is used up
/// by that: the client is judged before what it brings.
fn is_for_body(app: &Registration, fault: TokenFault) -> bool {
    fault == TokenFault::Client && app.auth == ClientAuth::Basic
}

fn of_redirect(redirect: &RedirectUri) -> Result<RedirectUrl, TokenFault> {
    RedirectUrl::new(redirect.as_str().to_owned()).map_err(|_| TokenFault::Unbuildable)
}

fn grant(
    answer: Answer,
    answered: &Mutex<Option<Timestamp>>,
    auth: ClientAuth,
) -> Result<Grant, TokenFault> {
    let answered = *answered.lock().unwrap_or_else(PoisonError::into_inner);
    let now = answered.unwrap_or_else(Timestamp::now);
    answer.grant(now, auth).map_err(TokenFault::Unclear)
}
