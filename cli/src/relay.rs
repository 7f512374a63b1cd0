//! `attune relay`: the blind relay, the grants that let a practice open lanes on it, its care, and load.

mod backup;
mod bench;
mod database;
mod doctor;
mod door;
mod grant;
mod log;
mod moving;
mod reach;
mod serve;

use std::io::Write as _;

use attune_relay::{AddressError, BackupError, RelayError, TlsError};
use clap::Subcommand;

use backup::Backup;
pub(crate) use bench::{Bench, BenchError};
use database::DatabaseArgs;
use doctor::Doctor;
pub(crate) use grant::GrantCommand;
pub(crate) use moving::{Export, Import};
pub(crate) use serve::Serve;

/// Run a relay, and say who may open lanes on it.
#[derive(Debug, Subcommand)]
pub(crate) enum RelayCommand {
    /// Run the relay until it is told to stop.
    #[command(after_long_help = serve::HELP)]
    Serve(Box<Serve>),
    /// Write all rows into a file, to move to another database or to keep. Relays may go on meanwhile.
    #[command(after_long_help = moving::HELP)]
    Export(Export),
    /// Bring the rows of an export into a database. Nothing there is taken back.
    #[command(after_long_help = moving::HELP)]
    Import(Import),
    /// Print the tables of a relay on PostgreSQL, as SQL, for whoever makes them by hand.
    Schema,
    /// Permissions for practices to open lanes.
    #[command(subcommand)]
    Grant(GrantCommand),
    /// Copy the SQLite file to a new file, while the relay runs.
    #[command(after_long_help = backup::HELP)]
    Backup(Backup),
    /// Look at settings, certificate, clock, disk, database and public address, and say what to do.
    #[command(after_long_help = doctor::HELP)]
    Doctor(Box<Doctor>),
    /// Put load on a relay, and see that everything it acknowledged is there afterwards.
    #[command(after_long_help = bench::HELP)]
    Bench(Box<Bench>),
}

/// Why an `attune relay` command failed; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RelayCommandError {
    /// The relay or its database.
    #[error(transparent)]
    Relay(#[from] RelayError),
    /// Certificate or key.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The copy.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The doctor found something bad, and told it.
    #[error("something is bad: see the lines above")]
    Unsound,
    /// No grant has this id.
    #[error("there is no grant with this id; see `attune relay grant list`")]
    NoSuchGrant,
    /// The database is neither a file nor a server.
    #[error("--database: {0}")]
    Address(AddressError),
    /// A password where every process of the machine can read it.
    #[error(
        "a password does not belong into an argument: use --database-password-file, or put the whole address into ATTUNE_RELAY_DATABASE"
    )]
    PasswordInArgument,
    /// The file with the password.
    #[error("the file with the database's password cannot be read: {0}")]
    PasswordFile(std::io::ErrorKind),
    /// The load, or what it found.
    #[error(transparent)]
    Bench(#[from] BenchError),
    /// The answer could not be printed.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// Runs one command to its end; `serve` ends at SIGTERM or SIGINT.
pub(crate) fn run(command: RelayCommand) -> Result<(), RelayCommandError> {
    match command {
        RelayCommand::Serve(serve) => serve.run(),
        RelayCommand::Export(export) => export.run(),
        RelayCommand::Import(import) => import.run(),
        RelayCommand::Schema => print(attune_relay::SCHEMA.trim_end()),
        RelayCommand::Grant(command) => command.run(),
        RelayCommand::Backup(backup) => backup.run(),
        RelayCommand::Doctor(doctor) => doctor.run(),
        RelayCommand::Bench(bench) => bench.run(),
    }
}

/// Prints one line and makes sure that it is out: a program may wait for it.
fn print(line: &str) -> Result<(), RelayCommandError> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser};

    use super::*;

    #[derive(Debug, Parser)]
    struct Alone {
        #[command(subcommand)]
        command: RelayCommand,
    }

    #[test]
    fn the_definitions_are_sound() {
        Alone::command().debug_assert();
    }

    #[test]
    fn what_is_not_a_value_is_refused() {
        for wrong in [
            &["serve", "--listen=relay.example"][..],
            &["serve", "--max-mib=0"],
            &["serve", "--max-connections=0"],
            &["serve", "--tls-key=key.pem"],
            &["serve", "--tls-certificate=cert.pem"],
            &["backup"],
            &["serve", "--trusted-proxy=relay.example"],
            &["grant", "add", "--per-month=0"],
            &["grant", "remove"],
            &["grant", "remove", "xyz"],
            &["grant", "remove", "+0000000000000000000000000000001"],
        ] {
            let all = ["relay"].iter().chain(wrong);
            assert!(Alone::try_parse_from(all).is_err(), "{wrong:?}");
        }
    }
}
