//! What a relay keeps, as operations on single rows.
//!
//! Every operation touches one row of one table, and all but the counting of a grant's share are
//! monotone and may be repeated: so any database with atomic single-row writes can stand behind it, and
//! several relays can share that database.

use std::borrow::Cow;
use std::future::Future;

use attune_wire::{ENVELOPE_LEN, LaneId, PublicKey};

use crate::sweep::digest_of;

/// Days after which an envelope that nobody read is dropped.
pub const BODY_DAYS: u32 = 30;

/// Days after which a lane that nobody touched is removed.
pub const LANE_DAYS: u32 = 180;

/// A lane as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Lane {
    /// The version stored last; 0 before the first.
    pub version: u64,
    /// The highest version that the reader said it holds.
    pub read_version: u64,
    /// The day it was last touched, since 1970-01-01.
    pub day: u32,
    /// What is left of the envelope.
    pub body: Body,
}

/// What is left of an envelope.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing was stored yet.
    Nothing,
    /// All of it.
    Envelope(Box<[u8; ENVELOPE_LEN]>),
    /// Its SHA-256: it was read, or grew old. It stays so that a writer whose answer got lost can
    /// still be told SAME and not STALE, which it would have to take for a clone of itself.
    Digest([u8; 32]),
}

impl Lane {
    /// What a PUT comes to that did not change this lane.
    pub(crate) fn compared_with(&self, version: u64, body: &[u8; ENVELOPE_LEN]) -> Put {
        let same = self.version == version
            && match &self.body {
                Body::Nothing => false,
                Body::Envelope(stored) => **stored == *body,
                Body::Digest(stored) => *stored == digest_of(body),
            };
        if same { Put::Same } else { Put::Stale(self.version) }
    }
}

impl Body {
    /// The digest that stands for the envelope, if that is what is left.
    pub(crate) fn digest(&self) -> Option<[u8; 32]> {
        match self {
            Self::Digest(digest) => Some(*digest),
            Self::Nothing | Self::Envelope(_) => None,
        }
    }

    /// From the column's bytes, which have one of two lengths.
    pub(crate) fn from_stored(bytes: &[u8]) -> Self {
        if let Ok(digest) = <[u8; 32]>::try_from(bytes) {
            return Self::Digest(digest);
        }
        // The schema lets in no other length.
        let envelope: Result<Box<[u8; ENVELOPE_LEN]>, _> = Box::<[u8]>::from(bytes).try_into();
        envelope.map_or(Self::Nothing, Self::Envelope)
    }
}

/// A grant as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: [u8; 16],
    /// The public key that its bearer signs with.
    pub key: PublicKey,
    /// The month in which it was used last; see [`month_of_day`](crate::month_of_day).
    pub month: u32,
    /// Lanes opened in that month.
    pub used: u32,
    /// Lanes a month.
    pub cap: u32,
}

/// What became of a PUT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// Stored.
    Stored,
    /// This version with these bytes was stored before.
    Same,
    /// Another envelope with this version, or a later version (given), was stored before.
    Stale(u64),
    /// There is no such lane.
    Unknown,
}

/// Some lanes in the order of their ids, for the sweep.
#[derive(Clone, Default)]
pub struct Page {
    /// Lane, version, day, and whether its envelope is there.
    pub lanes: Vec<(LaneId, u64, u32, bool)>,
}

/// Why a store did not answer. Holds nothing of what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No room is left.
    #[error("the database is full")]
    Full,
    /// The database does not answer; `code` is its own error code, or a word of ours.
    #[error("the database does not answer (code {code})")]
    Unavailable {
        /// SQLite's extended result code, PostgreSQL's SQLSTATE, or a word such as `closed`.
        code: Cow<'static, str>,
    },
    /// It was made by a newer release.
    #[error("the database was made by a newer release of Attune")]
    NewerSchema,
    /// The file, or the tables of that name, are something else.
    #[error("this is not a relay's database")]
    NotARelay,
    /// A setting did not take effect.
    #[error("the database does not keep to its settings ({0})")]
    Setting(&'static str),
    /// The root certificates of the database's server cannot be read.
    #[error("the file of root certificates cannot be read, or holds none")]
    RootCertificates,
    /// The file cannot be made or opened.
    #[error("the database file cannot be opened: {0}")]
    File(std::io::ErrorKind),
}

impl StoreError {
    /// There is a code of the database's own, or a word that says as much.
    pub(crate) fn unavailable(code: impl Into<Cow<'static, str>>) -> Self {
        Self::Unavailable { code: code.into() }
    }
}

/// The operations. `day` is always today, in days since 1970-01-01.
pub trait Store: Send + Sync + 'static {
    /// The lane, if there is one.
    fn lane(&self, id: LaneId) -> impl Future<Output = Result<Option<Lane>, StoreError>> + Send;

    /// Stores `body` iff `version` is greater than the stored one.
    fn put(
        &self,
        id: LaneId,
        version: u64,
        body: Box<[u8; ENVELOPE_LEN]>,
        day: u32,
    ) -> impl Future<Output = Result<Put, StoreError>> + Send;

    /// Notes that the lane was touched. Where it still has `version`: notes that the reader holds
    /// `read_version`, and puts `digest`, if given, in the place of the envelope.
    fn mark(
        &self,
        id: LaneId,
        version: u64,
        read_version: u64,
        digest: Option<[u8; 32]>,
        day: Option<u32>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Makes the lane; `false` if it was there.
    fn open(&self, id: LaneId, day: u32) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Removes the lane; `false` if it was not there.
    fn close(&self, id: LaneId) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Removes the lane iff its day is at most `last_day`.
    fn expire(
        &self,
        id: LaneId,
        last_day: u32,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// At most `count` lanes after `after`, in the order of their ids.
    fn page(
        &self,
        after: Option<LaneId>,
        count: u32,
    ) -> impl Future<Output = Result<Page, StoreError>> + Send;

    /// The public key of a grant.
    fn grant_key(
        &self,
        id: [u8; 16],
    ) -> impl Future<Output = Result<Option<PublicKey>, StoreError>> + Send;

    /// Takes one lane of a grant's share of `month`; `false` if it is used up or gone. May not be
    /// repeated: an error leaves open whether it was taken.
    fn take_grant(
        &self,
        id: [u8; 16],
        month: u32,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Gives back what was taken in `month` for a lane that was not made; `false` if there is nothing to
    /// give back to. May not be repeated either.
    fn give_back(
        &self,
        id: [u8; 16],
        month: u32,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Whether it would answer.
    fn is_ready(&self) -> impl Future<Output = bool> + Send;

    /// Finishes what is under way and closes. Later calls answer [`StoreError::Unavailable`].
    fn finish(&self) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// Whole rows, for a move from one database to another, and grants, for whoever gives them. Each
/// operation is monotone and may be repeated, as those of [`Store`].
pub trait Movable: Store {
    /// At most `count` lanes after `after` with all that is stored of them, in the order of their ids.
    fn rows(
        &self,
        after: Option<LaneId>,
        count: u32,
    ) -> impl Future<Output = Result<Vec<(LaneId, Lane)>, StoreError>> + Send;

    /// Makes the lane as another store had it, or brings it up to that; `true` if it was missing or had
    /// an earlier version. A lane with a later version stays as it is.
    fn merge(
        &self,
        id: LaneId,
        lane: Lane,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// All grants, in the order of their ids.
    fn grants(&self) -> impl Future<Output = Result<Vec<Grant>, StoreError>> + Send;

    /// Makes the grant, or gives it this key and cap; what was used of a month is never forgotten.
    fn merge_grant(&self, grant: Grant) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Removes a grant; `false` if there was none.
    fn remove_grant(&self, id: [u8; 16]) -> impl Future<Output = Result<bool, StoreError>> + Send;
}
