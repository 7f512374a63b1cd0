//! Joining a practice and leaving it: codes, claims, compared words, goodbyes.

mod world;

use attune_core::companion::Companion;
use attune_core::desk::CodeForm;
use attune_core::preview::RepairChoice;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_core::vault::VaultError;
use attune_core::{Error, PairingStage, Trouble};
use world::{Meeting, OpenStore, Seeded, World, monday, new_phone, pair, step, sync};

#[test]
fn a_note_waits_for_compared_words_and_so_do_own_words() {
    let now = monday();
    let mut m = Meeting::new(14);
    let (practice, client) = pair(&mut m.phone, &mut m.desk, &mut m.relay, now);
    let moment = m.phone.flag(now).unwrap();
    m.phone.set_note(moment, Some("mine")).unwrap();
    let choice = RepairChoice {
        option: RepairOption::WrittenFollowUp,
        practice,
        moment: Some(moment),
        with_pointer: false,
        with_words: true,
        until: None,
        replaces: None,
    };
    assert!(matches!(m.phone.preview(&choice, now), Err(Error::NotCompared)));
    let bare = RepairChoice { with_words: false, ..choice };
    let preview = m.phone.preview(&bare, now).unwrap();
    let case = m.phone.share(&preview.digest, now).unwrap();
    m.sync_phone();
    m.sync_desk();
    m.desk.reply(case, "A note.", now).unwrap();
    m.sync_desk();
    m.sync_phone();
    assert!(m.phone.notes().unwrap().is_empty());
    assert_eq!(m.phone.choice(case, now).unwrap().state, ChoiceState::Opened);
    assert!(m.desk.clients().unwrap()[0].note_waits);

    assert_eq!(m.phone.words(practice).unwrap(), m.desk.words(client).unwrap());
    m.desk.confirm_words(client, &m.desk.words(client).unwrap()).unwrap();
    m.sync_desk();
    m.sync_phone();
    assert_eq!(m.phone.notes().unwrap().len(), 1);
    assert_eq!(m.phone.choice(case, now).unwrap().state, ChoiceState::Answered);
}

#[test]
fn eight_words_pair_as_a_link_does() {
    let mut m = Meeting::new(15);
    let invitation = m.invite(CodeForm::Words);
    assert_eq!(invitation.code.split(' ').count(), 8);
    assert!(matches!(m.phone.join(&invitation.code, None, None), Err(Error::RelayNeeded)));
    let practice = m.phone.join(&invitation.code, Some(&invitation.relay), None).unwrap();
    m.sync_phone();
    m.sync_desk();
    m.sync_phone();
    assert_eq!(m.phone.practices().unwrap()[0].stage, PairingStage::Active);
    assert_eq!(m.phone.words(practice).unwrap(), m.desk.words(invitation.client).unwrap());
    // The lanes that the code led to are closed.
    m.sync_desk();
    assert_eq!(m.relay.lane_count(), 2);
}

#[test]
fn a_code_runs_out() {
    let now = monday();
    let mut m = Meeting::new(16);
    let invitation = m.invite(CodeForm::Link);
    m.phone.join(&invitation.code, None, None).unwrap();
    m.sync_phone();
    let later = now + chrono::Duration::minutes(11);
    sync(&mut m.desk, &mut m.relay, later);
    assert_eq!(m.desk.clients().unwrap()[0].stage, PairingStage::Ended);
    assert_eq!(m.desk.clients().unwrap()[0].health.trouble, Trouble::CodeSpent);
    sync(&mut m.phone, &mut m.relay, later);
    assert_eq!(m.phone.practices().unwrap()[0].health.trouble, Trouble::CodeSpent);
    assert_eq!(m.relay.lane_count(), 0);
}

#[test]
fn a_second_phone_with_a_used_code_gets_nowhere() {
    let now = monday();
    let mut m = Meeting::new(17);
    let mut late = m.other_phone();
    let invitation = m.invite(CodeForm::Link);
    m.phone.join(&invitation.code, None, None).unwrap();
    m.sync_phone();
    m.sync_desk();
    late.join(&invitation.code, None, None).unwrap();
    sync(&mut late, &mut m.relay, now);
    assert_eq!(late.practices().unwrap()[0].health.trouble, Trouble::CodeSpent);
    m.sync_phone();
    assert_eq!(m.phone.practices().unwrap()[0].stage, PairingStage::Active);
}

#[test]
fn two_phones_at_one_code_at_once_end_it() {
    let now = monday();
    let mut m = Meeting::new(21);
    let mut thief = m.other_phone();
    let invitation = m.invite(CodeForm::Link);
    m.phone.join(&invitation.code, None, None).unwrap();
    thief.join(&invitation.code, None, None).unwrap();
    // Both have read the invitation when the other phone says Hello first.
    m.phone.sync_begin(now).unwrap();
    assert!(step(&mut m.phone, &mut m.relay, now));
    sync(&mut thief, &mut m.relay, now);
    while step(&mut m.phone, &mut m.relay, now) {}
    assert_eq!(m.phone.practices().unwrap()[0].health.trouble, Trouble::SecondClaim);
    // The desk sees two Hellos and answers neither: the thief gets nothing either.
    m.sync_desk();
    let client = &m.desk.clients().unwrap()[0];
    assert_eq!(
        (client.stage, client.health.trouble, client.health.second_claim),
        (PairingStage::Ended, Trouble::SecondClaim, true)
    );
    sync(&mut thief, &mut m.relay, now);
    assert_eq!(thief.practices().unwrap()[0].stage, PairingStage::Ended);
    assert_eq!(m.relay.lane_count(), 0);
}

#[test]
fn a_second_claim_after_the_first_was_answered_raises_an_alarm_at_the_desk() {
    let now = monday();
    let mut m = Meeting::new(24);
    let mut thief = m.other_phone();
    let invitation = m.invite(CodeForm::Link);
    m.phone.join(&invitation.code, None, Some("Sam")).unwrap();
    thief.join(&invitation.code, None, None).unwrap();
    thief.sync_begin(now).unwrap();
    assert!(step(&mut thief, &mut m.relay, now));
    m.sync_phone();
    m.sync_desk();
    // Only now does the thief's Hello arrive; the desk has answered the phone's.
    while step(&mut thief, &mut m.relay, now) {}
    assert_eq!(thief.practices().unwrap()[0].health.trouble, Trouble::SecondClaim);
    m.sync_desk();
    let client = &m.desk.clients().unwrap()[0];
    assert_eq!(client.stage, PairingStage::Active);
    assert!(client.health.second_claim);
    m.sync_phone();
    assert_eq!(m.phone.practices().unwrap()[0].stage, PairingStage::Active);
}

#[test]
fn leaving_is_silent_and_closes_the_lanes() {
    let mut w = World::paired(18);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    assert_eq!(w.desk.inbox(now).unwrap().len(), 1);
    w.phone.unpair(w.therapist, now).unwrap();
    assert!(w.phone.choice(case, now).is_err());
    w.sync_all(now);
    assert!(w.desk.inbox(now).unwrap().is_empty());
    let client = &w.desk.clients().unwrap()[0];
    assert_eq!((client.stage, client.health.trouble), (PairingStage::Ended, Trouble::Goodbye));
    // The coordinator's two lanes are left.
    assert_eq!(w.relay.lane_count(), 2);
}

#[test]
fn a_desk_that_leaves_is_told_to_the_phone() {
    let mut w = World::paired(22);
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    w.desk.unpair(w.client, now).unwrap();
    w.sync_all(now);
    let practice = &w.phone.practices().unwrap()[0];
    assert_eq!((practice.stage, practice.health.trouble), (PairingStage::Ended, Trouble::Goodbye));
    let choice = w.phone.choice(case, now).unwrap();
    assert_eq!((choice.state, choice.ended), (ChoiceState::Received, true));
    // There is nobody left to be told: it can be erased, and no promise is made.
    assert!(matches!(w.phone.take_back(case), Err(Error::TooLate)));
    w.phone.erase_choice(case).unwrap();
    assert!(matches!(w.phone.preview(&w.choice(RepairOption::Pause), now), Err(Error::NotReady)));
    w.sync_all(now);
    assert_eq!(w.relay.lane_count(), 2);
}

#[test]
fn a_new_vault_is_one_sides_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("phone");
    let entropy = Seeded::new(23);
    let phone = new_phone(&place, &entropy);
    phone.close().unwrap();
    let again = Companion::create(&place, &OpenStore, None, Box::new(entropy.clone()));
    assert!(matches!(again, Err(Error::Vault(VaultError::Exists))));
    let desk = attune_core::desk::Desk::open(&place, &OpenStore, None, Box::new(entropy));
    assert!(matches!(desk, Err(Error::WrongSide)));
}
