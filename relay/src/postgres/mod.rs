//! The store on PostgreSQL, and on what speaks its protocol and keeps single rows atomic.
//!
//! Every statement is prepared, touches one row, and is a transaction of its own. What the server
//! cannot say for certain (a serialization failure, a connection that broke while it answered) is asked
//! again: each statement may be repeated. So any number of relays can stand on one database, and know
//! nothing of each other.

mod address;
mod connect;
mod failure;
mod look;
mod rows;
mod schema;

use std::time::Duration;

use attune_wire::{ENVELOPE_LEN, LaneId, PublicKey};
use deadpool_postgres::{Object, Pool};
use ring::rand::{SecureRandom, SystemRandom};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::store::{Body, Lane, Page, Put, Store, StoreError};
use failure::{is_of_the_connection, is_passing, of_database, of_pool};

pub use address::{Address, AddressError};
pub(crate) use look::{Looked, look};
pub use schema::SCHEMA;

/// How often a statement is asked in all, over about two seconds.
const ATTEMPTS: u32 = 7;

/// The first pause between two attempts, at most; each later one is twice as long.
const PAUSE: Duration = Duration::from_millis(30);

/// A relay's rows in a database server.
pub struct PostgresStore {
    pool: Pool,
}

type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

impl PostgresStore {
    /// Connects, makes the tables if they are missing, and looks at them and at the server's settings.
    ///
    /// # Errors
    /// [`StoreError`]; tables that are not a relay's are left as they are.
    pub async fn open(address: &Address) -> Result<Self, StoreError> {
        let store = Self { pool: connect::pool(address)? };
        let client = store.client().await?;
        schema::prepare(&client).await?;
        Ok(store)
    }

    async fn client(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(|error| of_pool(&error))
    }

    /// Asks for rows.
    async fn rows(&self, sql: &'static str, with: Parameters<'_>) -> Result<Vec<Row>, StoreError> {
        let mut attempt = 0;
        loop {
            let asked = async {
                let client = self.client().await.map_err(Failed::NoConnection)?;
                let found = async {
                    let statement = client.prepare_cached(sql).await?;
                    client.query(&statement, with).await
                };
                found.await.map_err(|error| Failed::asked(client, error))
            };
            match asked.await {
                Ok(rows) => return Ok(rows),
                Err(failed) => failed.pause(&mut attempt).await?,
            }
        }
    }

    /// Changes one row; answers how many were changed: one or none.
    async fn change(&self, sql: &'static str, with: Parameters<'_>) -> Result<u64, StoreError> {
        let mut attempt = 0;
        loop {
            let asked = async {
                let client = self.client().await.map_err(Failed::NoConnection)?;
                let changed = async {
                    let statement = client.prepare_cached(sql).await?;
                    client.execute(&statement, with).await
                };
                changed.await.map_err(|error| Failed::asked(client, error))
            };
            match asked.await {
                Ok(changed) => return Ok(changed),
                Err(failed) => failed.pause(&mut attempt).await?,
            }
        }
    }

    async fn select_lane(&self, id: LaneId) -> Result<Option<Lane>, StoreError> {
        let sql = "SELECT ver, read_ver, day, body FROM lane WHERE lane_id = $1";
        let rows = self.rows(sql, &[&&id.0[..]]).await?;
        rows.first()
            .map(|row| {
                Ok(Lane {
                    version: number(row, 0)?,
                    read_version: number(row, 1)?,
                    day: number(row, 2)?,
                    body: body(row, 3)?,
                })
            })
            .transpose()
    }
}

/// Why one attempt came to nothing.
enum Failed {
    /// Nobody was asked.
    NoConnection(StoreError),
    /// The server said so, or the connection broke.
    Asked(tokio_postgres::Error),
}

impl Failed {
    fn asked(client: Object, error: tokio_postgres::Error) -> Self {
        if is_of_the_connection(&error) {
            // Never back into the pool: it closes here.
            drop(Object::take(client));
        }
        Self::Asked(error)
    }

    /// Waits a little before the next attempt, or gives up. Longer each time, and never twice the same:
    /// those who fell over one another must not meet again.
    async fn pause(self, attempt: &mut u32) -> Result<(), StoreError> {
        *attempt += 1;
        let error = match self {
            // A server that is being restarted refuses, or has no room yet.
            Self::NoConnection(error @ StoreError::Unavailable { .. }) => error,
            Self::NoConnection(error) => return Err(error),
            Self::Asked(error) if is_passing(&error) => of_database(&error),
            Self::Asked(error) => return Err(of_database(&error)),
        };
        if *attempt >= ATTEMPTS
            || matches!(&error, StoreError::Unavailable { code } if code == "closed")
        {
            return Err(error);
        }
        let mut byte = [0];
        let _ = SystemRandom::new().fill(&mut byte);
        let longest = PAUSE * 2_u32.pow(*attempt - 1);
        tokio::time::sleep(longest * (128 + u32::from(byte[0])) / 384).await;
        Ok(())
    }
}

impl Store for PostgresStore {
    async fn lane(&self, id: LaneId) -> Result<Option<Lane>, StoreError> {
        self.select_lane(id).await
    }

    async fn put(
        &self,
        id: LaneId,
        version: u64,
        body: Box<[u8; ENVELOPE_LEN]>,
        day: u32,
    ) -> Result<Put, StoreError> {
        let stored = self
            .change(
                "UPDATE lane SET ver = $2, body = $3, day = greatest(day, $4)
                 WHERE lane_id = $1 AND ver < $2",
                &[&&id.0[..], &signed(version), &&body[..], &i64::from(day)],
            )
            .await?;
        if stored == 1 {
            return Ok(Put::Stored);
        }
        let Some(lane) = self.select_lane(id).await? else {
            return Ok(Put::Unknown);
        };
        Ok(lane.compared_with(version, &body))
    }

    async fn mark(
        &self,
        id: LaneId,
        version: u64,
        read_version: u64,
        digest: Option<[u8; 32]>,
        day: Option<u32>,
    ) -> Result<(), StoreError> {
        let digest = digest.as_ref().map(|digest| &digest[..]);
        self.change(
            "UPDATE lane SET read_ver = greatest(read_ver, $3), body = coalesce($4, body),
             day = greatest(day, coalesce($5, day)) WHERE lane_id = $1 AND ver = $2",
            &[&&id.0[..], &signed(version), &signed(read_version), &digest, &day.map(i64::from)],
        )
        .await
        .map(|_| ())
    }

    async fn open(&self, id: LaneId, day: u32) -> Result<bool, StoreError> {
        self.change(
            "INSERT INTO lane (lane_id, ver, read_ver, day, body) VALUES ($1, 0, 0, $2, NULL)
             ON CONFLICT (lane_id) DO NOTHING",
            &[&&id.0[..], &i64::from(day)],
        )
        .await
        .map(|made| made == 1)
    }

    async fn close(&self, id: LaneId) -> Result<bool, StoreError> {
        self.change("DELETE FROM lane WHERE lane_id = $1", &[&&id.0[..]])
            .await
            .map(|removed| removed == 1)
    }

    async fn expire(&self, id: LaneId, last_day: u32) -> Result<bool, StoreError> {
        self.change(
            "DELETE FROM lane WHERE lane_id = $1 AND day <= $2",
            &[&&id.0[..], &i64::from(last_day)],
        )
        .await
        .map(|removed| removed == 1)
    }

    async fn page(&self, after: Option<LaneId>, count: u32) -> Result<Page, StoreError> {
        let after = after.as_ref().map_or(&[][..], |id| &id.0[..]);
        let rows = self
            .rows(
                "SELECT lane_id, ver, day, coalesce(octet_length(body), 0) = 8192 FROM lane
                 WHERE lane_id > $1 ORDER BY lane_id LIMIT $2",
                &[&after, &i64::from(count)],
            )
            .await?;
        let lanes = rows
            .iter()
            .map(|row| {
                let has_envelope = row.try_get(3).map_err(|error| of_database(&error))?;
                Ok((LaneId(bytes(row, 0)?), number(row, 1)?, number(row, 2)?, has_envelope))
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Page { lanes })
    }

    async fn grant_key(&self, id: [u8; 16]) -> Result<Option<PublicKey>, StoreError> {
        let rows = self.rows("SELECT key FROM \"grant\" WHERE grant_id = $1", &[&&id[..]]).await?;
        rows.first().map(|row| bytes(row, 0)).transpose()
    }

    async fn take_grant(&self, id: [u8; 16], month: u32) -> Result<bool, StoreError> {
        // A clock that went back goes on counting in the later month.
        self.change(
            "UPDATE \"grant\" SET month = greatest(month, $2),
             used = CASE WHEN month < $2 THEN 1 ELSE used + 1 END
             WHERE grant_id = $1 AND cap > CASE WHEN month < $2 THEN 0 ELSE used END",
            &[&&id[..], &i64::from(month)],
        )
        .await
        .map(|taken| taken == 1)
    }

    async fn is_ready(&self) -> bool {
        match self.client().await {
            Ok(client) => client.simple_query("SELECT 1").await.is_ok(),
            Err(_) => false,
        }
    }

    /// What is under way ends by itself: each statement holds its own connection.
    async fn finish(&self) -> Result<(), StoreError> {
        self.pool.close();
        Ok(())
    }
}

fn body(row: &Row, column: usize) -> Result<Body, StoreError> {
    let found: Option<&[u8]> = row.try_get(column).map_err(|error| of_database(&error))?;
    Ok(found.map_or(Body::Nothing, Body::from_stored))
}

fn bytes<const N: usize>(row: &Row, column: usize) -> Result<[u8; N], StoreError> {
    let found: &[u8] = row.try_get(column).map_err(|error| of_database(&error))?;
    found.try_into().map_err(|_| StoreError::unavailable("row"))
}

fn number<T: TryFrom<i64>>(row: &Row, column: usize) -> Result<T, StoreError> {
    let found: i64 = row.try_get(column).map_err(|error| of_database(&error))?;
    T::try_from(found).map_err(|_| StoreError::unavailable("row"))
}

/// A version as the database keeps it. The wire lets none over 2^63 - 1 in.
fn signed(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
