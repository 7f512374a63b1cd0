//! `about`: what the two sides of a pairing say of themselves.

use attune_cipher::rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::lane::ids::{Incarnation, TextId};

/// What is kept of one pairing.
#[derive(Default)]
pub(crate) struct AboutRow {
    /// Phone: what the client shares.
    pub(crate) own: Option<Zeroizing<String>>,
    /// Phone: the incarnation under which they did.
    pub(crate) own_under: Option<Incarnation>,
    /// What came from the other side.
    pub(crate) theirs: Option<Zeroizing<String>>,
    /// Phone: the id of that text.
    pub(crate) theirs_id: Option<TextId>,
    /// Phone: the practice still carries it in its documents.
    pub(crate) theirs_carried: bool,
    /// Desk: the id of the practice's text that this phone has stored.
    pub(crate) stored_id: Option<TextId>,
}

/// What is kept of a pairing; nothing of one that is not known.
pub(crate) fn of(db: &Connection, pairing: i64) -> Result<AboutRow, Error> {
    let row = db
        .prepare_cached(
            "SELECT own, own_under, theirs, theirs_id, theirs_carried, stored_id FROM about
             WHERE pairing = ?1",
        )?
        .query_row([pairing], |row| {
            let id = |at| row.get::<_, Option<[u8; 16]>>(at);
            Ok(AboutRow {
                own: row.get::<_, Option<String>>(0)?.map(Zeroizing::new),
                own_under: id(1)?.map(Incarnation::from_bytes),
                theirs: row.get::<_, Option<String>>(2)?.map(Zeroizing::new),
                theirs_id: id(3)?.map(TextId::from_bytes),
                theirs_carried: row.get(4)?,
                stored_id: id(5)?.map(TextId::from_bytes),
            })
        })
        .optional()?;
    Ok(row.unwrap_or_default())
}

/// Keeps it.
pub(crate) fn save(db: &Connection, pairing: i64, row: &AboutRow) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT INTO about (pairing, own, own_under, theirs, theirs_id, theirs_carried, stored_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (pairing) DO UPDATE SET own = ?2, own_under = ?3, theirs = ?4, theirs_id = ?5,
            theirs_carried = ?6, stored_id = ?7",
    )?
    .execute(params![
        pairing,
        row.own.as_ref().map(|text| text.as_str()),
        row.own_under.as_ref().map(Incarnation::as_bytes),
        row.theirs.as_ref().map(|text| text.as_str()),
        row.theirs_id.as_ref().map(TextId::as_bytes),
        row.theirs_carried,
        row.stored_id.as_ref().map(TextId::as_bytes),
    ])?;
    Ok(())
}
