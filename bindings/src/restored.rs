//! After a copy was brought back: nothing shared leaves before the person has said so again.

use attune_core::companion;

use crate::choices::Choice;
use crate::error::AttuneError;
use crate::ids::{CaseId, PracticeId};
use crate::shows_its_name_only;
use crate::time::Now;
use crate::vault::Vault;

/// A choice that waits for the person after this phone was restored.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Restored {
    /// Which one.
    pub case_id: CaseId,
    /// The practice that has it.
    pub practice: PracticeId,
    /// The choice, if this copy knows it: confirm it, or drop it. None where only the practice knows it: its desk does
    /// not show it meanwhile, and lets it go after a month; drop it, or pick it again.
    pub choice: Option<Choice>,
}

shows_its_name_only! { Restored }

impl From<companion::Restored> for Restored {
    fn from(restored: companion::Restored) -> Self {
        match restored {
            companion::Restored::Known(choice) => Self {
                case_id: choice.case.into(),
                practice: choice.practice.into(),
                choice: Some(choice.into()),
            },
            companion::Restored::Unknown { case, practice } => {
                Self { case_id: case.into(), practice: practice.into(), choice: None }
            }
        }
    }
}

/// After a restore.
#[uniffi::export]
impl Vault {
    /// The choices that wait for the person's word. Nothing of them leaves before it.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn restored(&self, now: Now) -> Result<Vec<Restored>, AttuneError> {
        let now = now.try_into()?;
        self.with(|phone| {
            let waiting = phone.restored(now)?;
            Ok::<_, attune_core::Error>(waiting.into_iter().map(Into::into).collect())
        })
    }

    /// The person says yes to a choice that the copy held: it may leave again.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound` or `TooLate`.
    pub fn confirm_restored(&self, case_id: CaseId) -> Result<(), AttuneError> {
        let case = case_id.try_into()?;
        self.with(|phone| phone.confirm_restored(case))
    }

    /// The person takes back a choice after a restore, whether or not this copy knows it.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound` or `TooLate`.
    pub fn drop_restored(&self, case_id: CaseId) -> Result<(), AttuneError> {
        let case = case_id.try_into()?;
        self.with(|phone| phone.drop_restored(case))
    }
}
