//! The headers that every answer has, whatever it is: pages, errors, assets.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// Nothing from elsewhere, nothing inline, no frame, no cache. `Origin` needs a referrer policy that is
/// not `no-referrer`: under that one browsers send `Origin: null` with our own forms. `same-origin`
/// tells other sites just as little.
const EVERYWHERE: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), clipboard-read=(), display-capture=(), \
         payment=(), usb=()",
    ),
];

/// Puts them on an answer, in place of any others of those names.
pub(crate) fn put(headers: &mut HeaderMap) {
    for (name, value) in EVERYWHERE {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}
