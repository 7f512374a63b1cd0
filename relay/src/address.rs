//! Who asks, as far as a rate needs it: an address, cut to what one household or server has.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// An address or a range of them, as in `10.0.0.0/8`. Used for proxies that are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

/// The text is neither an IP address nor a range in CIDR form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an IP address or a range such as 10.0.0.0/8")]
pub struct NetworkError;

impl Network {
    /// Whether `address` lies in it. An IPv4 address in IPv6 clothing counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let differ = (u32::from(base) ^ u32::from(address)).leading_zeros();
                differ >= u32::from(self.bits)
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let differ = (u128::from(base) ^ u128::from(address)).leading_zeros();
                differ >= u32::from(self.bits)
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (base, bits) = match text.split_once('/') {
            Some((base, bits)) => (base, Some(bits)),
            None => (text, None),
        };
        let base: IpAddr = base.parse().map_err(|_| NetworkError)?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.parse().map_err(|_| NetworkError)?,
            None => most,
        };
        if bits <= most { Ok(Self { base, bits }) } else { Err(NetworkError) }
    }
}

/// What shares one allowance: an IPv4 address, or an IPv6 /56, the usual share of one household.
/// A coarser IPv4 range would let a stranger slow down the neighbours.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Prefix(IpAddr);

/// The prefix to count a connection under; `None` for this machine itself and for a trusted proxy,
/// through which everybody may come.
pub(crate) fn connecting(peer: IpAddr, trusted: &[Network]) -> Option<Prefix> {
    let is_trusted = trusted.iter().any(|network| network.contains(peer));
    if is_trusted { None } else { prefix(peer, std::iter::empty(), trusted) }
}

/// The prefix to count a request under; `None` for this machine itself, which is not limited.
///
/// `forwarded` are the values of `X-Forwarded-For`, in order. They count only when `peer` is a
/// trusted proxy: then the last address that is not itself a trusted proxy asked. Anything that
/// cannot be read there ends the search, and the last address that was understood counts.
pub(crate) fn prefix<'a>(
    peer: IpAddr,
    forwarded: impl DoubleEndedIterator<Item = &'a str>,
    trusted: &[Network],
) -> Option<Prefix> {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut asked = peer.to_canonical();
    if is_trusted(asked) {
        let hops = forwarded.rev().flat_map(|value| value.rsplit(',')).map(str::trim);
        for hop in hops {
            let Ok(address) = hop.parse::<IpAddr>() else {
                break;
            };
            asked = address.to_canonical();
            if !is_trusted(asked) {
                break;
            }
        }
    }
    if asked.is_loopback() {
        return None;
    }
    Some(Prefix(match asked {
        IpAddr::V4(_) => asked,
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from(u128::from(address) & (u128::MAX << (128 - 56))))
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn asked(peer: &str, forwarded: &[&str], trusted: &[&str]) -> Option<IpAddr> {
        let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        prefix(ip(peer), forwarded.iter().copied(), &trusted).map(|Prefix(address)| address)
    }

    #[test]
    fn networks() {
        for (network, address, inside) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.6", false),
            ("192.0.2.7", "::ffff:192.0.2.7", true),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
        ] {
            let network: Network = network.parse().unwrap();
            assert_eq!(network.contains(ip(address)), inside, "{network:?} {address}");
        }
        for text in ["", "10.0.0.0/33", "::/129", "10.0.0/8", "relay.example", "10.0.0.0/-1"] {
            assert_eq!(text.parse::<Network>(), Err(NetworkError), "{text}");
        }
    }

    #[test]
    fn who_asks() {
        let none: &[&str] = &[];
        assert_eq!(asked("127.0.0.1", none, none), None);
        assert_eq!(asked("::1", none, none), None);
        assert_eq!(asked("203.0.113.9", none, none), Some(ip("203.0.113.9")));
        assert_eq!(asked("::ffff:203.0.113.9", none, none), Some(ip("203.0.113.9")));
        assert_eq!(asked("2001:db8:1:2ff::9", none, none), Some(ip("2001:db8:1:200::")));
        // Nobody's word is taken but a trusted proxy's.
        assert_eq!(asked("203.0.113.9", &["192.0.2.1"], none), Some(ip("203.0.113.9")));
        assert_eq!(asked("127.0.0.1", &["192.0.2.1"], none), None);
        assert_eq!(asked("127.0.0.1", &["192.0.2.1"], &["127.0.0.1"]), Some(ip("192.0.2.1")));
        // A sender writes what it likes on the left; the proxy adds the truth on the right.
        let forged = &["127.0.0.1, 198.51.100.1", "192.0.2.1, 10.0.0.3"];
        let proxies = &["127.0.0.1", "10.0.0.0/8"];
        assert_eq!(asked("127.0.0.1", forged, proxies), Some(ip("192.0.2.1")));
        assert_eq!(asked("10.0.0.9", &["junk, 10.0.0.3"], proxies), Some(ip("10.0.0.3")));
        assert_eq!(asked("10.0.0.9", &["junk"], proxies), Some(ip("10.0.0.9")));
    }
}
