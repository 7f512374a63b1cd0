//! From a pick to a share: the value that is shown is the value that is sealed.
//!
//! `make` fixes the entry, byte for byte, and its digest; `share` takes a digest and nothing
//! else. There is no other way to a shared choice.

use attune_cipher::rusqlite::{Connection, OptionalExtension, params};
use chrono::NaiveDate;
use zeroize::Zeroizing;

use crate::due::{day_number, day_of};
use crate::entropy::{Entropy, random};
use crate::error::Error;
use crate::lane::document::{Entry, IN_FLIGHT_LEN, Kind, WORDS_LEN};
use crate::lane::ids::CaseId;
use crate::misattunement::{self, MisattunementId};
use crate::pairing::messages::decode_card;
use crate::practice::PracticeRole;
use crate::repair::{Pointer, RepairOption};
use crate::shared_choice::{self, SEALED_BEFORE, entry_digest, words_under_way};
use crate::state::{ChoiceEvent, ChoiceState};
use crate::sync::side::Now;
use crate::table::pairing::{self, Pairing, Stage};
use crate::table::repair_choice::{self, ChoiceRow};

/// Choices that may be open with one practice at a time.
pub const OPEN_CHOICES: usize = 8;

/// A paired practice on this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PracticeId(pub i64);

/// What the client picked, and which switches are on.
#[derive(Debug, Clone, Copy)]
pub struct RepairChoice {
    /// The option; not `Keep`, of which nothing is shared.
    pub option: RepairOption,
    /// Who it goes to.
    pub practice: PracticeId,
    /// The moment it is for, if it is for one. It stays on the phone.
    pub moment: Option<MisattunementId>,
    /// The switch: share the moment's pointer.
    pub with_pointer: bool,
    /// The switch: share the moment's own words.
    pub with_words: bool,
    /// The last day on which it holds.
    pub until: Option<NaiveDate>,
    /// The choice that this one takes the place of.
    pub replaces: Option<CaseId>,
}

/// Exactly what will be shared, and with whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    /// SHA-256 of the entry that will be sealed. The key to a share.
    pub digest: [u8; 32],
    /// Who gets it.
    pub practice: PracticeId,
    /// Their name, as their invitation gave it.
    pub recipient: String,
    /// Therapist or coordinator.
    pub role: PracticeRole,
    /// The option.
    pub option: RepairOption,
    /// The pointer, if its switch is on.
    pub pointer: Option<Pointer>,
    /// The own words, if their switch is on.
    pub words: Option<Zeroizing<String>>,
    /// The last day on which it holds.
    pub until: Option<NaiveDate>,
    /// Another practice had the earlier choice: it is taken back there.
    pub takes_back: bool,
}

impl std::fmt::Debug for Preview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Preview { .. }")
    }
}

/// Fixes what a share would seal, and keeps it as the one thing that can be shared.
pub(crate) fn make(
    db: &Connection,
    choice: &RepairChoice,
    now: Now,
    entropy: &mut dyn Entropy,
) -> Result<Preview, Error> {
    let pairing = pairing::find(db, choice.practice.0)?;
    let (role, name) = offering(&pairing, choice.option)?;
    let moment = choice.moment.map(|id| misattunement::find(db, id)).transpose()?;
    let pointer = moment.as_ref().filter(|_| choice.with_pointer).and_then(|m| m.pointer);
    let words =
        moment.filter(|_| choice.with_words).and_then(|moment| moment.note).map(Zeroizing::new);
    if let Some(words) = &words {
        if words.len() > WORDS_LEN {
            return Err(Error::WordsTooLong);
        }
        if !pairing.is_compared() {
            return Err(Error::NotCompared);
        }
    }
    let expiry_day = choice.until.and_then(day_number);
    if expiry_day.is_some_and(|day| day < now.today) {
        return Err(Error::PastEndDate);
    }
    let replaced = replaced(db, choice.replaces)?;
    let same_case = replaced.as_ref().filter(|old| old.pairing == pairing.id);
    let entry = Entry {
        case: match same_case {
            Some(old) => old.case,
            None => CaseId::generate(entropy)?,
        },
        revision: next_revision(same_case.map_or(0, |old| old.revision), entropy)?,
        kind: Kind::Choice(choice.option),
        expiry_day,
        pointer,
        words,
    };
    let digest = entry_digest(&entry)?;
    let bytes = entry.encode().map_err(|_| Error::Seal)?;
    db.execute("DELETE FROM preview", [])?;
    db.execute(
        "INSERT INTO preview (digest, pairing, misattunement, replaces, entry)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            digest,
            pairing.id,
            choice.moment.map(|id| id.0),
            choice.replaces.as_ref().map(CaseId::as_bytes),
            bytes.as_slice()
        ],
    )?;
    Ok(Preview {
        digest,
        practice: choice.practice,
        recipient: name,
        role,
        option: choice.option,
        pointer: entry.pointer,
        words: entry.words,
        until: entry.expiry_day.and_then(day_of),
        takes_back: replaced.is_some_and(|old| old.pairing != pairing.id),
    })
}

/// Shares what was previewed under that digest.
pub(crate) fn share(
    db: &Connection,
    digest: &[u8; 32],
    now: Now,
    entropy: &mut dyn Entropy,
) -> Result<CaseId, Error> {
    let (practice, moment, replaces, entry) = take(db, digest)?;
    shared_choice::expire(db, now.today)?;
    if entry_digest(&entry)? != *digest {
        return Err(Error::NotPreviewed);
    }
    let Kind::Choice(option) = entry.kind else { return Err(Error::Damaged) };
    let pairing = pairing::find(db, practice)?;
    offering(&pairing, option)?;
    if entry.expiry_day.is_some_and(|day| day < now.today) {
        return Err(Error::PastEndDate);
    }
    let replaced = replaced(db, replaces)?;
    hold_to_limits(db, &pairing, &entry)?;
    let same_case = replaced.as_ref().filter(|old| old.case == entry.case);
    if same_case.is_some_and(|old| entry.revision <= old.revision) {
        return Err(Error::NotPreviewed);
    }
    let sealed_before = same_case.is_some_and(|old| old.sealed_version.is_some());
    repair_choice::save(
        db,
        &ChoiceRow {
            case: entry.case,
            pairing: pairing.id,
            moment,
            option,
            revision: entry.revision,
            expiry_day: entry.expiry_day,
            pointer: entry.pointer,
            words: entry.words.clone(),
            previewed: *digest,
            confirmed_under: pairing.incarnation,
            state: match same_case {
                Some(old) => old.state.after(ChoiceEvent::Changed),
                None => ChoiceState::Queued,
            },
            sealed_version: sealed_before.then_some(SEALED_BEFORE),
            absent_version: None,
            listed: same_case.is_some_and(|old| old.listed),
            doubt: same_case.is_some_and(|old| old.doubt),
            due_day: None,
            shared_at: now.millis,
        },
    )?;
    if let Some(old) = replaced.filter(|old| old.case != entry.case) {
        take_back(db, old, entropy)?;
    }
    Ok(entry.case)
}

/// Takes a choice back. Its words are forgotten at once; whether anybody saw it shows later.
pub(crate) fn take_back(
    db: &Connection,
    mut choice: ChoiceRow,
    entropy: &mut dyn Entropy,
) -> Result<(), Error> {
    let ended = pairing::find(db, choice.pairing)?.stage == Stage::Ended;
    if ended || !choice.state.can_be_taken_back() {
        return Err(Error::TooLate);
    }
    let event = match choice.sealed_version {
        None => ChoiceEvent::TakenBackUnsealed,
        Some(_) => ChoiceEvent::TakenBack,
    };
    choice.state = choice.state.after(event);
    choice.revision = next_revision(choice.revision, entropy)?;
    choice.words = None;
    choice.pointer = None;
    choice.absent_version = None;
    repair_choice::save(db, &choice)
}

/// The person said yes, on screen, to a choice that an older copy held (R6).
pub(crate) fn confirm(
    db: &Connection,
    mut choice: ChoiceRow,
    entropy: &mut dyn Entropy,
) -> Result<(), Error> {
    let pairing = pairing::find(db, choice.pairing)?;
    if choice.confirmed_under == pairing.incarnation || !choice.state.can_be_taken_back() {
        return Err(Error::TooLate);
    }
    choice.revision = next_revision(choice.revision, entropy)?;
    choice.previewed = entry_digest(&choice.entry())?;
    choice.confirmed_under = pairing.incarnation;
    choice.state = choice.state.after(ChoiceEvent::Changed);
    choice.due_day = None;
    repair_choice::save(db, &choice)
}

/// A revision above `revision`, by a random step: a number that tells nothing of how often the
/// person changed their mind.
pub(crate) fn next_revision(revision: u64, entropy: &mut dyn Entropy) -> Result<u64, Error> {
    let step: [u8; 2] = random(entropy)?;
    Ok(revision.saturating_add(1 + u64::from(u16::from_be_bytes(step))))
}

/// The practice's role and name, if it is active and offers the option.
fn offering(pairing: &Pairing, option: RepairOption) -> Result<(PracticeRole, String), Error> {
    if pairing.stage != Stage::Active {
        return Err(Error::NotReady);
    }
    let card = pairing.card.as_deref().and_then(|card| decode_card(card).ok());
    let card = card.ok_or(Error::Damaged)?;
    if option.recipient() != Some(card.role) || !card.offered.contains(&option) {
        return Err(Error::NotOffered);
    }
    Ok((card.role, card.name))
}

fn replaced(db: &Connection, case: Option<CaseId>) -> Result<Option<ChoiceRow>, Error> {
    let Some(case) = case else { return Ok(None) };
    let old = repair_choice::find(db, case)?.ok_or(Error::NotFound)?;
    let ended = pairing::find(db, old.pairing)?.stage == Stage::Ended;
    if old.state.can_be_taken_back() && !ended { Ok(Some(old)) } else { Err(Error::TooLate) }
}

fn hold_to_limits(db: &Connection, pairing: &Pairing, entry: &Entry) -> Result<(), Error> {
    let length = |words: &Option<Zeroizing<String>>| words.as_ref().map_or(0, |words| words.len());
    let mut open = 1;
    let mut words = words_under_way(db, pairing.id)? + length(&entry.words);
    for other in repair_choice::of_pairing(db, pairing.id)? {
        if other.state.is_open() {
            open += usize::from(other.case != entry.case);
            words -= if other.case == entry.case { length(&other.words) } else { 0 };
        }
    }
    if open > OPEN_CHOICES {
        return Err(Error::TooManyOpen);
    }
    // One without words takes no room, whatever else waits for some.
    let too_long = entry.words.is_some() && words > IN_FLIGHT_LEN;
    if too_long { Err(Error::WordsTooLong) } else { Ok(()) }
}

type Kept = (i64, Option<i64>, Option<CaseId>, Entry);

/// The kept preview of that digest; it can be shared once.
fn take(db: &Connection, digest: &[u8; 32]) -> Result<Kept, Error> {
    let found = db
        .query_row(
            "DELETE FROM preview WHERE digest = ?1
             RETURNING pairing, misattunement, replaces, entry",
            [digest],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get::<_, Option<[u8; 16]>>(2)?.map(CaseId::from_bytes),
                    Zeroizing::new(row.get::<_, Vec<u8>>(3)?),
                ))
            },
        )
        .optional()?;
    let (practice, moment, replaces, bytes) = found.ok_or(Error::NotPreviewed)?;
    let entry = Entry::decode(&bytes).map_err(|_| Error::Damaged)?;
    Ok((practice, moment, replaces, entry))
}
