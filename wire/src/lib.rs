//! The frame that a phone, a desk and a relay exchange: its layout, the ids of lanes and relays, and
//! the signatures over them. It knows nothing of what an envelope holds.
//!
//! Everything here is pure: no randomness, no clock, no network. A caller gives the filler bytes of
//! an unused envelope and the seeds of keys. Parsing is apart from checking a signature:
//! [`Request::parse`] answers a [`SignedRequest`], whose [`SignedRequest::verify`], for one or for many
//! (feature `batch`), is the only way to a [`Request`] that somebody else wrote.
//!
//! Invariant: a byte that the table of a frame calls zero is zero, or the frame is refused; and no
//! bit of a request can be changed without its signature failing.

#![forbid(unsafe_code)]

#[cfg(feature = "batch")]
mod batch;
mod grant;
mod lane;
mod layout;
mod origin;
mod request;
mod response;
mod signature;

pub use grant::{Grant, GrantKey, GrantTextError};
pub use lane::{LaneId, PublicKey};
pub use layout::{ENVELOPE_LEN, FRAME_LEN, FRAME_VERSION, FrameError, HEADER_LEN, MAX_VERSION};
pub use origin::{OriginError, RelayId, canonical_origin};
pub use request::{Operation, Request, SignedRequest};
pub use response::{Response, Status};
pub use signature::{BadSignature, SigningKey};
