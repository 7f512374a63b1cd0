//! Load on a store of envelopes, and whether what it acknowledged is there afterwards.
//!
//! The same engine drives the relay and whatever it is held against ([`Target`]): the same lanes, the
//! same 8 KiB, the same clients, each with one request under way at a time.
//!
//! ```text
//! schedule  when each request is meant to go out, whatever became of the one before
//! run       the clients: open loop at a rate, or as fast as they can
//!   target    what is asked; relay is one implementation
//!   report    how long it took, counted from the intended moment
//! ledger    what was acknowledged for each lane, and whether it is there
//! ```
//!
//! Invariant: a latency is counted from the moment at which the schedule wanted the request sent. A
//! stall is therefore felt by every request that it held up, and not by the one alone that met it.

mod clock;
mod ledger;
mod payload;
pub mod relay;
mod report;
mod run;
mod schedule;
mod target;

pub use clock::{Clock, SystemClock};
pub use ledger::{Ledger, Verdict, verify};
pub use payload::{PAYLOAD_LEN, Payload};
pub use report::Report;
pub use run::{Halt, Plan, RunError, WhenBroken, open_lanes, run};
pub use schedule::{Mix, Schedule};
pub use target::{Answer, Broken, Client, Target};
