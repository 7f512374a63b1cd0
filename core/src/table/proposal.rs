//! `proposal`: what a desk put to its clients, and what they said to it.

use attune_cipher::rusqlite::{Connection, OptionalExtension, Row, params};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::lane::ids::TextId;
use crate::proposal::{ProposalAnswer, ProposalKind};

/// One proposal.
pub(crate) struct ProposalRow {
    pub(crate) text_id: TextId,
    pub(crate) pairing: i64,
    pub(crate) kind: ProposalKind,
    pub(crate) text: Zeroizing<String>,
    /// The phone has it.
    pub(crate) text_stored: bool,
    pub(crate) answer: Option<ProposalAnswer>,
    pub(crate) words: Option<Zeroizing<String>>,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) made_at: i64,
    /// The therapist is done with it: it is no longer put to the client.
    pub(crate) closed_day: Option<u32>,
}

const COLUMNS: &str =
    "text_id, pairing, kind, text, text_stored, answer, words, made_at, closed_day";

/// Every proposal, the oldest first: the order in which they travel.
pub(crate) fn all(db: &Connection) -> Result<Vec<ProposalRow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM proposal ORDER BY made_at, text_id");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// The open proposals of one pairing, the oldest first.
pub(crate) fn open_of(db: &Connection, pairing: i64) -> Result<Vec<ProposalRow>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM proposal WHERE pairing = ?1 AND closed_day IS NULL
         ORDER BY made_at, text_id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([pairing], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One proposal.
pub(crate) fn find(db: &Connection, text: TextId) -> Result<Option<ProposalRow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM proposal WHERE text_id = ?1");
    db.prepare_cached(&sql)?
        .query_row([text.as_bytes()], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// Adds a proposal, or writes what can change of it.
pub(crate) fn save(db: &Connection, row: &ProposalRow) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT INTO proposal (text_id, pairing, kind, text, text_stored, answer, words, made_at,
            closed_day)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (text_id) DO UPDATE SET text_stored = ?5, answer = ?6, words = ?7, closed_day = ?9",
    )?
    .execute(params![
        row.text_id.as_bytes(),
        row.pairing,
        row.kind.code(),
        row.text.as_str(),
        row.text_stored,
        row.answer.map(ProposalAnswer::code),
        row.words.as_ref().map(|words| words.as_str()),
        row.made_at,
        row.closed_day,
    ])?;
    Ok(())
}

/// Erases one.
pub(crate) fn remove(db: &Connection, text: TextId) -> Result<(), Error> {
    db.execute("DELETE FROM proposal WHERE text_id = ?1", [text.as_bytes()])?;
    Ok(())
}

/// Erases what was closed before `day`.
pub(crate) fn remove_closed_before(db: &Connection, day: u32) -> Result<(), Error> {
    db.execute("DELETE FROM proposal WHERE closed_day < ?1", [day])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<ProposalRow, Error> {
    let answer: Option<u8> = row.get(5)?;
    Ok(ProposalRow {
        text_id: TextId::from_bytes(row.get(0)?),
        pairing: row.get(1)?,
        kind: ProposalKind::from_code(row.get(2)?).ok_or(Error::Damaged)?,
        text: Zeroizing::new(row.get(3)?),
        text_stored: row.get(4)?,
        answer: answer
            .map(|code| ProposalAnswer::from_code(code).ok_or(Error::Damaged))
            .transpose()?,
        words: row.get::<_, Option<String>>(6)?.map(Zeroizing::new),
        made_at: row.get(7)?,
        closed_day: row.get(8)?,
    })
}
