//! Whether Front accepts what requests go with, and whose it is.

use super::credential::login;
use crate::{
    doctor::{facts::Facts, finding::Finding, say::text},
    front::{FrontError, FrontErrorKind as Kind, model::Company},
    shape::{text::Text, words::Words},
};

const NEW_TOKEN: &str = "it may be mistyped, revoked or expired; a new one is made in Front under Settings > Developers > API tokens";

pub fn look(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    match &facts.probe.me {
        Some(Ok(company)) => findings.push(Finding::ok(accepted("Front accepts it", company))),
        Some(Err(error)) => findings.extend(refused(facts, error)),
        None => {}
    }
    match &facts.probe.sender {
        Some(Ok(company)) => {
            findings.push(Finding::ok(accepted(
                "Front accepts FRONT_SEND_TOKEN",
                company,
            )));
        }
        Some(Err(error)) if matches!(error.kind, Kind::Status(401)) => {
            let mut found = Text::of("Front does not accept FRONT_SEND_TOKEN");
            quote(&mut found, error);
            findings.push(Finding::error(found, Text::of(NEW_TOKEN)));
        }
        Some(Err(error)) if matches!(error.kind, Kind::Status(403 | 404)) => {
            findings.push(Finding::ok(text(
                "FRONT_SEND_TOKEN may not say whose it is, which it need not",
            )))
        }
        _ => {}
    }
    findings
}

fn refused(facts: &Facts, error: &FrontError) -> Option<Finding> {
    let account = &facts.config.oauth.account;
    let has_token = facts.config.api.token.is_some();
    let (mut found, next) = match &error.kind {
        Kind::Status(401) if has_token => (
            text("Front does not accept FRONT_API_TOKEN"),
            text(NEW_TOKEN),
        ),
        Kind::Status(401) => (
            text("Front does not accept the sign-in"),
            text(format!("sign in again: {}", login(account))),
        ),
        Kind::SignedOut(why) => {
            // Where it is written down already, `credential` says so.
            let known = facts
                .kept
                .as_ref()
                .and_then(|kept| kept.account.as_ref().ok()?.as_ref());
            if known.is_some_and(|known| known.ended.is_some() || !known.is_for_here) {
                return None;
            }
            let next = text(format!("sign in again: {}", login(account)));
            (text(format!("the sign-in is over: {why}")), next)
        }
        Kind::NotRenewed(why) => (
            text(format!("the sign-in cannot be renewed: {why}")),
            text("run `front-mcp doctor` again in a moment; if it stays so, sign in again"),
        ),
        Kind::Status(403 | 404) => {
            let mut found = text("Front does not say whose the token is");
            quote(&mut found, error);
            let next = text("use a token of the company's (Settings > Developers > API tokens)");
            return Some(Finding::warning(found, next));
        }
        _ => return None,
    };
    quote(&mut found, error);
    Some(Finding::error(found, next))
}

fn accepted(what: &'static str, company: &Company) -> Text {
    let mut found = Text::of(what);
    found.say("; it is for ").quote(&Words::line(&company.name));
    found
}

fn quote(found: &mut Text, error: &FrontError) {
    if let Some(said) = &error.said {
        found.say("; Front says ").quote(&Words::cut(said, 300));
    }
}
