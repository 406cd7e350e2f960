//! Doors: addresses nobody can guess, each open to one browser for a while.

use std::{
    collections::HashMap,
    io,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use super::secret::Secret;
use crate::gate::envelope::EnvelopeId;

/// The cookie that a door knows its browser by. It goes to no other path, so that other servers of
/// this machine, which share its cookies, never see it.
pub const COOKIE: &str = "front_mcp_door";

/// How long somebody who typed the PIN may look around.
pub const VISIT: SignedDuration = SignedDuration::from_mins(10);

/// How long a browser that came in time can still read what became of the message.
const AFTERWARDS: SignedDuration = SignedDuration::from_mins(60);

/// More doors than any person opens: the oldest make room.
const MOST: usize = 256;

/// Where a door is.
pub fn path(secret: &Secret) -> String {
    format!("/d/{}", secret.expose())
}

/// What lies behind a door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opens {
    /// One envelope.
    One(EnvelopeId),
    /// All that wait: for who typed the PIN.
    All,
}

/// Somebody at a door.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    /// Its browser.
    In(Opens, Secret),
    /// The first browser that came: it is to be given this cookie.
    First(Opens, Secret),
    /// There is such a door, for another browser.
    NotTheirs,
    /// There is no such door, or no longer.
    Shut,
}

#[derive(Clone)]
struct Door {
    opens: Opens,
    /// The digest of its browser's cookie, once one came.
    browser: Option<[u8; 32]>,
    made: Timestamp,
    /// Until when a first browser may come.
    until: Timestamp,
}

impl Door {
    fn is_gone(&self, now: Timestamp) -> bool {
        let end = match (&self.opens, self.browser) {
            (Opens::One(_), Some(_)) => self.until + AFTERWARDS,
            _ => self.until,
        };
        end <= now
    }
}

/// All doors of one server, by the digest of their secret.
#[derive(Default)]
pub struct Doors(Mutex<HashMap<[u8; 32], Door>>);

impl Doors {
    /// A door that no browser has come to yet.
    pub fn make(&self, opens: Opens, until: Timestamp) -> io::Result<Secret> {
        self.add(opens, until, None)
    }

    /// A door for the browser that gets this cookie: the door's secret, and the cookie's.
    pub fn make_for_visit(&self) -> io::Result<(Secret, Secret)> {
        let cookie = Secret::draw()?;
        let until = Timestamp::now() + VISIT;
        let door = self.add(Opens::All, until, Some(cookie.digest()))?;
        Ok((door, cookie))
    }

    fn add(&self, opens: Opens, until: Timestamp, browser: Option<[u8; 32]>) -> io::Result<Secret> {
        let secret = Secret::draw()?;
        let made = Timestamp::now();
        let mut doors = self.lock();
        doors.retain(|_, door| !door.is_gone(made));
        if doors.len() >= MOST
            && let Some(oldest) = oldest(&doors)
        {
            doors.remove(&oldest);
        }
        let door = Door {
            opens,
            browser,
            made,
            until,
        };
        doors.insert(secret.digest(), door);
        Ok(secret)
    }

    /// Who stands at a door with these cookies. When `may_be_first`, the first browser is let in,
    /// and the door is its own from then on.
    pub fn enter(&self, secret: &Secret, cookies: &[Secret], may_be_first: bool) -> Entry {
        let now = Timestamp::now();
        let mut doors = self.lock();
        let Some(door) = doors.get_mut(&secret.digest()) else {
            return Entry::Shut;
        };
        if door.is_gone(now) {
            return Entry::Shut;
        }
        let Some(browser) = door.browser else {
            return match (may_be_first, Secret::draw()) {
                (true, Ok(cookie)) => {
                    door.browser = Some(cookie.digest());
                    Entry::First(door.opens.clone(), cookie)
                }
                _ => Entry::NotTheirs,
            };
        };
        cookies
            .iter()
            .find(|cookie| cookie.digest() == browser)
            .map_or(Entry::NotTheirs, |cookie| {
                Entry::In(door.opens.clone(), cookie.clone())
            })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Door>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn oldest(doors: &HashMap<[u8; 32], Door>) -> Option<[u8; 32]> {
    let (digest, _) = doors.iter().min_by_key(|(_, door)| door.made)?;
    Some(*digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn soon() -> Timestamp {
        Timestamp::now() + SignedDuration::from_mins(10)
    }

    fn envelope() -> Opens {
        Opens::One(EnvelopeId::parse(&format!("env_{}", "a".repeat(32))).unwrap())
    }

    #[test]
    fn the_first_browser_keeps_the_door() {
        let doors = Doors::default();
        let door = doors.make(envelope(), soon()).unwrap();
        assert_eq!(doors.enter(&door, &[], false), Entry::NotTheirs);
        let Entry::First(opens, cookie) = doors.enter(&door, &[], true) else {
            panic!("the first is not let in");
        };
        assert_eq!(opens, envelope());
        assert_eq!(doors.enter(&door, &[], true), Entry::NotTheirs);
        let stranger = Secret::draw().unwrap();
        let both = [stranger.clone(), cookie.clone()];
        assert_eq!(doors.enter(&door, &[stranger], true), Entry::NotTheirs);
        assert_eq!(
            doors.enter(&door, &both, false),
            Entry::In(envelope(), cookie)
        );
        let nowhere = Secret::draw().unwrap();
        assert_eq!(doors.enter(&nowhere, &both, true), Entry::Shut);
    }

    #[test]
    fn a_door_that_nobody_used_in_time_is_shut() {
        let doors = Doors::default();
        let past = Timestamp::now() - SignedDuration::from_secs(1);
        let unused = doors.make(envelope(), past).unwrap();
        assert_eq!(doors.enter(&unused, &[], true), Entry::Shut);
    }

    #[test]
    fn the_oldest_door_makes_room() {
        let doors = Doors::default();
        let first = doors.make(envelope(), soon()).unwrap();
        for _ in 0..MOST {
            doors.make(envelope(), soon()).unwrap();
        }
        assert_eq!(doors.lock().len(), MOST);
        assert_eq!(doors.enter(&first, &[], true), Entry::Shut);
    }
}
