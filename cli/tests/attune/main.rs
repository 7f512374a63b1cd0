//! The program itself, as a script runs it: real processes, real vaults, a real relay over HTTP.

mod bench;
mod documented;
mod errors;
#[cfg(unix)]
mod page;
mod proposals;
mod story;
mod world;
