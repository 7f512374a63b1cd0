//! SQLCipher's page crypto on `ring` and RustCrypto, and the one door to SQLite.
//!
//! SQLCipher lets its build name a crypto provider (`SQLCIPHER_CRYPTO_CUSTOM`). Ours is
//! `attune_sqlcipher_setup`: AES-256-CBC from RustCrypto; HMAC, PBKDF2 and randomness from `ring`.
//! Files are the same bytes as those of SQLCipher with OpenSSL, and the tests hold that with one
//! made there. Why: `docs/adr/0002-sqlcipher-provider.md`. The build flags: `.cargo/config.toml`.
//!
//! Reach SQLite only through [`rusqlite`] as re-exported here, so that the provider is always linked.
//!
//! **Invariant:** with the generated foreign-function code of the bindings, `provider.rs` is the only
//! unsafe code of ours; whatever C hands over is checked there before it becomes a slice.

#![deny(unsafe_code)]

mod primitives;
mod provider;

pub use rusqlite;

/// What `PRAGMA cipher_provider` answers when this provider is the one in use.
pub const PROVIDER: &str = "attune";

/// The lowest SQLCipher release whose provider table this crate was checked against, field by field.
/// A test refuses an older one; after an update, read `struct sqlcipher_provider` again.
pub const SQLCIPHER_AT_LEAST: (u32, u32, u32) = (4, 19, 0);

/// The lowest SQLite release, as `sqlite3_libversion_number` counts (3.53.0).
pub const SQLITE_AT_LEAST: i32 = 3_053_000;
