//! The phone's side of the lanes: shared choices become entries, notices become states.
//!
//! What leaves the phone is made from `repair_choice` alone. The private moments are another table,
//! which nothing here reads.

use attune_cipher::rusqlite::Connection;
use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::lane::Direction;
use crate::lane::document::{
    DOCUMENT_LEN, Document, ENTRIES, EXTENSION_SINCE, Entry, IN_FLIGHT_LEN, Kind, Notice,
    NoticeState, PROPOSALS, SaidTo, TEXTS_STORED,
};
use crate::lane::ids::TextId;
use crate::state::{ChoiceEvent, ChoiceState};
use crate::sync::side::{Now, Side};
use crate::table::about;
use crate::table::follow_up::{self, FollowUpRow};
use crate::table::pairing::Pairing;
use crate::table::received_proposal::{self, ReceivedProposalRow};
use crate::table::repair_choice::{self, ChoiceRow};
use crate::table::unknown_case::{self, UnknownCase, UnknownStage};

/// A version that no document has: the choice was sealed before, but not as it is now.
pub(crate) const SEALED_BEFORE: u64 = 0;

/// Bytes of a text's id in a document, and of a list of them without its ids.
const ID_LEN: usize = 17;
const ID_LIST_LEN: usize = 3;

/// The phone.
pub(crate) struct PhoneSide;

/// SHA-256 of an entry as it is sealed: what ties a share to its preview.
pub(crate) fn entry_digest(entry: &Entry) -> Result<[u8; 32], Error> {
    let bytes = entry.encode().map_err(|_| Error::Seal)?;
    let mut out = [0; 32];
    out.copy_from_slice(digest(&SHA256, &bytes).as_ref());
    Ok(out)
}

/// Lets every choice expire whose end date has passed.
pub(crate) fn expire(db: &Connection, today: u32) -> Result<(), Error> {
    for mut choice in repair_choice::all(db)? {
        if choice.expiry_day.is_some_and(|day| day < today) {
            advance(db, &mut choice, ChoiceEvent::EndDate)?;
        }
    }
    Ok(())
}

/// Moves a choice along and writes it if that changed anything.
fn advance(db: &Connection, choice: &mut ChoiceRow, event: ChoiceEvent) -> Result<(), Error> {
    let state = choice.state.after(event);
    if state == choice.state {
        return Ok(());
    }
    choice.state = state;
    repair_choice::save(db, choice)
}

impl Side for PhoneSide {
    fn writes(&self) -> Direction {
        Direction::ClientToDesk
    }

    fn fill(
        &self,
        db: &Connection,
        pairing: &Pairing,
        now: Now,
        document: &mut Document,
    ) -> Result<(), Error> {
        expire(db, now.today)?;
        for mut choice in repair_choice::of_pairing(db, pairing.id)? {
            let entry = match choice.state {
                ChoiceState::Queued
                | ChoiceState::Uploaded
                | ChoiceState::Received
                | ChoiceState::Opened
                    if may_leave(&choice, pairing) =>
                {
                    let entry = choice.entry();
                    if entry_digest(&entry)? != choice.previewed {
                        return Err(Error::NotPreviewed);
                    }
                    entry
                }
                ChoiceState::Withdrawing if choice.listed || choice.doubt => Entry {
                    case: choice.case,
                    revision: choice.revision,
                    kind: Kind::TakenBack,
                    expiry_day: None,
                    pointer: None,
                    words: None,
                },
                ChoiceState::Withdrawing => {
                    if choice.absent_version.is_none() {
                        choice.absent_version = Some(document.version);
                        repair_choice::save(db, &choice)?;
                    }
                    continue;
                }
                _ => continue,
            };
            if document.entries.len() == ENTRIES {
                break;
            }
            document.entries.push(entry);
            choice.sealed_version = Some(document.version);
            repair_choice::save(db, &choice)?;
        }
        for unknown in unknown_case::of(db, pairing.id)? {
            if unknown.stage == UnknownStage::TakingBack && document.entries.len() < ENTRIES {
                document.entries.push(Entry {
                    case: unknown.case,
                    revision: unknown.revision,
                    kind: Kind::TakenBack,
                    expiry_day: None,
                    pointer: None,
                    words: None,
                });
            }
        }
        if pairing.protocol >= EXTENSION_SINCE {
            say(db, pairing, document)?;
        }
        let mut stored = texts_stored(db, pairing)?;
        if !stored.is_empty() {
            stored.truncate(room_for_ids(document)?.min(TEXTS_STORED));
        }
        document.texts_stored = stored;
        Ok(())
    }

    fn stored(&self, db: &Connection, pairing: &Pairing, version: u64) -> Result<(), Error> {
        for mut choice in repair_choice::of_pairing(db, pairing.id)? {
            if choice.sealed_version == Some(version) {
                advance(db, &mut choice, ChoiceEvent::Stored)?;
            }
        }
        Ok(())
    }

    fn admits(&self, _: &Pairing, document: &Document) -> bool {
        document.entries.is_empty()
    }

    fn apply(
        &self,
        db: &Connection,
        pairing: &Pairing,
        document: &Document,
        renewed: bool,
        now: Now,
    ) -> Result<(), Error> {
        expire(db, now.today)?;
        for mut choice in repair_choice::of_pairing(db, pairing.id)? {
            if renewed && choice.sealed_version.is_some() {
                choice.doubt = true;
            }
            let notice = document.notices.iter().find(|notice| notice.case == choice.case);
            match notice {
                Some(notice) => heed(&mut choice, notice)?,
                None => {
                    let committed = |version| document.echo.version >= version;
                    let known_absent = choice.absent_version.is_some_and(committed);
                    if known_absent && !choice.listed && !choice.doubt {
                        choice.state = choice.state.after(ChoiceEvent::NeverListed);
                    }
                }
            }
            repair_choice::save(db, &choice)?;
        }
        keep_texts(db, pairing, document, now)?;
        keep_proposals(db, pairing, document, now)?;
        keep_about(db, pairing, document)?;
        heed_unknown(db, pairing, document)
    }

    fn renew(&self, db: &Connection, pairing: &Pairing) -> Result<(), Error> {
        for mut choice in repair_choice::of_pairing(db, pairing.id)? {
            // This copy does not know what was sealed after it was made.
            choice.sealed_version = Some(SEALED_BEFORE);
            choice.doubt = true;
            choice.absent_version = None;
            repair_choice::save(db, &choice)?;
        }
        Ok(())
    }

    fn ended(&self, _: &Connection, _: &Pairing, _: Now) -> Result<(), Error> {
        // What is known of each choice stays as it is: nothing more will be.
        Ok(())
    }
}

/// Whether an open choice may be in a document now: the person said yes to it under the phone's
/// present incarnation (R6), and own words wait until the four words were compared (R7).
fn may_leave(choice: &ChoiceRow, pairing: &Pairing) -> bool {
    choice.confirmed_under == pairing.incarnation
        && (choice.words.is_none() || pairing.is_compared())
}

/// What a notice says of a choice.
fn heed(choice: &mut ChoiceRow, notice: &Notice) -> Result<(), Error> {
    choice.listed = true;
    let withdrawing = choice.state == ChoiceState::Withdrawing;
    if notice.revision > choice.revision {
        // Only after a restore: the desk knows a later revision. What the person said yes to stays
        // as it is and goes above it.
        choice.revision = notice.revision.saturating_add(1);
        choice.previewed = entry_digest(&choice.entry())?;
        choice.state = choice.state.after(ChoiceEvent::Changed);
        choice.sealed_version = Some(SEALED_BEFORE);
    } else if notice.revision == choice.revision {
        choice.due_day = notice.due_day;
        let event = match notice.state {
            _ if withdrawing => ChoiceEvent::Confirmed,
            NoticeState::Received => ChoiceEvent::Received,
            NoticeState::Opened => ChoiceEvent::Opened,
            NoticeState::Answered => ChoiceEvent::Answered,
            NoticeState::Expired => ChoiceEvent::DeskExpired,
        };
        choice.state = choice.state.after(event);
    }
    Ok(())
}

fn keep_texts(
    db: &Connection,
    pairing: &Pairing,
    document: &Document,
    now: Now,
) -> Result<(), Error> {
    follow_up::carry_none(db, pairing.id)?;
    for notice in &document.notices {
        if let Some((text_id, text)) = &notice.text {
            let note = FollowUpRow {
                text_id: *text_id,
                pairing: pairing.id,
                case: notice.case,
                text: text.clone(),
                stored_at: now.millis,
            };
            follow_up::keep(db, &note)?;
        }
    }
    follow_up::forget_erased(db)
}

/// What the person says to proposals, and of themselves: under this incarnation alone (R6), and own
/// words only to compared ones (R7). What a desk that was brought back lists again may be more than there
/// is room for: that waits, and the rest goes.
fn say(db: &Connection, pairing: &Pairing, document: &mut Document) -> Result<(), Error> {
    let length = |words: &Option<Zeroizing<String>>| words.as_ref().map_or(0, |words| words.len());
    let listed = document.entries.iter().map(|entry| length(&entry.words)).sum();
    let mut room = IN_FLIGHT_LEN.saturating_sub(listed);
    let mut fits = |words: &Option<Zeroizing<String>>| {
        let fits = length(words) <= room;
        room -= if fits { length(words) } else { 0 };
        fits
    };
    for proposal in received_proposal::answered(db, pairing.id)?.into_iter().take(PROPOSALS) {
        let may_leave = proposal.answered_under == Some(pairing.incarnation)
            && (proposal.words.is_none() || pairing.is_compared());
        if let (Some(answer), true) = (proposal.answer, may_leave && fits(&proposal.words)) {
            let (text_id, words) = (proposal.text_id, proposal.words);
            document.said.push(SaidTo { text_id, answer, words });
        }
    }
    let about = about::of(db, pairing.id)?;
    let may_leave = about.own_under == Some(pairing.incarnation) && pairing.is_compared();
    if may_leave && fits(&about.own) {
        document.own_about = about.own;
    }
    Ok(())
}

/// Ids of the texts that the practice carries and this phone has.
fn texts_stored(db: &Connection, pairing: &Pairing) -> Result<Vec<TextId>, Error> {
    let mut ids = follow_up::carried(db, pairing.id)?;
    ids.extend(received_proposal::carried(db, pairing.id)?);
    let about = about::of(db, pairing.id)?;
    ids.extend(about.theirs_id.filter(|_| about.theirs_carried));
    Ok(ids)
}

/// How many ids there is room for beside what the person says; the others go with a later sync.
fn room_for_ids(document: &Document) -> Result<usize, Error> {
    let length = document.encode().map_err(|_| Error::Seal)?.len();
    Ok(DOCUMENT_LEN.saturating_sub(length + ID_LIST_LEN) / ID_LEN)
}

/// Takes in what the practice puts to the client, and what it no longer does.
fn keep_proposals(
    db: &Connection,
    pairing: &Pairing,
    document: &Document,
    now: Now,
) -> Result<(), Error> {
    received_proposal::list_none(db, pairing.id)?;
    for proposal in &document.proposals {
        if let Some(text) = &proposal.text {
            received_proposal::keep(
                db,
                &ReceivedProposalRow {
                    text_id: proposal.text_id,
                    pairing: pairing.id,
                    kind: proposal.kind,
                    text: text.clone(),
                    stored_at: now.millis,
                    listed: true,
                    answer: None,
                    words: None,
                    answered_under: None,
                },
            )?;
        }
        received_proposal::list(db, pairing.id, proposal.text_id, proposal.text.is_some())?;
    }
    received_proposal::forget_erased(db)
}

/// Takes in what the practice says of itself; what it no longer says goes.
fn keep_about(db: &Connection, pairing: &Pairing, document: &Document) -> Result<(), Error> {
    let mut kept = about::of(db, pairing.id)?;
    let (before, carried) = (kept.theirs_id, kept.theirs_carried);
    match &document.about {
        None => (kept.theirs_id, kept.theirs) = (None, None),
        Some(about) if about.text.is_some() => {
            (kept.theirs_id, kept.theirs) = (Some(about.text_id), about.text.clone());
        }
        // A new text that waits for room or for compared words: the one before stays meanwhile.
        Some(_) => {}
    }
    kept.theirs_carried = document.about.as_ref().is_some_and(|about| about.text.is_some());
    if kept.theirs_id == before && kept.theirs_carried == carried {
        return Ok(());
    }
    about::save(db, pairing.id, &kept)
}

/// Bytes of the words that a pairing's next document may carry: of its open choices, answers to
/// proposals, and of what the client says of themselves.
pub(crate) fn words_under_way(db: &Connection, pairing: i64) -> Result<usize, Error> {
    let length = |words: &Option<Zeroizing<String>>| words.as_ref().map_or(0, |words| words.len());
    let choices = repair_choice::of_pairing(db, pairing)?;
    let open = choices.iter().filter(|choice| choice.state.is_open());
    let answers = received_proposal::answered(db, pairing)?;
    Ok(open.map(|choice| length(&choice.words)).sum::<usize>()
        + answers.iter().map(|answer| length(&answer.words)).sum::<usize>()
        + length(&about::of(db, pairing)?.own))
}

/// Cases that only the practice knows: this phone was restored from an older copy.
fn heed_unknown(db: &Connection, pairing: &Pairing, document: &Document) -> Result<(), Error> {
    for mut kept in unknown_case::of(db, pairing.id)? {
        match document.notices.iter().find(|notice| notice.case == kept.case) {
            None => unknown_case::remove(db, kept.case)?,
            Some(notice) if notice.revision >= kept.revision => {
                if kept.stage == UnknownStage::TakingBack {
                    kept.stage = UnknownStage::TakenBack;
                    unknown_case::keep(db, &kept)?;
                }
            }
            Some(_) => {}
        }
    }
    if !pairing.renewed {
        return Ok(());
    }
    let kept = unknown_case::of(db, pairing.id)?;
    for notice in &document.notices {
        let answered = matches!(notice.state, NoticeState::Answered | NoticeState::Expired);
        let known = repair_choice::find(db, notice.case)?.is_some()
            || kept.iter().any(|case| case.case == notice.case);
        if !known && !answered {
            unknown_case::keep(
                db,
                &UnknownCase {
                    case: notice.case,
                    pairing: pairing.id,
                    revision: notice.revision,
                    stage: UnknownStage::Listed,
                },
            )?;
        }
    }
    Ok(())
}
