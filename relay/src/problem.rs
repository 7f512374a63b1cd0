//! Errors before a frame is parsed: RFC 9457 problem documents, of fixed text. Nothing that was sent
//! is ever repeated.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Why a request never became a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// 400: shorter than a frame.
    Length,
    /// 400: the body ended early or did not come in time.
    Body,
    /// 400: right length, but not a frame.
    Frame,
    /// 404: there is nothing at this address.
    NotFound,
    /// 405: the address wants this method.
    Method(&'static str),
    /// 411: no `Content-Length`.
    LengthRequired,
    /// 413: longer than a frame.
    TooLarge,
    /// 415: not `application/octet-stream`, or encoded.
    MediaType,
    /// 429: too many requests from this network; seconds to wait.
    TooMany(u32),
    /// 503: the relay cannot store or is stopping.
    Unavailable,
}

impl Problem {
    /// HTTP status, title, and what to do.
    fn parts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Length => {
                (StatusCode::BAD_REQUEST, "Not a frame", "A frame is exactly 8448 bytes.")
            }
            Self::Body => {
                (StatusCode::BAD_REQUEST, "Body incomplete", "The body did not arrive in time.")
            }
            Self::Frame => (
                StatusCode::BAD_REQUEST,
                "Not a frame",
                "An unknown operation, a field that must be zero, or a version out of range.",
            ),
            Self::NotFound => {
                (StatusCode::NOT_FOUND, "Not found", "Frames go to POST /v1/f; see GET /v1/info.")
            }
            Self::Method(_) => (
                StatusCode::METHOD_NOT_ALLOWED,
                "Method not allowed",
                "The Allow header names the method.",
            ),
            Self::LengthRequired => {
                (StatusCode::LENGTH_REQUIRED, "Length required", "Send Content-Length: 8448.")
            }
            Self::TooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "Too large", "A frame is exactly 8448 bytes.")
            }
            Self::MediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Unsupported media type",
                "Send application/octet-stream, not encoded.",
            ),
            Self::TooMany(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "Too many requests",
                "The Retry-After header says how many seconds to wait.",
            ),
            Self::Unavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, "Unavailable", "Try again later.")
            }
        }
    }

    /// The HTTP status.
    pub(crate) fn status(self) -> u16 {
        self.parts().0.as_u16()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, title, detail) = self.parts();
        // Title and detail are the constants above: nothing in them needs escaping.
        let body = format!(
            "{{\"type\":\"about:blank\",\"title\":\"{title}\",\"status\":{},\"detail\":\"{detail}\"}}",
            status.as_u16()
        );
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::Method(allow) => {
                headers.insert(header::ALLOW, HeaderValue::from_static(allow));
            }
            Self::TooMany(seconds) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            // What is left of such a body is not read: it must not be taken for the next request.
            Self::Body | Self::TooLarge | Self::LengthRequired => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Self::Unavailable => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
            }
            Self::Length | Self::Frame | Self::NotFound | Self::MediaType => {}
        }
        response
    }
}
