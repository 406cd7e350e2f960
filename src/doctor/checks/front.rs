//! Whether Front's API answers at its address.

use crate::{
    doctor::{facts::Facts, finding::Finding, say::text},
    front::FrontErrorKind as Kind,
};

pub fn look(facts: &Facts) -> Vec<Finding> {
    let base = &facts.config.api.base;
    let error = match &facts.probe.me {
        None => return vec![not_asked()],
        Some(Ok(_)) => None,
        Some(Err(error)) => Some(&error.kind),
    };
    let answers = || Finding::ok(text(format!("{base} answers")));
    let fails = |why: &str, next| Finding::error(text(format!("{base} {why}")), text(next));
    vec![match error {
        None | Some(Kind::RateLimited(_)) => answers(),
        Some(Kind::Status(status)) if *status < 500 || *status == 501 => answers(),
        Some(Kind::Status(status)) => fails(
            &format!("answers that it failed ({status})"),
            "try again in some minutes; whether Front has trouble stands on its status page",
        ),
        Some(Kind::NoToken | Kind::SignedOut(_) | Kind::NotRenewed(_)) => not_asked(),
        Some(Kind::Denied(_)) => Finding::note(
            text("the policy does not let anybody ask whose the token is"),
            text("allow the operation api-token-details in the policy, to have it looked at"),
        ),
        Some(Kind::Unreachable(why)) => fails(
            &format!("cannot be reached: {why}"),
            "check the network, a proxy in between, and FRONT_API_BASE_URL",
        ),
        Some(Kind::TimedOut(_) | Kind::Broken) => fails(
            "gives no answer",
            "check the network and a proxy in between, or try again in a moment",
        ),
        Some(Kind::Redirected | Kind::Unreadable(_) | Kind::TooLarge(_)) => fails(
            "answers with something that Front's API never does",
            "check FRONT_API_BASE_URL, and whether a proxy or a sign-in page stands in between",
        ),
        Some(_) => fails("could not be asked", "run `front-mcp doctor --log debug`"),
    }]
}

fn not_asked() -> Finding {
    Finding::note(
        text("Front was not asked: there is nothing to ask it with"),
        text("see `credential`, then run `front-mcp doctor` again"),
    )
}
