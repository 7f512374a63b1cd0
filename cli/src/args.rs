//! The command line: what can be asked, in which words.
//!
//! No own words and no passphrase is ever an argument: arguments stand in the list of processes,
//! which others on the machine may read, and in the shell's history.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use self::desk::{DeskCommand, DeskInit, InviteArgs, ServeArgs};
pub(crate) use self::phone::{PhoneCommand, PickArgs, ShareArgs, Switches, What};
use crate::relay::RelayCommand;

mod desk;
mod phone;

const AFTER: &str = "\
Exit status: 0 done, 2 wrong usage, 3 nothing there or something there already, 4 passphrase or key,
5 damaged or newer data, 6 in use, 7 not found or refused by a rule, 8 a relay was not reached,
9 the disk or a file, 1 anything else. docs/cli.md has every command, field and error.";

/// Attune in a terminal: a phone, a desk and a relay on one machine.
///
/// The client picks; the therapist carries the work.
#[derive(Debug, Parser)]
#[command(name = "attune", version, after_long_help = AFTER)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The parts of Attune.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// See all parties at work on this machine, in temporary folders; nothing to set up.
    Demo {
        /// Print JSON Lines.
        #[arg(long)]
        json: bool,
    },
    /// The client's phone.
    Phone {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        command: PhoneCommand,
    },
    /// The desk of a therapist or of a front desk.
    Desk {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        command: DeskCommand,
    },
    /// Run a relay, and say who may open lanes on it.
    #[command(subcommand)]
    Relay(RelayCommand),
    /// Print the completions of a shell, to be put where it looks for them.
    Completions {
        /// Which shell.
        shell: Shell,
    },
}

/// Where a phone's or a desk's data is, how it is unlocked, and how to print.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The folder of the data [default: attune/phone or attune/desk in the user's data folder].
    #[arg(long, value_name = "DIR", env = "ATTUNE_DATA", hide_env_values = true, global = true)]
    pub(crate) data: Option<PathBuf>,

    /// A file whose first line is the passphrase. Else `ATTUNE_PASSPHRASE` is taken, else it is asked.
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) passphrase_file: Option<PathBuf>,

    /// Print one JSON document and nothing else; an error is one JSON line on standard error.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}
