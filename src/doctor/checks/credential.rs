//! With what requests go: a token or a sign-in.

use crate::{
    account::AccountName,
    doctor::{
        facts::Facts,
        finding::Finding,
        kept::{Kept, SignIn},
        say::{self, text},
    },
    shape::words::Words,
};

pub fn look(facts: &Facts) -> Vec<Finding> {
    let name = &facts.config.oauth.account;
    let signed_in = facts.kept.as_ref().and_then(|kept| match &kept.account {
        Ok(Some(_)) => Some(name),
        _ => None,
    });
    if facts.config.api.token.is_some() {
        return match signed_in {
            Some(name) => vec![Finding::note(
                text(format!(
                    "both an API token and the sign-in `{name}` are there: the token is used"
                )),
                text("take FRONT_API_TOKEN out of the settings to use the sign-in"),
            )],
            None => vec![Finding::ok(text("an API token is used"))],
        };
    }
    vec![match &facts.kept {
        Some(kept) => of(kept, name),
        None if facts.store.is_closed() => Finding::error(
            text(
                "no API token is set, and the state folder was not opened: whether there is a sign-in is not known",
            ),
            text("see `store`"),
        ),
        None => none(name, &[]),
    }]
}

fn of(kept: &Kept, name: &AccountName) -> Finding {
    match &kept.account {
        Err(why) => Finding::error(
            text(format!(
                "the sign-in `{name}` cannot be read from {}: {why}",
                kept.place
            )),
            text(format!("sign in again: {}", login(name))),
        ),
        Ok(None) => none(name, &kept.names),
        Ok(Some(account)) => judge(account, name, &kept.place),
    }
}

fn judge(account: &SignIn, name: &AccountName, place: &str) -> Finding {
    let since = say::moment(account.since);
    let mut found = text(format!("the sign-in `{name}` of {since}"));
    if let Some(company) = &account.company {
        found.say(" for ").quote(&Words::line(company));
    }
    found.append(text(format!(", kept in {place}")));
    let again = text(format!("sign in again: {}", login(name)));
    if let Some(ended) = account.ended {
        found.say("; it is over: ").say(ended.words());
        return Finding::error(found, again);
    }
    if !account.is_for_here {
        found.say("; it is for another server than FRONT_OAUTH_BASE_URL names");
        return Finding::error(found, again);
    }
    if !account.is_renewable {
        let ends = say::moment(account.expires);
        found.append(text(format!("; it cannot be renewed and ends {ends}")));
        return Finding::warning(found, again);
    }
    found.say("; it is renewed by itself");
    Finding::ok(found)
}

fn none(name: &AccountName, others: &[AccountName]) -> Finding {
    let mut next = format!(
        "sign in with `{}`, or set FRONT_API_TOKEN to an API token of Front's (Settings > Developers > API tokens)",
        login(name)
    );
    if !others.is_empty() {
        next = format!(
            "{next}; there are sign-ins named {}: `--account NAME`",
            say::list(others)
        );
    }
    Finding::error(
        text("there is neither an API token nor a sign-in"),
        text(next),
    )
}

/// The command that makes this sign-in.
pub fn login(name: &AccountName) -> String {
    match name.is_default() {
        true => "front-mcp login".to_owned(),
        false => format!("front-mcp login --account {name}"),
    }
}
