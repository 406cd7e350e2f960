//! What is answered where: a door's page to its browser, a PIN form to everybody else.

use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use jiff::Timestamp;
use maud::Markup;
use secrecy::SecretString;

use super::{
    Site, act,
    door::{self, Entry, Opens, VISIT},
    form::{self, Form, NoForm},
    guard, html,
    pin::Verdict,
    secret::Secret,
};
use crate::{
    gate::{
        Refusal,
        envelope::{Channel, Envelope, EnvelopeId},
    },
    web,
};

/// Where the PIN form is sent.
pub const PIN: &str = "/pin";

/// An answer under construction.
pub struct Page {
    status: StatusCode,
    markup: Markup,
    headers: HeaderMap,
}

impl Page {
    pub fn new(status: StatusCode, markup: Markup) -> Self {
        Self {
            status,
            markup,
            headers: HeaderMap::new(),
        }
    }

    pub fn elsewhere(path: &str) -> Self {
        let mut page = Self::new(
            StatusCode::SEE_OTHER,
            html::notice("Elsewhere", "Go on.", None),
        );
        page.header(header::LOCATION, HeaderValue::try_from(path).ok());
        page
    }

    pub fn header(&mut self, name: header::HeaderName, value: Option<HeaderValue>) {
        if let Some(value) = value {
            self.headers.append(name, value);
        }
    }

    pub fn broken() -> Self {
        let words = "The page could not be made. Nothing was done; try again.";
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, html::notice("Something failed", words, None))
    }

    pub fn finish(self) -> Response<Full<Bytes>> {
        web::headers::answer(self.status, self.markup, self.headers)
    }
}

/// The answer to any request.
pub async fn answer(site: &Site, port: u16, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    if let Err(unfit) = guard::judge(&parts.method, &parts.uri, &parts.headers, port) {
        let notice = html::notice("Not answered", unfit.words(), None);
        let mut page = Page::new(unfit.status(), notice);
        if unfit == guard::Unfit::Method {
            page.header(header::ALLOW, Some(HeaderValue::from_static("GET, POST")));
        }
        return page.finish();
    }
    let visitor = Visitor {
        site,
        port,
        headers: &parts.headers,
    };
    let path = parts.uri.path();
    let page = if parts.method == Method::GET {
        visitor.look(path).await
    } else {
        match form::read(&parts.headers, body).await {
            Ok(form) => visitor.post(path, form).await,
            Err(NoForm::Body) => too_large(),
            Err(NoForm::Fields) => unmarked(),
        }
    };
    page.finish()
}

/// A body that is no form of ours, whatever it is.
pub fn too_large() -> Page {
    let words = "That is no form of this page. Nothing was done.";
    Page::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        html::notice("Not answered", words, None),
    )
}

/// Too many send forms at once.
pub fn busy() -> Page {
    let words = "Too many forms are on their way at the moment. Nothing was done; try again.";
    Page::new(
        StatusCode::SERVICE_UNAVAILABLE,
        html::notice("Not answered", words, None),
    )
}

/// A form that was not made for who sent it.
pub fn unmarked() -> Page {
    let words = "This form is not the one that was shown to you, or it is out of date. \
                 Nothing was done. Reload the page and try again.";
    Page::new(
        StatusCode::FORBIDDEN,
        html::notice("Nothing was done", words, None),
    )
}

/// Who asks.
struct Visitor<'request> {
    site: &'request Site,
    port: u16,
    headers: &'request HeaderMap,
}

impl Visitor<'_> {
    async fn look(&self, path: &str) -> Page {
        let Some((secret, rest)) = door_of(path) else {
            let status = match path {
                "/" => StatusCode::OK,
                _ => StatusCode::FORBIDDEN,
            };
            return self.ask_pin(status, None);
        };
        match self.site.doors.enter(&secret, &self.cookies(), true) {
            Entry::In(opens, cookie) => self.inside(&secret, &opens, &cookie, rest).await,
            Entry::First(opens, cookie) => {
                let mut page = self.inside(&secret, &opens, &cookie, rest).await;
                let value = guard::cookie(door::COOKIE, &cookie, &door::path(&secret));
                page.header(header::SET_COOKIE, value);
                page
            }
            // Its own browser keeps the cookie back when a file or another page led there.
            Entry::NotTheirs if guard::is_led_here(self.headers) => {
                Page::new(StatusCode::OK, html::again(path))
            }
            Entry::NotTheirs | Entry::Shut => self.ask_pin(StatusCode::FORBIDDEN, None),
        }
    }

    async fn inside(&self, door: &Secret, opens: &Opens, cookie: &Secret, rest: &str) -> Page {
        let Some(id) = chosen(opens, rest) else {
            return match (opens, rest) {
                (Opens::All, "") => self.list(door).await,
                _ => self.ask_pin(StatusCode::FORBIDDEN, None),
            };
        };
        match self.site.gate.look(&id).await {
            Ok(envelope) if !envelope.is_for(None) => {
                act::refused(&Refusal::NotTheApprover(Box::new(envelope)))
            }
            Ok(envelope) => self.envelope(door, opens, cookie, &envelope, None),
            Err(refusal) => act::refused(&refusal),
        }
    }

    async fn list(&self, door: &Secret) -> Page {
        match self.site.gate.pending().await {
            Ok(mut pending) => {
                pending.retain(|envelope| envelope.is_for(None));
                let list = html::list(&pending, &door::path(door), Timestamp::now());
                Page::new(StatusCode::OK, list)
            }
            Err(refusal) => act::refused(&refusal),
        }
    }

    fn envelope(
        &self,
        door: &Secret,
        opens: &Opens,
        cookie: &Secret,
        envelope: &Envelope,
        remark: Option<&str>,
    ) -> Page {
        let Ok(mark) = self.site.key.mark(cookie, &purpose(door, &envelope.id)) else {
            return Page::broken();
        };
        let list = door::path(door);
        let (action, back) = match opens {
            Opens::One(_) => (list, None),
            Opens::All => (format!("{list}/{}", envelope.id), Some(list.as_str())),
        };
        let shown = html::Shown {
            envelope,
            action: &action,
            mark: &mark,
            back,
            remark,
            leave: None,
            now: Timestamp::now(),
        };
        Page::new(StatusCode::OK, html::envelope(&shown))
    }

    async fn post(&self, path: &str, form: Form) -> Page {
        if path == PIN {
            return self.check_pin(form).await;
        }
        let Some((secret, rest)) = door_of(path) else {
            return self.ask_pin(StatusCode::FORBIDDEN, None);
        };
        // A form is sent by a page that was shown: never by the first to come.
        let Entry::In(opens, cookie) = self.site.doors.enter(&secret, &self.cookies(), false)
        else {
            return self.ask_pin(StatusCode::FORBIDDEN, None);
        };
        let (Some(id), Some(choice)) = (chosen(&opens, rest), form.choice) else {
            return unmarked();
        };
        if !self
            .site
            .key
            .knows(&form.mark, &cookie, &purpose(&secret, &id))
        {
            return unmarked();
        }
        match act::decide(&self.site.gate, &id, choice, &Channel::Page.into()).await {
            Ok(done) => match &done.remark {
                None => Page::elsewhere(path),
                Some(remark) => {
                    self.envelope(&secret, &opens, &cookie, &done.envelope, Some(remark))
                }
            },
            Err(page) => *page,
        }
    }

    /// The PIN form, bound to a cookie of its own so that no other page can type for the person.
    fn ask_pin(&self, status: StatusCode, remark: Option<&str>) -> Page {
        match self.site.pin.is_set() {
            Ok(true) => {}
            Ok(false) => return Page::new(status, html::no_pin()),
            Err(error) => {
                tracing::error!(%error, "whether a PIN is set cannot be read");
                return Page::broken();
            }
        }
        let name = self.visit_cookie();
        let cookie = match guard::cookies(self.headers, &name).pop() {
            Some(cookie) => cookie,
            None => match Secret::draw() {
                Ok(cookie) => cookie,
                Err(_) => return Page::broken(),
            },
        };
        let Ok(mark) = self.site.key.mark(&cookie, PIN) else {
            return Page::broken();
        };
        let mut page = Page::new(status, html::pin(PIN, &mark, remark));
        page.header(header::SET_COOKIE, guard::cookie(&name, &cookie, "/"));
        page
    }

    async fn check_pin(&self, form: Form) -> Page {
        let cookies = guard::cookies(self.headers, &self.visit_cookie());
        let is_marked = |cookie| self.site.key.knows(&form.mark, cookie, PIN);
        let Some(pin) = form.pin.filter(|_| cookies.iter().any(is_marked)) else {
            return unmarked();
        };
        match self.verdict(pin).await {
            Some(Verdict::Right) => self.let_in(),
            Some(Verdict::Wrong { left }) => {
                tracing::warn!(left, "a wrong PIN was typed on the approval page");
                let remark = format!("That is not the PIN. Attempts left: {left}.");
                self.ask_pin(StatusCode::FORBIDDEN, Some(&remark))
            }
            Some(Verdict::Locked { until }) => {
                let until = html::clock(until);
                let remark = format!("Too many wrong PINs. None is looked at before {until}.");
                self.ask_pin(StatusCode::FORBIDDEN, Some(&remark))
            }
            Some(Verdict::NotSet) => Page::new(StatusCode::FORBIDDEN, html::no_pin()),
            None => Page::broken(),
        }
    }

    /// Checking is slow on purpose, so it keeps off the thread that serves everybody.
    async fn verdict(&self, pin: SecretString) -> Option<Verdict> {
        let _alone = self.site.checking.lock().await;
        let check = std::sync::Arc::clone(&self.site.pin);
        let checked = tokio::task::spawn_blocking(move || check.check(&pin)).await;
        checked
            .unwrap_or_else(|error| Err(error.into()))
            .inspect_err(|error| tracing::error!(%error, "a PIN could not be checked"))
            .ok()
    }

    fn let_in(&self) -> Page {
        let Ok((door, cookie)) = self.site.doors.make_for_visit() else {
            return Page::broken();
        };
        tracing::info!(
            minutes = VISIT.as_mins(),
            "the right PIN was typed on the approval page"
        );
        let path = door::path(&door);
        let mut page = Page::elsewhere(&path);
        let value = guard::cookie(door::COOKIE, &cookie, &path);
        page.header(header::SET_COOKIE, value);
        page
    }

    fn cookies(&self) -> Vec<Secret> {
        guard::cookies(self.headers, door::COOKIE)
    }

    /// Servers of one machine share their cookies: each has a name of its own.
    fn visit_cookie(&self) -> String {
        format!("front_mcp_visit_{}", self.port)
    }
}

/// What a form is made for.
fn purpose(door: &Secret, id: &EnvelopeId) -> String {
    format!("{} {id}", door.expose())
}

/// A door's secret and what follows it.
fn door_of(path: &str) -> Option<(Secret, &str)> {
    let rest = path.strip_prefix("/d/")?;
    let (secret, rest) = rest.split_once('/').unwrap_or((rest, ""));
    Some((Secret::parse(secret)?, rest))
}

/// Which envelope is meant behind a door.
fn chosen(opens: &Opens, rest: &str) -> Option<EnvelopeId> {
    match opens {
        Opens::One(id) => rest.is_empty().then(|| id.clone()),
        Opens::All => EnvelopeId::parse(rest),
    }
}
