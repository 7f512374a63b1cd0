//! The store on SQLite: one writing thread, a few reading connections.

pub(crate) mod connection;
mod room;
mod rows;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use attune_cipher::rusqlite::{Connection, OptionalExtension, Result as SqlResult, Row, params};
use attune_wire::{ENVELOPE_LEN, LaneId, PublicKey};
use tokio::sync::Semaphore;

use crate::metrics::Metrics;
use crate::store::{Body, Lane, Page, Put, Store, StoreError};
use connection::{open_reader, open_writer};
use writer::{GONE, Writer};

/// Reading connections at once.
const READERS: u32 = 4;

/// A relay's database file.
pub struct SqliteStore {
    /// First, so that the writing connection is the last to close: the last one tidies up.
    readers: Arc<Readers>,
    writer: Writer,
    /// It holds so many lanes and no more: [`room`].
    limited: bool,
}

impl SqliteStore {
    /// Opens the file, making it if it is missing. `max_bytes`: the most it may grow to. A lane takes 10 KiB
    /// of that from its opening on, so that there is room for every envelope of every open lane, and only
    /// an opening is answered with [`StoreError::Full`].
    ///
    /// # Errors
    /// [`StoreError`]; a file that is not a relay's is left as it is.
    pub fn open(path: &Path, max_bytes: Option<u64>) -> Result<Self, StoreError> {
        Self::with_metrics(path, max_bytes, Arc::default())
    }

    pub(crate) fn with_metrics(
        path: &Path,
        max_bytes: Option<u64>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, StoreError> {
        let connection = open_writer(path, max_bytes)?;
        let writer =
            Writer::start(connection, metrics).map_err(|error| StoreError::File(error.kind()))?;
        Ok(Self {
            writer,
            limited: max_bytes.is_some(),
            readers: Arc::new(Readers {
                path: path.to_owned(),
                free: Mutex::default(),
                permits: Arc::new(Semaphore::new(READERS as usize)),
            }),
        })
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> SqlResult<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let gone = GONE;
        let permits = Arc::clone(&self.readers.permits);
        let permit = permits.acquire_owned().await.map_err(|_| gone.clone())?;
        let readers = Arc::clone(&self.readers);
        let reading = tokio::task::spawn_blocking(move || {
            // Held until the connection is back, even when nobody waits any more.
            let _permit = permit;
            let free = readers.free().pop();
            let connection = match free {
                Some(connection) => connection,
                None => open_reader(&readers.path)?,
            };
            let found = work(&connection)?;
            readers.free().push(connection);
            Ok(found)
        });
        reading.await.map_err(|_| gone)?
    }
}

struct Readers {
    path: PathBuf,
    free: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    fn free(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for SqliteStore {
    async fn lane(&self, id: LaneId) -> Result<Option<Lane>, StoreError> {
        self.read(move |connection| select_lane(connection, id)).await
    }

    async fn put(
        &self,
        id: LaneId,
        version: u64,
        body: Box<[u8; ENVELOPE_LEN]>,
        day: u32,
    ) -> Result<Put, StoreError> {
        self.writer
            .write(move |connection| {
                let stored = connection
                    .prepare_cached(
                        "UPDATE lane SET ver = ?2, body = ?3, day = max(day, ?4)
                         WHERE lane_id = ?1 AND ver < ?2",
                    )?
                    .execute(params![id.0, signed(version), &body[..], day])?;
                if stored == 1 {
                    return Ok(Put::Stored);
                }
                let Some(lane) = select_lane(connection, id)? else {
                    return Ok(Put::Unknown);
                };
                Ok(lane.compared_with(version, &body))
            })
            .await
    }

    async fn mark(
        &self,
        id: LaneId,
        version: u64,
        read_version: u64,
        digest: Option<[u8; 32]>,
        day: Option<u32>,
    ) -> Result<(), StoreError> {
        self.writer
            .write(move |connection| {
                connection
                    .prepare_cached(
                        "UPDATE lane SET read_ver = max(read_ver, ?3), body = coalesce(?4, body),
                         day = max(day, coalesce(?5, day)) WHERE lane_id = ?1 AND ver = ?2",
                    )?
                    .execute(params![id.0, signed(version), signed(read_version), digest, day])
                    .map(|_| ())
            })
            .await
    }

    async fn open(&self, id: LaneId, day: u32) -> Result<bool, StoreError> {
        let limited = self.limited;
        let made = self.writer.write(move |connection| {
            if limited && !room::is_left(connection)? {
                return Ok(select_lane(connection, id)?.map(|_| false));
            }
            connection
                .prepare_cached(
                    "INSERT INTO lane (lane_id, ver, read_ver, day, body)
                     VALUES (?1, 0, 0, ?2, NULL) ON CONFLICT (lane_id) DO NOTHING",
                )?
                .execute(params![id.0, day])
                .map(|made| Some(made == 1))
        });
        made.await?.ok_or(StoreError::Full)
    }

    async fn close(&self, id: LaneId) -> Result<bool, StoreError> {
        self.writer
            .write(move |connection| {
                connection
                    .prepare_cached("DELETE FROM lane WHERE lane_id = ?1")?
                    .execute([id.0])
                    .map(|removed| removed == 1)
            })
            .await
    }

    async fn expire(&self, id: LaneId, last_day: u32) -> Result<bool, StoreError> {
        self.writer
            .write(move |connection| {
                connection
                    .prepare_cached("DELETE FROM lane WHERE lane_id = ?1 AND day <= ?2")?
                    .execute(params![id.0, last_day])
                    .map(|removed| removed == 1)
            })
            .await
    }

    async fn page(&self, after: Option<LaneId>, count: u32) -> Result<Page, StoreError> {
        self.read(move |connection| {
            let after = after.as_ref().map_or(&[][..], |id| &id.0[..]);
            let lanes = connection
                .prepare_cached(
                    "SELECT lane_id, ver, day, ifnull(length(body), 0) = 8192 FROM lane
                     WHERE lane_id > ?1 ORDER BY lane_id LIMIT ?2",
                )?
                .query_map(params![after, count], |row| {
                    Ok((LaneId(row.get(0)?), unsigned(row, 1)?, row.get(2)?, row.get(3)?))
                })?
                .collect::<SqlResult<_>>()?;
            Ok(Page { lanes })
        })
        .await
    }

    async fn grant_key(&self, id: [u8; 16]) -> Result<Option<PublicKey>, StoreError> {
        self.read(move |connection| {
            connection
                .prepare_cached("SELECT key FROM \"grant\" WHERE grant_id = ?1")?
                .query_row([id], |row| row.get(0))
                .optional()
        })
        .await
    }

    async fn take_grant(&self, id: [u8; 16], month: u32) -> Result<bool, StoreError> {
        self.writer
            .write(move |connection| {
                // A clock that went back goes on counting in the later month.
                connection
                    .prepare_cached(
                        "UPDATE \"grant\" SET month = max(month, ?2),
                         used = CASE WHEN month < ?2 THEN 1 ELSE used + 1 END
                         WHERE grant_id = ?1 AND cap > CASE WHEN month < ?2 THEN 0 ELSE used END",
                    )?
                    .execute(params![id, month])
                    .map(|taken| taken == 1)
            })
            .await
    }

    async fn give_back(&self, id: [u8; 16], month: u32) -> Result<bool, StoreError> {
        self.writer
            .write(move |connection| {
                connection
                    .prepare_cached(
                        "UPDATE \"grant\" SET used = used - 1
                         WHERE grant_id = ?1 AND month >= ?2 AND used > 0",
                    )?
                    .execute(params![id, month])
                    .map(|given| given == 1)
            })
            .await
    }

    async fn is_ready(&self) -> bool {
        self.writer.is_ready()
    }

    /// Writes the side file back, too: afterwards there is none, and no lock. If that fails, nothing
    /// committed is lost.
    async fn finish(&self) -> Result<(), StoreError> {
        // No reading connection may be open when the writing one closes: the last one tidies up.
        if let Ok(all) = self.readers.permits.acquire_many(READERS).await {
            self.readers.free().clear();
            self.readers.permits.close();
            drop(all);
        }
        self.writer.stop().await
    }
}

fn select_lane(connection: &Connection, id: LaneId) -> SqlResult<Option<Lane>> {
    connection
        .prepare_cached("SELECT ver, read_ver, day, body FROM lane WHERE lane_id = ?1")?
        .query_row([id.0], |row| {
            Ok(Lane {
                version: unsigned(row, 0)?,
                read_version: unsigned(row, 1)?,
                day: row.get(2)?,
                body: body(row, 3)?,
            })
        })
        .optional()
}

fn body(row: &Row<'_>, column: usize) -> SqlResult<Body> {
    Ok(row.get_ref(column)?.as_blob_or_null()?.map_or(Body::Nothing, Body::from_stored))
}

/// A version as SQLite keeps it. The wire lets none over 2^63 - 1 in.
fn signed(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}

fn unsigned(row: &Row<'_>, column: usize) -> SqlResult<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}
