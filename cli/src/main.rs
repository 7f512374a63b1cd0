//! `attune`: everything on one machine, in one program.
//!
//! ```text
//! args          what can be asked
//!   phone, desk   the commands, over the core's two facades
//!   relay         the blind relay
//!   demo          all parties at work
//! home          opens and makes the folder of a phone or a desk; passphrase brings what unlocks it
//! transport     carries a sync's requests over HTTP
//! output, say   one document, or lines whose words come from `attune-copy`
//! failure, exit what went wrong, in words, under a name and an exit status
//! ```
//!
//! Invariant: no rule is here. It shows what the core says and passes on what the person did.

mod args;
mod clock;
mod demo;
mod desk;
#[cfg(test)]
mod documented;
mod exit;
mod failure;
mod home;
mod output;
mod passphrase;
mod phone;
mod relay;
mod transport;

use std::io::Write as _;
use std::process::ExitCode;

use args::{Cli, Command};
use attune_copy::say;
use clap::{CommandFactory as _, Parser as _};
use exit::Name;
use failure::Failure;
use output::Answer;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error),
    };
    match cli.command {
        Command::Demo { json } => demo::run(json),
        Command::Phone { place, command } => {
            let json = place.json;
            finish(phone::run(place, command), json)
        }
        Command::Desk { place, command } => {
            let json = place.json;
            finish(desk::run(place, command), json)
        }
        Command::Relay(command) => {
            let json = wants_json();
            relay::run(command)
                .map_or_else(|error| fail(&of_relay(&error), json), |()| ExitCode::SUCCESS)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "attune", &mut script);
            std::io::stdout()
                .write_all(&script)
                .map_or_else(|error| fail(&unwritten(&error), false), |()| ExitCode::SUCCESS)
        }
    }
}

/// Prints what a command answered; the exit status says how it ended.
fn finish(done: Result<Answer, Failure>, json: bool) -> ExitCode {
    let answer = match done {
        Ok(answer) => answer,
        Err(failure) => return fail(&failure, json),
    };
    if let Err(error) = output::print(&answer, json) {
        return fail(&unwritten(&error), json);
    }
    answer.then.map_or(ExitCode::SUCCESS, |failure| fail(&failure, json))
}

fn fail(failure: &Failure, json: bool) -> ExitCode {
    output::complain(failure, json);
    failure.name.exit().into()
}

/// What clap could not read; a call for help or the version is no error.
fn not_understood(error: &clap::Error) -> ExitCode {
    if error.use_stderr() && wants_json() {
        return fail(&Failure::new(Name::Usage, error.to_string().trim().to_owned()), true);
    }
    // A pipe that was closed has read what it wanted.
    let _ = error.print();
    if error.use_stderr() { Name::Usage.exit().into() } else { ExitCode::SUCCESS }
}

/// Whether the command line, understood or not, asks for JSON.
fn wants_json() -> bool {
    std::env::args_os().any(|argument| argument == "--json")
}

fn unwritten(error: &std::io::Error) -> Failure {
    Failure::file(std::path::Path::new("-"), error)
}

/// The relay's own texts say what to do.
fn of_relay(error: &relay::RelayCommandError) -> Failure {
    use attune_relay::{BackupError, MovingError, RelayError, TlsError};
    use relay::{BenchError, RelayCommandError as E};
    let name = match error {
        E::NoSuchGrant | E::Bench(BenchError::Grant(_)) => Name::BadGrant,
        E::Bench(BenchError::Usage(_)) => Name::Usage,
        E::Bench(BenchError::NotReached(_)) => Name::RelayNotReached,
        E::Bench(BenchError::Process(_) | BenchError::Run(_) | BenchError::Lost { .. }) => {
            Name::RelayFailed
        }
        E::Relay(
            RelayError::OpenToAll
            | RelayError::MetricsToAll
            | RelayError::NotAFile
            | RelayError::OriginMissing
            | RelayError::Origin(_),
        )
        | E::Address(_)
        | E::PasswordInArgument => Name::Usage,
        E::Relay(RelayError::Moving(MovingError::FileThere)) => Name::FileThere,
        E::Relay(RelayError::Moving(MovingError::NotAnExport | MovingError::Damaged)) => {
            Name::Damaged
        }
        E::Relay(RelayError::Moving(MovingError::File(_))) => Name::File,
        E::Tls(TlsError::CertificateFile(_) | TlsError::KeyFile(_) | TlsError::KeyNotPrivate) => {
            Name::File
        }
        E::Tls(_) => Name::Damaged,
        E::Backup(BackupError::Exists) => Name::FileThere,
        E::Backup(BackupError::NotAFile) => Name::Usage,
        E::Backup(BackupError::Store(error)) | E::Relay(RelayError::Store(error)) => {
            of_store(error)
        }
        E::Backup(BackupError::File(_)) | E::PasswordFile(_) | E::Output(_) => Name::File,
        E::Unsound => Name::RelayUnsound,
        E::Relay(_) => Name::RelayFailed,
    };
    Failure::new(name, error.to_string())
}

fn of_store(error: &attune_relay::StoreError) -> Name {
    use attune_relay::StoreError as E;
    match error {
        E::Full => Name::DiskFull,
        E::NewerSchema => Name::Newer,
        E::NotARelay => Name::Damaged,
        _ => Name::File,
    }
}
