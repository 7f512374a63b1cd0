//! `attune relay export` and `attune relay import`: a relay moves to another database.

use std::path::PathBuf;

use attune_relay::{export, import};
use clap::Args;
use serde_json::json;

use super::{DatabaseArgs, RelayCommandError, print};

pub(super) const HELP: &str = "\
A move in two steps, while phones and desks go on. What comes in never takes anything back, so either
step can be repeated.

While the relay serves, as long as it takes:

  attune relay export --database /var/lib/attune-relay/relay.db first.export
  attune relay import --database postgres://attune@db.example/attune first.export

Then the relay stops (SIGTERM), and what came since is carried over; what is equal is passed over:

  attune relay export --database /var/lib/attune-relay/relay.db last.export
  attune relay import --database postgres://attune@db.example/attune --complete last.export

Then the relay starts on the other database, at the same public address. Phones and desks that asked
meanwhile ask again. The same commands lead back.

An export holds what the database holds: sealed envelopes, and no name. Remove it afterwards.";

/// Where to write all rows.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The file to make.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

/// What to bring in, and where.
#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Remove lanes and grants that the export does not have. Only when no relay serves any more, neither
    /// there nor here.
    #[arg(long)]
    complete: bool,
    /// A file that `attune relay export` made.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

impl Export {
    /// Writes the file.
    pub(super) fn run(&self) -> Result<(), RelayCommandError> {
        let moved = export(&self.database.read()?, &self.file)?;
        if self.json {
            return print(&json!({ "lanes": moved.lanes, "grants": moved.grants }).to_string());
        }
        print(&format!("{} lanes and {} grants written", moved.lanes, moved.grants))
    }
}

impl Import {
    /// Brings the file in.
    pub(super) fn run(&self) -> Result<(), RelayCommandError> {
        let moved = import(&self.database.read()?, &self.file, self.complete)?;
        if self.json {
            let document = json!({
                "lanes": moved.lanes,
                "grants": moved.grants,
                "changed": moved.changed,
                "removed": moved.removed,
            });
            return print(&document.to_string());
        }
        print(&format!(
            "{} lanes and {} grants read: {} lanes changed, {} rows removed",
            moved.lanes, moved.grants, moved.changed, moved.removed
        ))
    }
}
