//! Practices: joining one, comparing words, what it offers, leaving it.

use attune_core::{PairingStage as CoreStage, Trouble as CoreTrouble, companion, practice};

use crate::error::AttuneError;
use crate::ids::PracticeId;
use crate::options::{AttestedTerms, PracticeRole, RepairOption, mirror};
use crate::proposals::AboutWaitsFor;
use crate::shows_its_name_only;
use crate::status::PracticeNotice;
use crate::time::{Instant, Now};
use crate::vault::Vault;

/// How far a pairing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PairingStage {
    /// The code was entered; the other side has not answered yet.
    Waiting,
    /// Choices and answers flow.
    Active,
    /// It is over.
    Ended,
}

mirror!(PairingStage, CoreStage { Waiting Active Ended });

/// How the last sync with a practice went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Trouble {
    /// It came through.
    None,
    /// No usable answer from the relay.
    Unreachable,
    /// The relay does not know the lane.
    Denied,
    /// What was there could not be read.
    Unreadable,
    /// The other side runs a newer version.
    NewerNeeded,
    /// The relay asked to come back later.
    Slow,
    /// The relay has no room.
    Full,
    /// The pairing code ran out, or was used already.
    CodeSpent,
    /// A second phone tried the code; the pairing was stopped.
    SecondClaim,
    /// A version number jumped beyond belief.
    VersionJump,
    /// The other side ended the pairing.
    Goodbye,
}

mirror!(Trouble, CoreTrouble {
    None Unreachable Denied Unreadable NewerNeeded Slow Full CodeSpent SecondClaim VersionJump Goodbye
});

/// How a pairing fares.
#[derive(Clone, Copy, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Health {
    /// How the last sync went.
    pub trouble: Trouble,
    /// The four words were compared under the other side's present installation.
    pub compared: bool,
    /// The other side was installed anew or restored since the words were compared.
    pub newcomer: bool,
    /// Two installations take turns: one of them may be somebody else's.
    pub two_phones: bool,
    /// A second phone tried the pairing code.
    pub second_claim: bool,
    /// When something last came through.
    pub reached_at: Option<Instant>,
}

/// What a practice says of itself.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct PracticeCard {
    /// Therapist or coordinator.
    pub role: PracticeRole,
    /// The name shown.
    pub name: String,
    /// The options offered, in the order in which they are shown.
    pub offered: Vec<RepairOption>,
    /// What a choice will not cost.
    pub terms: AttestedTerms,
    /// Who answers when the practice is late; may be empty.
    pub backup: String,
    /// What leaves the practice (records, insurers, courts), in its own words; may be empty.
    pub leaves_practice: String,
    /// Who introduced this practice, when it was not the clinic's own code.
    pub introduced_by: Option<String>,
}

/// A paired therapist or coordinator.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Practice {
    /// Which one.
    pub id: PracticeId,
    /// How far the pairing has come.
    pub stage: PairingStage,
    /// What the practice said of itself; none before its invitation was read.
    pub card: Option<PracticeCard>,
    /// The relay in use: its origin.
    pub relay: String,
    /// The name that the person chose for this practice to see; none if they chose none.
    pub chosen_name: Option<String>,
    /// How the pairing fares.
    pub health: Health,
    /// What there is to say of that, first of all; none if nothing.
    pub notice: Option<PracticeNotice>,
    /// Why no words about oneself can be shared with it now; none when they can.
    #[uniffi(default = None)]
    pub about_waits_for: Option<AboutWaitsFor>,
}

/// An option as it is offered.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct Offer {
    /// The option.
    pub option: RepairOption,
    /// Who it would go to. None for `Keep`, and for `RequestProvider` where no coordinator is paired: the phone then
    /// shows how to reach somebody outside the practice.
    pub practice: Option<PracticeId>,
    /// Their name.
    pub recipient: Option<String>,
    /// What it will not cost, as far as the practice attested it.
    pub terms: AttestedTerms,
}

shows_its_name_only! { Health PracticeCard Practice Offer }

impl From<practice::PracticeCard> for PracticeCard {
    fn from(card: practice::PracticeCard) -> Self {
        Self {
            role: card.role.into(),
            name: card.name,
            offered: card.offered.into_iter().map(Into::into).collect(),
            terms: card.terms.into(),
            backup: card.backup,
            leaves_practice: card.leaves_practice,
            introduced_by: card.introduced_by,
        }
    }
}

impl From<companion::Practice> for Practice {
    fn from(practice: companion::Practice) -> Self {
        let health = practice.health;
        Self {
            notice: practice.notice().map(Into::into),
            id: practice.id.into(),
            stage: practice.stage.into(),
            card: practice.card.map(Into::into),
            relay: practice.relay,
            chosen_name: practice.chosen_name,
            health: Health {
                trouble: health.trouble.into(),
                compared: health.compared,
                newcomer: health.newcomer,
                two_phones: health.two_phones,
                second_claim: health.second_claim,
                reached_at: health.reached_at.map(Instant::stored),
            },
            about_waits_for: practice.about_waits_for.map(Into::into),
        }
    }
}

impl From<companion::Offer> for Offer {
    fn from(offer: companion::Offer) -> Self {
        Self {
            option: offer.option.into(),
            practice: offer.practice.map(Into::into),
            recipient: offer.recipient,
            terms: offer.terms.into(),
        }
    }
}

/// Practices.
#[uniffi::export]
impl Vault {
    /// Starts a pairing with a code: a link, or eight words with the practice's relay beside them. The next syncs
    /// carry it out.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `BadCode`, `RelayNeeded`, or `WordsTooLong` for the name.
    pub fn join(
        &self,
        code: String,
        relay: Option<String>,
        chosen_name: Option<String>,
    ) -> Result<PracticeId, AttuneError> {
        self.with(|phone| {
            phone.join(&code, relay.as_deref(), chosen_name.as_deref()).map(Into::into)
        })
    }

    /// Every practice, oldest pairing first.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn practices(&self) -> Result<Vec<Practice>, AttuneError> {
        self.with(|phone| {
            let practices = phone.practices()?;
            Ok::<_, attune_core::Error>(practices.into_iter().map(Into::into).collect())
        })
    }

    /// One practice.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn practice(&self, id: PracticeId) -> Result<Practice, AttuneError> {
        self.with(|phone| phone.practice(id.into()).map(Into::into))
    }

    /// The four words to compare with the practice.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`, or `NotReady` before the pairing is done.
    pub fn comparison_words(&self, practice: PracticeId) -> Result<Vec<String>, AttuneError> {
        self.with(|phone| {
            let words = phone.words(practice.into())?;
            Ok::<_, attune_core::Error>(words.map(str::to_owned).to_vec())
        })
    }

    /// The person says that the words match, those that were shown.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`, `NotReady`, or `NotCompared` if they are not the words that are
    /// there now.
    pub fn confirm_words(
        &self,
        practice: PracticeId,
        shown: Vec<String>,
    ) -> Result<(), AttuneError> {
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        let shown = shown.as_slice().try_into().map_err(|_| AttuneError::BAD_INPUT)?;
        self.with(|phone| phone.confirm_words(practice.into(), shown))
    }

    /// Ends a pairing, at once and silently: keys, choices and notes of it go. A goodbye leaves with the next sync.
    ///
    /// # Errors
    /// `Closed`, `Storage`; `Declined` with `NotFound`.
    pub fn unpair(&self, practice: PracticeId, now: Now) -> Result<(), AttuneError> {
        let now = now.try_into()?;
        self.with(|phone| phone.unpair(practice.into(), now))
    }

    /// The options, in the order in which they are shown: `Keep` first, nothing preselected.
    ///
    /// # Errors
    /// `Closed`, `Storage`.
    pub fn offers(&self) -> Result<Vec<Offer>, AttuneError> {
        self.with(|phone| {
            let offers = phone.offers()?;
            Ok::<_, attune_core::Error>(offers.into_iter().map(Into::into).collect())
        })
    }
}
