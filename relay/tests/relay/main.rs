//! The relay from outside: its store, its answers, its limits, and what it keeps to itself.

mod abuse_flood;
mod abuse_slow;
mod abuse_storage;
mod backup;
mod client;
mod deploy;
mod doctor;
mod durable;
mod grants;
mod hostile;
mod limits;
mod moving;
mod postgres;
#[cfg(unix)]
mod postgres_silent;
#[cfg(unix)]
mod postgres_tls;
mod quiet;
mod room;
mod statuses;
mod store;
mod sweep;
mod tls;
