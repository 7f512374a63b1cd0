//! The tables: made where they are missing, and looked at before anything is believed of them.

use std::collections::BTreeSet;

use tokio_postgres::Client;

use super::failure::of_database;
use crate::store::StoreError;

/// What makes the tables as a relay would, for whoever sets up a database by hand: those that every server
/// understands, then how PostgreSQL itself had better keep them.
pub const SCHEMA: &str = concat!(include_str!("schema.sql"), include_str!("tuning.sql"));

/// What every server that speaks PostgreSQL's protocol understands.
const TABLES: &str = include_str!("schema.sql");

/// What only PostgreSQL itself understands, and can be done without.
const TUNING: &str = include_str!("tuning.sql");

/// Table, column and type, of all there is.
const COLUMNS: [(&str, &str, &str); 10] = [
    ("grant", "cap", "bigint"),
    ("grant", "grant_id", "bytea"),
    ("grant", "key", "bytea"),
    ("grant", "month", "bigint"),
    ("grant", "used", "bigint"),
    ("lane", "body", "bytea"),
    ("lane", "day", "bigint"),
    ("lane", "lane_id", "bytea"),
    ("lane", "read_ver", "bigint"),
    ("lane", "ver", "bigint"),
];

/// Two relays that start at once on an empty database may stand in each other's way, once.
const ATTEMPTS: usize = 3;

/// Makes the tables in an empty database, and refuses tables that are not a relay's. A role that may
/// make nothing is enough once they are there.
pub(super) async fn prepare(client: &Client) -> Result<(), StoreError> {
    let mut failed = None;
    for _ in 0..ATTEMPTS {
        if is_there(client).await? {
            return Ok(());
        }
        match client.batch_execute(TABLES).await {
            Ok(()) => {
                // Each by itself: a table in partitions takes the first and refuses the second.
                for tuning in TUNING.split_inclusive(";\n") {
                    // Refused by a server that keeps its rows otherwise: then there is nothing to tune.
                    let _ = client.batch_execute(tuning).await;
                }
            }
            // Of another relay's doing, perhaps: then they are there at the next look.
            Err(error) => failed = Some(of_database(&error)),
        }
    }
    if is_there(client).await? { Ok(()) } else { Err(failed.unwrap_or(StoreError::NotARelay)) }
}

/// Whether the tables are there, column for column; `false` if one of them, or neither, is there at all.
pub(super) async fn is_there(client: &Client) -> Result<bool, StoreError> {
    let rows = client
        .query(
            "SELECT table_name::text, column_name::text, data_type::text
             FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name IN ('lane', 'grant')",
            &[],
        )
        .await
        .map_err(|error| of_database(&error))?;
    let found = rows
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
        .collect::<Result<BTreeSet<(&str, &str, &str)>, tokio_postgres::Error>>()
        .map_err(|error| of_database(&error))?;
    let expected = BTreeSet::from(COLUMNS);
    let missing: BTreeSet<&str> = expected.difference(&found).map(|(table, ..)| *table).collect();
    let begun: BTreeSet<&str> = found.iter().map(|(table, ..)| *table).collect();
    if missing.iter().any(|table| begun.contains(table)) {
        return Err(StoreError::NotARelay);
    }
    // All of ours and more of it: a later release added a column.
    if found.difference(&expected).next().is_some() {
        return Err(StoreError::NewerSchema);
    }
    Ok(missing.is_empty())
}
