//! How many wrong sign-ins one address may make, whatever the names: those are counted elsewhere.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// So many may be wrong at once.
const MOST: u32 = 10;

/// One comes back after this.
const BACK: Duration = Duration::from_secs(60);

/// So many addresses are remembered; then those that have most tries left make room.
const ADDRESSES: usize = 4_096;

/// Wrong tries by address.
#[derive(Debug, Default)]
pub struct Tries(Mutex<HashMap<IpAddr, Spent>>);

/// Until when the tries of an address are not all back.
#[derive(Clone, Copy, Debug)]
struct Spent(Instant);

impl Tries {
    /// Takes a try before it is looked at, or says how long there is none.
    pub fn take(&self, from: IpAddr) -> Result<(), Duration> {
        let (now, from) = (Instant::now(), network(from));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, spent| spent.0 > now);
        let until = all.get(&from).map_or(now, |spent| spent.0) + BACK;
        let over = until.saturating_duration_since(now + BACK * MOST);
        if !over.is_zero() {
            return Err(over);
        }
        if all.len() >= ADDRESSES
            && let Some(least) = all.iter().min_by_key(|(_, spent)| spent.0)
        {
            let least = *least.0;
            all.remove(&least);
        }
        all.insert(from, Spent(until));
        Ok(())
    }

    /// Gives a try back that was right.
    pub fn give_back(&self, from: IpAddr) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(spent) = all.get_mut(&network(from)) {
            spent.0 = spent.0.checked_sub(BACK).unwrap_or(spent.0);
        }
    }
}

/// Whoever has one address of IPv6 has 2^64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn wrong_tries_come_back_one_by_one() {
        let tries = Tries::default();
        let one: IpAddr = "192.0.2.1".parse().unwrap();
        for _ in 0..MOST {
            assert_eq!(tries.take(one), Ok(()));
        }
        assert!(tries.take(one).is_err());
        assert_eq!(tries.take("192.0.2.2".parse().unwrap()), Ok(()));
        tokio::time::advance(BACK).await;
        assert_eq!(tries.take(one), Ok(()));
        assert!(tries.take(one).is_err());
        tries.give_back(one);
        assert_eq!(tries.take(one), Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_network_of_ipv6_is_one_address() {
        let tries = Tries::default();
        for n in 0..MOST {
            let address = format!("2001:db8::{n:x}:1").parse().unwrap();
            assert_eq!(tries.take(address), Ok(()));
        }
        assert!(tries.take("2001:db8::ffff:9".parse().unwrap()).is_err());
        assert_eq!(tries.take("2001:db8:0:1::1".parse().unwrap()), Ok(()));
    }
}
