//! What a practice sets for its own desk: when it locks, and how long settled cases stay.

use super::Desk;
use crate::error::Error;
use crate::table::setting;
use attune_cipher::rusqlite::Connection;

/// Minutes without a touch after which a desk locks, unless the practice sets others.
pub const IDLE_MINUTES: u16 = 10;
/// What may be set: one minute to two hours.
pub const IDLE_MINUTES_RANGE: std::ops::RangeInclusive<u16> = 1..=120;
/// Days for which a settled case is kept, unless the practice sets others.
pub const RETENTION_DAYS: u16 = 30;
/// What may be set: one day to a year.
pub const RETENTION_DAYS_RANGE: std::ops::RangeInclusive<u16> = 1..=366;

const IDLE_SETTING: &str = "idle_minutes";
const RETENTION_SETTING: &str = "retention_days";

/// The practice's own rules.
impl Desk {
    /// Minutes without a touch after which the desk locks.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::Damaged`].
    pub fn idle_minutes(&self) -> Result<u16, Error> {
        self.session.vault.read(|db| kept(db, IDLE_SETTING, IDLE_MINUTES))
    }

    /// Sets the minutes after which the desk locks, within [`IDLE_MINUTES_RANGE`].
    ///
    /// # Errors
    /// [`Error::OutOfRange`], [`Error::Vault`].
    pub fn set_idle_minutes(&mut self, minutes: u16) -> Result<(), Error> {
        if !IDLE_MINUTES_RANGE.contains(&minutes) {
            return Err(Error::OutOfRange);
        }
        self.session.vault.write(|db| setting::set_number(db, IDLE_SETTING, minutes.into()))
    }

    /// Days for which a settled case is kept.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::Damaged`].
    pub fn retention_days(&self) -> Result<u16, Error> {
        self.session.vault.read(retention_days)
    }

    /// Sets the days for which a settled case is kept, within [`RETENTION_DAYS_RANGE`]. What is over
    /// by the new rule goes at the next [`sweep`](Self::sweep).
    ///
    /// # Errors
    /// [`Error::OutOfRange`], [`Error::Vault`].
    pub fn set_retention_days(&mut self, days: u16) -> Result<(), Error> {
        if !RETENTION_DAYS_RANGE.contains(&days) {
            return Err(Error::OutOfRange);
        }
        self.session.vault.write(|db| setting::set_number(db, RETENTION_SETTING, days.into()))
    }
}

/// The days for which a settled case is kept in this vault.
pub(super) fn retention_days(db: &Connection) -> Result<u16, Error> {
    kept(db, RETENTION_SETTING, RETENTION_DAYS)
}

fn kept(db: &Connection, name: &str, standard: u16) -> Result<u16, Error> {
    setting::number(db, name)?
        .map_or(Ok(standard), |number| u16::try_from(number).map_err(|_| Error::Damaged))
}
