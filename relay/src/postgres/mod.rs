//! The store on PostgreSQL, and on what speaks its protocol and keeps single rows atomic.
//!
//! Every statement is prepared, touches one row, and is a transaction of its own. What the server
//! cannot say for certain (a serialization failure, a connection that broke while it answered) is asked
//! again: each statement may be repeated, but for the two that count what is left of a grant, which are
//! asked again only if they certainly came to nothing. So any number of relays can stand on one
//! database, and know nothing of each other.

mod address;
mod connect;
mod failure;
mod look;
mod rows;
mod schema;

use std::time::Duration;

use attune_wire::{ENVELOPE_LEN, LaneId, PublicKey};
use deadpool_postgres::{Object, Pool};
use futures_util::TryStreamExt as _;
use ring::rand::{SecureRandom, SystemRandom};
use tokio::time::Instant;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::store::{Body, Lane, Page, Put, Store, StoreError};
use failure::{is_of_the_connection, is_passing, is_undone, of_database, of_pool};

pub use address::{Address, AddressError};
pub(crate) use look::{Looked, look};
pub use schema::SCHEMA;

/// How often a statement is asked in all, over about two seconds if it fails at once.
const ATTEMPTS: u32 = 7;

/// After this long nothing is asked again. With one more wait for a connection and one more for an
/// answer it stays below the half minute that clients and the servers in front of a relay wait.
const PATIENCE: Duration = Duration::from_secs(15);

/// The first pause between two attempts, at most; each later one is twice as long.
const PAUSE: Duration = Duration::from_millis(30);

/// A relay's rows in a database server.
pub struct PostgresStore {
    pool: Pool,
    /// How long a server may owe an answer.
    answer: Duration,
}

type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

/// What a statement came to: its rows, and how many it changed.
type Came = (Vec<Row>, u64);

/// Which failures a statement is asked again after.
#[derive(Clone, Copy)]
enum Again {
    /// Also when nobody knows whether it was carried out.
    Always,
    /// Only when it certainly was not.
    IfUndone,
}

impl PostgresStore {
    /// Connects, makes the tables if they are missing, and looks at them and at the server's settings.
    ///
    /// # Errors
    /// [`StoreError`]; tables that are not a relay's are left as they are.
    pub async fn open(address: &Address) -> Result<Self, StoreError> {
        let store = Self { pool: connect::pool(address)?, answer: address.answer };
        let client = store.client().await?;
        schema::prepare(&client).await?;
        Ok(store)
    }

    /// As [`open`](Self::open), and makes nothing.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::NotARelay`] also when there are no tables.
    pub(crate) async fn open_existing(address: &Address) -> Result<Self, StoreError> {
        let store = Self { pool: connect::pool(address)?, answer: address.answer };
        if schema::is_there(&*store.client().await?).await? {
            Ok(store)
        } else {
            Err(StoreError::NotARelay)
        }
    }

    async fn client(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(|error| of_pool(&error))
    }

    /// Asks for rows.
    async fn rows(&self, sql: &'static str, with: Parameters<'_>) -> Result<Vec<Row>, StoreError> {
        Ok(self.ask(sql, with, Again::Always).await?.0)
    }

    /// Changes one row; answers whether there was one to change.
    async fn change(&self, sql: &'static str, with: Parameters<'_>) -> Result<bool, StoreError> {
        Ok(self.ask(sql, with, Again::Always).await?.1 == 1)
    }

    /// As `change`, of what would come to more if it were done twice.
    async fn count(&self, sql: &'static str, with: Parameters<'_>) -> Result<bool, StoreError> {
        Ok(self.ask(sql, with, Again::IfUndone).await?.1 == 1)
    }

    /// Asks until there is an answer, or no more hope of one.
    async fn ask(
        &self,
        sql: &'static str,
        with: Parameters<'_>,
        again: Again,
    ) -> Result<Came, StoreError> {
        let (started, mut attempt) = (Instant::now(), 0);
        loop {
            attempt += 1;
            let failed = match self.ask_once(sql, with).await {
                Ok(came) => return Ok(came),
                Err(failed) => failed,
            };
            if attempt == ATTEMPTS || started.elapsed() > PATIENCE || !failed.may_pass(again) {
                return Err(failed.into());
            }
            pause(attempt).await;
        }
    }

    async fn ask_once(&self, sql: &'static str, with: Parameters<'_>) -> Result<Came, Failed> {
        let client = self.client().await.map_err(Failed::NoConnection)?;
        // The server ends what takes too long by itself, if it is still there.
        match tokio::time::timeout(self.answer, asked(&client, sql, with)).await {
            Ok(Ok(came)) => Ok(came),
            Ok(Err(error)) if !is_of_the_connection(&error) => Err(Failed::Asked(error)),
            Ok(Err(error)) => {
                drop(Object::take(client));
                Err(Failed::Asked(error))
            }
            Err(_) => {
                // Never back into the pool: what comes of it, if anything, is for nobody.
                drop(Object::take(client));
                Err(Failed::Unanswered)
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

/// One statement, prepared at a connection's first use of it.
async fn asked(
    client: &Object,
    sql: &'static str,
    with: Parameters<'_>,
) -> Result<Came, tokio_postgres::Error> {
    let statement = client.prepare_cached(sql).await?;
    let rows = client.query_raw(&statement, with.iter().copied()).await?;
    let mut rows = std::pin::pin!(rows);
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await? {
        found.push(row);
    }
    Ok((found, rows.rows_affected().unwrap_or(0)))
}

/// Why one attempt came to nothing.
enum Failed {
    /// Nobody was asked.
    NoConnection(StoreError),
    /// The server said so, or the connection broke.
    Asked(tokio_postgres::Error),
    /// No answer came in time.
    Unanswered,
}

impl Failed {
    /// Whether the same may do better in a moment.
    fn may_pass(&self, again: Again) -> bool {
        match (self, again) {
            // A server that is being restarted refuses. Who waited for a free connection has waited enough.
            (Self::NoConnection(StoreError::Unavailable { code }), _) => {
                !["busy", "closed"].contains(&&**code)
            }
            (Self::NoConnection(_), _) => false,
            (Self::Asked(error), Again::Always) => is_passing(error),
            (Self::Asked(error), Again::IfUndone) => is_passing(error) && is_undone(error),
            (Self::Unanswered, Again::Always) => true,
            (Self::Unanswered, Again::IfUndone) => false,
        }
    }
}

impl From<Failed> for StoreError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::NoConnection(error) => error,
            Failed::Asked(error) => of_database(&error),
            Failed::Unanswered => Self::unavailable("unanswered"),
        }
    }
}

/// Longer after each attempt, and never twice the same: those who fell over one another must not meet
/// again.
async fn pause(attempt: u32) {
    let mut byte = [0];
    let _ = SystemRandom::new().fill(&mut byte);
    let longest = PAUSE * 2_u32.pow(attempt - 1);
    tokio::time::sleep(longest * (128 + u32::from(byte[0])) / 384).await;
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
        if stored {
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
    }

    async fn close(&self, id: LaneId) -> Result<bool, StoreError> {
        self.change("DELETE FROM lane WHERE lane_id = $1", &[&&id.0[..]]).await
    }

    async fn expire(&self, id: LaneId, last_day: u32) -> Result<bool, StoreError> {
        self.change(
            "DELETE FROM lane WHERE lane_id = $1 AND day <= $2",
            &[&&id.0[..], &i64::from(last_day)],
        )
        .await
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
        self.count(
            "UPDATE \"grant\" SET month = greatest(month, $2),
             used = CASE WHEN month < $2 THEN 1 ELSE used + 1 END
             WHERE grant_id = $1 AND cap > CASE WHEN month < $2 THEN 0 ELSE used END",
            &[&&id[..], &i64::from(month)],
        )
        .await
    }

    async fn give_back(&self, id: [u8; 16], month: u32) -> Result<bool, StoreError> {
        self.count(
            "UPDATE \"grant\" SET used = used - 1
             WHERE grant_id = $1 AND month >= $2 AND used > 0",
            &[&&id[..], &i64::from(month)],
        )
        .await
    }

    async fn is_ready(&self) -> bool {
        self.ask_once("SELECT 1", &[]).await.is_ok()
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
