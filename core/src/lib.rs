//! Attune's core: the vault, moments, repair choices, pairing, sealed lanes and sync.
//!
//! The client picks; the therapist carries the work. Two facades stand on top: the phone's and the
//! desk's. Below them everything is typed state in one encrypted vault. The core opens no socket,
//! reads no clock and names no platform: "now", transport, key sealing and randomness are given.

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cbor;
pub mod due;
pub mod entropy;
pub mod export;
pub mod followup;
pub mod help;
pub mod lane;
pub mod pairing;
pub mod practice;
pub mod repair;
pub mod vault;
pub mod words;
