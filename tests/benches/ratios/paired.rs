//! A phone and a therapist's desk, paired over a relay in memory, with the system's randomness.

use attune_core::companion::Companion;
use attune_core::desk::Desk;
use attune_core::entropy::SystemEntropy;
use attune_core::practice::PracticeRole;
use attune_core::preview::{PracticeId, RepairChoice};
use attune_core::repair::RepairOption;
use chrono::{DateTime, FixedOffset};
use tempfile::TempDir;

use crate::harness::Outcome;
use crate::world::{OpenStore, Relay, card, monday, pair, sync};

pub(crate) struct Paired {
    pub(crate) relay: Relay,
    pub(crate) phone: Companion,
    pub(crate) desk: Desk,
    pub(crate) practice: PracticeId,
    /// Last, so that the vaults are closed when it goes.
    pub(crate) folder: TempDir,
}

impl Paired {
    /// The words are compared, and neither has anything to say.
    pub(crate) fn new() -> Outcome<Self> {
        let folder = TempDir::new()?;
        let (phone, desk) = (folder.path().join("phone"), folder.path().join("desk"));
        let entropy = || Box::new(SystemEntropy::new());
        let mut phone = Companion::create(&phone, &OpenStore, None, entropy())?;
        let card = card(PracticeRole::Therapist);
        let mut desk = Desk::create(&desk, &OpenStore, None, &card, entropy())?;
        let mut relay = Relay::default();
        let (practice, client) = pair(&mut phone, &mut desk, &mut relay, monday());
        phone.confirm_words(practice, &phone.words(practice).unwrap())?;
        desk.confirm_words(client, &desk.words(client).unwrap())?;
        sync(&mut phone, &mut relay, monday());
        sync(&mut desk, &mut relay, monday());
        sync(&mut phone, &mut relay, monday());
        Ok(Self { relay, phone, desk, practice, folder })
    }

    /// A choice for the therapist, previewed: the digest to share.
    pub(crate) fn preview(
        &mut self,
        replaces: Option<attune_core::lane::ids::CaseId>,
        now: DateTime<FixedOffset>,
    ) -> Outcome<[u8; 32]> {
        let choice = RepairChoice {
            option: RepairOption::WrittenFollowUp,
            practice: self.practice,
            moment: None,
            with_pointer: false,
            with_words: false,
            until: None,
            replaces,
        };
        Ok(self.phone.preview(&choice, now)?.digest)
    }
}
