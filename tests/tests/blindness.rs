//! What somebody on the network sees of a sync: the same, whatever there is to say (I10), and the
//! same whatever is kept private (I9).

use attune_core::repair::{Pointer, RepairOption};
use attune_tests::dice::Dice;
use attune_tests::road::sync;
use attune_tests::tap::{Message, Tap};
use attune_tests::world::{World, monday};
use attune_wire::FRAME_LEN;

/// Everything on the wire of one sync of each party, with the phone first and last.
fn round(w: &mut World, tap: &Tap) -> Vec<Message> {
    let now = monday();
    for who in [0, 1, 2, 0] {
        let who: &mut dyn attune_tests::road::Syncs = match who {
            0 => &mut w.phone,
            1 => &mut w.desk,
            _ => &mut w.front,
        };
        sync(who, tap.address(), now).unwrap();
    }
    tap.take()
}

#[test]
fn idle_choice_withdrawal_and_answer_look_alike_to_the_byte() {
    let mut w = World::paired();
    let now = monday();
    let tap = Tap::before(w.relay.address());
    let idle = round(&mut w, &tap);
    // For each pairing of each sync one GET and one PUT, each with its answer.
    assert_eq!(idle.len(), 2 * 2 * (2 + 1 + 1 + 2));
    for message in &idle {
        assert_eq!(message.body, FRAME_LEN);
    }
    let heads = |outward| {
        let mut heads: Vec<_> =
            idle.iter().filter(|m| m.outward == outward).map(|m| m.head).collect();
        heads.dedup();
        heads
    };
    assert_eq!((heads(true).len(), heads(false).len()), (1, 1), "GET and PUT are one shape");

    let case = w.share(RepairOption::WrittenFollowUp, now);
    assert_eq!(round(&mut w, &tap), idle, "a choice");
    assert_eq!(w.inbox(now).len(), 1);
    w.desk.reply(case, &"A note of some length. ".repeat(150), now).unwrap();
    assert_eq!(round(&mut w, &tap), idle, "an answer");
    assert_eq!(round(&mut w, &tap), idle, "the receipt of an answer");
    assert_eq!(w.phone.notes().unwrap().len(), 1);

    let front = w.share(RepairOption::RequestProvider, now);
    let taken_back = w.share(RepairOption::Pause, now);
    assert_eq!(round(&mut w, &tap), idle, "two choices for two practices");
    w.phone.take_back(taken_back).unwrap();
    assert_eq!(round(&mut w, &tap), idle, "a withdrawal");
    w.front.done(front, now).unwrap();
    assert_eq!(round(&mut w, &tap), idle, "done without a note");
    assert_eq!(round(&mut w, &tap), idle, "nothing again");
    assert!(w.inbox(now).is_empty() && w.front_inbox(now).is_empty());
}

/// Choices, withdrawals and nothing in random order: each sync of each party has the length, count
/// and order of the first idle one. The seed is printed; `benches/blindness` has more of them, and
/// the times.
#[test]
fn no_order_of_choices_and_withdrawals_shows() {
    let seed = Dice::seed(100);
    println!("seed {seed}");
    let mut dice = Dice::new(seed);
    let mut w = World::paired();
    let now = monday();
    let tap = Tap::before(w.relay.address());
    let idle = round(&mut w, &tap);
    let mut open = None;
    let (mut shared, mut taken_back) = (0, 0);
    for step in 0..24 {
        match (dice.below(3), open.take()) {
            (1, None) => {
                open = Some(w.share(RepairOption::Pause, now));
                shared += 1;
            }
            (2, Some(case)) => {
                w.phone.take_back(case).unwrap();
                taken_back += 1;
            }
            (_, kept) => open = kept,
        }
        assert_eq!(round(&mut w, &tap), idle, "step {step}");
        assert_eq!(w.inbox(now).len(), usize::from(open.is_some()), "step {step}");
    }
    assert!(shared > 1 && taken_back > 1, "{shared} and {taken_back}");
}

#[test]
fn what_is_private_changes_nothing_on_the_wire() {
    let mut w = World::paired();
    let now = monday();
    let tap = Tap::before(w.relay.address());
    let idle = round(&mut w, &tap);
    for number in 0..40 {
        let moment = w.phone.flag(now).unwrap();
        w.phone.set_note(moment, Some(&"x".repeat(number * 12 + 1))).unwrap();
        w.phone.set_pointer(moment, Some(Pointer::Place)).unwrap();
    }
    // Previewed, and kept.
    let choice = w.choice(RepairOption::Pause);
    w.phone.preview(&choice, now).unwrap();
    assert_eq!(round(&mut w, &tap), idle);
    w.phone.erase_moments().unwrap();
    assert_eq!(round(&mut w, &tap), idle);
}

#[test]
fn what_the_relay_stores_has_one_size_and_one_step_a_sync() {
    let mut w = World::paired();
    let now = monday();
    w.sync_all(now);
    let versions = |w: &World| -> Vec<u64> { w.relay.rows().iter().map(|row| row.ver).collect() };
    let stepped = |w: &mut World| {
        let before = versions(w);
        w.sync_phone(now);
        w.sync_desk(now);
        w.sync_front(now);
        let after = versions(w);
        before.iter().zip(&after).map(|(before, after)| after - before).collect::<Vec<_>>()
    };
    let idle = stepped(&mut w);
    assert_eq!(idle, [1; 4]);
    let case = w.share(RepairOption::Pause, now);
    assert_eq!(stepped(&mut w), idle);
    let changed = attune_core::preview::RepairChoice {
        replaces: Some(case),
        ..w.choice(RepairOption::BriefCheckIn)
    };
    w.share_choice(&changed, now);
    w.phone.take_back(case).unwrap();
    assert_eq!(stepped(&mut w), idle);
}
