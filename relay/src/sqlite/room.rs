//! How many lanes a file of limited size holds.
//!
//! A register does not grow, so whoever limits the lanes limits the file. A lane that is open has its room
//! for good, whatever others fill; a full relay opens no more of them.

use attune_cipher::rusqlite::{Connection, Result as SqlResult};

/// Bytes of the file for a lane. Its envelope fills two pages of 4,096 and leaves 505 bytes at most of the
/// row on a page of the tree (SQLite's file format, section 1.6). A page of the tree that comes to be less
/// than a third full is joined with those beside it (`balance` in btree.c), so there is a page for every
/// three rows at most: 8,192 + 1,366 bytes. The rest is for grants.
const LANE: u64 = 10 << 10;

/// Bytes for a file without a lane, and for the pages of a row that is written before those of its old
/// envelope are free.
const BASE: u64 = 64 << 10;

/// Has `connection` count the lanes, so that the file holds `max_bytes` at most. A file that is larger
/// already is kept at the lanes it has.
///
/// The count lies in a table of this connection alone, in memory: what is rolled back takes its part of
/// the count along.
///
/// # Errors
/// SQLite's.
pub(super) fn limit(connection: &Connection, max_bytes: u64) -> SqlResult<()> {
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY;
         CREATE TEMP TABLE room (lanes INTEGER NOT NULL, most INTEGER NOT NULL, seen INTEGER NOT NULL);
         CREATE TEMP TRIGGER lane_made AFTER INSERT ON main.lane
             BEGIN UPDATE room SET lanes = lanes + 1; END;
         CREATE TEMP TRIGGER lane_gone AFTER DELETE ON main.lane
             BEGIN UPDATE room SET lanes = lanes - 1; END;",
    )?;
    let most = max_bytes.saturating_sub(BASE) / LANE;
    connection.execute(
        "INSERT INTO temp.room VALUES (0, ?1, -1)",
        [i64::try_from(most).unwrap_or(i64::MAX)],
    )?;
    is_left(connection).map(|_| ())
}

/// Whether one more lane has room; on a connection that was limited, in a transaction.
///
/// # Errors
/// SQLite's.
pub(super) fn is_left(connection: &Connection) -> SqlResult<bool> {
    // Another process may have opened lanes: a relay that starts while this one ends, or an import.
    let seen: i64 = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
    connection
        .prepare_cached(
            "UPDATE temp.room SET seen = ?1, lanes = (SELECT count(*) FROM main.lane)
             WHERE seen <> ?1",
        )?
        .execute([seen])?;
    connection.prepare_cached("SELECT lanes < most FROM temp.room")?.query_row([], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(connection: &Connection) -> bool {
        is_left(connection).unwrap()
    }

    fn execute(connection: &Connection, sql: &str) {
        connection.execute_batch(sql).unwrap();
    }

    /// What is rolled back was never counted, neither what came nor what went.
    #[test]
    fn the_count_goes_back_with_what_was_counted() {
        let connection = Connection::open_in_memory().unwrap();
        execute(&connection, include_str!("schema.sql"));
        let open = |byte: u8| {
            let sql = "INSERT INTO lane VALUES (?1, 0, 0, 0, NULL) ON CONFLICT DO NOTHING";
            connection.execute(sql, [[byte; 16]]).unwrap();
        };
        open(1);
        limit(&connection, BASE + 2 * LANE + LANE / 2).unwrap();
        assert!(left(&connection), "one of two");
        open(1);
        assert!(left(&connection), "what is there already is not counted again");
        execute(&connection, "BEGIN IMMEDIATE");
        open(2);
        assert!(!left(&connection));
        execute(&connection, "ROLLBACK");
        assert!(left(&connection));
        execute(&connection, "BEGIN IMMEDIATE");
        open(2);
        execute(&connection, "COMMIT; BEGIN IMMEDIATE; DELETE FROM lane");
        assert!(left(&connection));
        execute(&connection, "ROLLBACK");
        assert!(!left(&connection));
        execute(&connection, "DELETE FROM lane WHERE lane_id = (SELECT min(lane_id) FROM lane)");
        assert!(left(&connection));
        // Of no size at all, it holds nothing; of any size, everything.
        for (most, is) in [(0, false), (BASE, false), (u64::MAX, true)] {
            execute(
                &connection,
                "DROP TABLE temp.room; DROP TRIGGER lane_made; DROP TRIGGER lane_gone",
            );
            limit(&connection, most).unwrap();
            assert_eq!(left(&connection), is, "{most}");
        }
    }
}
