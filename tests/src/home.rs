//! A folder with one vault, and beside it the key store in a file that seals the vault's key.

use std::path::{Path, PathBuf};

use attune_core::Error;
use attune_core::companion::Companion;
use attune_core::desk::Desk;
use attune_core::due::{Deadlines, WorkingWeek};
use attune_core::entropy::SystemEntropy;
use attune_core::practice::{AttestedTerms, PracticeCard, PracticeRole};
use attune_core::vault::{FileKeyStore, KdfCost, Passphrase, STORE_FILE};

use crate::place::ORIGIN;

/// The passphrase of every key store.
const PHRASE: &str = "a passphrase for trials";

/// One folder: `vault.db`, `vault.key`, `store.key`.
#[derive(Debug, Clone)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    /// The home in `folder`, whether or not anything is there.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The key store, opened; made if it is missing, at the least cost there is.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[must_use]
    pub fn store(&self) -> FileKeyStore {
        let path = self.folder.join(STORE_FILE);
        let phrase = Passphrase::new(PHRASE.to_owned());
        if FileKeyStore::exists(&path) {
            return FileKeyStore::open(&path, &phrase).unwrap();
        }
        FileKeyStore::create(&path, &phrase, KdfCost::LEAST, &mut SystemEntropy::new()).unwrap()
    }

    /// A new phone.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn new_phone(&self) -> Companion {
        Companion::create(&self.folder, &self.store(), None, entropy()).unwrap()
    }

    /// The phone of this home.
    ///
    /// # Errors
    /// As [`Companion::open`].
    pub fn open_phone(&self) -> Result<Companion, Error> {
        Companion::open(&self.folder, &self.store(), None, entropy())
    }

    /// A new desk.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn new_desk(&self, card: &PracticeCard) -> Desk {
        Desk::create(&self.folder, &self.store(), None, card, entropy()).unwrap()
    }

    /// The desk of this home.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_desk(&self) -> Result<Desk, Error> {
        Desk::open(&self.folder, &self.store(), None, entropy())
    }
}

/// Randomness from the system.
#[must_use]
pub fn entropy() -> Box<SystemEntropy> {
    Box::new(SystemEntropy::new())
}

/// A practice's card with every option of its role, at the one relay.
#[must_use]
pub fn card(role: PracticeRole, name: &str) -> PracticeCard {
    PracticeCard {
        role,
        name: name.to_owned(),
        offered: PracticeCard::options_of(role).collect(),
        deadlines: Deadlines::default(),
        week: WorkingWeek::MONDAY_TO_FRIDAY,
        terms: AttestedTerms { no_fee: true, ..AttestedTerms::default() },
        backup: "Noa Brand".to_owned(),
        leaves_practice: "Dates go to your insurer.".to_owned(),
        relays: vec![ORIGIN.to_owned()],
        introduced_by: None,
    }
}
