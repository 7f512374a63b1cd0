//! Which database a relay command is about, and how it is unlocked.

use std::io::Read as _;
use std::path::PathBuf;

use attune_relay::Database;
use clap::Args;
use zeroize::Zeroizing;

use super::RelayCommandError;

/// The longest password, in bytes.
const MOST: u64 = 1_024;

/// Which database.
#[derive(Debug, Args)]
#[expect(clippy::doc_markdown, reason = "the command's help is plain text")]
pub(crate) struct DatabaseArgs {
    /// The relay's SQLite file, which is made if it is missing; or a PostgreSQL server, as in
    /// postgres://attune@db.example/attune, whose tables are made if they are missing.
    // Neither --help nor an error shows what the variable holds: it may hold a password.
    #[arg(long, value_name = "FILE", env = "ATTUNE_RELAY_DATABASE", hide_env_values = true)]
    #[arg(default_value = "relay.db")]
    database: String,

    /// A file that holds the server's password and nothing else. A password may stand in
    /// ATTUNE_RELAY_DATABASE, too, but never in an argument, which every process may read.
    #[arg(long, value_name = "FILE", env = "ATTUNE_RELAY_DATABASE_PASSWORD_FILE")]
    database_password_file: Option<PathBuf>,

    /// A PEM file of the certificates that the server's own is checked against. Without it, those
    /// that browsers trust.
    #[arg(long, value_name = "FILE", env = "ATTUNE_RELAY_DATABASE_CA")]
    database_ca: Option<PathBuf>,

    /// Connections to the server, at most [default: four for each core, from 8 to 64].
    #[arg(long, value_name = "N", env = "ATTUNE_RELAY_DATABASE_CONNECTIONS")]
    #[arg(value_parser = super::serve::at_least_one)]
    database_connections: Option<usize>,
}

impl DatabaseArgs {
    /// The database that is meant.
    ///
    /// # Errors
    /// The text names none, a password stands in an argument, or a file cannot be read.
    pub(super) fn read(&self) -> Result<Database, RelayCommandError> {
        self.read_beside(std::env::args_os().filter_map(|argument| argument.into_string().ok()))
    }

    fn read_beside(
        &self,
        mut arguments: impl Iterator<Item = String>,
    ) -> Result<Database, RelayCommandError> {
        let database = self.database.parse().map_err(RelayCommandError::Address)?;
        let Database::Postgres(address) = database else {
            return Ok(database);
        };
        let mut address = *address;
        if address.has_password() && arguments.any(|argument| argument.contains(&self.database)) {
            return Err(RelayCommandError::PasswordInArgument);
        }
        if let Some(file) = &self.database_password_file {
            let mut password = Zeroizing::new(Vec::new());
            let unreadable = |error: std::io::Error| RelayCommandError::PasswordFile(error.kind());
            let opened = std::fs::File::open(file).map_err(unreadable)?;
            opened.take(MOST).read_to_end(&mut password).map_err(unreadable)?;
            let line = password.split(|byte| matches!(byte, b'\n' | b'\r')).next();
            address = address.with_password(line.unwrap_or_default());
        }
        if let Some(file) = &self.database_ca {
            address = address.with_root_certificates(file.clone());
        }
        if let Some(connections) = self.database_connections {
            address = address.with_connections(connections);
        }
        Ok(Database::Postgres(Box::new(address)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(database: &str) -> DatabaseArgs {
        DatabaseArgs {
            database: database.to_owned(),
            database_password_file: None,
            database_ca: None,
            database_connections: None,
        }
    }

    fn read(database: &str, beside: &[&str]) -> Result<Database, RelayCommandError> {
        arguments(database).read_beside(beside.iter().map(|&argument| argument.to_owned()))
    }

    #[test]
    fn a_password_is_no_argument() {
        let with = "postgres://attune:Mg7pQ@localhost/attune";
        let refused = read(with, &["attune", "relay", "serve", "--database", with]).unwrap_err();
        assert!(matches!(refused, RelayCommandError::PasswordInArgument));
        assert!(!refused.to_string().contains("Mg7pQ"));
        let refused = read(with, &[&format!("--database={with}")]).unwrap_err();
        assert!(matches!(refused, RelayCommandError::PasswordInArgument));
        // From the environment it is taken.
        assert!(read(with, &["attune", "relay", "serve"]).is_ok());
        let without = "postgres://attune@localhost/attune";
        assert!(read(without, &["--database", without]).is_ok());
    }

    #[test]
    fn a_password_comes_from_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        let mut given = arguments("postgres://attune@localhost/attune");
        given.database_password_file = Some(file.clone());
        let missing = given.read_beside(std::iter::empty()).unwrap_err();
        assert!(matches!(missing, RelayCommandError::PasswordFile(std::io::ErrorKind::NotFound)));
        std::fs::write(&file, "Mg7pQ\n").unwrap();
        let Ok(Database::Postgres(address)) = given.read_beside(std::iter::empty()) else {
            panic!("a server")
        };
        assert!(address.has_password());
    }

    #[test]
    fn what_is_no_address_is_not_repeated() {
        let refused = read("postgres://attune:Mg7pQ@localhost:port/x", &[]).unwrap_err();
        assert!(matches!(refused, RelayCommandError::Address(_)));
        assert!(!refused.to_string().contains("Mg7pQ"));
        assert!(matches!(read("relay.db", &[]), Ok(Database::Sqlite(_))));
    }
}
