//! Who signed in: a signed cookie, which any server of the same state knows again. It ends after ten
//! minutes, and as soon as its approver's PIN is another or is cleared.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};

use crate::{
    approval::{
        guard,
        secret::{Key, Secret},
    },
    approver::Approver,
    callers::CallerName,
    state::StateFolder,
};

/// How long it lasts.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

const PURPOSE: &str = "session:";

/// An approver who signed in.
#[derive(Clone, Debug)]
pub struct Session {
    pub name: CallerName,
    /// Drawn for it: its forms are marked with it.
    pub nonce: Secret,
}

/// What makes sessions and knows them again.
pub struct Sessions {
    key: Arc<Key>,
    folder: StateFolder,
    is_secure: bool,
}

impl Sessions {
    pub fn new(key: Arc<Key>, folder: &StateFolder, is_secure: bool) -> Self {
        Self {
            key,
            folder: folder.clone(),
            is_secure,
        }
    }

    /// The cookie of somebody who has just signed in.
    pub fn begin(&self, name: &CallerName) -> Option<HeaderValue> {
        let nonce = Secret::draw().ok()?;
        let until = (Timestamp::now() + LIFETIME).as_second().to_string();
        let signature = self.signature(&until, &nonce, name)?;
        let value = format!("{until}:{}:{signature}:{name}", nonce.expose());
        self.cookie(self.session_name(), &value, LIFETIME.as_secs())
    }

    /// What takes it away.
    pub fn end(&self) -> Option<HeaderValue> {
        self.cookie(self.session_name(), "", 0)
    }

    /// Who signed in before.
    pub fn read(&self, headers: &HeaderMap) -> Option<Session> {
        guard::values(headers, self.session_name()).find_map(|value| self.known(value))
    }

    fn known(&self, value: &str) -> Option<Session> {
        let mut parts = value.splitn(4, ':');
        let (until, nonce, signature, name) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let (nonce, name) = (Secret::parse(nonce)?, CallerName::parse(name)?);
        let stamp = self.stamp(&name)?;
        let words = [until, nonce.expose(), name.as_str(), &stamp];
        let is_ours = self.key.signed(signature, PURPOSE, &words);
        let is_over = Timestamp::now().as_second() >= until.parse().ok()?;
        (is_ours && !is_over).then_some(Session { name, nonce })
    }

    fn signature(&self, until: &str, nonce: &Secret, name: &CallerName) -> Option<String> {
        let stamp = self.stamp(name)?;
        let words = [until, nonce.expose(), name.as_str(), &stamp];
        Some(self.key.sign(PURPOSE, &words))
    }

    fn stamp(&self, name: &CallerName) -> Option<String> {
        Approver::named(&self.folder, name)
            .and_then(|approver| approver.stamp())
            .inspect_err(|error| tracing::error!(%error, "an approver cannot be looked up"))
            .ok()?
    }

    /// The cookie that sign-in forms are marked for.
    pub fn visit(&self, headers: &HeaderMap) -> Vec<Secret> {
        guard::cookies(headers, self.visit_name())
    }

    /// One for a browser that has none yet.
    pub fn new_visit(&self, secret: &Secret) -> Option<HeaderValue> {
        self.cookie(self.visit_name(), secret.expose(), LIFETIME.as_secs())
    }

    /// A browser keeps a cookie of such a name to this host and to TLS. Without TLS, which is on
    /// loopback alone, it would refuse the name.
    const fn session_name(&self) -> &'static str {
        match self.is_secure {
            true => "__Host-front_mcp_approver",
            false => "front_mcp_approver",
        }
    }

    const fn visit_name(&self) -> &'static str {
        match self.is_secure {
            true => "__Host-front_mcp_visit",
            false => "front_mcp_visit",
        }
    }

    /// `Lax`, as links are opened from mails and chats; what a form brings about needs its mark.
    fn cookie(&self, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let mut cookie = HeaderValue::try_from(format!(
            "{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"
        ))
        .ok()?;
        cookie.set_sensitive(true);
        Some(cookie)
    }
}

/// For an answer.
pub const SET: header::HeaderName = header::SET_COOKIE;
