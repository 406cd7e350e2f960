//! The count holds whatever happens in between.

use jiff::SignedDuration;

use super::*;

const RIGHT: &str = "481516";

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn after(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

/// An approver with a PIN, and the folder that lives as long.
fn approver() -> (Approver, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let approver = Approver::open(&StateFolder::open(dir.path()).unwrap());
    approver.set(&Pin::choose(secret(RIGHT)).unwrap()).unwrap();
    (approver, dir)
}

#[test]
fn five_wrong_in_a_row_lock_for_a_quarter_of_an_hour() {
    let (approver, _dir) = approver();
    let check = |pin: &str, minute| approver.check_at(&secret(pin), after(minute)).unwrap();
    for left in [4, 3, 2, 1] {
        assert_eq!(check("000000", 0), Verdict::Wrong { left });
    }
    // A right one begins a new row.
    assert_eq!(check(RIGHT, 0), Verdict::Right);
    for left in [4, 3, 2, 1] {
        assert_eq!(check("000000", 1), Verdict::Wrong { left });
    }
    let until = after(16);
    assert_eq!(check("000000", 1), Verdict::Locked { until });
    for minute in [1, 8, 15] {
        assert_eq!(check(RIGHT, minute), Verdict::Locked { until });
    }
    assert_eq!(check("000000", 16), Verdict::Wrong { left: 4 });
    assert_eq!(check(RIGHT, 16), Verdict::Right);
}

#[test]
fn a_try_counts_before_it_is_looked_at() {
    let (approver, _dir) = approver();
    // A hash that cannot be looked at ends a try where a crash would.
    let kept = fs::read(approver.path()).unwrap();
    for _ in 0..attempts::ALLOWED {
        approver
            .0
            .folder()
            .replace("approver.pin", b"broken")
            .unwrap();
        let error = approver.check_at(&secret(RIGHT), now()).unwrap_err();
        assert!(error.to_string().contains("approver.pin"), "{error}");
        assert!(!error.to_string().contains(RIGHT), "{error}");
    }
    approver.0.folder().replace("approver.pin", &kept).unwrap();
    let verdict = approver.check_at(&secret(RIGHT), now()).unwrap();
    assert_eq!(verdict, Verdict::Locked { until: after(15) });
}

#[test]
fn all_who_share_the_folder_share_the_count() {
    let (_, dir) = approver();
    let folder = StateFolder::open(dir.path()).unwrap();
    let verdicts: Vec<_> = std::thread::scope(|scope| {
        let trying: Vec<_> = (0..8)
            .map(|_| {
                let approver = Approver::open(&folder);
                scope.spawn(move || approver.check_at(&secret("000000"), now()).unwrap())
            })
            .collect();
        trying.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let wrong = |left| verdicts.contains(&Verdict::Wrong { left });
    assert!([4, 3, 2, 1].into_iter().all(wrong), "{verdicts:?}");
    let locked = Verdict::Locked { until: after(15) };
    assert_eq!(verdicts.iter().filter(|one| **one == locked).count(), 4);
}

#[test]
fn a_count_that_cannot_be_read_is_no_free_try() {
    let (approver, dir) = approver();
    for broken in ["", "{}", "{\"wrong\":-1,\"until\":null}", "nonsense"] {
        fs::write(dir.path().join("approver.attempts"), broken).unwrap();
        let error = approver.check_at(&secret(RIGHT), now()).unwrap_err();
        assert!(error.to_string().contains("approver.attempts"), "{error}");
    }
}

#[test]
fn a_pin_is_set_replaced_and_cleared() {
    let (approver, dir) = approver();
    assert!(approver.is_set().unwrap());
    approver
        .set(&Pin::choose(secret("2342-x")).unwrap())
        .unwrap();
    let check = |pin: &str| approver.check_at(&secret(pin), now()).unwrap();
    assert_eq!(check(RIGHT), Verdict::Wrong { left: 4 });
    assert_eq!(check("2342-x"), Verdict::Right);
    approver.clear().unwrap();
    assert!(!approver.is_set().unwrap());
    assert_eq!(check("2342-x"), Verdict::NotSet);
    approver.clear().unwrap();
    for file in fs::read_dir(dir.path()).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains("2342-x"), "{text}");
    }
}

fn named(dir: &tempfile::TempDir, name: &str) -> Approver {
    let folder = StateFolder::open(dir.path()).unwrap();
    Approver::named(&folder, &name.parse().unwrap()).unwrap()
}

fn set(approver: &Approver, pin: &str) {
    approver.set(&Pin::choose(secret(pin)).unwrap()).unwrap();
}

#[test]
fn each_name_has_a_secret_and_a_count_of_its_own() {
    let (local, dir) = approver();
    let (dana, eve) = (named(&dir, "dana"), named(&dir, "eve"));
    set(&dana, "correct horse battery");
    set(&eve, "2342-x");
    let check = |one: &Approver, pin: &str| one.check_at(&secret(pin), now()).unwrap();
    for _ in 0..4 {
        assert!(matches!(check(&dana, "2342-x"), Verdict::Wrong { .. }));
    }
    let until = after(15);
    assert_eq!(check(&dana, RIGHT), Verdict::Locked { until });
    assert_eq!(
        check(&dana, "correct horse battery"),
        Verdict::Locked { until }
    );
    assert_eq!(check(&eve, "2342-x"), Verdict::Right);
    assert_eq!(check(&local, RIGHT), Verdict::Right);
    let folder = StateFolder::open(dir.path()).unwrap();
    let names = || -> Vec<_> {
        let names = Approver::names(&folder).unwrap();
        names.iter().map(ToString::to_string).collect()
    };
    assert_eq!(names(), ["dana", "eve"]);
    dana.clear().unwrap();
    assert_eq!(names(), ["eve"]);
    assert!(local.is_set().unwrap() && eve.is_set().unwrap());
}

#[test]
fn whether_there_is_somebody_of_a_name_does_not_show() {
    let (_, dir) = approver();
    let (dana, nobody) = (named(&dir, "dana"), named(&dir, "nobody"));
    set(&dana, "correct horse battery");
    // In turns, as the machine may be busy with other things for a while.
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for minute in 0..6 {
        let timed = |one: &Approver| {
            let begun = std::time::Instant::now();
            let verdict = one.check_at(&secret("wrong one"), after(minute)).unwrap();
            (verdict, begun.elapsed())
        };
        let (one, other) = (timed(&dana), timed(&nobody));
        assert_eq!(one.0, other.0, "{minute}");
        if minute < 5 {
            known.push(one.1);
            unknown.push(other.1);
        }
    }
    let least = |all: &[std::time::Duration]| *all.iter().min().unwrap();
    let (known, unknown) = (least(&known), least(&unknown));
    assert!(
        known < unknown * 2 && unknown < known * 2,
        "{known:?} {unknown:?}"
    );
}

#[test]
fn names_that_are_made_up_do_not_fill_the_disk() {
    let (_, dir) = approver();
    let dana = named(&dir, "dana");
    set(&dana, "correct horse battery");
    for n in 0..1_010 {
        fs::write(dir.path().join(format!("approvers/x{n}.attempts")), "{}").unwrap();
    }
    let verdict = named(&dir, "nobody").check_at(&secret("wrong one"), now());
    assert_eq!(verdict.unwrap(), Verdict::Wrong { left: 4 });
    let left = fs::read_dir(dir.path().join("approvers")).unwrap().count();
    assert_eq!(left, 1_000 + 3, "with dana's two files and the lock");
    assert!(
        named(&dir, "nobody")
            .0
            .folder()
            .path("nobody.attempts")
            .exists()
    );
}
