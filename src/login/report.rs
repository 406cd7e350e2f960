//! What came of a sign-in, told once for the browser and the terminal.

use std::{fmt, io};

use http::StatusCode;

use super::{Kind, Refusal, Unfit};
use crate::{front::base::ApiBase, login_command::LoginCommand, oauth::TokenFault};

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Somebody is signed in.
    Good,
    /// It is not over.
    Wait,
    /// Nobody is.
    Bad,
    /// This was no answer to it, and changed nothing.
    Astray,
}

/// What is said. What stands between backticks is a command or a setting; only `name`, `facts` and
/// `said` hold Front's words.
#[derive(Clone, Debug)]
pub struct Report {
    /// The status of its page.
    pub status: StatusCode,
    /// How it ended.
    pub tone: Tone,
    /// What happened.
    pub title: &'static str,
    /// The company's name, behind the title.
    pub name: Option<String>,
    /// What it means.
    pub lead: String,
    /// Companies, as Front names them, behind what they are.
    pub facts: Vec<(&'static str, String)>,
    /// What Front said, to be quoted.
    pub said: Option<String>,
    /// What to do next.
    pub next: Vec<String>,
}

const NOTHING_KEPT: &str = "Nothing was stored.";
const GIVEN: &str = "Others are given with `--client-id` and `--client-secret`.";
const TOKEN_INSTEAD: &str = "Or do without signing in: an administrator makes an API token in Front under Settings > Developers > API tokens, and it is set as `FRONT_API_TOKEN` for `front-mcp serve`.";

impl Report {
    fn new(status: StatusCode, tone: Tone, title: &'static str, lead: impl Into<String>) -> Self {
        Self {
            status,
            tone,
            title,
            name: None,
            lead: lead.into(),
            facts: Vec::new(),
            said: None,
            next: Vec::new(),
        }
    }

    fn bad(status: StatusCode, title: &'static str, lead: impl Into<String>) -> Self {
        Self::new(status, Tone::Bad, title, lead)
    }

    fn astray(status: StatusCode, title: &'static str, lead: impl Into<String>) -> Self {
        Self::new(status, Tone::Astray, title, lead)
    }

    #[must_use]
    fn saying(self, said: Option<String>) -> Self {
        Self { said, ..self }
    }

    #[must_use]
    fn then(mut self, next: &[&str]) -> Self {
        self.next.extend(next.iter().map(|&next| next.to_owned()));
        self
    }

    /// An account was stored; in memory alone, unless it is kept.
    pub fn signed_in(is_kept: bool, company: Result<String, String>) -> Self {
        let (title, name, unread) = match company {
            Ok(name) => ("Signed in as", Some(name), None),
            Err(why) => ("Signed in", None, Some(why)),
        };
        let (kept, then) = match is_kept {
            true => (
                "The sign-in is stored on this machine",
                ", and requests to Front go as this company from now on",
            ),
            false => (
                "The sign-in is kept in memory, and ends with this command",
                "",
            ),
        };
        let lead = format!("{kept}{then}.");
        let mut report = Self::new(StatusCode::OK, Tone::Good, title, lead);
        report.name = name;
        if let Some(why) = unread {
            report.lead = format!("{kept}. For which company could not be read ({why}).");
        }
        report
    }

    /// The terminal asks whether another company's account may be replaced.
    pub fn asked() -> Self {
        let lead = "Another company is signed in under the same name. The terminal asks whether this one may take its place; nothing is stored before it is answered.";
        let title = "One question in the terminal";
        Self::new(StatusCode::OK, Tone::Wait, title, lead)
    }

    /// Another company's account was not to be replaced.
    pub fn left(old: &str, new: Option<&str>, again: &LoginCommand) -> Self {
        let lead = match new {
            Some(_) => {
                "The account that is stored is another company’s. It stays as it is, and the new sign-in is not kept."
            }
            None => {
                "For which company the new sign-in is could not be read, so it is not kept, and the stored account stays as it is."
            }
        };
        let mut report = Self::bad(StatusCode::OK, "Nothing was replaced", lead).then(&[&format!(
            "To replace it, run `{}`. To keep both, give the new one a name of its own: `{}`.",
            again.clone().replacing(),
            again.clone().beside(),
        )]);
        report.facts.push(("Stored", old.to_owned()));
        report.facts.extend(new.map(|new| ("New", new.to_owned())));
        report
    }

    /// Front's no.
    pub fn refused(refusal: &Refusal, redirect: &str, again: &LoginCommand) -> Self {
        let once_more = once_more(again);
        let report = match refusal.kind {
            Kind::Denied => Self::bad(
                StatusCode::OK,
                "Nobody was signed in",
                format!("In Front the answer was no, so Front let nobody in. {NOTHING_KEPT}"),
            )
            .then(&[&once_more]),
            Kind::NotAdministrator => Self::bad(
                StatusCode::OK,
                "An administrator has to do this",
                format!(
                    "Only administrators of a company may let an OAuth app in, and whoever is signed in to Front in this browser is none. {NOTHING_KEPT}"
                ),
            )
            .then(&[
                &format!(
                    "Ask an administrator of your Front company to run `{again}`, or to sign in to Front in this browser. Who they are stands in Front under Settings > Teammates."
                ),
                TOKEN_INSTEAD,
            ]),
            Kind::Request => Self::bad(
                StatusCode::OK,
                "Front does not let this app in",
                format!(
                    "Front found the request wrong. Most often the app’s client id or its redirect address is not what Front has. {NOTHING_KEPT}"
                ),
            )
            .then(&[
                &format!(
                    "Compare them in Front under Settings > Developers > Apps: the redirect address is `{redirect}`. {GIVEN}"
                ),
                &once_more,
            ]),
            Kind::Unavailable => Self::bad(
                StatusCode::OK,
                "Front could not do it just now",
                format!("Front had a problem of its own. {NOTHING_KEPT}"),
            )
            .then(&[&format!("Wait a little, then run `{again}` once more.")]),
        };
        report.saying(refusal.said())
    }

    /// No token for the code.
    pub fn not_granted(fault: TokenFault, server: &ApiBase, again: &LoginCommand) -> Self {
        let once_more = once_more(again);
        let gateway = StatusCode::BAD_GATEWAY;
        match fault {
            TokenFault::Grant => Self::bad(
                StatusCode::OK,
                "Front no longer takes the code",
                format!(
                    "The code that Front gave was used before, or it took too long to come back. {NOTHING_KEPT}"
                ),
            )
            .then(&[&once_more]),
            TokenFault::Client => Self::bad(
                StatusCode::OK,
                "Front does not take the client secret",
                format!("The client id or secret of the OAuth app is not accepted. {NOTHING_KEPT}"),
            )
            .then(&[
                &format!(
                    "Copy both again from Front under Settings > Developers > Apps; they belong to one app. {GIVEN} Where neither is set, a terminal asks for both."
                ),
                &once_more,
            ]),
            TokenFault::Unreachable(reason) => Self::bad(
                gateway,
                "Front cannot be reached",
                format!("This machine could not reach {server}: {reason}. {NOTHING_KEPT}"),
            )
            .then(&[&format!(
                "Check the connection, and any proxy, then run `{again}` once more."
            )]),
            TokenFault::Request | TokenFault::Unclear(_) | TokenFault::Unbuildable => Self::bad(
                gateway,
                "Front gave no token",
                format!("{fault}. {NOTHING_KEPT}"),
            )
            .then(&[&once_more]),
        }
    }

    /// The account could not be stored. The reason is for the terminal: it may name files.
    pub fn not_stored(error: &io::Error, place: &str) -> (Self, String) {
        let report = Self::bad(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The sign-in could not be stored",
            "Front let you in, but the place for accounts cannot be written. The sign-in is not kept; the terminal says more.",
        );
        let told = format!(
            "Front let you in, but the sign-in could not be stored in {place}: {error}. It is not kept."
        );
        (report, told)
    }

    /// A callback that is not the answer.
    pub fn turned_away(unfit: Unfit) -> Self {
        let goes_on = "No sign-in was changed by it.";
        let (status, title, lead) = match unfit {
            Unfit::Host => (
                StatusCode::MISDIRECTED_REQUEST,
                "Not answered",
                "This page answers only under its own address on this machine.",
            ),
            Unfit::Path => (
                StatusCode::NOT_FOUND,
                "Nothing here",
                "There is one page here, and this is not its address.",
            ),
            Unfit::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                "Not answered",
                "This page can be opened; nothing else.",
            ),
            Unfit::Shape(_) => (
                StatusCode::BAD_REQUEST,
                "This is no answer from Front",
                "What the browser brought is not what Front sends at the end of a sign-in.",
            ),
            Unfit::Issuer | Unfit::State => (
                StatusCode::FORBIDDEN,
                "Not the sign-in that is under way",
                "What the browser brought belongs to another sign-in: one that was begun before, whose time is over, or that somebody else began.",
            ),
            Unfit::Used => {
                let lead = "Its answer came before, and an answer counts once. The page that opened then, and the terminal, say what came of it.";
                return Self::astray(StatusCode::GONE, "This sign-in is answered already", lead);
            }
        };
        let next = "If you are signing in just now, go on in the window that `front-mcp login` opened, or end it with Ctrl-C and begin again.";
        Self::astray(status, title, format!("{lead} {goes_on}")).then(&[next])
    }

    /// After too many of those.
    pub fn beset() -> Self {
        Self::astray(
            StatusCode::TOO_MANY_REQUESTS,
            "Not answered",
            "Too many requests came that are no answer from Front.",
        )
    }

    /// The listener cannot hand it on: the sign-in ended this very moment.
    pub fn over() -> Self {
        Self::bad(
            StatusCode::GONE,
            "The sign-in is over",
            "It ended before the answer came. The terminal says why.",
        )
        .then(&["Begin again there."])
    }
}

fn once_more(again: &LoginCommand) -> String {
    format!("Run `{again}` once more.")
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title)?;
        if let Some(name) = &self.name {
            write!(f, " “{name}”")?;
        }
        write!(f, ". {}", self.lead)?;
        for (what, company) in &self.facts {
            write!(f, "\n{what}: “{company}”")?;
        }
        if let Some(said) = &self.said {
            write!(f, "\nFront said: “{said}”")?;
        }
        for next in &self.next {
            write!(f, "\n{next}")?;
        }
        Ok(())
    }
}
