//! A phone brought back from yesterday: nothing that was shared leaves it before the person says so.

use attune_core::companion::{Companion, Restored, WaitsFor};
use attune_core::export::{read_copy, write_copy_at};
use attune_core::lane::ids::CaseId;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_core::vault::{KdfCost, Passphrase};
use attune_tests::files::{copy_folder, put_back};
use attune_tests::home::{Home, entropy};
use attune_tests::world::{World, monday};

/// Yesterday's choices, and what the person did since.
struct Past {
    /// Shared yesterday and still wanted.
    kept: CaseId,
    /// Shared yesterday and taken back today.
    dropped: CaseId,
    /// Shared today: yesterday's copy does not know it.
    later: CaseId,
}

/// How the person gets their phone back.
#[derive(Clone, Copy)]
enum By {
    /// The vault's folder, as a backup of the whole device has it.
    Folder,
    /// The encrypted copy that the person saved.
    Copy,
}

/// What the encrypted copy is saved under.
fn phrase() -> Passphrase {
    Passphrase::new("the passphrase of the copy".to_owned())
}

/// Yesterday: two choices, received. Then a copy. Today: one taken back, another shared, received.
fn restored(by: By) -> (World, Past) {
    let mut w = World::paired();
    let now = monday();
    let kept = w.share(RepairOption::WrittenFollowUp, now);
    let dropped = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let yesterday = w.path("yesterday");
    if matches!(by, By::Copy) {
        let (vault, source) = w.phone.vault_and_entropy();
        write_copy_at(vault, &yesterday, &phrase(), KdfCost::LEAST, source).unwrap();
    } else {
        w = w.with_phone_closed(|phone| {
            copy_folder(phone, &yesterday);
        });
    }
    w.phone.take_back(dropped).unwrap();
    let later = w.share(RepairOption::SwitchTopic, now);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.inbox(now).len(), 2);
    if matches!(by, By::Copy) {
        let home = Home::at(&w.path("new-phone"));
        let store = home.store();
        let vault =
            read_copy(&yesterday, &phrase(), home.folder(), &store, None, &mut *entropy()).unwrap();
        w.phone = Companion::bring_back(vault, entropy()).unwrap();
    } else {
        w = w.with_phone_closed(|phone| put_back(&yesterday, phone));
    }
    (w, Past { kept, dropped, later })
}

fn unknown(w: &World) -> Vec<CaseId> {
    let restored = w.phone.restored(monday()).unwrap();
    restored
        .into_iter()
        .filter_map(|restored| match restored {
            Restored::Unknown { case, .. } => Some(case),
            Restored::Known(_) => None,
        })
        .collect()
}

/// Until the person speaks, nothing of kinds 1 to 8 leaves; what they confirm shows, and only that.
fn only_what_is_confirmed_comes_back(by: By) {
    let (mut w, past) = restored(by);
    let now = monday();
    for _ in 0..3 {
        w.sync_all(now);
    }
    assert!(w.inbox(now).is_empty(), "nobody said yes to anything yet");
    assert!(w.client().health.newcomer);
    for case in [past.kept, past.dropped] {
        assert_eq!(w.shown(case, now).waits_for, Some(WaitsFor::Confirmation));
    }
    assert_eq!(unknown(&w), [past.later]);

    w.phone.confirm_restored(past.kept).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    let cases: Vec<_> = w.inbox(now).iter().map(|card| card.case).collect();
    assert_eq!(cases, [past.kept]);
    assert_eq!(w.inbox(now)[0].option, RepairOption::WrittenFollowUp);
    assert_eq!(w.state(past.kept, now), ChoiceState::Received);

    w.phone.drop_restored(past.dropped).unwrap();
    w.phone.drop_restored(past.later).unwrap();
    for _ in 0..3 {
        w.sync_all(now);
    }
    let cases: Vec<_> = w.inbox(now).iter().map(|card| card.case).collect();
    assert_eq!(cases, [past.kept]);
    assert!(matches!(w.state(past.dropped, now), ChoiceState::Withdrawn { .. }));
    assert!(w.phone.restored(now).unwrap().is_empty());
}

#[test]
fn of_a_folder_put_back_only_what_is_confirmed_comes_back() {
    only_what_is_confirmed_comes_back(By::Folder);
}

#[test]
fn of_an_encrypted_copy_only_what_is_confirmed_comes_back() {
    only_what_is_confirmed_comes_back(By::Copy);
}

/// The first sync of a copy that knows that it is one says nothing of a choice, not even once.
#[test]
fn a_copy_that_was_brought_back_is_silent_from_its_first_sync() {
    let (mut w, _) = restored(By::Copy);
    let now = monday();
    assert_eq!(w.phone.restored(now).unwrap().len(), 2);
    w.sync_phone(now);
    w.sync_desk(now);
    assert!(w.inbox(now).is_empty());
}

#[test]
fn free_text_waits_for_the_new_words() {
    let (mut w, past) = restored(By::Folder);
    let now = monday();
    let before = w.desk.words(w.client).unwrap();
    w.sync_all(now);
    w.phone.confirm_restored(past.kept).unwrap();
    w.sync_all(now);
    w.desk.reply(past.kept, "A note.", now).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    assert!(w.phone.notes().unwrap().is_empty());
    assert!(w.client().note_waits);
    let words = w.phone.words(w.therapist).unwrap();
    assert_ne!(words, before);
    assert_eq!(words, w.desk.words(w.client).unwrap());
    w.desk.confirm_words(w.client, &w.desk.words(w.client).unwrap()).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.phone.notes().unwrap().len(), 1);
}

#[test]
fn moments_come_back_and_stay_private() {
    let mut w = World::paired();
    let now = monday();
    let moment = w.phone.flag(now).unwrap();
    w.phone.set_note(moment, Some("mine alone")).unwrap();
    let copy = w.path("copy");
    let (vault, source) = w.phone.vault_and_entropy();
    write_copy_at(vault, &copy, &phrase(), KdfCost::LEAST, source).unwrap();
    let home = Home::at(&w.path("new-phone"));
    let store = home.store();
    let vault = read_copy(&copy, &phrase(), home.folder(), &store, None, &mut *entropy()).unwrap();
    w.phone = Companion::bring_back(vault, entropy()).unwrap();
    assert_eq!(w.phone.moment(moment).unwrap().note.as_deref(), Some("mine alone"));
    w.sync_all(now);
    assert!(w.inbox(now).is_empty());
    assert!(w.phone.restored(now).unwrap().is_empty());
}

/// One phone goes on while yesterday's copy of it lives elsewhere: both sides raise it, and what
/// they say by turns acts at nobody's desk.
#[test]
fn two_phones_in_parallel_raise_the_alarm_on_both_sides() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let twin = w.path("twin");
    let mut w = w.with_phone_closed(|phone| {
        copy_folder(phone, &twin);
    });
    w.sync_all(now);
    let mut other = Home::at(&twin).open_phone().unwrap();
    for _ in 0..3 {
        for _ in 0..2 {
            std::mem::swap(&mut w.phone, &mut other);
            w.sync_phone(now);
            w.sync_desk(now);
            w.sync_phone(now);
        }
    }
    assert!(w.client().health.two_phones, "the desk");
    assert!(w.practice().health.two_phones, "one phone");
    std::mem::swap(&mut w.phone, &mut other);
    assert!(w.practice().health.two_phones, "the other phone");
    assert!(w.inbox(now).is_empty());
    assert_eq!(w.shown(case, now).waits_for, Some(WaitsFor::Confirmation));
}

#[test]
fn a_desk_put_back_to_yesterday_receives_again_what_is_open() {
    let mut w = World::paired();
    let now = monday();
    let first = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let yesterday = w.path("yesterday");
    let mut w = w.with_desk_closed(|desk| {
        copy_folder(desk, &yesterday);
    });
    let second = w.share(RepairOption::BriefCheckIn, now);
    w.sync_all(now);
    w.sync_all(now);
    assert_eq!(w.inbox(now).len(), 2);
    let mut w = w.with_desk_closed(|desk| put_back(&yesterday, desk));
    for _ in 0..3 {
        w.sync_all(now);
    }
    let mut cases: Vec<_> = w.inbox(now).iter().map(|card| card.case).collect();
    cases.sort();
    let mut both = [first, second];
    both.sort();
    assert_eq!(cases, both);
    assert!(!w.practice().health.compared, "the words have to be compared again");
}

/// The relay was lost too, so no upload is ever refused as stale: only the desk's echo tells the phone
/// that it is an old one.
#[test]
fn where_the_relay_was_lost_too_the_desks_word_tells_the_phone() {
    let (mut w, past) = restored(By::Folder);
    let now = monday();
    w.relay.lose_everything();
    w.sync_phone(now);
    w.sync_desk(now);
    // The desk has heard nothing new: it shows what it showed, and so not what was taken back.
    let mut cases: Vec<_> = w.inbox(now).iter().map(|card| card.case).collect();
    cases.sort();
    let mut shown = [past.kept, past.later];
    shown.sort();
    assert_eq!(cases, shown);
    w.sync_phone(now);
    assert_eq!(w.shown(past.dropped, now).waits_for, Some(WaitsFor::Confirmation));
    for _ in 0..3 {
        w.sync_all(now);
    }
    assert!(w.inbox(now).is_empty());
    w.phone.confirm_restored(past.kept).unwrap();
    w.sync_all(now);
    w.sync_all(now);
    let cases: Vec<_> = w.inbox(now).iter().map(|card| card.case).collect();
    assert_eq!(cases, [past.kept]);
}

/// Phone and relay both went back to yesterday, and the phone is ahead again before the desk comes.
#[test]
fn where_the_relay_went_back_too_nothing_taken_back_is_shown_again() {
    let now = monday();
    let mut w = World::paired();
    let dropped = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    let (yesterday, past) = (w.path("yesterday"), w.path("past"));
    let mut w = w.with_phone_closed(|phone| {
        copy_folder(phone, &yesterday);
    });
    w.relay.remember(&past);
    w.phone.take_back(dropped).unwrap();
    for _ in 0..4 {
        w.sync_all(now);
    }
    let mut w = w.with_phone_closed(|phone| put_back(&yesterday, phone));
    w.relay.roll_back(&past);
    for _ in 0..15 {
        w.sync_phone(now);
    }
    for _ in 0..3 {
        w.sync_desk(now);
        assert!(w.inbox(now).is_empty(), "taken back, and shown again");
        w.sync_phone(now);
    }
    assert_eq!(w.shown(dropped, now).waits_for, Some(WaitsFor::Confirmation));
    assert!(w.client().health.newcomer);
}
