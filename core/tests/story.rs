//! The core's main story over real vaults: pair, flag, choose, preview, share, receive, answer.

mod world;

use attune_core::Error;
use attune_core::due::Due;
use attune_core::practice::PracticeRole;
use attune_core::preview::RepairChoice;
use attune_core::repair::{Pointer, RepairOption};
use attune_core::state::ChoiceState;
use attune_core::sync::SyncAnswer;
use world::{Fault, World, days, monday, sync, sync_with};

#[test]
fn a_choice_goes_out_as_previewed_and_a_note_comes_back() {
    let mut w = World::paired(1);
    let now = monday();
    let moment = w.phone.flag(now).unwrap();
    w.phone.set_note(moment, Some("When you said that about my mother.")).unwrap();
    w.phone.set_pointer(moment, Some(Pointer::Said)).unwrap();
    let choice = RepairChoice {
        moment: Some(moment),
        with_pointer: true,
        with_words: true,
        until: Some(now.date_naive() + days(10)),
        ..w.choice(RepairOption::WrittenFollowUp)
    };
    let preview = w.phone.preview(&choice, now).unwrap();
    assert_eq!(preview.recipient, "Dr Ada Lind");
    assert_eq!(preview.role, PracticeRole::Therapist);
    let case = w.phone.share(&preview.digest, now).unwrap();
    assert_eq!(w.state(case, now), ChoiceState::Queued);
    assert!(w.desk.inbox(now).unwrap().is_empty());

    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Uploaded);
    sync(&mut w.desk, &mut w.relay, now);
    let inbox = w.desk.inbox(now).unwrap();
    let [card] = &inbox[..] else { panic!("one card") };
    assert_eq!(card.option, preview.option);
    assert_eq!(card.pointer, preview.pointer);
    assert_eq!(card.words, preview.words);
    assert_eq!(card.until, preview.until);
    assert_eq!(card.client_name.as_deref(), Some("Sam"));
    // Received on Monday, three working days.
    assert_eq!(card.due, Due::By("2026-03-05".parse().unwrap()));
    assert!(!card.opened);

    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    w.desk.open_card(case, now).unwrap();
    w.sync_all(now);
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Opened);
    assert_eq!(w.state(case, now + days(4)), ChoiceState::Late);

    w.desk.reply(case, "I joked about your accent. I am sorry. No reply is needed.", now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Answered);
    let notes = w.phone.notes().unwrap();
    let [note] = &notes[..] else { panic!("one note") };
    assert_eq!(note.text.as_str(), "I joked about your accent. I am sorry. No reply is needed.");
    assert_eq!(note.sender, "Dr Ada Lind");
    assert!(w.front.inbox(now).unwrap().is_empty());
    assert!(w.desk.inbox(now).unwrap().is_empty());
}

#[test]
fn what_goes_to_the_front_desk_never_reaches_the_therapist() {
    let mut w = World::paired(2);
    let now = monday();
    let wrong = RepairChoice { practice: w.therapist, ..w.choice(RepairOption::RequestProvider) };
    assert!(matches!(w.phone.preview(&wrong, now), Err(Error::NotOffered)));
    let case = w.share(RepairOption::RequestProvider, now);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.front.inbox(now).unwrap().len(), 1);
    assert!(w.desk.inbox(now).unwrap().is_empty());
    assert_eq!(w.state(case, now), ChoiceState::Received);
}

#[test]
fn taken_back_before_anything_left_nobody_saw_it() {
    let mut w = World::paired(3);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.phone.take_back(case).unwrap();
    assert_eq!(w.state(case, now), ChoiceState::Withdrawn { seen: false });
    w.sync_all(now);
    assert!(w.desk.inbox(now).unwrap().is_empty());
}

#[test]
fn taken_back_before_receipt_nobody_saw_it_and_that_is_said_only_once_it_is_known() {
    let mut w = World::paired(4);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    sync(&mut w.phone, &mut w.relay, now);
    w.phone.take_back(case).unwrap();
    assert_eq!(w.state(case, now), ChoiceState::Withdrawing);
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Withdrawing);
    sync(&mut w.desk, &mut w.relay, now);
    assert!(w.desk.inbox(now).unwrap().is_empty());
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Withdrawn { seen: false });
}

#[test]
fn taken_back_after_receipt_the_practice_is_told() {
    let mut w = World::paired(5);
    let now = monday();
    let case = w.share(RepairOption::BriefCheckIn, now);
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    w.phone.take_back(case).unwrap();
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Withdrawing);
    assert!(!w.phone.choice(case, now).unwrap().unsure, "that it was picked up is known");
    sync(&mut w.desk, &mut w.relay, now);
    assert!(w.desk.inbox(now).unwrap().is_empty());
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Withdrawn { seen: true });
    // Nothing of it stays in the documents of either side, and nothing comes back.
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Withdrawn { seen: true });
}

#[test]
fn a_race_between_pick_up_and_taking_back_is_told_as_it_was() {
    let mut w = World::paired(6);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    sync(&mut w.phone, &mut w.relay, now);
    // The desk picks it up while the person takes it back.
    sync(&mut w.desk, &mut w.relay, now);
    w.phone.take_back(case).unwrap();
    for _ in 0..2 {
        sync(&mut w.phone, &mut w.relay, now);
        sync(&mut w.desk, &mut w.relay, now);
    }
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Withdrawn { seen: true });
    assert!(w.desk.inbox(now).unwrap().is_empty());
}

#[test]
fn an_erased_note_does_not_come_back() {
    let mut w = World::paired(28);
    let now = monday();
    let case = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    w.desk.reply(case, "A note.", now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    let note = w.phone.notes().unwrap()[0].id;
    w.phone.erase_note(note).unwrap();
    assert!(matches!(w.phone.erase_note(note), Err(Error::NotFound)));
    // The phone connects before the desk has heard that the note was stored.
    sync(&mut w.phone, &mut w.relay, now);
    for _ in 0..3 {
        w.sync_all(now);
        assert!(w.phone.notes().unwrap().is_empty());
    }
}

#[test]
fn a_lost_answer_is_told_as_not_known() {
    let mut w = World::paired(26);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    assert!(!w.phone.choice(case, now).unwrap().unsure);
    let mut at = 0;
    sync_with(&mut w.phone, &mut w.relay, now, || {
        at += 1;
        if at == 2 { Fault::AnswerLost } else { Fault::None }
    });
    let choice = w.phone.choice(case, now).unwrap();
    assert_eq!((choice.state, choice.unsure), (ChoiceState::Queued, true));
    sync(&mut w.phone, &mut w.relay, now);
    let choice = w.phone.choice(case, now).unwrap();
    assert_eq!((choice.state, choice.unsure), (ChoiceState::Uploaded, false));
}

/// The desk's document was sealed before it could know of the choice: its silence proves nothing.
#[test]
fn no_one_saw_it_is_not_said_on_the_word_of_an_older_document() {
    let mut w = World::paired(25);
    let now = monday();
    w.desk.sync_begin(now).unwrap();
    let step = |w: &mut World| {
        let request = w.desk.sync_next().unwrap().unwrap();
        let body = w.relay.answer(&request).unwrap();
        w.desk.sync_feed(now, SyncAnswer::Http { status: 200, body: &body }).unwrap();
    };
    step(&mut w);
    let case = w.share(RepairOption::Pause, now);
    sync(&mut w.phone, &mut w.relay, now);
    step(&mut w);
    w.phone.take_back(case).unwrap();
    // The desk picks the choice up just before the phone's next document leaves it out.
    w.phone.sync_begin(now).unwrap();
    let request = w.phone.sync_next().unwrap().unwrap();
    let body = w.relay.answer(&request).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    w.phone.sync_feed(now, SyncAnswer::Http { status: 200, body: &body }).unwrap();
    assert_eq!(w.state(case, now), ChoiceState::Withdrawing);
    for _ in 0..3 {
        w.sync_all(now);
    }
    assert_eq!(w.state(case, now), ChoiceState::Withdrawn { seen: true });
}

#[test]
fn a_change_of_mind_reaches_the_same_case() {
    let mut w = World::paired(7);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let change = RepairChoice { replaces: Some(case), ..w.choice(RepairOption::SwitchTopic) };
    let preview = w.phone.preview(&change, now).unwrap();
    assert!(!preview.takes_back);
    assert_eq!(w.phone.share(&preview.digest, now).unwrap(), case);
    assert_eq!(w.state(case, now), ChoiceState::Queued);
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    let inbox = w.desk.inbox(now).unwrap();
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].option, RepairOption::SwitchTopic);
}

#[test]
fn a_change_to_the_front_desk_takes_the_earlier_choice_back() {
    let mut w = World::paired(8);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let change = RepairChoice { replaces: Some(case), ..w.choice(RepairOption::RequestProvider) };
    let preview = w.phone.preview(&change, now).unwrap();
    assert!(preview.takes_back);
    let other = w.phone.share(&preview.digest, now).unwrap();
    assert_ne!(other, case);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Withdrawn { seen: true });
    assert_eq!(w.state(other, now), ChoiceState::Received);
    assert!(w.desk.inbox(now).unwrap().is_empty());
}

#[test]
fn only_what_was_previewed_last_can_be_shared_and_only_once() {
    let mut w = World::paired(9);
    let now = monday();
    let first = w.phone.preview(&w.choice(RepairOption::Pause), now).unwrap();
    let second = w.phone.preview(&w.choice(RepairOption::SwitchTopic), now).unwrap();
    assert!(matches!(w.phone.share(&first.digest, now), Err(Error::NotPreviewed)));
    w.phone.share(&second.digest, now).unwrap();
    assert!(matches!(w.phone.share(&second.digest, now), Err(Error::NotPreviewed)));
    assert!(matches!(w.phone.share(&[7; 32], now), Err(Error::NotPreviewed)));
}

#[test]
fn the_ninth_open_choice_is_refused_and_loses_nothing() {
    let mut w = World::paired(10);
    let now = monday();
    let cases: Vec<_> = (0..8).map(|_| w.share(RepairOption::Pause, now)).collect();
    let ninth = w.phone.preview(&w.choice(RepairOption::Pause), now).unwrap();
    assert!(matches!(w.phone.share(&ninth.digest, now), Err(Error::TooManyOpen)));
    w.sync_all(now);
    for case in &cases {
        assert_eq!(w.state(*case, now), ChoiceState::Received);
    }
    assert_eq!(w.desk.inbox(now).unwrap().len(), 8);
    w.phone.take_back(cases[0]).unwrap();
    w.sync_all(now);
    w.share(RepairOption::SwitchTopic, now);
}

#[test]
fn end_dates_are_the_phones_and_what_comes_late_is_never_an_action() {
    let mut w = World::paired(11);
    let now = monday();
    let until = Some(now.date_naive() + days(1));
    let choice = RepairChoice { until, ..w.choice(RepairOption::WrittenFollowUp) };
    let preview = w.phone.preview(&choice, now).unwrap();
    let case = w.phone.share(&preview.digest, now).unwrap();
    sync(&mut w.phone, &mut w.relay, now);
    // The desk comes back after the end date.
    let later = now + days(3);
    sync(&mut w.desk, &mut w.relay, later);
    assert!(w.desk.inbox(later).unwrap().is_empty());
    assert_eq!(w.state(case, now), ChoiceState::Uploaded);
    sync(&mut w.phone, &mut w.relay, later);
    assert_eq!(w.state(case, later), ChoiceState::Expired);
    let past = RepairChoice { until: Some(now.date_naive()), ..choice };
    assert!(matches!(w.phone.preview(&past, later), Err(Error::PastEndDate)));
}

#[test]
fn a_card_leaves_the_desk_when_its_end_date_passes() {
    let mut w = World::paired(12);
    let now = monday();
    let until = Some(now.date_naive() + days(1));
    let choice = RepairChoice { until, ..w.choice(RepairOption::Pause) };
    let preview = w.phone.preview(&choice, now).unwrap();
    let case = w.phone.share(&preview.digest, now).unwrap();
    w.sync_all(now);
    assert_eq!(w.desk.inbox(now + days(1)).unwrap().len(), 1);
    assert!(w.desk.inbox(now + days(2)).unwrap().is_empty());
    w.sync_all(now + days(2));
    assert_eq!(w.state(case, now + days(2)), ChoiceState::Expired);
}

#[test]
fn no_contact_allows_no_note() {
    let mut w = World::paired(13);
    let now = monday();
    let case = w.share(RepairOption::NoContact, now);
    w.sync_all(now);
    assert!(matches!(w.desk.reply(case, "Hello", now), Err(Error::NoteNotAllowed)));
    assert_eq!(w.desk.inbox(now).unwrap()[0].due, Due::AtOnce);
    w.desk.done(case, now).unwrap();
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(w.state(case, now), ChoiceState::Answered);
}

#[test]
fn moments_are_kept_listed_and_expire() {
    let mut w = World::paired(19);
    let now = monday();
    let ids: Vec<_> =
        (0..5).map(|n| w.phone.flag(now + chrono::Duration::seconds(n)).unwrap()).collect();
    let page = w.phone.moments(None, 2).unwrap();
    assert_eq!(page.iter().map(|m| m.id).collect::<Vec<_>>(), [ids[4], ids[3]]);
    let rest = w.phone.moments(Some(ids[3]), 50).unwrap();
    assert_eq!(rest.iter().map(|m| m.id).collect::<Vec<_>>(), [ids[2], ids[1], ids[0]]);
    assert_eq!(rest[2].marked_at, now);
    w.phone.undo(ids[4]).unwrap();
    assert!(matches!(w.phone.undo(ids[4]), Err(Error::NotFound)));
    assert!(matches!(w.phone.set_note(ids[0], Some(&"x".repeat(501))), Err(Error::WordsTooLong)));
    w.phone.set_note(ids[0], Some(&"é".repeat(500))).unwrap();

    assert_eq!(w.phone.moment_days().unwrap(), Some(90));
    for day in [0, 29, 58, 87, 89] {
        w.phone.expire(now + days(day)).unwrap();
    }
    assert_eq!(w.phone.moments(None, 50).unwrap().len(), 4);
    w.phone.set_moment_days(None).unwrap();
    w.phone.expire(now + days(100)).unwrap();
    assert_eq!(w.phone.moments(None, 50).unwrap().len(), 4);
    w.phone.set_moment_days(Some(30)).unwrap();
    w.phone.expire(now + days(101)).unwrap();
    assert!(w.phone.moments(None, 50).unwrap().is_empty());
}

#[test]
fn a_clock_that_leaps_ahead_erases_nothing_before_it_has_stayed_there_for_a_day() {
    let mut w = World::paired(27);
    let now = monday();
    w.phone.flag(now).unwrap();
    w.phone.expire(now).unwrap();
    let wrong = now + days(4_000);
    w.phone.expire(wrong).unwrap();
    w.phone.expire(wrong + chrono::Duration::hours(23)).unwrap();
    assert_eq!(w.phone.moments(None, 50).unwrap().len(), 1);
    // The date was set right again: all is as it was.
    w.phone.expire(now + days(1)).unwrap();
    w.phone.expire(wrong).unwrap();
    assert_eq!(w.phone.moments(None, 50).unwrap().len(), 1);
    w.phone.expire(wrong + days(2)).unwrap();
    assert!(w.phone.moments(None, 50).unwrap().is_empty());
}

#[test]
fn a_clock_that_goes_back_keeps_the_order_of_moments() {
    let mut w = World::paired(20);
    let first = w.phone.flag(monday()).unwrap();
    let second = w.phone.flag(monday() - days(400)).unwrap();
    assert!(second > first);
    assert_eq!(w.phone.moments(None, 1).unwrap()[0].id, second);
}
