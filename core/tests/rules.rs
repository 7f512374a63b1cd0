//! The rules of the protocol, one by one, under the faults they are there for.

mod world;

use attune_core::companion::{Restored, WaitsFor};
use attune_core::export::{read_copy, write_copy_at};
use attune_core::preview::RepairChoice;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_core::sync::SyncAnswer;
use attune_core::vault::{KdfCost, Passphrase};
use attune_core::{Error, Trouble};
use attune_wire::{Operation, Status};
use world::{
    Fault, OTHER_RELAY, OpenStore, RELAY, Seen, World, card, copy_folder, days, monday, open_desk,
    open_phone, sync, sync_with,
};

fn phone_trouble(w: &World) -> Trouble {
    w.phone.practices().unwrap()[0].health.trouble
}

fn desk_trouble(w: &World) -> Trouble {
    w.desk.clients().unwrap()[0].health.trouble
}

/// R1: after a kill between the upload and its answer, the very same bytes go out again.
#[test]
fn r1_one_version_has_one_ciphertext() {
    let mut w = World::paired(101);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    let mut at = 0;
    let killed = sync_with(&mut w.phone, &mut w.relay, now, || {
        at += 1;
        if at == 2 { Fault::Killed } else { Fault::None }
    });
    assert!(killed);
    let before = w.phone.sync_next().unwrap().unwrap().body;
    let folder = w.back_up_phone("same");
    drop(folder);
    let path = w.path("phone");
    let elsewhere = w.path("elsewhere");
    copy_folder(&path, &elsewhere);
    w.phone_from(&elsewhere);
    let after = w.phone.sync_next().unwrap().unwrap();
    assert_eq!(before[..], after.body[..]);
    let body = w.relay.answer(&after).unwrap();
    w.phone.sync_feed(now, SyncAnswer::Http { status: 200, body: &body }).unwrap();
    assert_eq!(w.relay.seen.last().unwrap().status, Status::Same);
    assert_eq!(w.state(case, now), ChoiceState::Uploaded);
    assert!(!w.relay.two_envelopes_for_one_version);
}

/// R3: a desk that could not tell the relay does not show the choice to a person.
#[test]
fn r3_receipt_comes_before_show() {
    let mut w = World::paired(103);
    let now = monday();
    w.share(RepairOption::Pause, now);
    sync(&mut w.phone, &mut w.relay, now);
    let mut at = 0;
    sync_with(&mut w.desk, &mut w.relay, now, || {
        at += 1;
        if at == 2 { Fault::Lost } else { Fault::None }
    });
    assert!(w.desk.inbox(now).unwrap().is_empty());
    sync(&mut w.desk, &mut w.relay, now);
    assert_eq!(w.desk.inbox(now).unwrap().len(), 1);
}

/// R5 and R6: a phone put back to yesterday notices, and sends nothing before the person says so.
#[test]
fn r5_r6_a_restored_phone_holds_its_choices_back() {
    let mut w = World::paired(105);
    let now = monday();
    let kept = w.share(RepairOption::WrittenFollowUp, now);
    let dropped = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let yesterday = w.back_up_phone("yesterday");
    // Today the person takes one back and shares another.
    w.phone.take_back(dropped).unwrap();
    let later = w.share(RepairOption::SwitchTopic, now);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.desk.inbox(now).unwrap().len(), 2);

    w.phone_from(&yesterday);
    sync(&mut w.phone, &mut w.relay, now);
    let waiting = w.phone.restored(now).unwrap();
    let known = |restored: &&Restored| matches!(restored, Restored::Known(_));
    assert_eq!(waiting.iter().filter(known).count(), 2);
    assert_eq!(w.phone.choice(dropped, now).unwrap().waits_for, Some(WaitsFor::Confirmation));
    sync(&mut w.desk, &mut w.relay, now);
    // Nothing acts at the desk while the person has not spoken (R2: absent is hidden).
    assert!(w.desk.inbox(now).unwrap().is_empty());
    assert!(w.desk.clients().unwrap()[0].health.newcomer);

    sync(&mut w.phone, &mut w.relay, now);
    let unknown: Vec<_> = w
        .phone
        .restored(now)
        .unwrap()
        .into_iter()
        .filter_map(|restored| match restored {
            Restored::Unknown { case, .. } => Some(case),
            Restored::Known(_) => None,
        })
        .collect();
    assert_eq!(unknown, [later]);
    w.phone.confirm_restored(kept).unwrap();
    w.phone.drop_restored(dropped).unwrap();
    w.phone.drop_restored(later).unwrap();
    for _ in 0..3 {
        w.sync_all(now);
    }
    let inbox = w.desk.inbox(now).unwrap();
    assert_eq!(inbox.iter().map(|card| card.case).collect::<Vec<_>>(), [kept]);
    assert_eq!(w.state(kept, now), ChoiceState::Received);
    assert!(matches!(w.state(dropped, now), ChoiceState::Withdrawn { .. }));
    assert!(w.phone.restored(now).unwrap().is_empty());
    assert!(!w.relay.two_envelopes_for_one_version);
}

/// R5: a clone that sealed the same version gives itself away by the hash of the envelope.
#[test]
fn r5_an_equal_version_with_another_hash_is_a_clone() {
    let mut w = World::paired(115);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let folder = w.back_up_phone("clone");
    let mut clone = open_phone(&folder, &w.entropy);
    // Both seal the same version; the clone's upload is lost, so none is above the other.
    let mut at = 0;
    sync_with(&mut clone, &mut w.relay, now, || {
        at += 1;
        if at % 2 == 0 { Fault::Lost } else { Fault::None }
    });
    assert_eq!(clone.choice(case, now).unwrap().waits_for, None);
    sync(&mut w.phone, &mut w.relay, now);
    sync(&mut w.desk, &mut w.relay, now);
    sync(&mut clone, &mut w.relay, now);
    assert_eq!(clone.choice(case, now).unwrap().waits_for, Some(WaitsFor::Confirmation));
}

/// R7: after a restore the words have changed; a note waits until they were compared again.
#[test]
fn r7_free_text_waits_for_a_new_incarnation() {
    let mut w = World::paired(107);
    let now = monday();
    let words = w.phone.words(w.therapist).unwrap();
    let case = w.share(RepairOption::WrittenFollowUp, now);
    w.sync_all(now);
    let yesterday = w.back_up_phone("yesterday");
    w.sync_all(now);
    w.phone_from(&yesterday);
    w.sync_all(now);
    w.phone.confirm_restored(case).unwrap();
    w.sync_all(now);
    assert_eq!(w.desk.inbox(now).unwrap().len(), 1);
    w.desk.reply(case, "A note.", now).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    assert!(w.phone.notes().unwrap().is_empty());
    assert!(w.desk.clients().unwrap()[0].note_waits);
    assert_ne!(w.phone.words(w.therapist).unwrap(), words);
    assert_eq!(w.phone.words(w.therapist).unwrap(), w.desk.words(w.client).unwrap());
    w.desk.confirm_words(w.client, &w.desk.words(w.client).unwrap()).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.phone.notes().unwrap().len(), 1);
}

/// R7: own words wait too, when it is the desk that was restored.
#[test]
fn r7_own_words_wait_for_a_restored_desk() {
    let mut w = World::paired(117);
    let now = monday();
    w.sync_all(now);
    w.desk.sync_begin(now).unwrap();
    let backup = copy_folder(&w.path("desk"), &w.path("desk-yesterday"));
    for _ in 0..3 {
        w.sync_all(now);
    }
    let entropy = w.entropy.clone();
    w.desk = open_desk(&backup, &entropy);
    for _ in 0..3 {
        w.sync_all(now);
    }
    assert!(!w.phone.practices().unwrap()[0].health.compared);
    let moment = w.phone.flag(now).unwrap();
    w.phone.set_note(moment, Some("mine")).unwrap();
    let choice = RepairChoice {
        moment: Some(moment),
        with_words: true,
        ..w.choice(RepairOption::WrittenFollowUp)
    };
    assert!(matches!(w.phone.preview(&choice, now), Err(Error::NotCompared)));
    // A choice without words flows.
    w.share(RepairOption::Pause, now);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.desk.inbox(now).unwrap().len(), 1);
    assert_eq!(w.phone.words(w.therapist).unwrap(), w.desk.words(w.client).unwrap());
    w.phone.confirm_words(w.therapist, &w.phone.words(w.therapist).unwrap()).unwrap();
    w.phone.preview(&choice, now).unwrap();
}

/// R5 and R7: a phone and its clone take turns; both sides raise it, and nothing acts by itself.
#[test]
fn r7_two_phones_raise_an_alarm() {
    let mut w = World::paired(127);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let clone = w.back_up_phone("clone");
    let original = w.path("phone");
    w.sync_all(now);
    for _ in 0..3 {
        for folder in [&clone, &original] {
            let twin = copy_folder(folder, &w.path("swap"));
            w.phone_from(&twin);
            sync(&mut w.phone, &mut w.relay, now);
            sync(&mut w.desk, &mut w.relay, now);
            sync(&mut w.phone, &mut w.relay, now);
            let entropy = w.entropy.clone();
            let parked = w.path("parked");
            w.phone = {
                std::mem::drop(std::mem::replace(
                    &mut w.phone,
                    world::new_phone(&parked, &entropy),
                ));
                copy_folder(&twin, folder);
                world::open_phone(folder, &entropy)
            };
            std::fs::remove_dir_all(&parked).unwrap();
            std::fs::remove_dir_all(&twin).unwrap();
        }
    }
    assert!(w.desk.clients().unwrap()[0].health.two_phones);
    assert!(w.phone.practices().unwrap()[0].health.two_phones);
    assert!(w.desk.inbox(now).unwrap().is_empty());
    assert_eq!(w.phone.choice(case, now).unwrap().waits_for, Some(WaitsFor::Confirmation));
    assert!(!w.relay.two_envelopes_for_one_version);
}

/// Faults of the relay: it loses everything, and it goes back in time. Nothing is lost or doubled.
#[test]
fn a_relay_that_loses_everything_is_filled_again() {
    let mut w = World::paired(130);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    sync(&mut w.phone, &mut w.relay, now);
    w.relay.lose_everything();
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(phone_trouble(&w), Trouble::Denied);
    assert_eq!(w.state(case, now), ChoiceState::Uploaded);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert_eq!(w.desk.inbox(now).unwrap().len(), 1);
    assert_eq!((phone_trouble(&w), desk_trouble(&w)), (Trouble::None, Trouble::None));
}

#[test]
fn a_relay_that_is_rolled_back_changes_nothing() {
    let mut w = World::paired(131);
    let now = monday();
    let first = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let past = w.relay.clone();
    let second = w.share(RepairOption::SwitchTopic, now);
    w.phone.take_back(first).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    w.relay.roll_back_to(&past);
    w.sync_all(now);
    w.sync_all(now);
    let cards: Vec<_> = w.desk.inbox(now).unwrap().iter().map(|card| card.case).collect();
    assert_eq!(cards, [second]);
    assert_eq!(w.state(first, now), ChoiceState::Withdrawn { seen: true });
    assert!(w.phone.restored(now).unwrap().is_empty(), "nobody was restored");
    assert!(!w.desk.clients().unwrap()[0].health.newcomer);
}

#[test]
fn what_is_flipped_or_spliced_is_refused_with_the_state_unchanged() {
    let mut w = World::paired(132);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    sync(&mut w.phone, &mut w.relay, now);
    let honest = w.relay.clone();
    for body in w.relay.bodies() {
        body[5_000] ^= 1;
    }
    sync(&mut w.desk, &mut w.relay, now);
    assert!(w.desk.inbox(now).unwrap().is_empty());
    assert_eq!(desk_trouble(&w), Trouble::Unreadable);

    w.relay.roll_back_to(&honest);
    let mut other: Vec<_> = w.relay.bodies().map(|body| body.clone()).collect();
    other.rotate_left(1);
    assert!(other.len() > 1, "nothing to splice");
    for (body, wrong) in w.relay.bodies().zip(other) {
        *body = wrong;
    }
    sync(&mut w.desk, &mut w.relay, now);
    assert!(w.desk.inbox(now).unwrap().is_empty());

    w.relay.roll_back_to(&honest);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.desk.inbox(now).unwrap().len(), 1);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert_eq!(desk_trouble(&w), Trouble::None);
}

#[test]
fn answers_that_are_no_frames_count_as_none() {
    let mut w = World::paired(133);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    let answers: [(u16, Vec<u8>); 5] = [
        (200, Vec::new()),
        (200, vec![0; 8_448]),
        (200, vec![1; 8_449]),
        (503, vec![1; 8_448]),
        (302, Vec::new()),
    ];
    for (status, body) in answers {
        w.phone.sync_begin(now).unwrap();
        while w.phone.sync_next().unwrap().is_some() {
            w.phone.sync_feed(now, SyncAnswer::Http { status, body: &body }).unwrap();
        }
        assert_eq!(phone_trouble(&w), Trouble::Unreachable, "{status}");
        assert_eq!(w.state(case, now), ChoiceState::Queued);
    }
    assert!(matches!(w.phone.sync_feed(now, SyncAnswer::Unreachable), Err(Error::NotWaiting)));
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
}

/// Receive keys rotate, also through an outage of months on both sides.
#[test]
fn keys_rotate_and_an_outage_wedges_nothing() {
    let mut w = World::paired(134);
    let start = monday();
    for week in 0..12 {
        w.sync_all(start + days(week * 8));
        sync(&mut w.desk, &mut w.relay, start + days(week * 8));
    }
    w.relay.dead = vec![RELAY.to_owned()];
    let case = w.share(RepairOption::Pause, start + days(100));
    for week in 12..40 {
        w.sync_all(start + days(week * 8));
    }
    assert_eq!(phone_trouble(&w), Trouble::Unreachable);
    w.relay.dead.clear();
    let now = start + days(330);
    for _ in 0..4 {
        w.sync_all(now);
    }
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert_eq!((phone_trouble(&w), desk_trouble(&w)), (Trouble::None, Trouble::None));
}

/// Lanes are followed by new ones after 90 days, on the same relay; the old ones are closed.
#[test]
fn lanes_rotate_after_ninety_days() {
    let mut w = World::paired(135);
    let before = w.relay.lane_count();
    let now = monday() + days(91);
    for _ in 0..5 {
        w.sync_all(now);
    }
    assert_eq!(w.relay.lane_count(), before);
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
}

/// The desk moves to another relay while the old one lives: the phone is told and follows.
#[test]
fn a_desk_moves_to_another_relay() {
    let mut w = World::paired(136);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    let mut moved = card(attune_core::practice::PracticeRole::Therapist);
    moved.relays = vec![OTHER_RELAY.to_owned()];
    w.desk.set_card(&moved).unwrap();
    for _ in 0..3 {
        w.sync_all(now);
    }
    assert_eq!(w.phone.practices().unwrap()[0].relay, OTHER_RELAY);
    w.relay.dead = vec![RELAY.to_owned()];
    let second = w.share(RepairOption::SwitchTopic, now);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert_eq!(w.state(second, now), ChoiceState::Received);
}

/// The old relay is dead before anybody could be told: the phone looks where the card says.
#[test]
fn a_phone_finds_the_next_relay_of_the_list_when_the_old_one_is_dead() {
    let mut w = World::paired(137);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.relay.dead = vec![RELAY.to_owned()];
    let mut moved = card(attune_core::practice::PracticeRole::Therapist);
    moved.relays = vec![OTHER_RELAY.to_owned()];
    w.desk.set_card(&moved).unwrap();
    sync(&mut w.phone, &mut w.relay, now);
    sync(&mut w.phone, &mut w.relay, now + days(2));
    // Too early to look elsewhere: the phone keeps the choice and says what is true.
    assert_eq!(w.state(case, now), ChoiceState::Queued);
    assert_eq!(phone_trouble(&w), Trouble::Unreachable);
    for day in 3..6 {
        w.sync_all(now + days(day));
    }
    assert_eq!(w.phone.practices().unwrap()[0].relay, OTHER_RELAY);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert_eq!((phone_trouble(&w), desk_trouble(&w)), (Trouble::None, Trouble::None));
}

/// I10: a choice, a withdrawal and nothing look alike: same frames, same order, same length.
#[test]
fn i10_idle_and_busy_syncs_make_the_same_frames() {
    let now = monday();
    let frames = |act: &dyn Fn(&mut World)| -> Vec<Seen> {
        let mut w = World::paired(138);
        w.share(RepairOption::BriefCheckIn, now);
        w.sync_all(now);
        w.sync_all(now);
        w.relay.seen.clear();
        act(&mut w);
        sync(&mut w.phone, &mut w.relay, now);
        sync(&mut w.desk, &mut w.relay, now);
        sync(&mut w.front, &mut w.relay, now);
        sync(&mut w.phone, &mut w.relay, now);
        w.relay.seen.clone()
    };
    let idle = frames(&|_| {});
    let choice = frames(&|w| {
        w.share(RepairOption::WrittenFollowUp, now);
    });
    let other = frames(&|w| {
        w.share(RepairOption::RequestProvider, now);
    });
    let withdrawal = frames(&|w| {
        let case = w.phone.choices(now).unwrap()[0].case;
        w.phone.take_back(case).unwrap();
    });
    let answer = frames(&|w| {
        let case = w.desk.inbox(now).unwrap()[0].case;
        w.desk.reply(case, "A note of some length. No reply is needed.", now).unwrap();
    });
    assert_eq!(idle.len(), 12);
    let kinds: Vec<Operation> = idle.iter().map(|seen| seen.operation).collect();
    assert_eq!(kinds[..4], [Operation::Get, Operation::Put, Operation::Get, Operation::Put]);
    for busy in [choice, other, withdrawal, answer] {
        assert_eq!(idle, busy);
    }
}

/// R6: a vault that was brought back from a copy holds its choices back, also if the process dies
/// right after the copy was unpacked.
#[test]
fn r6_a_copy_that_was_brought_back_holds_its_choices_back() {
    let mut w = World::paired(116);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let passphrase = Passphrase::new("a passphrase for the copy".to_owned());
    let copy = w.path("copy.attune");
    let mut entropy = w.entropy.clone();
    let cost = KdfCost::LEAST;
    write_copy_at(w.phone.vault(), &copy, &passphrase, cost, &mut entropy).unwrap();
    let folder = w.path("brought-back");
    let vault = read_copy(&copy, &passphrase, &folder, &OpenStore, None, &mut entropy).unwrap();
    // The process dies here: nobody said that it is a copy.
    drop(vault);
    w.phone_from(&folder);
    assert_eq!(w.phone.choice(case, now).unwrap().waits_for, Some(WaitsFor::Confirmation));
    sync(&mut w.phone, &mut w.relay, now);
    sync(&mut w.desk, &mut w.relay, now);
    assert!(w.desk.inbox(now).unwrap().is_empty());
    w.phone.confirm_restored(case).unwrap();
    w.sync_all(now);
    assert_eq!(w.desk.inbox(now).unwrap().len(), 1);
    // Only once: opened again, it is the phone that it is.
    let words = w.phone.words(w.therapist).unwrap();
    let again = copy_folder(&folder, &w.path("again"));
    w.phone_from(&again);
    assert_eq!(w.phone.words(w.therapist).unwrap(), words);
}
