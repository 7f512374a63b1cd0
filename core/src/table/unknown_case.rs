//! `unknown_case`: cases that a practice lists and this copy of the vault does not know.

use attune_cipher::rusqlite::{Connection, params};

use super::{from_column, to_column};
use crate::error::Error;
use crate::lane::ids::CaseId;

/// How far the person has come with such a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnknownStage {
    /// The practice lists it; the person has not said anything.
    Listed = 0,
    /// The person takes it back; the practice has not confirmed it.
    TakingBack = 1,
    /// The practice confirmed it; the row stays until it is listed no more.
    TakenBack = 2,
}

/// One such case.
pub(crate) struct UnknownCase {
    pub(crate) case: CaseId,
    pub(crate) pairing: i64,
    /// The last revision that the practice listed, or the one of the taking back.
    pub(crate) revision: u64,
    pub(crate) stage: UnknownStage,
}

/// The cases of that kind of one pairing.
pub(crate) fn of(db: &Connection, pairing: i64) -> Result<Vec<UnknownCase>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT case_id, revision, stage FROM unknown_case WHERE pairing = ?1 ORDER BY case_id",
    )?;
    let rows = statement.query_map([pairing], |row| {
        Ok(UnknownCase {
            case: CaseId::from_bytes(row.get(0)?),
            pairing,
            revision: from_column(row.get(1)?),
            stage: match row.get::<_, i64>(2)? {
                1 => UnknownStage::TakingBack,
                2 => UnknownStage::TakenBack,
                _ => UnknownStage::Listed,
            },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a case, with its newest state.
pub(crate) fn keep(db: &Connection, case: &UnknownCase) -> Result<(), Error> {
    db.execute(
        "INSERT INTO unknown_case (case_id, pairing, revision, stage)
         VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (case_id) DO UPDATE
         SET revision = excluded.revision, stage = excluded.stage",
        params![case.case.as_bytes(), case.pairing, to_column(case.revision), case.stage as i64],
    )?;
    Ok(())
}

/// Forgets a case.
pub(crate) fn remove(db: &Connection, case: CaseId) -> Result<(), Error> {
    db.execute("DELETE FROM unknown_case WHERE case_id = ?1", [case.as_bytes()])?;
    Ok(())
}
