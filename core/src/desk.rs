//! The desk of a therapist or a coordinator: everything its page or a terminal can ask of it.

mod cards;
mod clients;
pub mod house_rules;
pub(crate) mod proposals;
mod readable;
mod work;
mod worksheet;

use std::path::Path;

use attune_cipher::rusqlite::Connection;
use attune_wire::{GrantKey, canonical_origin};
use chrono::{DateTime, FixedOffset};

use crate::entropy::Entropy;
use crate::error::Error;
use crate::followup::burden::Reader;
use crate::pairing::messages::{decode_card, encode_card};
use crate::practice::PracticeCard;
use crate::received_choice::DeskSide;
use crate::session::Session;
use crate::sync::request::GRANT_SETTING;
use crate::sync::side::Now;
use crate::sync::{RELAY_SETTING, SyncAnswer, SyncRequest};
use crate::table::{proposal, received_choice, setting, work_item};
use crate::vault::{KeyStore, Passphrase, Vault};

pub use cards::{Card, CardEnd};
pub use clients::{Client, ClientId, CodeForm, Invitation, InviteKind};
pub use proposals::{Proposal, ProposalStage};
pub use work::{Correction, CorrectionId, WorkItem, WorkItemId, WorkItemKind};
pub use worksheet::{FIELD_LEN, Worksheet};

/// The desk's side of Attune, over one unlocked vault.
pub struct Desk {
    session: Session,
    reader: Option<&'static dyn Reader>,
}

static SIDE: DeskSide = DeskSide;
const CARD_SETTING: &str = "card";
/// Days for which a case that the client no longer lists is kept (docs/protocol.md, "Rules").
const UNLISTED_DAYS: u32 = 30;

/// Opening, settings and closing.
impl Desk {
    /// Makes a new desk with the card that its invitations will show.
    ///
    /// # Errors
    /// [`Error::Card`], [`Error::Vault`].
    pub fn create(
        dir: &Path,
        store: &dyn KeyStore,
        passcode: Option<&Passphrase>,
        card: &PracticeCard,
        entropy: Box<dyn Entropy>,
    ) -> Result<Self, Error> {
        card.check()?;
        let session =
            Session::begin(dir, store, passcode, &SIDE, entropy, |db| keep_card(db, card))?;
        Ok(Self { session, reader: None })
    }

    /// Opens the desk in `dir`.
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
        Ok(Self { session: Session::resume(vault, &SIDE, entropy)?, reader: None })
    }

    /// Takes over a vault that was brought back from a copy. Choices and receipts go on; notes wait
    /// until the words were compared again.
    ///
    /// # Errors
    /// [`Error::WrongSide`], [`Error::Vault`].
    pub fn bring_back(vault: Vault, entropy: Box<dyn Entropy>) -> Result<Self, Error> {
        Ok(Self { session: Session::resume(vault, &SIDE, entropy)?, reader: None })
    }

    /// Has every note read a second time, from now on until this desk is closed.
    pub fn read_notes_with(&mut self, reader: &'static dyn Reader) {
        self.reader = Some(reader);
    }

    /// What invitations show of this practice.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::Damaged`].
    pub fn card(&self) -> Result<PracticeCard, Error> {
        let bytes = self.session.vault.read(|db| setting::bytes(db, CARD_SETTING))?;
        decode_card(&bytes.ok_or(Error::Damaged)?).map_err(|_| Error::Damaged)
    }

    /// Changes what invitations show. The first relay of its list is the one in use: a change of
    /// that moves every pairing's lanes, step by step, at the next syncs.
    ///
    /// # Errors
    /// [`Error::Card`], [`Error::Vault`].
    pub fn set_card(&mut self, card: &PracticeCard) -> Result<(), Error> {
        card.check()?;
        self.session.vault.write(|db| keep_card(db, card))
    }

    /// Keeps the grant that lets this desk open lanes at its relay.
    ///
    /// # Errors
    /// [`Error::Grant`] if the text is no grant, [`Error::Vault`].
    pub fn set_grant(&mut self, grant: &str) -> Result<(), Error> {
        let grant = checked_grant(grant)?;
        self.session.vault.write(|db| setting::set_bytes(db, GRANT_SETTING, grant.as_bytes()))
    }

    /// Lets go of what is settled, after the days that the practice set, and of what the client has
    /// not listed for 30. Called on opening.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn sweep(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.session.vault.write(|db| sweep(db, now))
    }

    /// The vault below, for copies, passcodes and checks.
    #[must_use]
    pub fn vault(&mut self) -> &mut Vault {
        &mut self.session.vault
    }

    /// Closes the vault: no lock and no side file remains.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn close(self) -> Result<(), Error> {
        self.session.close()
    }
}

/// Sync.
impl Desk {
    /// Starts a sync.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn sync_begin(&mut self, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.session.sync_begin(now, |db| sweep(db, now))
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

/// A relay's address as a card may list it.
///
/// # Errors
/// [`Error::RelayNeeded`].
pub fn relay_origin(text: &str) -> Result<String, Error> {
    canonical_origin(text).map_err(|_| Error::RelayNeeded)
}

/// A relay's grant as it was printed, without what stands around it: before there is a desk to keep it.
///
/// # Errors
/// [`Error::Grant`].
pub fn checked_grant(text: &str) -> Result<&str, Error> {
    let grant = text.trim();
    GrantKey::from_text(grant).map_err(|_| Error::Grant)?;
    Ok(grant)
}

fn keep_card(db: &Connection, card: &PracticeCard) -> Result<(), Error> {
    let bytes = encode_card(card).map_err(|_| Error::Seal)?;
    let relay = card.relays.first().ok_or(Error::RelayNeeded)?;
    setting::set_bytes(db, CARD_SETTING, &bytes)?;
    setting::set_bytes(db, RELAY_SETTING, relay.as_bytes())
}

fn sweep(db: &Connection, now: DateTime<FixedOffset>) -> Result<(), Error> {
    let today = Now::from(now).today;
    let settled = today.saturating_sub(house_rules::retention_days(db)?.into());
    received_choice::remove_over_before(db, settled, today.saturating_sub(UNLISTED_DAYS))?;
    proposal::remove_closed_before(db, settled)?;
    work_item::remove_done_before(db, settled)
}
