//! `attune relay backup`: a copy of the SQLite file, made while the relay runs.

use std::path::PathBuf;

use attune_relay::backup;
use clap::Args;
use serde_json::json;

use super::{DatabaseArgs, RelayCommandError, print};

pub(super) const HELP: &str = "\
The copy is of one moment, whole, and readable by its owner alone. The relay goes on meanwhile. To
put it back: stop the relay, put the copy in the database's place, remove the files beside it that
end in -wal and -shm, start the relay. Phones and desks notice that the relay went back, send again
what it lacks, and lose nothing; grants made since are gone.

A relay without any copy is filled again by phones and desks, but its grants are gone.";

/// Where to.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The copy. No file is replaced.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    database: DatabaseArgs,

    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

impl Backup {
    /// Makes the copy.
    pub(super) fn run(&self) -> Result<(), RelayCommandError> {
        backup(&self.database.read()?, &self.file)?;
        let file = self.file.display().to_string();
        if self.json {
            print(&json!({ "file": file }).to_string())
        } else {
            print(&format!("copied to {file}"))
        }
    }
}
