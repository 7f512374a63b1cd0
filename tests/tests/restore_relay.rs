//! A relay that lost everything, and one that was put back to an earlier day. Nothing is lost, nothing
//! happens twice, and nobody is taken for a restored phone.

use attune_core::Trouble;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_tests::world::{World, monday};

#[test]
fn a_relay_that_lost_everything_is_filled_again() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_phone(now);
    w.relay.lose_everything();
    w.sync_phone(now);
    // What is true: the relay does not know the lane. What was said before stays said.
    assert_eq!(w.practice().health.trouble, Trouble::Denied);
    assert_eq!(w.state(case, now), ChoiceState::Uploaded);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.inbox(now).len(), 1);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert_eq!(w.practice().health.trouble, Trouble::None);
    assert_eq!(w.client().health.trouble, Trouble::None);
}

#[test]
fn a_relay_that_was_rolled_back_changes_nothing() {
    let mut w = World::paired();
    let now = monday();
    let first = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    let past = w.path("past");
    w.relay.remember(&past);
    let second = w.share(RepairOption::SwitchTopic, now);
    let third = w.share(RepairOption::BriefCheckIn, now);
    w.phone.take_back(third).unwrap();
    w.desk.reply(first, "A note.", now).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    w.relay.roll_back(&past);
    for _ in 0..3 {
        w.sync_all(now);
    }
    let cases: Vec<_> = w.inbox(now).iter().map(|card| card.case).collect();
    assert_eq!(cases, [second]);
    assert_eq!(w.state(first, now), ChoiceState::Answered);
    assert_eq!(w.state(third, now), ChoiceState::Withdrawn { seen: false });
    assert_eq!(w.phone.notes().unwrap().len(), 1);
    assert!(w.phone.restored(now).unwrap().is_empty(), "nobody was restored");
    assert!(!w.client().health.newcomer && !w.practice().health.newcomer);
}

#[test]
fn a_relay_that_is_down_is_told_and_nothing_waits_for_ever() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.relay.stop();
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Queued);
    assert_eq!(w.practice().health.trouble, Trouble::Unreachable);
    assert_eq!(w.client().health.trouble, Trouble::Unreachable);
    w.relay.go_on();
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert_eq!(w.practice().health.trouble, Trouble::None);
}

/// The same by the operator's own means: a copy made while the relay runs, and put in its place.
#[test]
fn a_relay_that_starts_on_its_backup_loses_nothing_of_anybodys() {
    let mut w = World::paired();
    let now = monday();
    let first = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    let copy = w.path("backup.db");
    attune_relay::backup(&w.relay.database().into(), &copy).unwrap();
    let second = w.share(RepairOption::SwitchTopic, now);
    w.desk.reply(first, "A note.", now).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    w.relay.stop();
    std::fs::rename(&copy, w.relay.database()).unwrap();
    w.relay.go_on();
    let third = w.share(RepairOption::BriefCheckIn, now);
    for _ in 0..3 {
        w.sync_all(now);
    }
    let mut cases: Vec<_> = w.inbox(now).iter().map(|card| card.case).collect();
    cases.sort_unstable();
    let mut open = [second, third];
    open.sort_unstable();
    assert_eq!(cases, open, "what came before the copy and after it, each once");
    assert_eq!(w.state(first, now), ChoiceState::Answered);
    assert_eq!(w.phone.notes().unwrap().len(), 1);
    assert!(w.phone.restored(now).unwrap().is_empty(), "nobody was restored");
    assert!(!w.client().health.newcomer && !w.practice().health.newcomer);
    assert_eq!(w.practice().health.trouble, Trouble::None);
    assert_eq!(w.client().health.trouble, Trouble::None);
}
