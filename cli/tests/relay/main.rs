//! The relay as an operator runs it: the real program, real signals, real sockets.
#![cfg(unix)]

mod backup;
mod client;
mod doctor;
mod process;
#[cfg(feature = "web-servers")]
mod proxy;
mod restart;
mod tls;
