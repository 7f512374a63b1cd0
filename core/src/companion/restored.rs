//! After a restore: nothing shared leaves before the person has said so again (R6).

use chrono::{DateTime, FixedOffset};

use super::Companion;
use super::choices::{Choice, WaitsFor};
use crate::error::Error;
use crate::lane::ids::CaseId;
use crate::preview::{self, PracticeId};
use crate::session::Session;
use crate::table::pairing;
use crate::table::repair_choice;
use crate::table::unknown_case::{self, UnknownStage};

/// A choice that waits for the person after this phone was restored.
#[derive(Clone)]
pub enum Restored {
    /// One that this copy knows: confirm it, or take it back.
    Known(Choice),
    /// One that only the practice knows. Its desk does not show it meanwhile, and lets it go after a
    /// month: take it back, or pick it again.
    Unknown {
        /// Which one.
        case: CaseId,
        /// The practice that lists it.
        practice: PracticeId,
    },
}

/// After a restore.
impl Companion {
    /// The choices that wait for the person's word. Nothing of them leaves before it.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn restored(&self, now: DateTime<FixedOffset>) -> Result<Vec<Restored>, Error> {
        let mut waiting: Vec<Restored> = self
            .choices(now)?
            .into_iter()
            .filter(|choice| choice.waits_for == Some(WaitsFor::Confirmation))
            .map(Restored::Known)
            .collect();
        for pairing in self.session.vault.read(pairing::all)? {
            let unknown = self.session.vault.read(|db| unknown_case::of(db, pairing.id))?;
            waiting.extend(unknown.into_iter().filter(|u| u.stage == UnknownStage::Listed).map(
                |unknown| Restored::Unknown {
                    case: unknown.case,
                    practice: PracticeId(unknown.pairing),
                },
            ));
        }
        Ok(waiting)
    }

    /// The person says yes to a choice that the copy held: it may leave again.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TooLate`], [`Error::Vault`].
    pub fn confirm_restored(&mut self, case: CaseId) -> Result<(), Error> {
        let Session { vault, entropy, .. } = &mut self.session;
        vault.write(|db| {
            let row = repair_choice::find(db, case)?.ok_or(Error::NotFound)?;
            preview::confirm(db, row, &mut **entropy)
        })
    }

    /// The person takes back a choice after a restore, whether or not this copy knows it.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TooLate`], [`Error::Vault`].
    pub fn drop_restored(&mut self, case: CaseId) -> Result<(), Error> {
        let known = self.session.vault.read(|db| repair_choice::find(db, case))?.is_some();
        if known {
            return self.take_back(case);
        }
        let Session { vault, entropy, .. } = &mut self.session;
        vault.write(|db| {
            for pairing in pairing::all(db)? {
                for mut unknown in unknown_case::of(db, pairing.id)? {
                    if unknown.case == case && unknown.stage == UnknownStage::Listed {
                        unknown.revision =
                            preview::next_revision(unknown.revision, &mut **entropy)?;
                        unknown.stage = UnknownStage::TakingBack;
                        return unknown_case::keep(db, &unknown);
                    }
                }
            }
            Err(Error::NotFound)
        })
    }
}
