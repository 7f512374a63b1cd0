//! What practices put to the client in writing, what they say of themselves, and the client's word on
//! it. Nothing has to be said, and silence costs nothing.

use attune_cipher::rusqlite::Connection;
use zeroize::Zeroizing;

use super::Companion;
use super::practices::name_of;
use crate::error::Error;
use crate::lane::document::{ABOUT_LEN, EXTENSION_SINCE, IN_FLIGHT_LEN, WORDS_LEN};
use crate::lane::ids::TextId;
use crate::preview::PracticeId;
use crate::proposal::{ProposalAnswer, ProposalKind};
use crate::shared_choice::words_under_way;
use crate::table::about;
use crate::table::draft::{self, DraftOf};
use crate::table::pairing::{self, Pairing, Stage};
use crate::table::received_proposal::{self, ReceivedProposalRow};

/// A plan draft or a line for the file, as the phone shows it.
#[derive(Clone)]
pub struct Proposal {
    /// Which one.
    pub id: TextId,
    /// Who put it.
    pub practice: PracticeId,
    /// Their name.
    pub sender: String,
    /// What it is.
    pub kind: ProposalKind,
    /// The text.
    pub text: Zeroizing<String>,
    /// When this phone stored it, in milliseconds since 1970-01-01 UTC.
    pub stored_at: i64,
    /// It can be answered. If not, the practice is done with it, or the pairing is over.
    pub open: bool,
    /// What the client said to it.
    pub answer: Option<ProposalAnswer>,
    /// How it is to be changed, if they wrote that.
    pub words: Option<Zeroizing<String>>,
    /// The answer was given before this phone was brought back: it is not said until it is given
    /// again.
    pub waits: bool,
}

/// What a client says of themselves to one practice.
#[derive(Clone)]
pub struct OwnAbout {
    /// The text.
    pub text: Zeroizing<String>,
    /// It was shared before this phone was brought back: it is not said until it is shared again.
    pub waits: bool,
}

/// Why no words about oneself can be shared with a practice now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AboutWaitsFor {
    /// The other side has not answered the code yet, or the pairing is over.
    Link,
    /// The four words have not been compared.
    Comparison,
    /// Nothing came from their app yet that says what it can read, as right after pairing: a later sync brings it.
    FirstSync,
    /// Their app is too old to read it.
    NewerApp,
}

impl AboutWaitsFor {
    pub(super) fn of(pairing: &Pairing) -> Option<Self> {
        if pairing.stage != Stage::Active {
            Some(Self::Link)
        } else if !pairing.is_compared() {
            Some(Self::Comparison)
        } else if pairing.protocol >= EXTENSION_SINCE {
            None
        } else if pairing.have_version == 0 {
            Some(Self::FirstSync)
        } else {
            Some(Self::NewerApp)
        }
    }
}

/// Proposals.
impl Companion {
    /// What practices put to the client, newest first.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn proposals(&self) -> Result<Vec<Proposal>, Error> {
        self.session
            .vault
            .read(|db| received_proposal::all(db)?.into_iter().map(|row| show(db, row)).collect())
    }

    /// One proposal.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn proposal(&self, id: TextId) -> Result<Proposal, Error> {
        self.session.vault.read(|db| {
            let row = received_proposal::find(db, id)?;
            show(db, row.ok_or(Error::NotFound)?)
        })
    }

    /// Says something to a proposal, or with `None` takes back what was said. It leaves with the next
    /// sync; the last word counts. `words` say how it is to be changed: with `ChangeIt` alone, and
    /// blank ones are none. What was typed and not shared goes.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TooLate`] when the practice is done with it,
    /// [`Error::WordsTooLong`] over 1,200 bytes or when too many words are under way,
    /// [`Error::NotOffered`] for words with another answer, [`Error::NotCompared`] for words before
    /// the four words were compared, [`Error::Vault`].
    pub fn answer_proposal(
        &mut self,
        id: TextId,
        answer: Option<ProposalAnswer>,
        words: Option<&str>,
    ) -> Result<(), Error> {
        let words = words.map(str::trim).filter(|words| !words.is_empty());
        if words.is_some() && answer != Some(ProposalAnswer::ChangeIt) {
            return Err(Error::NotOffered);
        }
        let length = words.map_or(0, str::len);
        self.session.vault.write(|db| {
            let mut row = received_proposal::find(db, id)?.ok_or(Error::NotFound)?;
            let pairing = pairing::find(db, row.pairing)?;
            if !row.listed || pairing.stage != Stage::Active {
                return Err(Error::TooLate);
            }
            if words.is_some() && !pairing.is_compared() {
                return Err(Error::NotCompared);
            }
            let before = row.words.as_ref().map_or(0, |words| words.len());
            let under_way = words_under_way(db, pairing.id)?.saturating_sub(before) + length;
            if length > WORDS_LEN || (length > 0 && under_way > IN_FLIGHT_LEN) {
                return Err(Error::WordsTooLong);
            }
            row.answer = answer;
            row.words = words.map(|words| Zeroizing::new(words.to_owned()));
            row.answered_under = answer.map(|_| pairing.incarnation);
            received_proposal::save_answer(db, &row)?;
            draft::remove(db, DraftOf::Proposal(id))
        })
    }

    /// Erases a proposal from the phone, with what was said to it and what was typed. What the practice has, it has.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn erase_proposal(&mut self, id: TextId) -> Result<(), Error> {
        let erased = self.session.vault.write(|db| {
            draft::remove(db, DraftOf::Proposal(id))?;
            received_proposal::erase(db, id)
        })?;
        if erased { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// About me.
impl Companion {
    /// What a practice says of itself and of how it works, if it does.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn about_practice(&self, practice: PracticeId) -> Result<Option<Zeroizing<String>>, Error> {
        self.session.vault.read(|db| {
            pairing::find(db, practice.0)?;
            Ok(about::of(db, practice.0)?.theirs)
        })
    }

    /// What the client says of themselves to that practice, if they do.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn about_me(&self, practice: PracticeId) -> Result<Option<OwnAbout>, Error> {
        self.session.vault.read(|db| {
            let pairing = pairing::find(db, practice.0)?;
            let kept = about::of(db, practice.0)?;
            let waits = kept.own_under != Some(pairing.incarnation);
            Ok(kept.own.map(|text| OwnAbout { text, waits }))
        })
    }

    /// Shares a text about oneself with a practice, in place of the one before; an empty one takes it
    /// back. It leaves with the next sync. What was typed and not shared goes.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotCompared`], [`Error::NotReady`] for all else that
    /// [`Practice::about_waits_for`](super::Practice::about_waits_for) names,
    /// [`Error::WordsTooLong`] over 1,200 bytes or when too many words are under way,
    /// [`Error::Vault`].
    pub fn share_about_me(&mut self, practice: PracticeId, text: &str) -> Result<(), Error> {
        let text = text.trim();
        self.session.vault.write(|db| {
            let pairing = pairing::find(db, practice.0)?;
            let mut kept = about::of(db, practice.0)?;
            draft::remove(db, DraftOf::AboutMe(practice))?;
            if text.is_empty() {
                (kept.own, kept.own_under) = (None, None);
                return about::save(db, practice.0, &kept);
            }
            match AboutWaitsFor::of(&pairing) {
                None => {}
                Some(AboutWaitsFor::Comparison) => return Err(Error::NotCompared),
                Some(_) => return Err(Error::NotReady),
            }
            let before = kept.own.as_ref().map_or(0, |own| own.len());
            let under_way = words_under_way(db, practice.0)?.saturating_sub(before) + text.len();
            if text.len() > ABOUT_LEN || under_way > IN_FLIGHT_LEN {
                return Err(Error::WordsTooLong);
            }
            kept.own = Some(Zeroizing::new(text.to_owned()));
            kept.own_under = Some(pairing.incarnation);
            about::save(db, practice.0, &kept)
        })
    }
}

fn show(db: &Connection, row: ReceivedProposalRow) -> Result<Proposal, Error> {
    let pairing = pairing::find(db, row.pairing)?;
    let open = row.listed && pairing.stage == Stage::Active;
    Ok(Proposal {
        id: row.text_id,
        practice: PracticeId(row.pairing),
        sender: name_of(&pairing),
        kind: row.kind,
        text: row.text,
        stored_at: row.stored_at,
        open,
        answer: row.answer,
        words: row.words,
        waits: open && row.answer.is_some() && row.answered_under != Some(pairing.incarnation),
    })
}
