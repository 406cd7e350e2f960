//! Whether all that requests go with is of one company, and of the one that was meant.

use super::credential::login;
use crate::{
    account::LONGEST_COMPANY,
    doctor::{facts::Facts, finding::Finding, say::text},
    front::model::Company,
    shape::{text::Text, visible::one_line, words::Words},
    untrusted::Untrusted,
};

pub fn look(facts: &Facts) -> Vec<Finding> {
    let Some(Ok(company)) = &facts.probe.me else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    if let Some(Ok(sender)) = &facts.probe.sender
        && !is_same(company, sender)
    {
        findings.push(Finding::error(
            two("FRONT_SEND_TOKEN is for ", &sender.name, ", and everything else goes to ", &company.name),
            text("make both tokens in the same company: a message would leave from another than the one that was read"),
        ));
    }
    if facts.config.api.token.is_none()
        && let Some(meant) = remembered(facts)
        // It was kept as it was shown.
        && meant.raw() != one_line(company.name.raw(), LONGEST_COMPANY)
    {
        let account = &facts.config.oauth.account;
        findings.push(Finding::error(
            two(
                "the sign-in was for ",
                meant,
                " and is now for ",
                &company.name,
            ),
            text(format!(
                "if the company was renamed, or this is the one you mean, sign in again: {}",
                login(account)
            )),
        ));
    }
    findings
}

fn remembered(facts: &Facts) -> Option<&Untrusted> {
    let account = facts.kept.as_ref()?.account.as_ref().ok()?.as_ref()?;
    account.company.as_ref()
}

fn is_same(one: &Company, other: &Company) -> bool {
    if one.id.is_blank() || other.id.is_blank() {
        return one.name == other.name;
    }
    one.id == other.id
}

fn two(before: &'static str, one: &Untrusted, between: &'static str, other: &Untrusted) -> Text {
    let mut found = Text::of(before);
    found
        .quote(&Words::line(one))
        .say(between)
        .quote(&Words::line(other));
    found
}
