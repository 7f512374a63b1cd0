//! `draft`: words that are being typed and were not shared.

use attune_cipher::rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::lane::ids::TextId;
use crate::preview::PracticeId;

/// What a draft is written for. There is one of each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DraftOf {
    /// How a proposal is to be changed.
    Proposal(TextId),
    /// What the client says of themselves to one practice.
    AboutMe(PracticeId),
}

impl DraftOf {
    /// As the two columns of which one is set.
    fn columns(&self) -> (Option<&[u8; 16]>, Option<i64>) {
        match self {
            Self::Proposal(text) => (Some(text.as_bytes()), None),
            Self::AboutMe(practice) => (None, Some(practice.0)),
        }
    }
}

/// What was typed, if it is kept.
pub(crate) fn find(db: &Connection, of: DraftOf) -> Result<Option<Zeroizing<String>>, Error> {
    let (proposal, pairing) = of.columns();
    let mut statement =
        db.prepare_cached("SELECT text FROM draft WHERE proposal IS ?1 AND pairing IS ?2")?;
    let text = statement
        .query_row(params![proposal, pairing], |row| row.get(0).map(Zeroizing::new))
        .optional()?;
    Ok(text)
}

/// Keeps what was typed, in place of what was kept.
pub(crate) fn keep(db: &Connection, of: DraftOf, text: &str) -> Result<(), Error> {
    remove(db, of)?;
    let (proposal, pairing) = of.columns();
    db.prepare_cached("INSERT INTO draft (proposal, pairing, text) VALUES (?1, ?2, ?3)")?
        .execute(params![proposal, pairing, text])?;
    Ok(())
}

/// Removes it. That none is there is well.
pub(crate) fn remove(db: &Connection, of: DraftOf) -> Result<(), Error> {
    let (proposal, pairing) = of.columns();
    db.prepare_cached("DELETE FROM draft WHERE proposal IS ?1 AND pairing IS ?2")?
        .execute(params![proposal, pairing])?;
    Ok(())
}
