//! `attune`: everything on one machine, in one program.
//!
//! ```text
//! args        what can be asked
//!   phone, desk   the commands, over the core's two facades
//!   relay         the blind relay
//!   demo          all parties at work
//! home        opens and makes the folder of a phone or a desk; passphrase asks for what unlocks it
//! transport   carries a sync's requests over HTTP
//! output      one document or some lines; failure and exit say what went wrong, and how it ends
//! ```
//!
//! Invariant: no rule is here. It shows what the core says and passes on what the person did. Words
//! that a client or a practice reads come from `attune-copy`.

mod args;
mod demo;
mod exit;
mod relay;
mod transport;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::{CommandFactory as _, Parser as _};

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Demo { json } => demo::run(json),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "attune", &mut std::io::stdout());
            ExitCode::SUCCESS
        }
        Command::Phone { .. } | Command::Desk { .. } | Command::Relay(_) => ExitCode::FAILURE,
    }
}
