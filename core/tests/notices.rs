//! More cases than a document has room for: what a person is shown always has a stored notice.

mod world;

use attune_core::preview::RepairChoice;
use attune_core::repair::RepairOption;
use world::{World, days, monday, sync};

/// I12: many choices of one day, each over by the evening; then some that stay.
#[test]
fn i12_what_a_desk_shows_has_a_stored_notice_however_many_there_were() {
    let mut w = World::paired(1_200);
    let start = monday();
    for day in 0..9 {
        let now = start + days(day);
        for _ in 0..8 {
            let until = Some(now.date_naive());
            let choice = RepairChoice { until, ..w.choice(RepairOption::Pause) };
            let preview = w.phone.preview(&choice, now).unwrap();
            w.phone.share(&preview.digest, now).unwrap();
        }
        sync(&mut w.phone, &mut w.relay, now);
        sync(&mut w.desk, &mut w.relay, now);
    }
    let now = start + days(9);
    let cases: Vec<_> = (0..8).map(|_| w.share(RepairOption::SwitchTopic, now)).collect();
    for _ in 0..2 {
        w.sync_all(now);
    }
    let shown: Vec<_> = w.desk.inbox(now).unwrap().iter().map(|card| card.case).collect();
    assert_eq!(shown.len(), 8);
    for case in cases {
        assert!(shown.contains(&case));
        assert_eq!(w.state(case, now), attune_core::state::ChoiceState::Received);
    }
}
