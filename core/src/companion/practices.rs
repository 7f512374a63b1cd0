//! Practices: joining one, comparing words, what it offers, leaving it.

use chrono::{DateTime, FixedOffset};
use zeroize::Zeroizing;

use super::{AboutWaitsFor, Companion};
use crate::error::Error;
use crate::lane::ids::Incarnation;
use crate::pairing::code::PairingCode;
use crate::pairing::messages::{NAME_CHARS, decode_card};
use crate::pairing::schedule::InviteSecret;
use crate::practice::{AttestedTerms, PracticeCard};
use crate::preview::PracticeId;
use crate::repair::RepairOption;
use crate::session::{Health, PairingStage};
use crate::table::pairing::{self, Pairing, Stage};

/// A paired therapist or coordinator, as the phone shows them.
#[derive(Debug, Clone)]
pub struct Practice {
    /// Which one.
    pub id: PracticeId,
    /// How far the pairing has come.
    pub stage: PairingStage,
    /// What the practice said of itself; nothing before its invitation was read.
    pub card: Option<PracticeCard>,
    /// The relay in use.
    pub relay: String,
    /// The name that the person chose for this practice to see; none if they chose none.
    pub chosen_name: Option<String>,
    /// How the pairing fares.
    pub health: Health,
    /// Why no words about oneself can be shared with it now; `None` when they can.
    pub about_waits_for: Option<AboutWaitsFor>,
}

/// An option as it is offered.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The option.
    pub option: RepairOption,
    /// Who it would go to. `None` for `Keep`, and for `RequestProvider` where no coordinator is
    /// paired: the phone then shows how to reach somebody outside the practice.
    pub practice: Option<PracticeId>,
    /// Their name.
    pub recipient: Option<String>,
    /// What it will not cost, as far as the practice attested it.
    pub terms: AttestedTerms,
}

/// Practices.
impl Companion {
    /// Starts a pairing with a code; the next syncs carry it out. A code of eight words needs the
    /// practice's relay beside it.
    ///
    /// # Errors
    /// [`Error::Code`], [`Error::RelayNeeded`], [`Error::WordsTooLong`] for the name,
    /// [`Error::Vault`].
    pub fn join(
        &mut self,
        code: &str,
        relay: Option<&str>,
        chosen_name: Option<&str>,
    ) -> Result<PracticeId, Error> {
        let name = chosen_name.map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().count() > NAME_CHARS) {
            return Err(Error::WordsTooLong);
        }
        let code = PairingCode::parse(code)?;
        let relay = match &code {
            PairingCode::Link { origin, .. } => origin.clone(),
            PairingCode::Words { .. } => relay
                .and_then(|relay| attune_wire::canonical_origin(relay).ok())
                .ok_or(Error::RelayNeeded)?,
        };
        let relay_id = attune_wire::RelayId::of_origin(&relay);
        let sk0 = InviteSecret::derive(code.seed(), &relay_id)
            .map_err(|_| crate::vault::VaultError::Io(std::io::ErrorKind::OutOfMemory))?;
        let incarnation = Incarnation::generate(&mut *self.session.entropy)?;
        let mut pairing = Pairing::new(Stage::Joining, relay, incarnation);
        pairing.sk0 = Some(Zeroizing::new(*sk0.as_bytes()));
        pairing.chosen_name = name.map(ToOwned::to_owned);
        self.session.vault.write(|db| pairing::add(db, &mut pairing))?;
        Ok(PracticeId(pairing.id))
    }

    /// Every practice, oldest pairing first.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn practices(&self) -> Result<Vec<Practice>, Error> {
        let pairings = self.session.vault.read(pairing::all)?;
        Ok(pairings.iter().map(view).collect())
    }

    /// One practice.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn practice(&self, practice: PracticeId) -> Result<Practice, Error> {
        Ok(view(&self.session.pairing(practice.0)?))
    }

    /// The four words to compare with the practice.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotReady`] before the pairing is done.
    pub fn words(&self, practice: PracticeId) -> Result<[&'static str; 4], Error> {
        self.session.words(practice.0)
    }

    /// The person says that the words match.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotReady`], [`Error::NotCompared`] if the words have changed
    /// since they were shown, [`Error::Vault`].
    pub fn confirm_words(&mut self, practice: PracticeId, shown: &[&str; 4]) -> Result<(), Error> {
        self.session.confirm_words(practice.0, shown)
    }

    /// Ends a pairing, at once and silently: keys, choices and notes of it go. A goodbye leaves
    /// with the next sync.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn unpair(
        &mut self,
        practice: PracticeId,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        self.session.unpair(practice.0, now)
    }

    /// The options, in the order in which they are shown: `Keep` first, nothing preselected.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn offers(&self) -> Result<Vec<Offer>, Error> {
        let practices = self.practices()?;
        let none = AttestedTerms::default();
        let mut offers = Vec::new();
        for option in RepairOption::ALL {
            let before = offers.len();
            for practice in practices.iter().filter(|p| p.stage == PairingStage::Active) {
                let Some(card) = practice.card.as_ref() else { continue };
                if card.offered.contains(&option) {
                    offers.push(Offer {
                        option,
                        practice: Some(practice.id),
                        recipient: Some(card.name.clone()),
                        terms: card.terms,
                    });
                }
            }
            let elsewhere = matches!(option, RepairOption::Keep | RepairOption::RequestProvider);
            if elsewhere && offers.len() == before {
                offers.push(Offer { option, practice: None, recipient: None, terms: none });
            }
        }
        Ok(offers)
    }
}

fn view(pairing: &Pairing) -> Practice {
    Practice {
        id: PracticeId(pairing.id),
        stage: PairingStage::of(pairing),
        card: pairing.card.as_deref().and_then(|card| decode_card(card).ok()),
        relay: pairing.relay.clone(),
        chosen_name: pairing.chosen_name.clone(),
        health: Health::of(pairing),
        about_waits_for: AboutWaitsFor::of(pairing),
    }
}

pub(super) fn name_of(pairing: &Pairing) -> String {
    view(pairing).card.map(|card| card.name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;
    use crate::vault::{FileKeyStore, KdfCost, Passphrase, STORE_FILE};

    #[test]
    fn a_practice_shows_the_name_that_the_person_chose_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let phrase = Passphrase::new("of the store".to_owned());
        let path = folder.path().join(STORE_FILE);
        let entropy = &mut SystemEntropy::new();
        let store = FileKeyStore::create(&path, &phrase, KdfCost::LEAST, entropy).unwrap();
        let entropy = Box::new(SystemEntropy::new());
        let mut phone = Companion::create(folder.path(), &store, None, entropy).unwrap();
        let words = "abandon ability able about above absent absorb abstract";
        for (name, kept) in [(Some(" Sam "), Some("Sam")), (Some(" "), None), (None, None)] {
            let id = phone.join(words, Some("https://relay.example"), name).unwrap();
            let practices = phone.practices().unwrap();
            let joined = practices.iter().find(|practice| practice.id == id).unwrap();
            assert_eq!(joined.chosen_name.as_deref(), kept);
        }
    }
}
