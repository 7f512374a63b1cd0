//! `worksheet`: what a therapist thinks through before a note is written. It never leaves the desk.

use attune_cipher::rusqlite::{Connection, OptionalExtension, params};
use zeroize::Zeroizing;

use crate::desk::Worksheet;
use crate::due::{day_number, day_of};
use crate::error::Error;
use crate::lane::ids::CaseId;

/// The worksheet of a case; an empty one if nothing was written.
pub(crate) fn of(db: &Connection, case: CaseId) -> Result<Worksheet, Error> {
    let sheet = db
        .prepare_cached(
            "SELECT said, effect, mine, change, consult, consult_day FROM worksheet
             WHERE case_id = ?1",
        )?
        .query_row([case.as_bytes()], |row| {
            Ok(Worksheet {
                said: Zeroizing::new(row.get(0)?),
                effect: Zeroizing::new(row.get(1)?),
                mine: Zeroizing::new(row.get(2)?),
                change: Zeroizing::new(row.get(3)?),
                consult: Zeroizing::new(row.get(4)?),
                consult_on: row.get::<_, Option<u32>>(5)?.and_then(day_of),
            })
        })
        .optional()?;
    Ok(sheet.unwrap_or_default())
}

/// Writes the worksheet of a case.
pub(crate) fn save(db: &Connection, case: CaseId, sheet: &Worksheet) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT INTO worksheet (case_id, said, effect, mine, change, consult, consult_day)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (case_id) DO UPDATE SET said = ?2, effect = ?3, mine = ?4, change = ?5,
            consult = ?6, consult_day = ?7",
    )?
    .execute(params![
        case.as_bytes(),
        sheet.said.as_str(),
        sheet.effect.as_str(),
        sheet.mine.as_str(),
        sheet.change.as_str(),
        sheet.consult.as_str(),
        sheet.consult_on.and_then(day_number),
    ])?;
    Ok(())
}
