//! The tokens that are good, and the grants that they came from.

use std::{collections::HashMap, io};

use super::{secret::Secret, settings::Rotation};

/// Six months, as at Front.
const REFRESH_SECONDS: f64 = 182.0 * 86_400.0;

/// What somebody allowed once; every token comes from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GrantId(u64);

#[derive(Debug, Default)]
pub(super) struct Ledger {
    access: HashMap<Secret, Token>,
    refresh: HashMap<Secret, Token>,
    grants: u64,
}

#[derive(Clone, Debug)]
struct Token {
    grant: GrantId,
    expires: f64,
    /// The refresh token that dies when this one is first used.
    supersedes: Option<Secret>,
}

/// What a client is given.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) access: Secret,
    pub(super) refresh: Secret,
}

impl Ledger {
    pub(super) fn open(&mut self, access_seconds: f64, now: f64) -> io::Result<(GrantId, Pair)> {
        let pair = Pair {
            access: Secret::draw()?,
            refresh: Secret::draw()?,
        };
        self.sweep(now);
        self.grants += 1;
        let grant = GrantId(self.grants);
        self.put_access(grant, &pair, access_seconds, now, None);
        self.put_refresh(grant, &pair, now, None);
        Ok((grant, pair))
    }

    /// New tokens for a refresh token; none if it is not good.
    pub(super) fn renew(
        &mut self,
        presented: &str,
        rotation: Rotation,
        access_seconds: f64,
        now: f64,
    ) -> io::Result<Option<Pair>> {
        let Some((old, token)) = self.refresh.get_key_value(presented) else {
            return Ok(None);
        };
        if token.expires <= now {
            return Ok(None);
        }
        let (old, grant) = (old.clone(), token.grant);
        let pair = Pair {
            access: Secret::draw()?,
            refresh: match rotation {
                Rotation::Same => old.clone(),
                Rotation::Grace | Rotation::Strict => Secret::draw()?,
            },
        };
        self.sweep(now);
        self.use_refresh(presented);
        let supersedes = (rotation == Rotation::Grace).then(|| old.clone());
        self.put_access(grant, &pair, access_seconds, now, supersedes.clone());
        if rotation != Rotation::Same {
            self.put_refresh(grant, &pair, now, supersedes);
        }
        if rotation == Rotation::Strict {
            self.refresh.remove(&old);
        }
        Ok(Some(pair))
    }

    fn put_access(
        &mut self,
        grant: GrantId,
        pair: &Pair,
        access_seconds: f64,
        now: f64,
        supersedes: Option<Secret>,
    ) {
        let token = Token {
            grant,
            expires: now + access_seconds,
            supersedes,
        };
        self.access.insert(pair.access.clone(), token);
    }

    fn put_refresh(&mut self, grant: GrantId, pair: &Pair, now: f64, supersedes: Option<Secret>) {
        let token = Token {
            grant,
            expires: now + REFRESH_SECONDS,
            supersedes,
        };
        self.refresh.insert(pair.refresh.clone(), token);
    }

    /// Forgets what has ended: a sandbox may run for weeks.
    fn sweep(&mut self, now: f64) {
        self.access.retain(|_, token| token.expires > now);
        self.refresh.retain(|_, token| token.expires > now);
    }

    pub(super) fn accepts_access(&self, text: &str, now: f64) -> bool {
        self.access
            .get(text)
            .is_some_and(|token| token.expires > now)
    }

    pub(super) fn accepts_refresh(&self, text: &str, now: f64) -> bool {
        self.refresh
            .get(text)
            .is_some_and(|token| token.expires > now)
    }

    /// Notes that an access token was used: its client has what came with it, and needs the token before no more.
    pub(super) fn use_access(&mut self, text: &str) {
        let token = self.access.get_mut(text);
        if let Some(old) = token.and_then(|token| token.supersedes.take()) {
            self.refresh.remove(&old);
        }
    }

    fn use_refresh(&mut self, text: &str) {
        let token = self.refresh.get_mut(text);
        if let Some(old) = token.and_then(|token| token.supersedes.take()) {
            self.refresh.remove(&old);
        }
    }

    /// Forgets a token, and with a refresh token all of its grant; false if it knows none such.
    pub(super) fn revoke(&mut self, text: &str) -> bool {
        if let Some(token) = self.refresh.get(text) {
            self.revoke_grant(token.grant);
            return true;
        }
        self.access.remove(text).is_some()
    }

    pub(super) fn revoke_grant(&mut self, grant: GrantId) {
        self.access.retain(|_, token| token.grant != grant);
        self.refresh.retain(|_, token| token.grant != grant);
    }

    pub(super) fn forget_access(&mut self) {
        self.access.clear();
    }

    pub(super) fn forget_refresh(&mut self) {
        self.refresh.clear();
    }
}
