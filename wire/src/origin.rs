//! A relay's name: its web origin in one canonical spelling, and the id made from it.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::lane::sha256;

/// SHA-256 of a relay's canonical origin. Every request names it, so that a frame for one relay is
/// worth nothing at another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RelayId(pub [u8; 32]);

impl RelayId {
    /// The id of an origin that [`canonical_origin`] answered.
    #[must_use]
    pub fn of_origin(canonical: &str) -> Self {
        Self(sha256(&[canonical.as_bytes()]))
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Why a text is not a relay's origin. Holds nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// Neither `https://` nor `http://`.
    #[error("a relay's address starts with https://")]
    Scheme,
    /// `http://` to another machine.
    #[error("http:// is only for this machine; use https://")]
    Insecure,
    /// No host, or one that is not ASCII letters, digits, hyphens and dots, or an IP address.
    #[error("the host in the relay's address is not valid")]
    Host,
    /// Not a number from 1 to 65535.
    #[error("the port in the relay's address is not valid")]
    Port,
    /// A path, query, fragment, user or password.
    #[error("a relay's address has nothing but https://, host and port")]
    Extra,
}

/// The one spelling of a relay's origin: `scheme://host[:port]`, lower case, the scheme's own port
/// left out, IPv6 as RFC 5952 writes it.
///
/// `https` to any host; `http` only to `localhost`, `127.0.0.0/8` and `[::1]`. A single `/` at the
/// end is forgiven. Names are ASCII: an international name is given in its `xn--` form.
///
/// # Errors
/// [`OriginError`], when the text is anything else.
pub fn canonical_origin(text: &str) -> Result<String, OriginError> {
    let (scheme, rest) = text.split_once("://").ok_or(OriginError::Scheme)?;
    let (scheme, own_port) = match scheme.to_ascii_lowercase().as_str() {
        "https" => ("https", 443),
        "http" => ("http", 80),
        _ => return Err(OriginError::Scheme),
    };
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if authority.contains(['/', '\\', '?', '#', '@']) {
        return Err(OriginError::Extra);
    }
    let (host, port) = split_port(authority)?;
    let host = Host::parse(host)?;
    if scheme == "http" && !host.loopback {
        return Err(OriginError::Insecure);
    }
    Ok(match port {
        Some(port) if port != own_port => format!("{scheme}://{}:{port}", host.text),
        _ => format!("{scheme}://{}", host.text),
    })
}

/// The host, brackets and all, and the port if there is one.
fn split_port(authority: &str) -> Result<(&str, Option<u16>), OriginError> {
    let after_host = if authority.starts_with('[') {
        authority.find(']').ok_or(OriginError::Host)? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, port) = authority.split_at(after_host);
    if port.is_empty() {
        return Ok((host, None));
    }
    let digits = port.strip_prefix(':').ok_or(OriginError::Host)?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(OriginError::Port);
    }
    match digits.parse() {
        Ok(0) | Err(_) => Err(OriginError::Port),
        Ok(port) => Ok((host, Some(port))),
    }
}

struct Host {
    text: String,
    loopback: bool,
}

impl Host {
    fn parse(text: &str) -> Result<Self, OriginError> {
        if let Some(inner) = text.strip_prefix('[') {
            let inner = inner.strip_suffix(']').ok_or(OriginError::Host)?;
            let address: Ipv6Addr = inner.parse().map_err(|_| OriginError::Host)?;
            return Ok(Self { text: format!("[{address}]"), loopback: address.is_loopback() });
        }
        let text = text.to_ascii_lowercase();
        let labels = || text.split('.');
        if text.len() > 253 || !labels().all(is_label) {
            return Err(OriginError::Host);
        }
        // A name whose last part is a number is an IPv4 address to every URL parser, some of which
        // also read `127.1` and `0177.0.0.1` as one. Only the plain spelling is let through.
        let last = labels().next_back().unwrap_or_default();
        if is_number(last) {
            let address: Ipv4Addr = text.parse().map_err(|_| OriginError::Host)?;
            return Ok(Self { loopback: address.is_loopback(), text });
        }
        Ok(Self { loopback: text == "localhost", text })
    }
}

/// One part of a host name: RFC 1123, section 2.1, lower case.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// As the URL standard's "ends in a number checker": digits, or `0x` and hexadecimal digits.
fn is_number(label: &str) -> bool {
    let digits = label.bytes().all(|byte| byte.is_ascii_digit());
    let hexadecimal = label
        .strip_prefix("0x")
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    digits || hexadecimal
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_spelling() {
        for (given, canonical) in [
            ("https://relay.example", "https://relay.example"),
            ("HTTPS://Relay.EXAMPLE:443/", "https://relay.example"),
            ("https://relay.example:8443", "https://relay.example:8443"),
            ("https://relay.example:08443", "https://relay.example:8443"),
            ("https://relay.example:80", "https://relay.example:80"),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
            ("https://192.0.2.7", "https://192.0.2.7"),
            ("https://[2001:DB8:0:0::1]:443", "https://[2001:db8::1]"),
            ("http://localhost:80", "http://localhost"),
            ("http://LOCALHOST:8787", "http://localhost:8787"),
            ("http://127.0.0.1:8787/", "http://127.0.0.1:8787"),
            ("http://127.255.3.4", "http://127.255.3.4"),
            ("http://[0:0::1]:8787", "http://[::1]:8787"),
        ] {
            assert_eq!(canonical_origin(given).as_deref(), Ok(canonical), "{given}");
        }
    }

    #[test]
    fn refused() {
        use OriginError::{Extra, Host, Insecure, Port, Scheme};
        for (given, error) in [
            ("", Scheme),
            ("relay.example", Scheme),
            ("ftp://relay.example", Scheme),
            (" https://relay.example", Scheme),
            ("http://relay.example", Insecure),
            ("http://192.0.2.7:8787", Insecure),
            ("http://[2001:db8::1]", Insecure),
            ("http://[::ffff:127.0.0.1]", Insecure),
            ("http://localhost.example", Insecure),
            ("http://0.0.0.0:8787", Insecure),
            ("https://", Host),
            ("https://:443", Host),
            ("https://relay..example", Host),
            ("https://relay.example.", Host),
            ("https://-relay.example", Host),
            ("https://re lay.example", Host),
            ("https://relay_1.example", Host),
            ("https://b\u{fc}cher.example", Host),
            ("https://%6c.example", Host),
            ("https://[::1", Host),
            ("https://[::1]x", Host),
            ("https://[fe80::1%25eth0]", Host),
            ("http://127.1", Host),
            ("http://0177.0.0.1", Host),
            ("http://0x7f000001", Host),
            ("http://2130706433", Host),
            ("https://relay.example:", Port),
            ("https://relay.example:0", Port),
            ("https://relay.example:65536", Port),
            ("https://relay.example:+1", Port),
            ("https://relay.example:1:2", Port),
            ("https://relay.example/v1", Extra),
            ("https://relay.example//", Extra),
            ("https://relay.example?x", Extra),
            ("https://relay.example#x", Extra),
            ("https://me:secret@relay.example", Extra),
            ("http://localhost\\@relay.example", Extra),
        ] {
            assert_eq!(canonical_origin(given), Err(error), "{given}");
        }
        let label = "a".repeat(64);
        assert_eq!(canonical_origin(&format!("https://{label}.example")), Err(Host));
        let long = ["a"; 127].join(".");
        assert!(canonical_origin(&format!("https://{long}")).is_ok());
        assert_eq!(canonical_origin(&format!("https://{long}.a")), Err(Host));
    }

    #[test]
    fn id_of_an_origin() {
        // printf https://relay.example | sha256sum
        let id = RelayId::of_origin("https://relay.example");
        assert_eq!(id.0[..4], RELAY_EXAMPLE);
    }

    const RELAY_EXAMPLE: [u8; 4] = [0x5b, 0x1e, 0xe9, 0xf7];

    proptest! {
        #[test]
        fn canonical_is_a_fixed_point(text in "(?i:https?)://[a-zA-Z0-9.:\\[\\]-]{0,40}/?") {
            if let Ok(canonical) = canonical_origin(&text) {
                prop_assert_eq!(canonical_origin(&canonical), Ok(canonical.clone()));
                prop_assert!(!canonical.ends_with('/'));
                prop_assert!(!canonical.bytes().any(|byte| byte.is_ascii_uppercase()));
            }
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            let _ = canonical_origin(&text);
            let _ = canonical_origin(&format!("https://{text}"));
        }
    }
}
