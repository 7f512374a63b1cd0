//! `attune relay grant`: permissions for practices to open lanes.

use std::io::Write as _;

use attune_relay::{add_grant, list_grants, remove_grant};
use clap::Subcommand;
use serde_json::json;

use super::{DatabaseArgs, RelayCommandError, print};

/// What to do with grants. Each works while the relay runs, too.
#[derive(Debug, Subcommand)]
pub(crate) enum GrantCommand {
    /// Make a grant for one practice and print it. It is a secret, and is shown only this once.
    Add {
        #[command(flatten)]
        database: DatabaseArgs,
        /// Lanes that it may open in a calendar month (UTC). A pairing needs four, two of which
        /// last until it is done, and two new ones every 90 days.
        #[arg(long, value_name = "N", default_value_t = 200)]
        #[arg(value_parser = clap::value_parser!(u32).range(1..))]
        per_month: u32,
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the ids of grants, and how many lanes a month each may open.
    List {
        #[command(flatten)]
        database: DatabaseArgs,
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Remove a grant. Lanes that were opened under it stay.
    Remove {
        #[command(flatten)]
        database: DatabaseArgs,
        /// The id, as `grant add` and `grant list` print it.
        #[arg(value_name = "ID", value_parser = grant_id)]
        id: [u8; 16],
        /// Print as JSON.
        #[arg(long)]
        json: bool,
    },
}

impl GrantCommand {
    /// Runs one command to its end.
    pub(super) fn run(self) -> Result<(), RelayCommandError> {
        match self {
            Self::Add { database, per_month, json } => {
                let key = add_grant(&database.read()?, per_month)?;
                let (text, id) = (key.to_text(), hex(key.id()));
                if json {
                    print(&json!({ "grant": *text, "id": id, "per_month": per_month }).to_string())
                } else {
                    print(&text)?;
                    let mut to = std::io::stderr().lock();
                    writeln!(
                        to,
                        "Grant {id}, {per_month} lanes a month. Keep the line above secret:"
                    )?;
                    Ok(writeln!(to, "it is shown only once, and goes to one practice.")?)
                }
            }
            Self::List { database, json } => {
                let rows = list_grants(&database.read()?)?;
                if json {
                    let grants: Vec<_> = rows
                        .iter()
                        .map(|row| json!({ "id": hex(&row.id), "per_month": row.cap }))
                        .collect();
                    return print(&json!({ "grants": grants }).to_string());
                }
                rows.iter().try_for_each(|row| {
                    print(&format!("{}  {} lanes a month", hex(&row.id), row.cap))
                })
            }
            Self::Remove { database, id, json } => {
                if !remove_grant(&database.read()?, &id)? {
                    return Err(RelayCommandError::NoSuchGrant);
                }
                if json {
                    print(&json!({ "removed": hex(&id) }).to_string())
                } else {
                    print(&format!("removed {}", hex(&id)))
                }
            }
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn grant_id(text: &str) -> Result<[u8; 16], &'static str> {
    let wrong = "an id has 32 digits and letters from a to f";
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong);
    }
    u128::from_str_radix(text, 16).map(u128::to_be_bytes).map_err(|_| wrong)
}

#[cfg(test)]
mod tests {
    use attune_relay::Database;
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Alone {
        #[command(subcommand)]
        command: GrantCommand,
    }

    #[test]
    fn grants_are_made_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("relay.db");
        let run = |arguments: &[&str]| {
            let place = format!("--database={}", file.display());
            let all = ["grant"].iter().chain(arguments).copied().chain([place.as_str()]);
            Alone::try_parse_from(all).unwrap().command.run()
        };
        run(&["add", "--per-month=3", "--json"]).unwrap();
        let [row] = list_grants(&Database::Sqlite(file.clone())).unwrap()[..] else {
            panic!("one grant")
        };
        assert_eq!(row.cap, 3);
        assert_eq!(grant_id(&hex(&row.id)), Ok(row.id));
        run(&["remove", &hex(&row.id)]).unwrap();
        assert!(matches!(run(&["remove", &hex(&row.id)]), Err(RelayCommandError::NoSuchGrant)));
    }
}
