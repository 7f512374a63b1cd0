//! Whole rows, for a move to another database.

use attune_cipher::rusqlite::{Result as SqlResult, params};
use attune_wire::LaneId;

use super::{SqliteStore, body, signed, unsigned};
use crate::store::{Body, Grant, Lane, Movable, Store as _, StoreError};

impl Movable for SqliteStore {
    async fn rows(
        &self,
        after: Option<LaneId>,
        count: u32,
    ) -> Result<Vec<(LaneId, Lane)>, StoreError> {
        self.read(move |connection| {
            let after = after.as_ref().map_or(&[][..], |id| &id.0[..]);
            connection
                .prepare_cached(
                    "SELECT lane_id, ver, read_ver, day, body FROM lane
                     WHERE lane_id > ?1 ORDER BY lane_id LIMIT ?2",
                )?
                .query_map(params![after, count], |row| {
                    let lane = Lane {
                        version: unsigned(row, 1)?,
                        read_version: unsigned(row, 2)?,
                        day: row.get(3)?,
                        body: body(row, 4)?,
                    };
                    Ok((LaneId(row.get(0)?), lane))
                })?
                .collect()
        })
        .await
    }

    async fn merge(&self, id: LaneId, lane: Lane) -> Result<bool, StoreError> {
        let (version, read_version, day) = (lane.version, lane.read_version, lane.day);
        let digest = lane.body.digest();
        let came = self
            .writer
            .write(move |connection| {
                let bytes: Option<&[u8]> = match &lane.body {
                    Body::Nothing => None,
                    Body::Envelope(envelope) => Some(&envelope[..]),
                    Body::Digest(digest) => Some(digest),
                };
                connection
                    .prepare_cached(
                        "INSERT INTO lane (lane_id, ver, read_ver, day, body)
                         VALUES (?1, ?2, ?3, ?4, ?5)
                         ON CONFLICT (lane_id) DO UPDATE SET ver = excluded.ver,
                         read_ver = max(read_ver, excluded.read_ver), body = excluded.body,
                         day = max(day, excluded.day) WHERE ver < excluded.ver",
                    )?
                    .execute(params![id.0, signed(version), signed(read_version), day, bytes])
                    .map(|came| came == 1)
            })
            .await?;
        if !came {
            self.mark(id, version, read_version, digest, Some(day)).await?;
        }
        Ok(came)
    }

    async fn grants(&self) -> Result<Vec<Grant>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT grant_id, key, month, used, cap FROM \"grant\" ORDER BY grant_id",
                )?
                .query_map([], |row| {
                    Ok(Grant {
                        id: row.get(0)?,
                        key: row.get(1)?,
                        month: row.get(2)?,
                        used: row.get(3)?,
                        cap: row.get(4)?,
                    })
                })?
                .collect::<SqlResult<_>>()
        })
        .await
    }

    async fn merge_grant(&self, grant: Grant) -> Result<(), StoreError> {
        self.writer
            .write(move |connection| {
                connection
                    .prepare_cached(
                        "INSERT INTO \"grant\" (grant_id, key, month, used, cap)
                         VALUES (?1, ?2, ?3, ?4, ?5)
                         ON CONFLICT (grant_id) DO UPDATE SET key = excluded.key, cap = excluded.cap,
                         used = CASE WHEN month < excluded.month THEN excluded.used
                             WHEN month = excluded.month THEN max(used, excluded.used)
                             ELSE used END,
                         month = max(month, excluded.month)",
                    )?
                    .execute(params![grant.id, grant.key, grant.month, grant.used, grant.cap])
                    .map(|_| ())
            })
            .await
    }

    async fn remove_grant(&self, id: [u8; 16]) -> Result<bool, StoreError> {
        self.writer
            .write(move |connection| {
                connection
                    .prepare_cached("DELETE FROM \"grant\" WHERE grant_id = ?1")?
                    .execute([id])
                    .map(|removed| removed == 1)
            })
            .await
    }
}
