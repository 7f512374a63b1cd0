//! `received_proposal`: what practices put to the client, and what the client says to it.

use attune_cipher::rusqlite::{Connection, Row, params};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::lane::ids::{Incarnation, TextId};
use crate::proposal::{ProposalAnswer, ProposalKind};

/// One proposal.
pub(crate) struct ReceivedProposalRow {
    pub(crate) text_id: TextId,
    pub(crate) pairing: i64,
    pub(crate) kind: ProposalKind,
    pub(crate) text: Zeroizing<String>,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) stored_at: i64,
    /// The practice still asks.
    pub(crate) listed: bool,
    pub(crate) answer: Option<ProposalAnswer>,
    pub(crate) words: Option<Zeroizing<String>>,
    /// The incarnation under which the person said it.
    pub(crate) answered_under: Option<Incarnation>,
}

const COLUMNS: &str =
    "text_id, pairing, kind, text, stored_at, listed, answer, words, answered_under";

/// Every proposal that is not erased, newest first.
pub(crate) fn all(db: &Connection) -> Result<Vec<ReceivedProposalRow>, Error> {
    select(db, "WHERE erased = 0 ORDER BY stored_at DESC, text_id", &[])
}

/// What a practice asks and was answered, in the order in which it travels.
pub(crate) fn answered(db: &Connection, pairing: i64) -> Result<Vec<ReceivedProposalRow>, Error> {
    select(
        db,
        "WHERE pairing = ?1 AND listed = 1 AND answer IS NOT NULL ORDER BY text_id",
        &[&pairing],
    )
}

/// One proposal that is not erased.
pub(crate) fn find(db: &Connection, text: TextId) -> Result<Option<ReceivedProposalRow>, Error> {
    Ok(select(db, "WHERE text_id = ?1 AND erased = 0", &[text.as_bytes()])?.pop())
}

/// Keeps what came. What is kept already stays as it is.
pub(crate) fn keep(db: &Connection, row: &ReceivedProposalRow) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT INTO received_proposal (text_id, pairing, kind, text, stored_at)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (text_id) DO NOTHING",
    )?
    .execute(params![
        row.text_id.as_bytes(),
        row.pairing,
        row.kind.code(),
        row.text.as_str(),
        row.stored_at
    ])?;
    Ok(())
}

/// Writes what the person says to it.
pub(crate) fn save_answer(db: &Connection, row: &ReceivedProposalRow) -> Result<(), Error> {
    db.prepare_cached(
        "UPDATE received_proposal SET answer = ?2, words = ?3, answered_under = ?4
         WHERE text_id = ?1",
    )?
    .execute(params![
        row.text_id.as_bytes(),
        row.answer.map(ProposalAnswer::code),
        row.words.as_ref().map(|words| words.as_str()),
        row.answered_under.as_ref().map(Incarnation::as_bytes),
    ])?;
    Ok(())
}

/// Before a document is applied: nothing counts as listed until that document says so.
pub(crate) fn list_none(db: &Connection, pairing: i64) -> Result<(), Error> {
    db.prepare_cached("UPDATE received_proposal SET listed = 0, carried = 0 WHERE pairing = ?1")?
        .execute([pairing])?;
    Ok(())
}

/// The practice lists it; `carried` says that the document has its text.
pub(crate) fn list(
    db: &Connection,
    pairing: i64,
    text: TextId,
    carried: bool,
) -> Result<(), Error> {
    db.prepare_cached(
        "UPDATE received_proposal SET listed = 1, carried = ?3 WHERE text_id = ?1 AND pairing = ?2",
    )?
    .execute(params![text.as_bytes(), pairing, carried])?;
    Ok(())
}

/// Ids of the texts that the practice carries in its documents.
pub(crate) fn carried(db: &Connection, pairing: i64) -> Result<Vec<TextId>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT text_id FROM received_proposal WHERE pairing = ?1 AND carried = 1 ORDER BY text_id",
    )?;
    let rows = statement.query_map([pairing], |row| row.get(0).map(TextId::from_bytes))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Erases one from the phone, with what was said to it. While the practice lists it, its id stays, so
/// that it is not taken in again.
pub(crate) fn erase(db: &Connection, text: TextId) -> Result<bool, Error> {
    let erased = db.execute(
        "UPDATE received_proposal SET text = '', answer = NULL, words = NULL, erased = 1
         WHERE text_id = ?1 AND erased = 0",
        [text.as_bytes()],
    )?;
    forget_erased(db)?;
    Ok(erased == 1)
}

/// Forgets the ids of erased ones that no practice lists any more.
pub(crate) fn forget_erased(db: &Connection) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM received_proposal WHERE erased = 1 AND listed = 0")?
        .execute([])?;
    Ok(())
}

fn select(
    db: &Connection,
    rest: &str,
    parameters: &[&dyn attune_cipher::rusqlite::ToSql],
) -> Result<Vec<ReceivedProposalRow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM received_proposal {rest}");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(parameters)?;
    let mut proposals = Vec::new();
    while let Some(row) = rows.next()? {
        proposals.push(read(row)?);
    }
    Ok(proposals)
}

fn read(row: &Row<'_>) -> Result<ReceivedProposalRow, Error> {
    let answer: Option<u8> = row.get(6)?;
    Ok(ReceivedProposalRow {
        text_id: TextId::from_bytes(row.get(0)?),
        pairing: row.get(1)?,
        kind: ProposalKind::from_code(row.get(2)?).ok_or(Error::Damaged)?,
        text: Zeroizing::new(row.get(3)?),
        stored_at: row.get(4)?,
        listed: row.get(5)?,
        answer: answer
            .map(|code| ProposalAnswer::from_code(code).ok_or(Error::Damaged))
            .transpose()?,
        words: row.get::<_, Option<String>>(7)?.map(Zeroizing::new),
        answered_under: row.get::<_, Option<[u8; 16]>>(8)?.map(Incarnation::from_bytes),
    })
}
