//! Whole rows, for a move to another database; and grants, for whoever gives them.

use attune_wire::LaneId;

use super::{PostgresStore, body, bytes, number, signed};
use crate::store::{Body, Grant, Lane, Movable, Store as _, StoreError};

impl Movable for PostgresStore {
    async fn rows(
        &self,
        after: Option<LaneId>,
        count: u32,
    ) -> Result<Vec<(LaneId, Lane)>, StoreError> {
        let after = after.as_ref().map_or(&[][..], |id| &id.0[..]);
        let rows = self
            .rows(
                "SELECT lane_id, ver, read_ver, day, body FROM lane
                 WHERE lane_id > $1 ORDER BY lane_id LIMIT $2",
                &[&after, &i64::from(count)],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let lane = Lane {
                    version: number(row, 1)?,
                    read_version: number(row, 2)?,
                    day: number(row, 3)?,
                    body: body(row, 4)?,
                };
                Ok((LaneId(bytes(row, 0)?), lane))
            })
            .collect()
    }

    async fn merge(&self, id: LaneId, lane: Lane) -> Result<bool, StoreError> {
        let stored: Option<&[u8]> = match &lane.body {
            Body::Nothing => None,
            Body::Envelope(envelope) => Some(&envelope[..]),
            Body::Digest(digest) => Some(digest),
        };
        let came = self
            .change(
                "INSERT INTO lane (lane_id, ver, read_ver, day, body) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (lane_id) DO UPDATE SET ver = excluded.ver,
                 read_ver = greatest(lane.read_ver, excluded.read_ver), body = excluded.body,
                 day = greatest(lane.day, excluded.day) WHERE lane.ver < excluded.ver",
                &[
                    &&id.0[..],
                    &signed(lane.version),
                    &signed(lane.read_version),
                    &i64::from(lane.day),
                    &stored,
                ],
            )
            .await?;
        if !came {
            let digest = lane.body.digest();
            self.mark(id, lane.version, lane.read_version, digest, Some(lane.day)).await?;
        }
        Ok(came)
    }

    async fn grants(&self) -> Result<Vec<Grant>, StoreError> {
        let sql = "SELECT grant_id, key, month, used, cap FROM \"grant\" ORDER BY grant_id";
        let rows = self.rows(sql, &[]).await?;
        rows.iter()
            .map(|row| {
                Ok(Grant {
                    id: bytes(row, 0)?,
                    key: bytes(row, 1)?,
                    month: number(row, 2)?,
                    used: number(row, 3)?,
                    cap: number(row, 4)?,
                })
            })
            .collect()
    }

    async fn merge_grant(&self, grant: Grant) -> Result<(), StoreError> {
        self.change(
            "INSERT INTO \"grant\" (grant_id, key, month, used, cap) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (grant_id) DO UPDATE SET key = excluded.key, cap = excluded.cap,
             used = CASE WHEN \"grant\".month < excluded.month THEN excluded.used
                 WHEN \"grant\".month = excluded.month THEN greatest(\"grant\".used, excluded.used)
                 ELSE \"grant\".used END,
             month = greatest(\"grant\".month, excluded.month)",
            &[
                &&grant.id[..],
                &&grant.key[..],
                &i64::from(grant.month),
                &i64::from(grant.used),
                &i64::from(grant.cap),
            ],
        )
        .await
        .map(|_| ())
    }

    async fn remove_grant(&self, id: [u8; 16]) -> Result<bool, StoreError> {
        self.change("DELETE FROM \"grant\" WHERE grant_id = $1", &[&&id[..]]).await
    }
}
