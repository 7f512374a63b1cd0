//! The blind relay: it keeps one sealed envelope for each lane, and passes it on.
//!
//! A relay answers frames of one size at one address, checks who may ask, and stores five columns.
//! It has no accounts, keeps no request log, and holds no key that opens anything. Everything behind
//! [`Store`] is single-row operations, so that several relays can share one database.
//!
//! ```text
//! server  one thread, one runtime: starts, stops
//!   gate      connections: accepts, TLS, time limits, drains; seats, who stays when all are taken
//!   http      routes, problem documents, limits per address; health, the store asked once a second
//!     exchange  a frame in, a frame out: parse, verify, limit per lane, ask the store
//!       signatures  checked together, for all who came while one was checked
//!       store     the operations, on sqlite or on postgres
//! sweep   what is old goes, a few rows at a time
//! ```
//!
//! Invariant: no lane id, key, grant or address reaches a log, a metric, a URL or an error; and
//! the store is asked for a row only after a signature was found good.

mod address;
mod backup;
mod bucket;
mod clock;
mod config;
mod database;
mod doctor;
mod exchange;
mod filler;
mod gate;
mod grants;
mod health;
mod http;
mod inspect;
mod metrics;
mod moving;
mod postgres;
mod problem;
mod seats;
mod server;
mod signals;
mod signatures;
mod sqlite;
mod store;
mod sweep;
mod tls;

pub use address::{Network, NetworkError};
pub use backup::{BackupError, backup};
pub use clock::{Clock, SystemClock, month_of_day};
pub use config::{Config, Limits, Rate, RelayError, Timeouts};
pub use database::Database;
pub use doctor::{Finding, Verdict, examine};
pub use grants::{GrantRow, add_grant, list_grants, remove_grant};
pub use inspect::{Row, inspect};
pub use moving::{Moved, MovingError, export, import};
pub use postgres::{Address, AddressError, PostgresStore, SCHEMA};
pub use server::{Relay, Running};
pub use sqlite::SqliteStore;
pub use store::{BODY_DAYS, Body, Grant, LANE_DAYS, Lane, Movable, Page, Put, Store, StoreError};
pub use sweep::{Swept, sweep};
pub use tls::{Tls, TlsError};
