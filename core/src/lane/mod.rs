//! Sealed lanes: what one envelope holds, how it is sealed, and the keys that belong to a lane.
//!
//! A lane is one envelope of exactly 8,192 bytes at the relay; each write replaces the one before.
//! The normative text is docs/protocol.md.
//!
//! **Invariant**: nothing here can name a moment or the vault. What leaves a phone is a
//! [`document::Document`], made of shared choices alone.

pub mod document;
pub(crate) mod envelope;
pub mod ids;
pub mod keys;
pub mod seal;

pub use envelope::{Direction, Envelope, envelope_digest};
