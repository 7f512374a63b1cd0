//! Joining a practice and leaving it: codes, claims, compared words, goodbyes.

mod world;

use attune_core::companion::Companion;
use attune_core::desk::{CodeForm, InviteKind};
use attune_core::practice::PracticeRole;
use attune_core::preview::RepairChoice;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_core::sync::SyncAnswer;
use attune_core::vault::{Vault, VaultError};
use attune_core::{Error, PairingStage, Trouble};
use world::{OpenStore, Relay, Seeded, World, monday, new_desk, new_phone, pair, sync};

#[test]
fn a_note_waits_for_compared_words_and_so_do_own_words() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let entropy = Seeded::new(14);
    let mut relay = Relay::default();
    let mut phone = new_phone(&folder.path().join("phone"), &entropy);
    let mut desk = new_desk(&folder.path().join("desk"), PracticeRole::Therapist, &entropy);
    let (practice, client) = pair(&mut phone, &mut desk, &mut relay, now);
    let moment = phone.flag(now).unwrap();
    phone.set_note(moment, Some("mine")).unwrap();
    let choice = RepairChoice {
        option: RepairOption::WrittenFollowUp,
        practice,
        moment: Some(moment),
        with_pointer: false,
        with_words: true,
        until: None,
        replaces: None,
    };
    assert!(matches!(phone.preview(&choice, now), Err(Error::NotCompared)));
    let bare = RepairChoice { with_words: false, ..choice };
    let preview = phone.preview(&bare, now).unwrap();
    let case = phone.share(&preview.digest, now).unwrap();
    sync(&mut phone, &mut relay, now);
    sync(&mut desk, &mut relay, now);
    desk.reply(case, "A note.", now).unwrap();
    sync(&mut desk, &mut relay, now);
    sync(&mut phone, &mut relay, now);
    assert!(phone.notes().unwrap().is_empty());
    assert_eq!(phone.choice(case, now).unwrap().state, ChoiceState::Opened);
    assert!(desk.clients().unwrap()[0].note_waits);

    assert_eq!(phone.words(practice).unwrap(), desk.words(client).unwrap());
    desk.confirm_words(client, &desk.words(client).unwrap()).unwrap();
    sync(&mut desk, &mut relay, now);
    sync(&mut phone, &mut relay, now);
    assert_eq!(phone.notes().unwrap().len(), 1);
    assert_eq!(phone.choice(case, now).unwrap().state, ChoiceState::Answered);
}

#[test]
fn eight_words_pair_as_a_link_does() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let entropy = Seeded::new(15);
    let mut relay = Relay::default();
    let mut phone = new_phone(&folder.path().join("phone"), &entropy);
    let mut desk = new_desk(&folder.path().join("desk"), PracticeRole::Therapist, &entropy);
    let invitation = desk.invite(InviteKind::Live, CodeForm::Words, now).unwrap();
    assert_eq!(invitation.code.split(' ').count(), 8);
    assert!(matches!(phone.join(&invitation.code, None, None), Err(Error::RelayNeeded)));
    sync(&mut desk, &mut relay, now);
    let practice = phone.join(&invitation.code, Some(&invitation.relay), None).unwrap();
    sync(&mut phone, &mut relay, now);
    sync(&mut desk, &mut relay, now);
    sync(&mut phone, &mut relay, now);
    assert_eq!(phone.practices().unwrap()[0].stage, PairingStage::Active);
    assert_eq!(phone.words(practice).unwrap(), desk.words(invitation.client).unwrap());
    // The lanes that the code led to are closed.
    sync(&mut desk, &mut relay, now);
    assert_eq!(relay.lane_count(), 2);
}

#[test]
fn a_code_runs_out() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let entropy = Seeded::new(16);
    let mut relay = Relay::default();
    let mut phone = new_phone(&folder.path().join("phone"), &entropy);
    let mut desk = new_desk(&folder.path().join("desk"), PracticeRole::Therapist, &entropy);
    let invitation = desk.invite(InviteKind::Live, CodeForm::Link, now).unwrap();
    sync(&mut desk, &mut relay, now);
    phone.join(&invitation.code, None, None).unwrap();
    sync(&mut phone, &mut relay, now);
    let later = now + chrono::Duration::minutes(11);
    sync(&mut desk, &mut relay, later);
    assert_eq!(desk.clients().unwrap()[0].stage, PairingStage::Ended);
    assert_eq!(desk.clients().unwrap()[0].health.trouble, Trouble::CodeSpent);
    sync(&mut phone, &mut relay, later);
    assert_eq!(phone.practices().unwrap()[0].health.trouble, Trouble::CodeSpent);
    assert_eq!(relay.lane_count(), 0);
}

#[test]
fn a_second_phone_with_a_used_code_gets_nowhere() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let entropy = Seeded::new(17);
    let mut relay = Relay::default();
    let mut phone = new_phone(&folder.path().join("phone"), &entropy);
    let mut late = new_phone(&folder.path().join("late"), &entropy);
    let mut desk = new_desk(&folder.path().join("desk"), PracticeRole::Therapist, &entropy);
    let invitation = desk.invite(InviteKind::Live, CodeForm::Link, now).unwrap();
    sync(&mut desk, &mut relay, now);
    phone.join(&invitation.code, None, None).unwrap();
    sync(&mut phone, &mut relay, now);
    sync(&mut desk, &mut relay, now);
    late.join(&invitation.code, None, None).unwrap();
    sync(&mut late, &mut relay, now);
    assert_eq!(late.practices().unwrap()[0].health.trouble, Trouble::CodeSpent);
    sync(&mut phone, &mut relay, now);
    assert_eq!(phone.practices().unwrap()[0].stage, PairingStage::Active);
}

#[test]
fn two_phones_at_one_code_at_once_end_it() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let entropy = Seeded::new(21);
    let mut relay = Relay::default();
    let mut phone = new_phone(&folder.path().join("phone"), &entropy);
    let mut thief = new_phone(&folder.path().join("thief"), &entropy);
    let mut desk = new_desk(&folder.path().join("desk"), PracticeRole::Therapist, &entropy);
    let invitation = desk.invite(InviteKind::Live, CodeForm::Link, now).unwrap();
    sync(&mut desk, &mut relay, now);
    phone.join(&invitation.code, None, None).unwrap();
    thief.join(&invitation.code, None, None).unwrap();
    // Both have read the invitation when the other phone says Hello first.
    phone.sync_begin(now).unwrap();
    let request = phone.sync_next().unwrap().unwrap();
    let body = relay.answer(&request).unwrap();
    phone.sync_feed(now, SyncAnswer::Http { status: 200, body: &body }).unwrap();
    sync(&mut thief, &mut relay, now);
    while let Some(request) = phone.sync_next().unwrap() {
        let body = relay.answer(&request).unwrap();
        phone.sync_feed(now, SyncAnswer::Http { status: 200, body: &body }).unwrap();
    }
    assert_eq!(phone.practices().unwrap()[0].health.trouble, Trouble::SecondClaim);
    // The desk sees two Hellos and answers neither: the thief gets nothing either.
    sync(&mut desk, &mut relay, now);
    let client = &desk.clients().unwrap()[0];
    assert_eq!(
        (client.stage, client.health.trouble, client.health.second_claim),
        (PairingStage::Ended, Trouble::SecondClaim, true)
    );
    sync(&mut thief, &mut relay, now);
    assert_eq!(thief.practices().unwrap()[0].stage, PairingStage::Ended);
    assert_eq!(relay.lane_count(), 0);
}

#[test]
fn a_second_claim_after_the_first_was_answered_raises_an_alarm_at_the_desk() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let entropy = Seeded::new(24);
    let mut relay = Relay::default();
    let mut phone = new_phone(&folder.path().join("phone"), &entropy);
    let mut thief = new_phone(&folder.path().join("thief"), &entropy);
    let mut desk = new_desk(&folder.path().join("desk"), PracticeRole::Therapist, &entropy);
    let invitation = desk.invite(InviteKind::Live, CodeForm::Link, now).unwrap();
    sync(&mut desk, &mut relay, now);
    phone.join(&invitation.code, None, Some("Sam")).unwrap();
    thief.join(&invitation.code, None, None).unwrap();
    thief.sync_begin(now).unwrap();
    let request = thief.sync_next().unwrap().unwrap();
    let body = relay.answer(&request).unwrap();
    thief.sync_feed(now, SyncAnswer::Http { status: 200, body: &body }).unwrap();
    sync(&mut phone, &mut relay, now);
    sync(&mut desk, &mut relay, now);
    // Only now does the thief's Hello arrive; the desk has answered the phone's.
    while let Some(request) = thief.sync_next().unwrap() {
        let body = relay.answer(&request).unwrap();
        thief.sync_feed(now, SyncAnswer::Http { status: 200, body: &body }).unwrap();
    }
    assert_eq!(thief.practices().unwrap()[0].health.trouble, Trouble::SecondClaim);
    sync(&mut desk, &mut relay, now);
    let client = &desk.clients().unwrap()[0];
    assert_eq!(client.stage, PairingStage::Active);
    assert!(client.health.second_claim);
    sync(&mut phone, &mut relay, now);
    assert_eq!(phone.practices().unwrap()[0].stage, PairingStage::Active);
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
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert!(matches!(w.phone.preview(&w.choice(RepairOption::Pause), now), Err(Error::NotReady)));
    w.sync_all(now);
    assert_eq!(w.relay.lane_count(), 2);
}

#[test]
fn a_vault_that_never_became_anybodys_is_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("phone");
    let mut entropy = Seeded::new(23);
    // The process dies after the vault was made and before it is a phone's.
    drop(Vault::create(&place, &OpenStore, None, &mut entropy).unwrap());
    let phone = new_phone(&place, &entropy);
    phone.close().unwrap();
    let again = Companion::create(&place, &OpenStore, None, Box::new(entropy.clone()));
    assert!(matches!(again, Err(Error::Vault(VaultError::Exists))));
    let desk = attune_core::desk::Desk::open(&place, &OpenStore, None, Box::new(entropy));
    assert!(matches!(desk, Err(Error::WrongSide)));
}
