//! The desk: the local web page of a therapist or a coordinator.
//!
//! ```text
//! server      listens on 127.0.0.1, stops well
//! safety/     the gate that every request passes: host, origin, session, token, size, headers
//! house       the vault behind one lock; unlocking, locking, sync
//! attempts, idle  how wrong passphrases are slowed, when the desk locks: pure, told the time
//! visit       what a handler works with
//! page/       the frame, forms, words, problems
//! pages/      one file a page
//! ```
//!
//! Pages are made here and work without JavaScript. Every write is a POST that answers 303. The crate has
//! no HTTP client and reads no clock: whoever runs it brings a [`Carrier`] and a [`Clock`].
//!
//! Invariant: no rule is here. It shows what the core says and passes on what the person did.

mod attempts;
mod carrier;
mod clock;
mod house;
mod idle;
mod page;
mod pages;
mod safety;
mod server;
mod visit;

pub use carrier::{Carried, Carrier};
pub use clock::Clock;
pub use server::{Config, Entrance, Running, ServeError, serve};
