//! What a network may do to the requests of a sync: lose one, lose its answer, end the sync there.
//! Wherever it happens, the next syncs bring everything through, once.

use attune_core::Trouble;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_tests::road::{Fate, Syncs, sync_with};
use attune_tests::world::{World, monday};

const FATES: [Fate; 3] = [Fate::Lost, Fate::AnswerLost, Fate::BrokenOff];

/// A sync whose request number `at` meets `fate`. False if it had fewer.
fn disturbed(w: &mut World, phone: bool, at: usize, fate: Fate) -> bool {
    let relay = w.relay.address();
    let who: &mut dyn Syncs = if phone { &mut w.phone } else { &mut w.desk };
    let mut number = 0;
    let mut met = false;
    sync_with(who, relay, monday(), |_| {
        number += 1;
        if number == at + 1 {
            met = true;
            fate
        } else {
            Fate::Whole
        }
    })
    .unwrap();
    met
}

/// The story with one disturbance: the phone's or the desk's sync, at each request, in each way.
fn goes_on_after(phone: bool, requests: usize) {
    let now = monday();
    for fate in FATES {
        for at in 0..requests {
            let mut w = World::paired();
            let case = w.share(RepairOption::WrittenFollowUp, now);
            let gone = w.share(RepairOption::Pause, now);
            w.sync_all(now);
            w.phone.take_back(gone).unwrap();
            w.desk.reply(case, "A note.", now).unwrap();
            let front = w.share(RepairOption::Interpreter, now);
            assert!(disturbed(&mut w, phone, at, fate), "{fate:?} at {at}");
            for _ in 0..2 {
                w.sync_all(now);
            }
            w.sync_all(now);
            assert_eq!(w.state(case, now), ChoiceState::Answered, "{fate:?} at {at}");
            assert_eq!(w.phone.notes().unwrap().len(), 1, "{fate:?} at {at}");
            assert_eq!(w.state(gone, now), ChoiceState::Withdrawn { seen: true });
            assert!(w.inbox(now).is_empty(), "{fate:?} at {at}");
            assert_eq!(w.front_inbox(now)[0].case, front);
            assert!(w.phone.restored(now).unwrap().is_empty(), "{fate:?} at {at}");
            assert_eq!(w.practice().health.trouble, Trouble::None);
            assert!(!w.client().health.newcomer, "{fate:?} at {at}");
        }
    }
}

#[test]
fn the_phones_sync_may_break_anywhere() {
    goes_on_after(true, 4);
}

#[test]
fn the_desks_sync_may_break_anywhere() {
    goes_on_after(false, 2);
}

/// R3: a choice that the desk could not confirm to the relay is shown to nobody.
#[test]
fn a_receipt_that_did_not_leave_shows_no_card() {
    for fate in FATES {
        let mut w = World::paired();
        let now = monday();
        w.share(RepairOption::Pause, now);
        w.sync_phone(now);
        assert!(disturbed(&mut w, false, 1, fate));
        assert!(w.inbox(now).is_empty(), "{fate:?}");
        w.sync_desk(now);
        assert_eq!(w.inbox(now).len(), 1, "{fate:?}");
    }
}
