//! Somebody at a link: what they see, and what their form brings about.

use std::net::IpAddr;

use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use jiff::Timestamp;
use secrecy::SecretString;

use super::{
    Desk,
    link::Ticket,
    session::{SET, Session},
};
use crate::{
    approval::{
        act,
        form::{Choice, Form},
        html,
        pin::Verdict,
        routes::{self, Page},
        secret::Secret,
    },
    approver::Approver,
    callers::CallerName,
    gate::{
        Refusal,
        envelope::{Channel, Envelope, Voice},
    },
    web::headers::only,
};

/// Somebody at a link.
pub struct Visitor<'request> {
    desk: &'request Desk,
    method: &'request Method,
    path: &'request str,
    headers: &'request HeaderMap,
    from: IpAddr,
}

impl<'request> Visitor<'request> {
    pub fn new(desk: &'request Desk, parts: &'request Parts, from: IpAddr) -> Self {
        Self {
            desk,
            method: &parts.method,
            path: parts.uri.path(),
            headers: &parts.headers,
            from,
        }
    }

    /// Judges the head alone: whether a form is to be read.
    pub fn judged(&self) -> Result<bool, Box<Page>> {
        let refused = |status, words| {
            let notice = html::notice("Not answered", words, None);
            Err(Box::new(Page::new(status, notice)))
        };
        if self.headers.contains_key(header::AUTHORIZATION) {
            return refused(
                StatusCode::FORBIDDEN,
                "A caller's token opens nothing here: an approver signs in by name. Nothing was done.",
            );
        }
        match *self.method {
            Method::GET => Ok(false),
            // Nothing of a form is read for who has no link.
            Method::POST if self.desk.links.read(self.path).is_none() => {
                Err(Box::new(self.nothing_here(None)))
            }
            Method::POST if self.is_from_here() => Ok(true),
            Method::POST => refused(
                StatusCode::FORBIDDEN,
                "The request came from another page. Nothing was done.",
            ),
            _ => {
                let words = "This page can be read, and its form can be sent; nothing else.";
                let notice = html::notice("Not answered", words, None);
                let mut page = Page::new(StatusCode::METHOD_NOT_ALLOWED, notice);
                page.header(header::ALLOW, Some(HeaderValue::from_static("GET, POST")));
                Err(Box::new(page))
            }
        }
    }

    /// Every browser says from which origin a form comes.
    fn is_from_here(&self) -> bool {
        let site = self.headers.get("sec-fetch-site");
        site.is_none_or(|site| site == "same-origin")
            && only(self.headers, &header::ORIGIN)
                .is_some_and(|origin| origin.eq_ignore_ascii_case(self.desk.links.origin()))
    }

    pub async fn look(&self) -> Page {
        let Some(ticket) = self.desk.links.read(self.path) else {
            return self.nothing_here(None);
        };
        match self.desk.sessions.read(self.headers) {
            None => self.ask_who(&ticket, StatusCode::OK, None),
            Some(session) => match self.theirs(&ticket, &session).await {
                Ok(envelope) => self.envelope(&session, &envelope, None),
                Err(page) => *page,
            },
        }
    }

    pub async fn post(&self, form: Form) -> Page {
        let Some(ticket) = self.desk.links.read(self.path) else {
            return self.nothing_here(None);
        };
        match form.choice {
            Some(choice) => self.choose(&ticket, &form.mark, choice).await,
            None => self.sign_in(&ticket, form).await,
        }
    }

    /// What is said alike of what is not there and of what is for others.
    fn nothing_here(&self, session: Option<&Session>) -> Page {
        let mark = session.and_then(|session| {
            let purpose = purpose(self.path);
            self.desk.key.mark(&session.nonce, &purpose).ok()
        });
        let leave = session.zip(mark.as_deref());
        let leave = leave.map(|(session, mark)| (self.path, mark, session.name.as_str()));
        Page::new(StatusCode::FORBIDDEN, html::not_yours(leave))
    }

    /// The envelope of the link, if it is theirs to decide.
    async fn theirs(&self, ticket: &Ticket, session: &Session) -> Result<Envelope, Box<Page>> {
        match self.desk.hall.look(&ticket.id).await {
            Ok(envelope) if envelope.is_for(Some(&session.name)) => Ok(envelope),
            Ok(_) => {
                tracing::warn!(envelope = %ticket.id, approver = %session.name, "not theirs to see");
                Err(Box::new(self.nothing_here(Some(session))))
            }
            Err(Refusal::NoSuchEnvelope) => Err(Box::new(self.nothing_here(Some(session)))),
            Err(refusal) => Err(Box::new(act::refused(&refusal))),
        }
    }

    fn envelope(&self, session: &Session, envelope: &Envelope, remark: Option<&str>) -> Page {
        let Ok(mark) = self.desk.key.mark(&session.nonce, &purpose(self.path)) else {
            return Page::broken();
        };
        let shown = html::Shown {
            envelope,
            action: self.path,
            mark: &mark,
            back: None,
            remark,
            leave: Some(session.name.as_str()),
            now: Timestamp::now(),
        };
        Page::new(StatusCode::OK, html::envelope(&shown))
    }

    /// Decides as somebody who signed in chose.
    async fn choose(&self, ticket: &Ticket, mark: &str, choice: Choice) -> Page {
        let Some(session) = self.desk.sessions.read(self.headers) else {
            let remark = "You are signed in no more. Nothing was done.";
            return self.ask_who(ticket, StatusCode::FORBIDDEN, Some(remark));
        };
        let purpose = purpose(self.path);
        if !self.desk.key.knows(mark, &session.nonce, &purpose) {
            return routes::unmarked();
        }
        if choice == Choice::Leave {
            let mut page = Page::elsewhere(self.path);
            page.header(SET, self.desk.sessions.end());
            return page;
        }
        let envelope = match self.theirs(ticket, &session).await {
            Ok(envelope) => envelope,
            Err(page) => return *page,
        };
        let Some(gate) = self.desk.gates.gate_of(&envelope.caller) else {
            let remark = act::words(&Refusal::ShutOut);
            return self.envelope(&session, &envelope, Some(&remark));
        };
        let voice = Voice::named(Channel::Page, &session.name);
        match act::decide(&gate, &envelope.id, choice, &voice).await {
            Ok(done) => match &done.remark {
                None => Page::elsewhere(self.path),
                Some(remark) => self.envelope(&session, &done.envelope, Some(remark)),
            },
            Err(page) => *page,
        }
    }

    /// The sign-in form, bound to a cookie of its own so that no other page can sign a person in.
    fn ask_who(&self, ticket: &Ticket, status: StatusCode, remark: Option<&str>) -> Page {
        if let Some(over) = over(ticket) {
            return over;
        }
        let known = self.desk.sessions.visit(self.headers).pop();
        let Some(cookie) = known.or_else(|| Secret::draw().ok()) else {
            return Page::broken();
        };
        let Ok(mark) = self.desk.key.mark(&cookie, &visit(self.path)) else {
            return Page::broken();
        };
        let mut page = Page::new(status, html::sign_in(self.path, &mark, remark));
        page.header(SET, self.desk.sessions.new_visit(&cookie));
        page
    }

    async fn sign_in(&self, ticket: &Ticket, form: Form) -> Page {
        if let Some(over) = over(ticket) {
            return over;
        }
        let purpose = visit(self.path);
        let cookies = self.desk.sessions.visit(self.headers);
        let is_marked = |cookie| self.desk.key.knows(&form.mark, cookie, &purpose);
        let (Some(name), Some(pin), true) = (form.name, form.pin, cookies.iter().any(is_marked))
        else {
            return routes::unmarked();
        };
        let again = |remark: &str| self.ask_who(ticket, StatusCode::FORBIDDEN, Some(remark));
        // What is no name is nobody's: that shows nothing.
        let Some(name) = CallerName::parse(name.trim()) else {
            return again("That is no name of an approver, or not their password.");
        };
        let Ok(place) = self.desk.waiting.try_acquire() else {
            return later(5, "Too many people sign in at once. Try again in a moment.");
        };
        if let Err(wait) = self.desk.tries.take(self.from) {
            tracing::warn!(from = %self.from, "too many wrong sign-ins on the approval page");
            let words = "Too many sign-ins from where you are were wrong. Try again later.";
            return later(wait.as_secs() + 1, words);
        }
        let verdict = self.verdict(&name, pin).await;
        drop(place);
        match verdict {
            Some(Verdict::Right) => {
                self.desk.tries.give_back(self.from);
                tracing::info!(approver = %name, "signed in on the approval page");
                let mut page = Page::elsewhere(self.path);
                page.header(SET, self.desk.sessions.begin(&name));
                page
            }
            Some(Verdict::Wrong { left }) => {
                tracing::warn!(approver = %name, left, from = %self.from, "a wrong sign-in on the approval page");
                again(&format!(
                    "That is no name of an approver, or not their password. Attempts left: {left}."
                ))
            }
            Some(Verdict::Locked { until }) => again(&format!(
                "Too many wrong attempts under this name. None is looked at before {}.",
                html::clock(until)
            )),
            Some(Verdict::NotSet) | None => Page::broken(),
        }
    }

    /// A hash takes much memory and time, so one is computed at a time, off the threads that serve.
    async fn verdict(&self, name: &CallerName, pin: SecretString) -> Option<Verdict> {
        let _alone = self.desk.checking.lock().await;
        let approver = Approver::named(&self.desk.folder, name);
        let checked = tokio::task::spawn_blocking(move || {
            approver.and_then(|one| one.check(&pin).map_err(std::io::Error::other))
        })
        .await;
        checked
            .unwrap_or_else(|error| Err(error.into()))
            .inspect_err(|error| tracing::error!(%error, "a sign-in could not be checked"))
            .ok()
    }
}

/// What a form is made for, beside a session or a visit: its link, and so its envelope.
fn purpose(path: &str) -> String {
    format!("decide {path}")
}

fn visit(path: &str) -> String {
    format!("sign in {path}")
}

/// Nobody signs in at a link whose time is over.
fn over(ticket: &Ticket) -> Option<Page> {
    (ticket.until <= Timestamp::now()).then(|| {
        let words = "The message that it led to can no longer be sent from here. Nothing was done now; the agent can ask anew.";
        let notice = html::notice("The time of this link is over", words, None);
        Page::new(StatusCode::GONE, notice)
    })
}

fn later(seconds: u64, words: &str) -> Page {
    let notice = html::notice("Not now", words, None);
    let mut page = Page::new(StatusCode::TOO_MANY_REQUESTS, notice);
    page.header(
        header::RETRY_AFTER,
        HeaderValue::try_from(seconds.to_string()).ok(),
    );
    page
}
