//! What may become of a choice on its way: changed, taken back, ended by its date, late, refused.

use attune_core::Error;
use attune_core::due::Due;
use attune_core::preview::RepairChoice;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_tests::world::{World, days, monday};

const SEEN: ChoiceState = ChoiceState::Withdrawn { seen: true };
const UNSEEN: ChoiceState = ChoiceState::Withdrawn { seen: false };

#[test]
fn a_change_of_mind_reaches_the_same_card() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let change = RepairChoice { replaces: Some(case), ..w.choice(RepairOption::SwitchTopic) };
    assert_eq!(w.share_choice(&change, now), case);
    assert_eq!(w.state(case, now), ChoiceState::Queued);
    w.sync_all(now);
    let inbox = w.inbox(now);
    assert_eq!(inbox.len(), 1);
    assert_eq!((inbox[0].case, inbox[0].option), (case, RepairOption::SwitchTopic));
    assert_eq!(w.state(case, now), ChoiceState::Received);
}

#[test]
fn a_change_to_somebody_else_takes_the_earlier_choice_back() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let change = RepairChoice { replaces: Some(case), ..w.choice(RepairOption::RequestProvider) };
    assert!(w.phone.preview(&change, now).unwrap().takes_back);
    let other = w.share_choice(&change, now);
    assert_ne!(other, case);
    w.sync_all(now);
    w.sync_all(now);
    assert!(w.inbox(now).is_empty());
    assert_eq!(w.front_inbox(now).len(), 1);
    assert_eq!((w.state(case, now), w.state(other, now)), (SEEN, ChoiceState::Received));
}

#[test]
fn taken_back_before_it_left_nobody_saw_it() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.phone.take_back(case).unwrap();
    assert_eq!(w.state(case, now), UNSEEN);
    w.sync_all(now);
    w.sync_all(now);
    assert!(w.inbox(now).is_empty());
    assert_eq!(w.state(case, now), UNSEEN);
}

#[test]
fn taken_back_before_receipt_that_nobody_saw_it_is_said_once_it_is_known() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_phone(now);
    w.phone.take_back(case).unwrap();
    w.sync_phone(now);
    assert_eq!(w.state(case, now), ChoiceState::Withdrawing);
    w.sync_desk(now);
    assert!(w.inbox(now).is_empty());
    w.sync_phone(now);
    assert_eq!(w.state(case, now), UNSEEN);
}

#[test]
fn taken_back_after_receipt_the_practice_is_told() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::BriefCheckIn, now);
    w.sync_all(now);
    assert_eq!(w.inbox(now).len(), 1);
    w.phone.take_back(case).unwrap();
    w.sync_phone(now);
    assert_eq!(w.state(case, now), ChoiceState::Withdrawing);
    w.sync_desk(now);
    assert!(w.inbox(now).is_empty());
    w.sync_phone(now);
    assert_eq!(w.state(case, now), SEEN);
    w.sync_all(now);
    assert!(w.inbox(now).is_empty());
}

#[test]
fn picked_up_while_it_is_taken_back_is_told_as_it_was() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_phone(now);
    w.sync_desk(now);
    w.phone.take_back(case).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.state(case, now), SEEN);
    assert!(w.inbox(now).is_empty());
}

#[test]
fn an_answered_choice_can_not_be_taken_back() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    w.desk.reply(case, "A note.", now).unwrap();
    w.sync_desk(now);
    w.sync_phone(now);
    assert!(matches!(w.phone.take_back(case), Err(Error::TooLate)));
    assert_eq!(w.state(case, now), ChoiceState::Answered);
}

#[test]
fn no_contact_allows_no_note_and_can_be_marked_done() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::NoContact, now);
    w.sync_all(now);
    assert_eq!(w.inbox(now)[0].due, Due::AtOnce);
    assert!(matches!(w.desk.reply(case, "Hello.", now), Err(Error::NoteNotAllowed)));
    w.desk.done(case, now).unwrap();
    w.sync_desk(now);
    w.sync_phone(now);
    assert_eq!(w.state(case, now), ChoiceState::Answered);
    assert!(w.phone.notes().unwrap().is_empty());
}

#[test]
fn what_arrives_after_its_end_date_never_becomes_a_card() {
    let mut w = World::paired();
    let now = monday();
    let until = Some(now.date_naive() + days(1));
    let choice = RepairChoice { until, ..w.choice(RepairOption::WrittenFollowUp) };
    let case = w.share_choice(&choice, now);
    w.sync_phone(now);
    let later = now + days(3);
    w.sync_desk(later);
    assert!(w.inbox(later).is_empty());
    w.sync_phone(later);
    assert_eq!(w.state(case, later), ChoiceState::Expired);
    let past = RepairChoice { until, ..choice };
    assert!(matches!(w.phone.preview(&past, later), Err(Error::PastEndDate)));
}

#[test]
fn a_card_leaves_the_desk_when_its_end_date_passes() {
    let mut w = World::paired();
    let now = monday();
    let until = Some(now.date_naive() + days(1));
    let choice = RepairChoice { until, ..w.choice(RepairOption::Pause) };
    let case = w.share_choice(&choice, now);
    w.sync_all(now);
    assert_eq!(w.inbox(now + days(1)).len(), 1);
    assert!(w.inbox(now + days(2)).is_empty());
    w.sync_all(now + days(2));
    assert_eq!(w.state(case, now + days(2)), ChoiceState::Expired);
}

#[test]
fn past_its_due_day_both_sides_say_so() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    for (after, late) in [(0, false), (3, false), (4, true)] {
        let then = now + days(after);
        assert_eq!(w.state(case, then) == ChoiceState::Late, late, "the phone after {after} days");
        assert_eq!(w.inbox(then)[0].late, late, "the desk after {after} days");
    }
    // A late answer is an answer.
    w.desk.reply(case, "A note.", now + days(5)).unwrap();
    w.sync_desk(now + days(5));
    w.sync_phone(now + days(5));
    assert_eq!(w.state(case, now + days(5)), ChoiceState::Answered);
}

#[test]
fn the_ninth_open_choice_is_refused_and_the_eight_are_kept() {
    let mut w = World::paired();
    let now = monday();
    let cases: Vec<_> = (0..8).map(|_| w.share(RepairOption::Pause, now)).collect();
    let ninth = w.choice(RepairOption::Pause);
    let preview = w.phone.preview(&ninth, now).unwrap();
    assert!(matches!(w.phone.share(&preview.digest, now), Err(Error::TooManyOpen)));
    w.sync_all(now);
    assert_eq!(w.inbox(now).len(), 8);
    for case in &cases {
        assert_eq!(w.state(*case, now), ChoiceState::Received);
    }
    w.phone.take_back(cases[0]).unwrap();
    w.sync_all(now);
    w.share(RepairOption::SwitchTopic, now);
    w.sync_all(now);
    assert_eq!(w.inbox(now).len(), 8);
}

#[test]
fn texts_over_their_limits_are_refused_and_change_nothing() {
    let mut w = World::paired();
    let now = monday();
    let moment = w.phone.flag(now).unwrap();
    w.phone.set_note(moment, Some("short")).unwrap();
    let long = "x".repeat(501);
    assert!(matches!(w.phone.set_note(moment, Some(&long)), Err(Error::WordsTooLong)));
    assert_eq!(w.phone.moment(moment).unwrap().note.as_deref(), Some("short"));
    // 500 characters of three bytes are more than the 1,200 bytes that travel.
    w.phone.set_note(moment, Some(&"道".repeat(500))).unwrap();
    let choice = RepairChoice {
        moment: Some(moment),
        with_words: true,
        ..w.choice(RepairOption::WrittenFollowUp)
    };
    assert!(matches!(w.phone.preview(&choice, now), Err(Error::WordsTooLong)));

    let case = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    for (text, wanted) in [(String::new(), "empty"), ("y".repeat(4_801), "long")] {
        let refused = w.desk.reply(case, &text, now);
        match wanted {
            "empty" => assert!(matches!(refused, Err(Error::TextEmpty))),
            _ => assert!(matches!(refused, Err(Error::TextTooLong))),
        }
    }
    let most = "y".repeat(4_800);
    w.desk.reply(case, &most, now).unwrap();
    w.sync_desk(now);
    w.sync_phone(now);
    assert_eq!(w.phone.notes().unwrap()[0].text.as_str(), most);
}
