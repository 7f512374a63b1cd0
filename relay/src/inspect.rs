//! What a relay holds, column by column, for anybody who wants to see how little it is.

use std::path::Path;

use attune_wire::LaneId;

use crate::config::RelayError;
use crate::sqlite::connection::open_visitor;
use crate::store::StoreError;

/// One row of the table `lane`, as it lies there.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// The lane's id.
    pub lane_id: LaneId,
    /// The version stored last; 0 before the first.
    pub ver: u64,
    /// The highest version that the reader said it holds.
    pub read_ver: u64,
    /// The day it was last touched, since 1970-01-01.
    pub day: u32,
    /// `None` before the first envelope; 8,192 bytes, the sealed envelope; or 32 bytes, its SHA-256
    /// once it was read or grew old.
    pub body: Option<Vec<u8>>,
}

impl Row {
    /// Whether the sealed envelope itself is still there.
    #[must_use]
    pub fn holds_envelope(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.len() == attune_wire::ENVELOPE_LEN)
    }
}

/// All lanes of a database, in the order of their ids. Nothing can be written through it; a relay may
/// be running on it.
///
/// # Errors
/// [`RelayError`]: the database cannot be read, or is not a relay's.
pub fn inspect(database: &Path) -> Result<Vec<Row>, RelayError> {
    let connection = open_visitor(database)?;
    let mut select = connection
        .prepare("SELECT lane_id, ver, read_ver, day, body FROM lane ORDER BY lane_id")
        .map_err(StoreError::from)?;
    let rows = select
        .query_map([], |row| {
            Ok(Row {
                lane_id: LaneId(row.get(0)?),
                ver: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
                read_ver: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
                day: row.get(3)?,
                body: row.get(4)?,
            })
        })
        .map_err(StoreError::from)?;
    Ok(rows.collect::<Result<_, _>>().map_err(StoreError::from)?)
}
