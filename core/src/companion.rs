//! The client's phone: everything a shell can ask of it.
//!
//! A shell shows what this says and passes on what the person did; it decides nothing.

mod choices;
mod drafts;
mod moments;
mod practices;
mod proposals;
mod restored;
mod status;

use std::path::Path;

use chrono::{DateTime, FixedOffset};

use crate::entropy::Entropy;
use crate::error::Error;
use crate::session::Session;
use crate::shared_choice::PhoneSide;
use crate::sync::{SyncAnswer, SyncRequest};
use crate::vault::{KeyStore, Passphrase, Vault};
use moments::expire;

pub use crate::table::draft::DraftOf;
pub use choices::{Choice, FollowUp, WaitsFor};
pub use practices::{Offer, Practice};
pub use proposals::{AboutWaitsFor, OwnAbout, Proposal};
pub use restored::Restored;
pub use status::{PracticeNotice, StatusLine};

/// The phone's side of Attune, over one unlocked vault.
pub struct Companion {
    session: Session,
}

static SIDE: PhoneSide = PhoneSide;

/// Opening and closing.
impl Companion {
    /// Makes a new vault.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn create(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        entropy: Box<dyn Entropy>,
    ) -> Result<Self, Error> {
        let session = Session::begin(dir, store, passcode, &SIDE, entropy, |_| Ok(()))?;
        Ok(Self { session })
    }

    /// Opens the vault in `dir`.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::WrongSide`].
    pub fn open(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        entropy: Box<dyn Entropy>,
    ) -> Result<Self, Error> {
        let vault = Vault::open(dir, store, passcode)?;
        Ok(Self { session: Session::resume(vault, &SIDE, entropy)? })
    }

    /// Takes over an open vault, as one that was brought back from a copy: nothing shared leaves that until the
    /// person has said so again.
    ///
    /// # Errors
    /// [`Error::WrongSide`], [`Error::Vault`].
    pub fn bring_back(vault: Vault, entropy: Box<dyn Entropy>) -> Result<Self, Error> {
        Ok(Self { session: Session::resume(vault, &SIDE, entropy)? })
    }

    /// The vault below, for copies, passcodes and checks.
    #[must_use]
    pub fn vault(&mut self) -> &mut Vault {
        &mut self.session.vault
    }

    /// The vault below and the source of randomness, for what needs both.
    #[must_use]
    pub fn vault_and_entropy(&mut self) -> (&mut Vault, &mut dyn Entropy) {
        (&mut self.session.vault, &mut *self.session.entropy)
    }

    /// Closes the vault: no lock and no side file remains.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn close(self) -> Result<(), Error> {
        self.session.close()
    }
}

/// Sync. The shell sends what it is given, and brings the answer.
impl Companion {
    /// Starts a sync.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn sync_begin(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.session.sync_begin(now, |db| expire(db, now))
    }

    /// The next request; `None` when the sync is done.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::Entropy`], [`Error::Damaged`].
    pub fn sync_next(&mut self) -> Result<Option<SyncRequest>, Error> {
        self.session.sync_next()
    }

    /// Brings the answer to the request that [`sync_next`](Self::sync_next) gave last.
    ///
    /// # Errors
    /// [`Error::NotWaiting`], [`Error::Vault`].
    pub fn sync_feed(
        &mut self,
        now: DateTime<FixedOffset>,
        answer: SyncAnswer<'_>,
    ) -> Result<(), Error> {
        self.session.sync_feed(now, answer)
    }
}
