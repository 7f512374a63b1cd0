//! `note_parts`: a note as it is being written, in its four parts.

use attune_cipher::rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::followup::NoteParts;
use crate::lane::ids::CaseId;

/// The parts that were written for a case; empty ones if there are none.
pub(crate) fn of(db: &Connection, case: CaseId) -> Result<NoteParts, Error> {
    let parts = db
        .prepare_cached(
            "SELECT impact, apology, correction, step FROM note_parts WHERE case_id = ?1",
        )?
        .query_row([case.as_bytes()], |row| {
            Ok(NoteParts {
                impact: Zeroizing::new(row.get(0)?),
                apology: Zeroizing::new(row.get(1)?),
                correction: Zeroizing::new(row.get(2)?),
                step: Zeroizing::new(row.get(3)?),
            })
        })
        .optional()?;
    Ok(parts.unwrap_or_default())
}

/// Writes the parts of a case.
pub(crate) fn save(db: &Connection, case: CaseId, parts: &NoteParts) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT INTO note_parts (case_id, impact, apology, correction, step)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (case_id) DO UPDATE SET impact = ?2, apology = ?3, correction = ?4, step = ?5",
    )?
    .execute(params![
        case.as_bytes(),
        parts.impact.as_str(),
        parts.apology.as_str(),
        parts.correction.as_str(),
        parts.step.as_str(),
    ])?;
    Ok(())
}

/// Forgets the parts of a case: the note was sent.
pub(crate) fn remove(db: &Connection, case: CaseId) -> Result<(), Error> {
    db.execute("DELETE FROM note_parts WHERE case_id = ?1", [case.as_bytes()])?;
    Ok(())
}
