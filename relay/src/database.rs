//! Which database: a file of SQLite's, or a PostgreSQL server.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::postgres::{Address, AddressError};

/// Where a relay keeps its rows.
#[derive(Clone)]
pub enum Database {
    /// A file on this machine. It is made if it is missing.
    Sqlite(PathBuf),
    /// A server, which several relays may share.
    Postgres(Box<Address>),
}

impl From<PathBuf> for Database {
    fn from(file: PathBuf) -> Self {
        Self::Sqlite(file)
    }
}

/// `postgres://…` and `postgresql://…` are servers, everything else is the name of a file.
impl FromStr for Database {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if Address::is_meant(text) {
            text.parse().map(Box::new).map(Self::Postgres)
        } else {
            Ok(Self::Sqlite(text.into()))
        }
    }
}

/// Neither a path nor an address is shown: the one may hold a name, the other a password.
impl fmt::Debug for Database {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Sqlite(_) => "Sqlite",
            Self::Postgres(_) => "Postgres",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_or_a_file() {
        for (text, is_server) in [
            ("relay.db", false),
            ("/var/lib/attune/relay.db", false),
            ("postgres.db", false),
            ("postgres://attune@db.example/attune", true),
            ("postgresql:///attune?host=/run/postgresql&user=attune", true),
        ] {
            let database: Database = text.parse().unwrap();
            assert_eq!(matches!(database, Database::Postgres(_)), is_server, "{text}");
            assert!(!format!("{database:?}").contains("attune"));
        }
        assert!("postgres://db.example:port/x".parse::<Database>().is_err());
    }
}
