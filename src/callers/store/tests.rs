use std::thread::sleep;

use super::*;

fn new(name: &str) -> New {
    New {
        name: name.parse().unwrap(),
        policy: None,
        teammate: None,
        approvers: Vec::new(),
        expires: None,
    }
}

fn folder() -> (tempfile::TempDir, StateFolder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = StateFolder::open(dir.path()).unwrap();
    (dir, folder)
}

fn is_live(callers: &Callers, token: &Token) -> bool {
    matches!(callers.find(token.reveal()).unwrap(), Found::Live(_))
}

/// Whether it becomes so within the second that is promised.
fn soon(holds: impl Fn() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(1) {
        if holds() {
            return true;
        }
        sleep(Duration::from_millis(10));
    }
    false
}

#[test]
fn a_caller_is_found_by_its_token_alone() {
    let callers = Callers::in_memory().unwrap();
    assert!(!callers.any_live().unwrap());
    let (one, token) = callers.create(new("one")).unwrap();
    let (_, other) = callers.create(new("other")).unwrap();
    assert!(callers.any_live().unwrap());
    assert_eq!(
        callers.find(token.reveal()).unwrap(),
        Found::Live(Arc::new(one))
    );
    let forged = format!("{}{}", &token.reveal()[..20], &other.reveal()[20..]);
    for text in ["", "one", "fmcp_", &forged, &format!("{} ", token.reveal())] {
        assert_eq!(callers.find(text).unwrap(), Found::Unknown, "{text}");
    }
}

#[test]
fn a_name_is_unique_among_the_living() {
    let callers = Callers::in_memory().unwrap();
    let name: CallerName = "bot".parse().unwrap();
    let (first, old) = callers.create(new("bot")).unwrap();
    let error = callers.create(new("bot")).unwrap_err();
    assert!(matches!(error, CallersError::Taken(_)), "{error}");
    callers.revoke(&name).unwrap();
    let error = callers.revoke(&name).unwrap_err();
    assert!(matches!(error, CallersError::Missing(_)), "{error}");
    let error = callers.rotate(&name, None).unwrap_err();
    assert!(matches!(error, CallersError::Missing(_)), "{error}");
    let (second, new_one) = callers.create(new("bot")).unwrap();
    assert_ne!(
        first.id, second.id,
        "another caller, though of the same name"
    );
    assert!(is_live(&callers, &new_one));
    assert!(matches!(
        callers.find(old.reveal()).unwrap(),
        Found::Revoked(one) if one.id == first.id
    ));
    let listed: Vec<_> = callers.list().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0].id, second.id, "the living first");
}

#[test]
fn an_expired_caller_gives_its_name_back_and_is_renewed_only_with_a_new_end() {
    let callers = Callers::in_memory().unwrap();
    let name: CallerName = "bot".parse().unwrap();
    let end = Timestamp::now() + SignedDuration::from_millis(300);
    let (_, token) = callers
        .create(New {
            expires: Some(end),
            ..new("bot")
        })
        .unwrap();
    assert!(is_live(&callers, &token));
    while Timestamp::now() <= end {
        sleep(Duration::from_millis(10));
    }
    // At once: the time is looked at, not what is remembered.
    assert!(matches!(
        callers.find(token.reveal()).unwrap(),
        Found::Expired(_)
    ));
    assert!(!callers.any_live().unwrap());
    let error = callers.rotate(&name, None).unwrap_err();
    assert!(matches!(error, CallersError::Over(_)), "{error}");
    let later = Timestamp::now() + SignedDuration::from_hours(1);
    let (_, renewed) = callers.rotate(&name, Some(later)).unwrap();
    assert!(is_live(&callers, &renewed));
    assert_eq!(callers.find(token.reveal()).unwrap(), Found::Unknown);
}

#[test]
fn an_expired_name_may_be_given_again() {
    let callers = Callers::in_memory().unwrap();
    let expires = Some(Timestamp::now() - SignedDuration::from_hours(1));
    let (_, old) = callers
        .create(New {
            expires,
            ..new("bot")
        })
        .unwrap();
    let (_, token) = callers.create(new("bot")).unwrap();
    assert!(is_live(&callers, &token));
    assert!(matches!(
        callers.find(old.reveal()).unwrap(),
        Found::Expired(_)
    ));
}

#[test]
fn callers_that_ended_long_ago_are_forgotten() {
    let callers = Callers::in_memory().unwrap();
    for hours in [80 * 24, 100 * 24] {
        let expires = Some(Timestamp::now() - SignedDuration::from_hours(hours));
        let name = format!("h{hours}");
        callers
            .create(New {
                expires,
                ..new(&name)
            })
            .unwrap();
    }
    callers.create(new("bot")).unwrap();
    let listed = callers.list().unwrap();
    let names: Vec<_> = listed.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["bot", "h1920"]);
}

#[test]
fn what_another_process_does_holds_within_a_second() {
    let (_dir, folder) = folder();
    let here = Callers::open(&folder).unwrap();
    let there = Callers::open(&folder).unwrap();
    let name: CallerName = "bot".parse().unwrap();
    assert!(!here.any_live().unwrap());
    let before = here.generation().unwrap();
    let (_, first) = there.create(new("bot")).unwrap();
    assert!(soon(|| is_live(&here, &first)));
    assert!(here.generation().unwrap() > before);
    let (_, second) = there.rotate(&name, None).unwrap();
    assert!(soon(|| is_live(&here, &second) && !is_live(&here, &first)));
    there.revoke(&name).unwrap();
    assert!(soon(|| !is_live(&here, &second)));
    assert!(matches!(
        here.find(second.reveal()).unwrap(),
        Found::Revoked(_)
    ));
}

#[test]
fn what_did_not_change_stays_the_same() {
    let (_dir, folder) = folder();
    let callers = Callers::open(&folder).unwrap();
    let (_, token) = callers.create(new("bot")).unwrap();
    let found = |token: &Token| match callers.find(token.reveal()).unwrap() {
        Found::Live(one) => one,
        other => panic!("{other:?}"),
    };
    let (before, generation) = (found(&token), callers.generation().unwrap());
    sleep(LONGEST);
    assert!(Arc::ptr_eq(&before, &found(&token)));
    assert_eq!(callers.generation().unwrap(), generation);
    callers.create(new("other")).unwrap();
    assert!(
        Arc::ptr_eq(&before, &found(&token)),
        "another was registered"
    );
    assert!(callers.generation().unwrap() > generation);
}

#[test]
fn nobody_is_let_in_from_what_can_no_longer_be_read() {
    let (dir, folder) = folder();
    let callers = Callers::open(&folder).unwrap();
    let (_, token) = callers.create(new("bot")).unwrap();
    assert!(is_live(&callers, &token));
    let other = Connection::open(dir.path().join("envelopes.db")).unwrap();
    other
        .execute_batch("UPDATE callers SET record = '{}'")
        .unwrap();
    assert!(soon(|| callers.find(token.reveal()).is_err()));
    assert!(callers.find("nobody's").is_err());
    assert!(callers.any_live().is_err());
    other.execute_batch("DROP TABLE callers").unwrap();
    sleep(LONGEST);
    let error = callers.find(token.reveal()).unwrap_err().to_string();
    assert!(!error.contains(token.reveal()), "{error}");
}

#[test]
fn many_who_ask_at_once_are_answered_while_one_is_revoked() {
    let (_dir, folder) = folder();
    let callers = Callers::open(&folder).unwrap();
    let there = Callers::open(&folder).unwrap();
    let tokens: Vec<_> = (0..20)
        .map(|n| callers.create(new(&format!("bot-{n}"))).unwrap().1)
        .collect();
    let (begun, revoked) = (Instant::now(), std::sync::OnceLock::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while begun.elapsed() < Duration::from_millis(1_800) {
                    for token in &tokens[1..] {
                        assert!(is_live(&callers, token));
                    }
                    let asked = Instant::now();
                    let lives = is_live(&callers, &tokens[0]);
                    let is_over = revoked.get().is_some_and(|at: &Instant| {
                        asked.saturating_duration_since(*at) > Duration::from_millis(600)
                    });
                    assert!(!(lives && is_over));
                }
            });
        }
        sleep(Duration::from_millis(300));
        there.revoke(&"bot-0".parse().unwrap()).unwrap();
        revoked.set(Instant::now()).unwrap();
    });
}

/// Not a measurement, but a find that opened or read the file each time would not come near.
#[test]
fn a_caller_is_found_from_memory() {
    let (_dir, folder) = folder();
    let callers = Callers::open(&folder).unwrap();
    let tokens: Vec<_> = (0..200)
        .map(|n| callers.create(new(&format!("bot-{n}"))).unwrap().1)
        .collect();
    let begun = Instant::now();
    for _ in 0..50 {
        assert!(tokens.iter().all(|token| is_live(&callers, token)));
    }
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
}
