//! What the sync engine asks of the two sides. The engine moves documents; a side fills and reads them.

use attune_cipher::rusqlite::Connection;
use chrono::{DateTime, FixedOffset};

use crate::due::day_number;
use crate::error::Error;
use crate::lane::Direction;
use crate::lane::document::Document;
use crate::table::pairing::Pairing;

/// "Now", as the caller gave it, with the day it is for the person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Now {
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) millis: i64,
    /// The day in the person's own zone, in days since 1970-01-01.
    pub(crate) today: u32,
}

impl From<DateTime<FixedOffset>> for Now {
    fn from(now: DateTime<FixedOffset>) -> Self {
        Self {
            millis: now.timestamp_millis(),
            // A clock before 1970 is wrong; day 0 expires nothing and makes nothing late.
            today: day_number(now.date_naive()).unwrap_or(0),
        }
    }
}

/// One side of a pairing.
pub(crate) trait Side {
    /// Which lane this side writes.
    fn writes(&self) -> Direction;

    /// Puts what this side has to say into a document that is about to be sealed as
    /// `document.version`, and remembers what went into it.
    fn fill(
        &self,
        db: &Connection,
        pairing: &Pairing,
        now: Now,
        document: &mut Document,
    ) -> Result<(), Error>;

    /// The relay stored the document of that version.
    fn stored(&self, db: &Connection, pairing: &Pairing, version: u64) -> Result<(), Error>;

    /// Whether a document that was opened may be applied. Looks only; changes nothing.
    fn admits(&self, pairing: &Pairing, document: &Document) -> bool;

    /// Applies a document. `renewed` says that the peer was installed anew or restored.
    fn apply(
        &self,
        db: &Connection,
        pairing: &Pairing,
        document: &Document,
        renewed: bool,
        now: Now,
    ) -> Result<(), Error>;

    /// This side has a new incarnation: what it holds may be old (rules R5 and R6).
    fn renew(&self, db: &Connection, pairing: &Pairing) -> Result<(), Error>;

    /// The peer ended the pairing; its keys are gone.
    fn ended(&self, db: &Connection, pairing: &Pairing, now: Now) -> Result<(), Error>;
}
