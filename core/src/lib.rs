//! Attune's core: the vault, moments, repair choices, pairing, sealed lanes and sync.
//!
//! The client picks; the therapist carries the work. Two facades stand on top: the phone's and the
//! desk's. Below them everything is typed state in one encrypted vault. The core opens no socket,
//! reads no clock and names no platform: "now", transport, key sealing and randomness are given.

#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cbor;
mod closed;
pub mod companion;
pub mod desk;
pub mod due;
pub mod entropy;
mod error;
pub mod export;
pub mod followup;
pub mod help;
pub mod lane;
pub mod misattunement;
pub mod pairing;
pub mod practice;
pub mod preview;
pub mod proposal;
mod readable;
mod received_choice;
pub mod repair;
mod session;
mod shared_choice;
pub mod state;
pub mod sync;
mod table;
pub mod vault;
pub mod words;

pub use error::Error;
pub use session::{Health, PairingStage};
pub use table::pairing::Trouble;
