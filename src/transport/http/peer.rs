//! Where a request comes from: the peer of its connection, or whom a trusted proxy names.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;
use ipnet::IpNet;

/// Whose word is taken.
#[derive(Debug)]
pub struct Peers {
    trusted: Vec<IpNet>,
}

/// The address at the other end of a connection, as an extension of its requests.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

impl Peers {
    /// These proxies are trusted.
    pub fn new(trusted: &[IpNet]) -> Self {
        Self {
            trusted: trusted.to_vec(),
        }
    }

    /// The address that a request comes from: the last in `X-Forwarded-For` that is no trusted proxy's,
    /// where the peer is one. What stands before it anybody could have written.
    pub fn origin(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let is_trusted = |address: IpAddr| self.trusted.iter().any(|net| net.contains(&address));
        let mut origin = peer.to_canonical();
        if !is_trusted(origin) {
            return origin;
        }
        let values: Vec<_> = headers.get_all("x-forwarded-for").iter().collect();
        let hops = values.iter().rev().filter_map(|value| value.to_str().ok());
        for hop in hops.flat_map(|value| value.rsplit(',')) {
            let Ok(address) = hop.trim().parse::<IpAddr>() else {
                return origin;
            };
            origin = address.to_canonical();
            if !is_trusted(origin) {
                return origin;
            }
        }
        origin
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let peers = Peers::new(&["10.0.0.0/8".parse().unwrap()]);
        let origin = |peer: &str, forwarded: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append("x-forwarded-for", HeaderValue::from_static(value));
            }
            peers.origin(peer.parse().unwrap(), &headers).to_string()
        };
        assert_eq!(origin("192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
        assert_eq!(origin("10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(
            origin("10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.0.0.2"]),
            "203.0.113.9"
        );
        assert_eq!(
            origin("10.0.0.1", &["1.1.1.1", "203.0.113.9"]),
            "203.0.113.9"
        );
        assert_eq!(origin("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(origin("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(origin("::ffff:10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
    }
}
