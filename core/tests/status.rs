//! What a phone says of a choice and of a practice, and that it offers what it will do: no more, and no less.

mod world;

use attune_core::Error;
use attune_core::companion::{PracticeNotice as Notice, StatusLine as Line};
use attune_core::lane::ids::{CaseId, TextId};
use attune_core::preview::{PracticeId, RepairChoice};
use attune_core::proposal::ProposalKind;
use attune_core::repair::RepairOption;
use chrono::{DateTime, FixedOffset};
use world::{World, days, monday, sync};

const NOTE: &str = "I joked about your accent. I am sorry. No reply is needed.";

/// How far a note that was asked for has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Queued,
    Uploaded,
    Received,
    Opened,
    Late,
    Answered,
    TakingBackUnsure,
    TakingBack,
    TakenBackUnseen,
    TakenBackSeen,
    Expired,
    Restored,
    LinkEnded,
    OverAndLinkEnded,
}

impl Stage {
    const ALL: [Self; 14] = [
        Self::Queued,
        Self::Uploaded,
        Self::Received,
        Self::Opened,
        Self::Late,
        Self::Answered,
        Self::TakingBackUnsure,
        Self::TakingBack,
        Self::TakenBackUnseen,
        Self::TakenBackSeen,
        Self::Expired,
        Self::Restored,
        Self::LinkEnded,
        Self::OverAndLinkEnded,
    ];

    /// A world in which a choice has come so far.
    fn world(self) -> (World, CaseId, DateTime<FixedOffset>) {
        let (mut w, now) = (World::paired(7), monday());
        let until = Some(now.date_naive() + days(10));
        let choice = RepairChoice { until, ..w.choice(RepairOption::WrittenFollowUp) };
        let preview = w.phone.preview(&choice, now).unwrap();
        let case = w.phone.share(&preview.digest, now).unwrap();
        match self {
            Self::Queued => {}
            Self::Uploaded => sync(&mut w.phone, &mut w.relay, now),
            Self::Received => w.sync_all(now),
            Self::Late => {
                w.sync_all(now);
                return (w, case, now + days(4));
            }
            Self::Opened | Self::Answered => {
                w.sync_all(now);
                w.desk.open_card(case, now).unwrap();
                if self == Self::Answered {
                    w.desk.reply(case, NOTE, now).unwrap();
                }
                w.sync_all(now);
                w.sync_all(now);
            }
            Self::TakingBackUnsure => {
                sync(&mut w.phone, &mut w.relay, now);
                w.phone.take_back(case).unwrap();
            }
            Self::TakingBack | Self::TakenBackSeen => {
                w.sync_all(now);
                w.phone.take_back(case).unwrap();
                if self == Self::TakenBackSeen {
                    w.sync_all(now);
                }
            }
            Self::TakenBackUnseen => w.phone.take_back(case).unwrap(),
            Self::Expired => {
                w.sync_all(now);
                w.phone.expire(now + days(11)).unwrap();
                return (w, case, now + days(11));
            }
            Self::Restored => {
                w.sync_all(now);
                let backup = w.back_up_phone("backup");
                w.share(RepairOption::Pause, now);
                w.sync_all(now);
                w.phone_from(&backup);
                w.sync_all(now);
            }
            Self::LinkEnded | Self::OverAndLinkEnded => {
                if self == Self::OverAndLinkEnded {
                    w.phone.take_back(case).unwrap();
                }
                w.desk.unpair(w.client, now).unwrap();
                w.sync_all(now);
                w.sync_all(now);
            }
        }
        (w, case, now)
    }

    const fn line(self) -> Line {
        match self {
            Self::Queued => Line::NotSent,
            Self::Uploaded => Line::Sent,
            Self::Received => Line::ReceivedNoteBy,
            Self::Opened => Line::OpenedNoteBy,
            Self::Late => Line::LateNote,
            Self::Answered => Line::NoteHere,
            Self::TakingBackUnsure => Line::TakingBackUnsure,
            Self::TakingBack => Line::TakingBack,
            Self::TakenBackUnseen | Self::OverAndLinkEnded => Line::TakenBackUnseen,
            Self::TakenBackSeen => Line::TakenBackSeen,
            Self::Expired => Line::Expired,
            Self::Restored => Line::WaitsForConfirmation,
            Self::LinkEnded => Line::LinkEnded,
        }
    }
}

#[test]
fn each_stage_has_its_line_and_offers_what_it_will_do() {
    for stage in Stage::ALL {
        let (mut w, case, now) = stage.world();
        let choice = w.phone.choice(case, now).unwrap();
        assert_eq!(choice.status(), stage.line(), "{stage:?}");
        assert_eq!(choice.can_let_go(), stage == Stage::Late, "{stage:?}");
        assert!(!(choice.is_open() && choice.can_erase()), "{stage:?}");
        if choice.status().names_a_day() {
            assert_eq!(choice.due, "2026-03-05".parse().ok(), "{stage:?}");
        }

        let other =
            RepairChoice { replaces: Some(case), ..w.choice(RepairOption::RequestProvider) };
        let changed = w.phone.preview(&other, now);
        assert_eq!(choice.can_change(), changed.is_ok(), "{stage:?}");
        let erased = w.phone.erase_choice(case);
        assert_eq!(choice.can_erase(), erased.is_ok(), "{stage:?}");
        let (mut w, case, _) = stage.world();
        let taken = w.phone.take_back(case);
        assert_eq!(choice.can_take_back(), taken.is_ok(), "{stage:?}");
        for declined in [changed.err(), erased.err(), taken.err()].into_iter().flatten() {
            assert!(matches!(declined, Error::TooLate), "{stage:?}");
        }
    }
}

#[test]
fn what_comes_of_it_is_told_by_option() {
    let (mut w, now) = (World::paired(8), monday());
    let options = [
        (RepairOption::Pause, Line::ReceivedCounts, Line::OpenedCounts),
        (RepairOption::NoContact, Line::ReceivedCounts, Line::OpenedCounts),
        (RepairOption::WrittenFollowUp, Line::ReceivedNoteBy, Line::OpenedNoteBy),
        (RepairOption::RepairQuietly, Line::ReceivedDueBy, Line::OpenedDueBy),
        (RepairOption::SwitchTopic, Line::ReceivedForSession, Line::OpenedForSession),
        (RepairOption::BriefCheckIn, Line::ReceivedForSession, Line::OpenedForSession),
    ];
    let cases = options.map(|(option, ..)| w.share(option, now));
    w.sync_all(now);
    let line = |w: &World, case, now| w.phone.choice(case, now).unwrap().status();
    for (case, (option, received, _)) in cases.into_iter().zip(options) {
        assert_eq!(line(&w, case, now), received, "{option:?}");
        w.desk.open_card(case, now).unwrap();
    }
    w.sync_all(now);
    w.sync_all(now);
    for (case, (option, _, opened)) in cases.into_iter().zip(options) {
        assert_eq!(line(&w, case, now), opened, "{option:?}");
    }
    // What counts from now on is never late, and a note is told apart from all else.
    let later = now + days(30);
    assert_eq!(line(&w, cases[0], later), Line::OpenedCounts);
    assert_eq!(line(&w, cases[2], later), Line::LateNote);
    assert_eq!(line(&w, cases[3], later), Line::Late);
    w.desk.done(cases[3], now).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(line(&w, cases[3], later), Line::Done);
}

#[test]
fn of_all_that_ails_a_link_one_thing_is_told_first() {
    let (mut w, now) = (World::paired(9), monday());
    let notice = |w: &World| w.phone.practice(w.therapist).unwrap().notice();
    w.sync_all(now);
    assert_eq!(notice(&w), None);
    w.desk.unpair(w.client, now).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    let practice = w.phone.practice(w.therapist).unwrap();
    assert_eq!(practice.notices(), [Notice::Goodbye]);
    assert_eq!(w.phone.practice(w.coordinator).unwrap().notice(), None);

    let mut ailing = practice;
    ailing.health.newcomer = true;
    ailing.health.two_phones = true;
    assert_eq!(ailing.notices(), [Notice::Goodbye, Notice::TwoPhones, Notice::Newcomer]);
    ailing.health.second_claim = true;
    assert_eq!(ailing.notice(), Some(Notice::SecondClaim));
    ailing.health.trouble = attune_core::Trouble::SecondClaim;
    assert_eq!(ailing.notices(), [Notice::SecondClaim, Notice::TwoPhones, Notice::Newcomer]);
    ailing.health.trouble = attune_core::Trouble::Unreachable;
    assert_eq!(ailing.notices().last(), Some(&Notice::NotReached));
}

#[test]
fn one_thing_is_had_by_its_id() {
    let (mut w, now) = (World::paired(10), monday());
    let asked = w.share(RepairOption::WrittenFollowUp, now);
    let other = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    w.desk.reply(asked, NOTE, now).unwrap();
    w.desk.propose(w.client, ProposalKind::FileLine, "We asked how to plan.", None, now).unwrap();
    w.sync_all(now);
    w.sync_all(now);

    let notes = w.phone.notes_of(asked).unwrap();
    assert_eq!((notes.len(), notes[0].text.as_str()), (1, NOTE));
    assert!(w.phone.notes_of(other).unwrap().is_empty());
    assert_eq!(w.phone.note(notes[0].id).unwrap().case, asked);
    let proposal = w.phone.proposals().unwrap().remove(0).id;
    assert_eq!(w.phone.proposal(proposal).unwrap().text.as_str(), "We asked how to plan.");
    let front = w.phone.practice(w.coordinator).unwrap();
    assert_eq!((front.id, front.card.unwrap().name.as_str()), (w.coordinator, "Front desk"));

    w.phone.erase_note(notes[0].id).unwrap();
    w.phone.erase_proposal(proposal).unwrap();
    let none = TextId::from_bytes([0; 16]);
    for id in [notes[0].id, none] {
        assert!(matches!(w.phone.note(id), Err(Error::NotFound)));
    }
    for id in [proposal, none] {
        assert!(matches!(w.phone.proposal(id), Err(Error::NotFound)));
    }
    assert!(w.phone.notes_of(asked).unwrap().is_empty());
    assert!(matches!(w.phone.practice(PracticeId(99)), Err(Error::NotFound)));
}
