//! Where a request comes from: exactly this address, and for a write a page of our own.
//!
//! A page elsewhere can point a name at 127.0.0.1 and ask under it (DNS rebinding): then `Host` is
//! that name. It can send a form here: then `Origin` is its own, and `Sec-Fetch-Site` says so too.

use axum::http::{HeaderMap, HeaderName, Method, Uri, header};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// Whether the request names this address, `127.0.0.1:PORT`, and no other.
pub(crate) fn is_for(headers: &HeaderMap, uri: &Uri, address: &str) -> bool {
    let named = only(headers, &header::HOST) == Some(address);
    named && uri.authority().is_none_or(|authority| authority.as_str() == address)
}

/// Whether the page that asks may ask for that.
pub(crate) fn may(headers: &HeaderMap, method: &Method, path: &str, address: &str) -> bool {
    let site = headers.contains_key(&SITE).then(|| only(headers, &SITE).unwrap_or("?"));
    if method == Method::POST {
        let origin =
            only(headers, &header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
        return origin == Some(address) && site.is_none_or(|site| site == "same-origin");
    }
    match site {
        None | Some("same-origin" | "none") => true,
        // The launcher is a file: to the browser, the link in it comes from elsewhere. It only shows
        // a button.
        Some(_) => path == "/open" && only(headers, &MODE) == Some("navigate"),
    }
}

/// The header's value, if there is exactly one.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { None } else { first.to_str().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "127.0.0.1:7000";

    type Pairs<'a> = &'a [(&'a str, &'a str)];

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        map
    }

    #[test]
    fn only_this_address_is_answered() {
        let cases: [(Pairs<'_>, &str, bool); 9] = [
            (&[("host", HERE)], "/", true),
            (&[("host", HERE)], "http://127.0.0.1:7000/", true),
            (&[("host", HERE)], "http://rebound.example:7000/", false),
            (&[("host", "rebound.example:7000")], "/", false),
            (&[("host", "localhost:7000")], "/", false),
            (&[("host", "127.0.0.1")], "/", false),
            (&[("host", "127.0.0.1:7001")], "/", false),
            (&[], "/", false),
            (&[("host", HERE), ("host", HERE)], "/", false),
        ];
        for (pairs, uri, wanted) in cases {
            assert_eq!(is_for(&headers(pairs), &uri.parse().unwrap(), HERE), wanted, "{pairs:?}");
        }
    }

    #[test]
    fn only_a_page_of_ours_writes() {
        let ours = ("origin", "http://127.0.0.1:7000");
        let cases: [(Pairs<'_>, bool); 10] = [
            (&[ours], true),
            (&[ours, ("sec-fetch-site", "same-origin")], true),
            (&[ours, ("sec-fetch-site", "same-site")], false),
            (&[ours, ("sec-fetch-site", "cross-site")], false),
            (&[ours, ("sec-fetch-site", "none")], false),
            (&[ours, ours], false),
            (&[], false),
            (&[("origin", "null")], false),
            (&[("origin", "https://127.0.0.1:7000")], false),
            (&[("origin", "http://127.0.0.1:7001")], false),
        ];
        for (pairs, wanted) in cases {
            assert_eq!(may(&headers(pairs), &Method::POST, "/lock", HERE), wanted, "{pairs:?}");
        }
    }

    #[test]
    fn a_page_elsewhere_reads_nothing_either() {
        let navigate = ("sec-fetch-mode", "navigate");
        let cases: [(Pairs<'_>, &str, bool); 8] = [
            (&[], "/clients", true),
            (&[("sec-fetch-site", "none"), navigate], "/clients", true),
            (&[("sec-fetch-site", "same-origin")], "/clients", true),
            (&[("sec-fetch-site", "same-site")], "/clients", false),
            (&[("sec-fetch-site", "cross-site"), navigate], "/clients", false),
            (&[("sec-fetch-site", "cross-site")], "/assets/desk.css", false),
            (&[("sec-fetch-site", "cross-site"), navigate], "/open", true),
            (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], "/open", false),
        ];
        for (pairs, path, wanted) in cases {
            assert_eq!(may(&headers(pairs), &Method::GET, path, HERE), wanted, "{pairs:?} {path}");
        }
    }
}
