//! What the practice puts to a client in writing, and the practice's own card in words.

use chrono::{DateTime, FixedOffset};
use zeroize::Zeroizing;

use super::{ClientId, Desk};
use crate::error::Error;
use crate::lane::document::{ABOUT_LEN, EXTENSION_SINCE, Kind, NoticeState, PROPOSALS, TEXT_LEN};
use crate::lane::ids::TextId;
use crate::practice::PracticeRole;
use crate::proposal::{ProposalAnswer, ProposalKind};
use crate::repair::RepairOption;
use crate::session::Session;
use crate::sync::side::Now;
use crate::table::pairing::{self, Pairing, Stage};
use crate::table::proposal::{self, ProposalRow};
use crate::table::received_choice;
use crate::table::{about, setting};

const ABOUT_SETTING: &str = "about";

/// Where a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalStage {
    /// It leaves with a next sync.
    OnItsWay,
    /// It waits until the four words were compared.
    WaitsForWords,
    /// The client wants no contact until the two meet: it waits until that is over.
    WaitsForContact,
    /// The client's app cannot show it yet: it waits until that was updated.
    WaitsForApp,
    /// The phone has it. That says nothing of whether a person read it.
    Arrived,
    /// The therapist is done with it; the client is not asked any more.
    Closed,
}

/// A plan draft or a line for the file, put to a client.
#[derive(Clone)]
pub struct Proposal {
    /// Which one.
    pub id: TextId,
    /// Whose.
    pub client: ClientId,
    /// The name they chose, if they chose one.
    pub client_name: Option<String>,
    /// What it is.
    pub kind: ProposalKind,
    /// The text.
    pub text: Zeroizing<String>,
    /// Where it is.
    pub stage: ProposalStage,
    /// What the client says to it. Nothing said is neither yes nor no.
    pub answer: Option<ProposalAnswer>,
    /// How it is to be changed, if they wrote that.
    pub words: Option<Zeroizing<String>>,
}

/// Proposals.
impl Desk {
    /// What was put to clients, the oldest first.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn proposals(&self) -> Result<Vec<Proposal>, Error> {
        self.session.vault.read(|db| {
            proposal::all(db)?
                .into_iter()
                .map(|row| {
                    let pairing = pairing::find(db, row.pairing)?;
                    let quiet = wants_no_contact(db, pairing.id)?;
                    Ok(show(row, &pairing, quiet))
                })
                .collect()
        })
    }

    /// Puts a text to a client. It leaves with the next sync, once the four words were compared. With
    /// `replaces`, that one is closed: a changed wording is a new proposal, which nobody has said
    /// anything to yet. A text that is put already stays the one that it is.
    ///
    /// # Errors
    /// [`Error::OtherRole`] on a front desk, [`Error::NotFound`], [`Error::NotReady`] if the pairing is not active,
    /// [`Error::NoteNotAllowed`] while the client wants no contact, [`Error::TextEmpty`],
    /// [`Error::TextTooLong`] over 4,800 bytes, [`Error::TooManyOpen`] with eight open already,
    /// [`Error::Vault`].
    pub fn propose(
        &mut self,
        client: ClientId,
        kind: ProposalKind,
        text: &str,
        replaces: Option<TextId>,
        now: DateTime<FixedOffset>,
    ) -> Result<TextId, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::TextEmpty);
        }
        if text.len() > TEXT_LEN {
            return Err(Error::TextTooLong);
        }
        self.therapist_only()?;
        let Session { vault, entropy, .. } = &mut self.session;
        vault.write(|db| {
            if pairing::find(db, client.0)?.stage != Stage::Active {
                return Err(Error::NotReady);
            }
            if wants_no_contact(db, client.0)? {
                return Err(Error::NoteNotAllowed);
            }
            // A button that was pressed twice puts a text once.
            let open = proposal::open_of(db, client.0)?;
            let twice = open.into_iter().find(|open| {
                Some(open.text_id) != replaces && open.kind == kind && open.text.as_str() == text
            });
            if let Some(same) = twice {
                return Ok(same.text_id);
            }
            if let Some(old) = replaces {
                let mut old = proposal::find(db, old)?
                    .filter(|old| old.pairing == client.0 && old.closed_day.is_none())
                    .ok_or(Error::NotFound)?;
                old.closed_day = Some(Now::from(now).today);
                proposal::save(db, &old)?;
            }
            if proposal::open_of(db, client.0)?.len() >= PROPOSALS {
                return Err(Error::TooManyOpen);
            }
            let text_id = TextId::generate(&mut **entropy)?;
            let row = ProposalRow {
                text_id,
                pairing: client.0,
                kind,
                text: Zeroizing::new(text.to_owned()),
                text_stored: false,
                answer: None,
                words: None,
                made_at: now.timestamp_millis(),
                closed_day: None,
            };
            proposal::save(db, &row)?;
            Ok(text_id)
        })
    }

    /// The therapist is done with a proposal: the client is not asked any more. It goes with the
    /// days that the practice set for settled cases.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn close_proposal(&mut self, id: TextId, now: DateTime<FixedOffset>) -> Result<(), Error> {
        self.session.vault.write(|db| {
            let mut row = proposal::find(db, id)?.ok_or(Error::NotFound)?;
            row.closed_day = row.closed_day.or(Some(Now::from(now).today));
            proposal::save(db, &row)
        })
    }

    /// Erases a closed proposal.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotReady`] while it is open, [`Error::Vault`].
    pub fn remove_proposal(&mut self, id: TextId) -> Result<(), Error> {
        self.session.vault.write(|db| {
            let row = proposal::find(db, id)?.ok_or(Error::NotFound)?;
            if row.closed_day.is_none() {
                return Err(Error::NotReady);
            }
            proposal::remove(db, id)
        })
    }
}

/// A wish of theirs that holds every word back.
impl Desk {
    /// Whether the client wants no calls and no notes until the two meet: then nothing can be sent to
    /// them, whatever their other cards ask for.
    ///
    /// # Errors
    /// [`Error::Vault`].
    pub fn wants_no_contact(&self, client: ClientId) -> Result<bool, Error> {
        self.session.vault.read(|db| wants_no_contact(db, client.0))
    }
}

/// What the practice says of itself and of how it works, and what a client says of themselves.
impl Desk {
    /// The practice's own words about itself.
    ///
    /// # Errors
    /// [`Error::Vault`], [`Error::Damaged`].
    pub fn about(&self) -> Result<Option<String>, Error> {
        self.session.vault.read(|db| Ok(about_text(db)?.map(|(_, text)| text)))
    }

    /// Sets them; every client whose words were compared gets them with a next sync, and one who wants
    /// no contact once that is over. Empty takes them away again.
    ///
    /// # Errors
    /// [`Error::OtherRole`] on a front desk, [`Error::TextTooLong`] over 1,200 bytes, [`Error::Vault`].
    pub fn set_about(&mut self, text: &str) -> Result<(), Error> {
        let text = text.trim();
        if text.len() > ABOUT_LEN {
            return Err(Error::TextTooLong);
        }
        if self.about()?.unwrap_or_default() == text {
            return Ok(());
        }
        if !text.is_empty() {
            self.therapist_only()?;
        }
        let Session { vault, entropy, .. } = &mut self.session;
        vault.write(|db| {
            if text.is_empty() {
                return setting::remove(db, ABOUT_SETTING);
            }
            let id = TextId::generate(&mut **entropy)?;
            setting::set_bytes(db, ABOUT_SETTING, &[id.as_bytes(), text.as_bytes()].concat())
        })
    }

    /// What a client says of themselves, if they shared that.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Vault`].
    pub fn about_client(&self, client: ClientId) -> Result<Option<Zeroizing<String>>, Error> {
        self.session.vault.read(|db| {
            pairing::find(db, client.0)?;
            Ok(about::of(db, client.0)?.theirs)
        })
    }
}

impl Desk {
    /// A front desk offers a person and a time, and nothing else (product, section 1).
    fn therapist_only(&self) -> Result<(), Error> {
        if self.card()?.role == PracticeRole::Therapist { Ok(()) } else { Err(Error::OtherRole) }
    }
}

/// Whether the client chose to hear nothing until the two meet. The phone decides when that has run
/// out (R8): it lists the choice no more.
pub(crate) fn wants_no_contact(
    db: &attune_cipher::rusqlite::Connection,
    pairing: i64,
) -> Result<bool, Error> {
    let quiet = Kind::Choice(RepairOption::NoContact);
    let received = received_choice::of_pairing(db, pairing)?;
    // A phone that was brought back lists nothing until its person has said so again, and a desk that
    // was hides it: the wish holds all the while. Taking it back is a kind of its own.
    Ok(received.iter().any(|row| {
        let answered = matches!(row.notice, NoticeState::Answered | NoticeState::Expired);
        row.kind == quiet && row.settled_day.is_none() && !answered
    }))
}

/// The practice's own words about itself, and the id under which they travel.
pub(crate) fn about_text(
    db: &attune_cipher::rusqlite::Connection,
) -> Result<Option<(TextId, String)>, Error> {
    let Some(bytes) = setting::bytes(db, ABOUT_SETTING)? else { return Ok(None) };
    let (id, text) = bytes.split_first_chunk::<16>().ok_or(Error::Damaged)?;
    let text = String::from_utf8(text.to_vec()).map_err(|_| Error::Damaged)?;
    Ok(Some((TextId::from_bytes(*id), text)))
}

fn show(row: ProposalRow, pairing: &Pairing, quiet: bool) -> Proposal {
    let stage = if row.closed_day.is_some() || pairing.stage != Stage::Active {
        ProposalStage::Closed
    } else if row.text_stored {
        ProposalStage::Arrived
    } else if !pairing.is_compared() {
        ProposalStage::WaitsForWords
    } else if quiet {
        ProposalStage::WaitsForContact
    } else if pairing.protocol < EXTENSION_SINCE {
        ProposalStage::WaitsForApp
    } else {
        ProposalStage::OnItsWay
    };
    Proposal {
        id: row.text_id,
        client: ClientId(row.pairing),
        client_name: pairing.chosen_name.clone(),
        kind: row.kind,
        text: row.text,
        stage,
        answer: row.answer,
        words: row.words,
    }
}
