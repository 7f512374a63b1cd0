//! The desk's side of the lanes: entries become received choices, answers become notices.

use attune_cipher::rusqlite::Connection;
use chrono::NaiveDate;
use zeroize::Zeroizing;

use crate::desk::proposals::{about_text, wants_no_contact};
use crate::due::{Due, day_number, day_of};
use crate::error::Error;
use crate::lane::Direction;
use crate::lane::document::{
    About, DOCUMENT_LEN, Document, EXTENSION_SINCE, Entry, IN_FLIGHT_LEN, Kind, LaneMove, NOTICES,
    Notice, NoticeState, PROPOSALS, Proposal,
};
use crate::pairing::messages::decode_card;
use crate::practice::{PracticeCard, PracticeRole};
use crate::repair::RepairOption;
use crate::sync::side::{Now, Side};
use crate::table::pairing::{self, MoveStep, Pairing};
use crate::table::proposal;
use crate::table::received_choice::{self, HIDDEN_SINCE_RESTORE, ReceivedRow};
use crate::table::{about, work_item};

/// Bytes of a document without notices at most: keys, echo and a relay's origin to move to.
const BARE_DOCUMENT_LEN: usize = 1_700;
/// Bytes of a notice without the letters of its text, at most.
const NOTICE_LEN: usize = 72;
/// Bytes of a proposal, and of what the practice says of itself, without the letters, at most.
const PROPOSAL_LEN: usize = 28;
const FIXED_LEN: usize = BARE_DOCUMENT_LEN + (PROPOSALS + 1) * PROPOSAL_LEN;
const _: () = assert!(FIXED_LEN + NOTICES * NOTICE_LEN < DOCUMENT_LEN);

/// A therapist's or a coordinator's desk.
pub(crate) struct DeskSide;

impl Side for DeskSide {
    fn writes(&self) -> Direction {
        Direction::DeskToClient
    }

    fn fill(
        &self,
        db: &Connection,
        pairing: &Pairing,
        _: Now,
        document: &mut Document,
    ) -> Result<(), Error> {
        let mut listed: Vec<_> = received_choice::of_pairing(db, pairing.id)?
            .into_iter()
            .filter(|received| received.settled_day.is_none())
            .collect();
        // What a person may be shown comes first, should there ever be too many.
        listed.sort_by_key(|received| received.hidden_day.is_some());
        for mut unlisted in listed.drain(NOTICES.min(listed.len())..) {
            if !unlisted.notice_stored {
                unlisted.notice_version = None;
                received_choice::save(db, &unlisted)?;
            }
        }
        // Every notice has its place; texts get what is left.
        let mut room = IN_FLIGHT_LEN.min(DOCUMENT_LEN - FIXED_LEN - listed.len() * NOTICE_LEN);
        let quiet = wants_no_contact(db, pairing.id)?;
        for mut received in listed {
            if received.notice_version.is_none() {
                received.notice_version = Some(document.version);
                received_choice::save(db, &received)?;
            }
            let unsent = received.text.filter(|_| !received.text_stored);
            let waits = unsent.is_some();
            let text =
                unsent.filter(|(_, text)| pairing.is_compared() && !quiet && text.len() <= room);
            // An answer whose text still waits has only been opened, as far as the phone can tell.
            let answer_waits = received.notice == NoticeState::Answered && waits && text.is_none();
            room -= text.as_ref().map_or(0, |(_, text)| text.len());
            document.notices.push(Notice {
                case: received.case,
                revision: received.revision,
                state: if answer_waits { NoticeState::Opened } else { received.notice },
                due_day: received.due_day,
                text,
            });
        }
        if pairing.protocol >= EXTENSION_SINCE {
            put_to_client(db, pairing, document, room)?;
        }
        // Announced only once the phone would find lanes there.
        let announced = pairing.next_relay.as_ref().filter(|_| pairing.move_step >= MoveStep::Open);
        document.lanes =
            announced.map(|relay| LaneMove { epoch: pairing.lane_epoch + 1, relay: relay.clone() });
        Ok(())
    }

    fn stored(&self, db: &Connection, pairing: &Pairing, version: u64) -> Result<(), Error> {
        for mut received in received_choice::of_pairing(db, pairing.id)? {
            let went = received.notice_version.is_some_and(|first| first <= version);
            if went && !received.notice_stored {
                received.notice_stored = true;
                received_choice::save(db, &received)?;
            }
        }
        Ok(())
    }

    fn admits(&self, pairing: &Pairing, document: &Document) -> bool {
        let ours = |entry: &Entry| match entry.kind {
            Kind::TakenBack => true,
            Kind::Choice(option) => option.recipient() == pairing.role,
        };
        document.notices.is_empty() && document.entries.iter().all(ours)
    }

    fn apply(
        &self,
        db: &Connection,
        pairing: &Pairing,
        document: &Document,
        _: bool,
        now: Now,
    ) -> Result<(), Error> {
        for mut received in received_choice::of_pairing(db, pairing.id)? {
            if let Some((text, _)) = &received.text {
                received.text_stored |= document.texts_stored.contains(text);
            }
            let listed = document.entries.iter().any(|entry| entry.case == received.case);
            if !listed && received.kind == Kind::TakenBack {
                // The phone has seen our confirmation: nothing of it needs to stay.
                received_choice::remove(db, received.case)?;
                continue;
            }
            let hidden = received.hidden_day.filter(|day| *day != HIDDEN_SINCE_RESTORE);
            received.hidden_day = if listed { None } else { hidden.or(Some(now.today)) };
            // The phone must have read what became of it: else its silence would stand for "never".
            let told = received.notice_version.is_some_and(|first| document.echo.version >= first);
            let over = match received.notice {
                NoticeState::Answered => received.text.is_none() || received.text_stored,
                NoticeState::Expired => true,
                NoticeState::Received | NoticeState::Opened => {
                    received.expiry_day.is_some_and(|day| day < now.today)
                }
            };
            if !listed && over && told && received.settled_day.is_none() {
                received.settled_day = Some(now.today);
            }
            received_choice::save(db, &received)?;
        }
        for entry in &document.entries {
            take_in(db, pairing, entry, now)?;
        }
        hear(db, pairing, document)
    }

    fn renew(&self, db: &Connection, pairing: &Pairing) -> Result<(), Error> {
        // Until the phone lists it again, nothing that an old copy holds is shown or acted upon.
        for mut received in received_choice::of_pairing(db, pairing.id)? {
            received.hidden_day = Some(HIDDEN_SINCE_RESTORE);
            received_choice::save(db, &received)?;
        }
        forget_what_was_said(db, pairing.id)
    }

    fn ended(&self, db: &Connection, pairing: &Pairing, now: Now) -> Result<(), Error> {
        forget_what_was_said(db, pairing.id)?;
        // Nobody is asked any more: they go with the days set for settled cases.
        for mut open in proposal::open_of(db, pairing.id)? {
            open.closed_day = Some(now.today);
            proposal::save(db, &open)?;
        }
        received_choice::remove_of_pairing(db, pairing.id)
    }
}

/// Proposals, and what the practice says of itself, with the texts that there is room for.
fn put_to_client(
    db: &Connection,
    pairing: &Pairing,
    document: &mut Document,
    mut room: usize,
) -> Result<(), Error> {
    let quiet = wants_no_contact(db, pairing.id)?;
    let mut fits = |text: &str| {
        let fits = pairing.is_compared() && text.len() <= room;
        room -= if fits { text.len() } else { 0 };
        fits
    };
    for open in proposal::open_of(db, pairing.id)? {
        let sends = !open.text_stored && !quiet && fits(&open.text);
        document.proposals.push(Proposal {
            text_id: open.text_id,
            kind: open.kind,
            text: sends.then_some(open.text),
        });
    }
    document.about = match about_text(db)? {
        None => None,
        Some((text_id, text)) => {
            let stored = about::of(db, pairing.id)?.stored_id == Some(text_id);
            // The one before stays with the phone meanwhile.
            let sends = !stored && !quiet && fits(&text);
            Some(About { text_id, text: sends.then(|| Zeroizing::new(text)) })
        }
    };
    Ok(())
}

/// What the client says to what is open, and of themselves, as this desk last heard it. The phone's next
/// document says all of it again, unless it was taken back.
fn forget_what_was_said(db: &Connection, pairing: i64) -> Result<(), Error> {
    for mut open in proposal::open_of(db, pairing)? {
        (open.answer, open.words) = (None, None);
        proposal::save(db, &open)?;
    }
    let mut kept = about::of(db, pairing)?;
    if kept.theirs.take().is_some() {
        about::save(db, pairing, &kept)?;
    }
    Ok(())
}

/// What the phone has stored of them, what the client says to them, and of themselves. A document is
/// all that the client says: what it no longer has was taken back.
fn hear(db: &Connection, pairing: &Pairing, document: &Document) -> Result<(), Error> {
    for mut open in proposal::open_of(db, pairing.id)? {
        let said = document.said.iter().find(|said| said.text_id == open.text_id);
        open.text_stored |= said.is_some() || document.texts_stored.contains(&open.text_id);
        open.answer = said.map(|said| said.answer);
        open.words = said.and_then(|said| said.words.clone());
        proposal::save(db, &open)?;
    }
    let mut kept = about::of(db, pairing.id)?;
    let stored = about_text(db)?
        .map(|(text_id, _)| text_id)
        .filter(|text_id| document.texts_stored.contains(text_id));
    if kept.theirs == document.own_about && (stored.is_none() || stored == kept.stored_id) {
        return Ok(());
    }
    kept.theirs = document.own_about.clone();
    kept.stored_id = stored.or(kept.stored_id);
    about::save(db, pairing.id, &kept)
}

/// Rule R9: an entry takes effect if and only if its revision is above the one that is stored.
fn take_in(db: &Connection, pairing: &Pairing, entry: &Entry, now: Now) -> Result<(), Error> {
    let stored = received_choice::find(db, entry.case)?;
    // A case id of another pairing: ids are random, so only a forger would send one.
    if stored
        .as_ref()
        .is_some_and(|stored| stored.pairing != pairing.id || entry.revision <= stored.revision)
    {
        return Ok(());
    }
    let expired = entry.expiry_day.is_some_and(|day| day < now.today);
    let due = match entry.kind {
        Kind::Choice(option) if !expired => due_of(option, pairing, now),
        _ => None,
    };
    received_choice::save(
        db,
        &ReceivedRow {
            case: entry.case,
            pairing: pairing.id,
            revision: entry.revision,
            kind: entry.kind,
            expiry_day: entry.expiry_day,
            pointer: entry.pointer,
            words: entry.words.clone(),
            received_day: now.today,
            due_day: due,
            notice: if expired { NoticeState::Expired } else { NoticeState::Received },
            notice_version: None,
            notice_stored: false,
            hidden_day: None,
            // A note on the earlier revision that is still on its way goes on.
            text: stored.and_then(|stored| stored.text.filter(|_| !stored.text_stored)),
            text_stored: false,
            settled_day: None,
        },
    )?;
    // With every choice that a therapist gets, something of their own to consult on.
    let therapist = pairing.role == Some(PracticeRole::Therapist);
    if therapist && matches!(entry.kind, Kind::Choice(_)) {
        work_item::brought(db, entry.case)?;
    }
    Ok(())
}

/// The due day of a choice, counted from today.
fn due_of(option: RepairOption, pairing: &Pairing, now: Now) -> Option<u32> {
    let card = pairing.card.as_deref().and_then(|card| decode_card(card).ok());
    due(option, card.as_ref(), day_of(now.today)?, pairing.next_session).day().and_then(day_number)
}

/// The due rule of a choice received on `received` under the practice's own card.
pub(crate) fn due(
    option: RepairOption,
    card: Option<&PracticeCard>,
    received: NaiveDate,
    next_session: Option<u32>,
) -> Due {
    let week = card.map(|card| card.week).unwrap_or_default();
    let deadlines = card.map(|card| card.deadlines).unwrap_or_default();
    Due::of(option, received, next_session.and_then(day_of), week, deadlines)
}

/// The therapist noted the day of the client's next session: what is open is due by it again.
pub(crate) fn set_next_session(
    db: &Connection,
    pairing: &mut Pairing,
    day: Option<NaiveDate>,
) -> Result<(), Error> {
    pairing.next_session = day.and_then(day_number);
    pairing::save(db, pairing)?;
    let card = pairing.card.as_deref().and_then(|card| decode_card(card).ok());
    for mut received in received_choice::of_pairing(db, pairing.id)? {
        let open = matches!(received.notice, NoticeState::Received | NoticeState::Opened);
        if let (true, Kind::Choice(option), Some(from)) =
            (open, received.kind, day_of(received.received_day))
        {
            let due = due(option, card.as_ref(), from, pairing.next_session);
            received.due_day = due.day().and_then(day_number);
            received_choice::save(db, &received)?;
        }
    }
    Ok(())
}
