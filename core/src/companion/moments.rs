//! Moments, as the phone keeps them. Nothing here leaves the phone.

use attune_cipher::rusqlite::Connection;
use chrono::{DateTime, FixedOffset};

use super::Companion;
use crate::error::Error;
use crate::misattunement::{self, Misattunement, MisattunementId};
use crate::repair::Pointer;
use crate::shared_choice;
use crate::sync::side::Now;

/// Moments. Nothing here leaves the phone.
impl Companion {
    /// Marks a moment.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn flag(&mut self, now: DateTime<FixedOffset>) -> Result<MisattunementId, Error> {
        self.session.vault.write(|db| misattunement::flag(db, now))
    }

    /// Undoes a mark: the moment is erased.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn undo(&mut self, id: MisattunementId) -> Result<(), Error> {
        self.erase_moment(id)
    }

    /// Keeps the person's own words with a moment, at most 500 characters; blank removes them.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::WordsTooLong`], [`Error::Vault`].
    pub fn set_note(&mut self, id: MisattunementId, note: Option<&str>) -> Result<(), Error> {
        self.session.vault.write(|db| misattunement::set_note(db, id, note))
    }

    /// Keeps a hint with a moment.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn set_pointer(
        &mut self,
        id: MisattunementId,
        pointer: Option<Pointer>,
    ) -> Result<(), Error> {
        self.session.vault.write(|db| misattunement::set_pointer(db, id, pointer))
    }

    /// One moment.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn moment(&self, id: MisattunementId) -> Result<Misattunement, Error> {
        self.session.vault.read(|db| misattunement::find(db, id))
    }

    /// Up to `limit` moments before `before`, newest first.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn moments(
        &self,
        before: Option<MisattunementId>,
        limit: u32,
    ) -> Result<Vec<Misattunement>, Error> {
        self.session.vault.read(|db| misattunement::page(db, before, limit))
    }

    /// Erases one moment. What was shared for it stays, without a link to it.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn erase_moment(&mut self, id: MisattunementId) -> Result<(), Error> {
        self.session.vault.write(|db| misattunement::erase(db, id))
    }

    /// Erases every moment.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn erase_moments(&mut self) -> Result<(), Error> {
        self.session.vault.write(misattunement::erase_all)
    }

    /// Days that a moment is kept; `None` when it is kept until it is erased.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn moment_days(&self) -> Result<Option<u16>, Error> {
        self.session.vault.read(misattunement::days)
    }

    /// Sets for how many days a moment is kept; `None` switches expiry off.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn set_moment_days(&mut self, days: Option<u16>) -> Result<(), Error> {
        self.session.vault.write(|db| misattunement::set_days(db, days))
    }

    /// Lets moments and end dates run out. Called on opening and at each sync.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn expire(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.session.vault.write(|db| expire(db, now))
    }
}

/// Lets moments and end dates run out.
pub(super) fn expire(db: &Connection, now: DateTime<FixedOffset>) -> Result<(), Error> {
    misattunement::expire(db, now)?;
    shared_choice::expire(db, Now::from(now).today)
}
