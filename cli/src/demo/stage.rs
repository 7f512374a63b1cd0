//! The parties of the story, each with real files in a folder of its own, and the relay between them.

use std::path::{Path, PathBuf};

use attune_core::companion::{Choice, Companion};
use attune_core::desk::{Card, ClientId, CodeForm, Desk, InviteKind};
use attune_core::entropy::{SystemEntropy, random};
use attune_core::lane::ids::CaseId;
use attune_core::practice::{AttestedTerms, PracticeCard, PracticeRole};
use attune_core::preview::{PracticeId, Preview, RepairChoice};
use attune_core::repair::RepairOption;
use attune_core::vault::{FileKeyStore, KdfCost, Passphrase, STORE_FILE};
use attune_core::{Error, PairingStage};
use attune_relay::{Config, Relay, Row, Running, inspect};
use chrono::{DateTime, FixedOffset, Utc};
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::DemoError;
use super::road::{Frame, Road};
use crate::transport::{run_desk_sync, run_sync};

/// Rounds of syncs after which two sides that are at work must be paired.
const ROUNDS: usize = 6;
/// Lanes of two links.
pub(super) const LANES: usize = 4;

/// A folder with the key store that seals its vault, and the passphrase of that store.
struct Home {
    folder: PathBuf,
    store: FileKeyStore,
    passphrase: Zeroizing<String>,
}

impl Home {
    fn make(folder: PathBuf) -> Result<Self, DemoError> {
        let mut entropy = SystemEntropy::new();
        let passphrase = Zeroizing::new(hex(&random::<16>(&mut entropy).map_err(Error::from)?));
        let store = FileKeyStore::create(
            &folder.join(STORE_FILE),
            &Passphrase::new(passphrase.to_string()),
            KdfCost::STANDARD,
            &mut entropy,
        )?;
        Ok(Self { folder, store, passphrase })
    }
}

/// Everybody, and everything they wrote down.
pub(super) struct Stage {
    /// The therapist's desk.
    pub(super) therapist: Desk,
    /// The front desk.
    pub(super) front: Desk,
    /// When the story plays: one instant for all of it, so that no day passes in between.
    pub(super) now: DateTime<FixedOffset>,
    phone: Option<Companion>,
    phone_home: Home,
    relay: Running,
    // Last, so that everything in it is closed when it goes.
    folder: TempDir,
}

impl Stage {
    /// Starts a relay on a free port of this machine and makes three empty vaults.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn set(therapist: &str, front: &str) -> Result<Self, DemoError> {
        let folder = private_folder()?;
        let relay_folder = folder.path().join("relay");
        std::fs::create_dir(&relay_folder)?;
        let relay = Relay::start(Config::trial(relay_folder.join("relay.db")))?;
        // Each passphrase costs 64 MiB and a good part of a second: all three at one time.
        let home = |name: &str| {
            let folder = folder.path().join(name);
            std::thread::spawn(move || Home::make(folder))
        };
        let made = ["phone", "therapist", "front-desk"].map(home);
        let [phone_home, therapist_home, front_home] =
            made.map(|thread| thread.join().unwrap_or(Err(DemoError::Ended)));
        let phone_home = phone_home?;
        let desk = |home: Home, role, name: &str| -> Result<Desk, DemoError> {
            let card = practice_card(role, name, &relay.origin);
            let entropy = Box::new(SystemEntropy::new());
            Ok(Desk::create(&home.folder, &home.store, None, &card, entropy)?)
        };
        let entropy = Box::new(SystemEntropy::new());
        let phone = Companion::create(&phone_home.folder, &phone_home.store, None, entropy)?;
        Ok(Self {
            therapist: desk(therapist_home?, PracticeRole::Therapist, therapist)?,
            front: desk(front_home?, PracticeRole::Coordinator, front)?,
            now: DateTime::<Utc>::from(std::time::SystemTime::now()).fixed_offset(),
            phone: Some(phone),
            phone_home,
            relay,
            folder,
        })
    }

    /// The phone.
    ///
    /// # Errors
    /// [`DemoError::Ended`] while another process has its vault.
    pub(super) fn phone(&mut self) -> Result<&mut Companion, DemoError> {
        self.phone.as_mut().ok_or(DemoError::Ended)
    }

    /// Closes the phone's vault, so that another process can open it. Its folder and passphrase.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn put_phone_down(&mut self) -> Result<(&Path, &str), DemoError> {
        self.phone.take().ok_or(DemoError::Ended)?.close()?;
        Ok((&self.phone_home.folder, &self.phone_home.passphrase))
    }

    /// Opens the phone's vault again.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn take_phone_up(&mut self) -> Result<(), DemoError> {
        let Home { folder, store, .. } = &self.phone_home;
        self.phone = Some(Companion::open(folder, store, None, Box::new(SystemEntropy::new()))?);
        Ok(())
    }

    /// The folder of the phone's files.
    pub(super) fn phone_folder(&self) -> &Path {
        &self.phone_home.folder
    }

    /// The folder of the relay's files.
    pub(super) fn relay_folder(&self) -> PathBuf {
        self.folder.path().join("relay")
    }

    /// The relay's database.
    pub(super) fn relay_database(&self) -> PathBuf {
        self.relay_folder().join("relay.db")
    }

    /// All lanes of the relay, as its file has them now.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn relay_rows(&self) -> Result<Vec<Row>, DemoError> {
        Ok(inspect(&self.relay_database())?)
    }

    /// Links the phone with both desks, by as many syncs as that takes: with the therapist's by eight
    /// words, with the front desk's by a link.
    ///
    /// # Errors
    /// [`DemoError::Ended`] if they do not come together.
    pub(super) fn link(&mut self, client_name: &str) -> Result<Links, DemoError> {
        let now = self.now;
        let with_words = self.therapist.invite(InviteKind::Live, CodeForm::Words, now)?;
        let with_link = self.front.invite(InviteKind::Live, CodeForm::Link, now)?;
        self.sync_desks()?;
        let relay = self.relay.origin.clone();
        let phone = self.phone()?;
        let therapist = phone.join(&with_words.code, Some(&relay), Some(client_name))?;
        let front = phone.join(&with_link.code, None, Some(client_name))?;
        for _ in 0..ROUNDS {
            self.sync_phone()?;
            self.sync_desks()?;
            // Once the lanes that the codes led to are closed, only the links' own are left.
            if self.is_linked()? && self.relay_rows()?.len() == LANES {
                self.sync_phone()?;
                self.sync_desks()?;
                let quiet = self.sync_phone()?;
                let (client, code) = (with_words.client, with_words.code);
                return Ok(Links { therapist, front, client, code, quiet });
            }
        }
        Err(DemoError::Ended)
    }

    fn is_linked(&mut self) -> Result<bool, DemoError> {
        let active = |stage: PairingStage| stage == PairingStage::Active;
        Ok(self.phone()?.practices()?.iter().all(|practice| active(practice.stage))
            && self.therapist.clients()?.iter().all(|client| active(client.stage))
            && self.front.clients()?.iter().all(|client| active(client.stage)))
    }

    /// The phone syncs. Returns its frames.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn sync_phone(&mut self) -> Result<Vec<Frame>, DemoError> {
        let (now, mut road) = (self.now, Road::new());
        run_sync(self.phone()?, &mut road, now)?;
        Ok(road.into_frames())
    }

    /// Both desks sync.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn sync_desks(&mut self) -> Result<(), DemoError> {
        run_desk_sync(&mut self.therapist, self.now)?;
        run_desk_sync(&mut self.front, self.now)?;
        Ok(())
    }

    /// The phone syncs, but the relay's answer to its first upload gets lost.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn sync_phone_with_a_lost_answer(&mut self) -> Result<(), DemoError> {
        let now = self.now;
        run_sync(self.phone()?, &mut Road::that_loses_an_answer(), now)?;
        Ok(())
    }

    /// The desk of that role.
    pub(super) fn desk(&mut self, role: PracticeRole) -> &mut Desk {
        match role {
            PracticeRole::Therapist => &mut self.therapist,
            PracticeRole::Coordinator => &mut self.front,
        }
    }

    /// The open cards of a desk.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn inbox(&mut self, role: PracticeRole) -> Result<Vec<Card>, DemoError> {
        let now = self.now;
        Ok(self.desk(role).inbox(now)?)
    }

    /// A choice as the phone shows it.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn choice(&mut self, case: CaseId) -> Result<Choice, DemoError> {
        let now = self.now;
        Ok(self.phone()?.choice(case, now)?)
    }

    /// Previews an option without a moment.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn preview(
        &mut self,
        option: RepairOption,
        practice: PracticeId,
    ) -> Result<Preview, DemoError> {
        let now = self.now;
        Ok(self.phone()?.preview(&plain(option, practice), now)?)
    }

    /// Previews an option and shares it.
    ///
    /// # Errors
    /// [`DemoError`].
    pub(super) fn share(
        &mut self,
        option: RepairOption,
        practice: PracticeId,
    ) -> Result<CaseId, DemoError> {
        let preview = self.preview(option, practice)?;
        let now = self.now;
        Ok(self.phone()?.share(&preview.digest, now)?)
    }

    /// Closes everything and removes the folders.
    ///
    /// # Errors
    /// [`DemoError`]: something could not be closed well.
    pub(super) fn strike(self) -> Result<(), DemoError> {
        let Self { therapist, front, phone, relay, folder, .. } = self;
        relay.stop()?;
        therapist.close()?;
        front.close()?;
        phone.map_or(Ok(()), Companion::close)?;
        Ok(folder.close()?)
    }
}

/// The links that were made.
pub(super) struct Links {
    /// The therapist, on the phone.
    pub(super) therapist: PracticeId,
    /// The front desk, on the phone.
    pub(super) front: PracticeId,
    /// The client, on the therapist's desk.
    pub(super) client: ClientId,
    /// The eight words that the therapist's desk showed; they are of no more use.
    pub(super) code: Zeroizing<String>,
    /// The frames of a sync at which the phone had nothing to say.
    pub(super) quiet: Vec<Frame>,
}

/// An option with every switch off.
pub(super) const fn plain(option: RepairOption, practice: PracticeId) -> RepairChoice {
    RepairChoice {
        option,
        practice,
        moment: None,
        with_pointer: false,
        with_words: false,
        until: None,
        replaces: None,
    }
}

/// A new folder for temporary files that nobody else on this machine can look into.
fn private_folder() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("attune-demo-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

/// Bytes in hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn practice_card(role: PracticeRole, name: &str, relay: &str) -> PracticeCard {
    PracticeCard {
        role,
        name: name.to_owned(),
        offered: PracticeCard::options_of(role).collect(),
        deadlines: attune_core::due::Deadlines::default(),
        week: attune_core::due::WorkingWeek::default(),
        terms: AttestedTerms::default(),
        backup: String::new(),
        leaves_practice: String::new(),
        relays: vec![relay.to_owned()],
        introduced_by: None,
    }
}
