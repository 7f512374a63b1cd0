//! The main story, over real HTTP between real vaults: pair, flag, choose, preview, share, receive,
//! open, answer.

use attune_core::companion::Companion;
use attune_core::desk::{CodeForm, InviteKind};
use attune_core::due::Due;
use attune_core::practice::PracticeRole;
use attune_core::preview::RepairChoice;
use attune_core::repair::{Pointer, RepairOption};
use attune_core::state::ChoiceState;
use attune_core::{Error, PairingStage, Trouble};
use attune_tests::home::{Home, card};
use attune_tests::place::{ORIGIN, Place};
use attune_tests::road::sync;
use attune_tests::world::{CLIENT, FRONT_DESK, THERAPIST, World, days, meet, monday, plain};

const WORDS: &str = "When you said that about my mother.";
const NOTE: &str = "I joked about your accent. I am sorry. From today I ask. No reply is needed.";

/// A desk of this kind gives a code of this form; the phone enters it, and both hear the same words.
fn pairs_by(form: CodeForm) {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    let relay = Place::start(&place("relay"));
    let mut phone = Home::at(&place("phone")).new_phone();
    let mut desk = Home::at(&place("desk")).new_desk(&card(PracticeRole::Therapist, THERAPIST));

    let invitation = desk.invite(InviteKind::Live, form, now).unwrap();
    sync(&mut desk, relay.address(), now).unwrap();
    let beside = match form {
        CodeForm::Link => None,
        CodeForm::Words => {
            assert_eq!(invitation.code.split(' ').count(), 8);
            let alone = phone.join(&invitation.code, None, Some(CLIENT));
            assert!(matches!(alone, Err(Error::RelayNeeded)));
            Some(invitation.relay.as_str())
        }
    };
    let practice = phone.join(&invitation.code, beside, Some(CLIENT)).unwrap();
    assert_eq!(phone.practices().unwrap()[0].stage, PairingStage::Waiting);
    meet(&mut phone, &mut desk, &relay, now);

    let known = &phone.practices().unwrap()[0];
    assert_eq!((known.stage, known.relay.as_str()), (PairingStage::Active, ORIGIN));
    assert_eq!(known.card.as_ref().unwrap(), &card(PracticeRole::Therapist, THERAPIST));
    let client = &desk.clients().unwrap()[0];
    assert_eq!((client.stage, client.name.as_deref()), (PairingStage::Active, Some(CLIENT)));
    assert_eq!(phone.words(practice).unwrap(), desk.words(invitation.client).unwrap());
    assert!(!known.health.compared && !client.health.compared);
    phone.confirm_words(practice, &phone.words(practice).unwrap()).unwrap();
    desk.confirm_words(invitation.client, &desk.words(invitation.client).unwrap()).unwrap();
    assert!(phone.practices().unwrap()[0].health.compared);
    assert!(desk.clients().unwrap()[0].health.compared);

    // The lanes that the code led to are closed; the pairing's own two are left.
    meet(&mut phone, &mut desk, &relay, now);
    assert_eq!(relay.rows().len(), 2);
}

#[test]
fn a_link_pairs() {
    pairs_by(CodeForm::Link);
}

#[test]
fn eight_words_pair() {
    pairs_by(CodeForm::Words);
}

#[test]
fn a_code_that_ran_out_pairs_nobody() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let relay = Place::start(&folder.path().join("relay"));
    let mut phone = Home::at(&folder.path().join("phone")).new_phone();
    let card = card(PracticeRole::Therapist, THERAPIST);
    let mut desk = Home::at(&folder.path().join("desk")).new_desk(&card);
    let invitation = desk.invite(InviteKind::Live, CodeForm::Link, now).unwrap();
    sync(&mut desk, relay.address(), now).unwrap();
    let later = now + chrono::Duration::minutes(11);
    sync(&mut desk, relay.address(), later).unwrap();
    phone.join(&invitation.code, None, None).unwrap();
    sync(&mut phone, relay.address(), later).unwrap();
    let practice = &phone.practices().unwrap()[0];
    assert_eq!(practice.stage, PairingStage::Ended);
    assert_eq!(practice.health.trouble, Trouble::CodeSpent);
    assert!(relay.rows().is_empty());
}

#[test]
fn from_the_mark_to_the_note() {
    let mut w = World::paired();
    let now = monday();

    // 1. A moment, with a note and a pointer. Nothing of it leaves.
    let moment = w.phone.flag(now).unwrap();
    w.phone.set_note(moment, Some(WORDS)).unwrap();
    w.phone.set_pointer(moment, Some(Pointer::Said)).unwrap();
    w.sync_all(now);
    assert!(w.inbox(now).is_empty() && w.front_inbox(now).is_empty());

    // 2. The options, `Keep` first, each with who would get it.
    let offers = w.phone.offers().unwrap();
    let order: Vec<_> = offers.iter().map(|offer| offer.option).collect();
    assert_eq!(order, RepairOption::ALL);
    for offer in &offers {
        let recipient = match offer.option.recipient() {
            None => None,
            Some(PracticeRole::Therapist) => Some(THERAPIST),
            Some(PracticeRole::Coordinator) => Some(FRONT_DESK),
        };
        assert_eq!(offer.recipient.as_deref(), recipient);
    }

    // 3. The preview, and the share of exactly that.
    let choice = RepairChoice {
        moment: Some(moment),
        with_pointer: true,
        with_words: true,
        until: Some(now.date_naive() + days(10)),
        ..w.choice(RepairOption::WrittenFollowUp)
    };
    let preview = w.phone.preview(&choice, now).unwrap();
    assert_eq!((preview.recipient.as_str(), preview.role), (THERAPIST, PracticeRole::Therapist));
    let case = w.phone.share(&preview.digest, now).unwrap();
    assert_eq!(w.state(case, now), ChoiceState::Queued);
    w.sync_phone(now);
    assert_eq!(w.state(case, now), ChoiceState::Uploaded);

    // 4. The desk shows what was previewed, field by field.
    w.sync_desk(now);
    let inbox = w.inbox(now);
    let [card] = &inbox[..] else { panic!("{} cards", inbox.len()) };
    assert_eq!(card.case, case);
    assert_eq!(card.option, preview.option);
    assert_eq!(card.pointer, preview.pointer);
    assert_eq!(card.words, preview.words);
    assert_eq!(card.until, preview.until);
    assert_eq!(card.client_name.as_deref(), Some(CLIENT));
    // Received on Monday, three working days.
    assert_eq!(card.due, Due::By("2026-03-05".parse().unwrap()));
    assert!(!card.opened && !card.late);
    assert!(w.front_inbox(now).is_empty());

    // 5. Received is the desk's word, Opened a person's act.
    w.sync_phone(now);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    assert_eq!(w.shown(case, now).due, Some("2026-03-05".parse().unwrap()));
    assert!(w.desk.open_card(case, now).unwrap().opened);
    w.sync_desk(now);
    w.sync_phone(now);
    assert_eq!(w.state(case, now), ChoiceState::Opened);

    // 6. The note comes back, once.
    w.desk.reply(case, NOTE, now).unwrap();
    for _ in 0..3 {
        w.sync_desk(now);
        w.sync_phone(now);
        let notes = w.phone.notes().unwrap();
        let [note] = &notes[..] else { panic!("{} notes", notes.len()) };
        assert_eq!((note.text.as_str(), note.sender.as_str()), (NOTE, THERAPIST));
        assert_eq!(note.case, case);
        assert_eq!(w.state(case, now), ChoiceState::Answered);
        assert!(w.inbox(now).is_empty());
    }
}

#[test]
fn a_choice_without_switches_takes_nothing_of_the_moment_along() {
    let mut w = World::paired();
    let now = monday();
    let moment = w.phone.flag(now).unwrap();
    w.phone.set_note(moment, Some(WORDS)).unwrap();
    w.phone.set_pointer(moment, Some(Pointer::Plan)).unwrap();
    let bare = RepairChoice { moment: Some(moment), ..w.choice(RepairOption::RepairQuietly) };
    let case = w.share_choice(&bare, now);
    w.sync_all(now);
    let card = &w.inbox(now)[0];
    assert!(card.words.is_none() && card.pointer.is_none() && card.until.is_none());
    assert_eq!(w.phone.choices_of(moment, now).unwrap()[0].case, case);
}

#[test]
fn own_words_and_notes_wait_for_compared_words() {
    let now = monday();
    let folder = tempfile::tempdir().unwrap();
    let relay = Place::start(&folder.path().join("relay"));
    let mut phone: Companion = Home::at(&folder.path().join("phone")).new_phone();
    let card = card(PracticeRole::Therapist, THERAPIST);
    let mut desk = Home::at(&folder.path().join("desk")).new_desk(&card);
    let (practice, client) = attune_tests::world::pair(&mut phone, &mut desk, &relay, now);
    let moment = phone.flag(now).unwrap();
    phone.set_note(moment, Some(WORDS)).unwrap();
    let bare = plain(RepairOption::WrittenFollowUp, practice);
    let with_words = RepairChoice { moment: Some(moment), with_words: true, ..bare };
    assert!(matches!(phone.preview(&with_words, now), Err(Error::NotCompared)));
    let preview = phone.preview(&bare, now).unwrap();
    let case = phone.share(&preview.digest, now).unwrap();
    meet(&mut phone, &mut desk, &relay, now);
    desk.reply(case, NOTE, now).unwrap();
    meet(&mut phone, &mut desk, &relay, now);
    assert!(phone.notes().unwrap().is_empty());
    assert!(desk.clients().unwrap()[0].note_waits);
    desk.confirm_words(client, &desk.words(client).unwrap()).unwrap();
    meet(&mut phone, &mut desk, &relay, now);
    meet(&mut phone, &mut desk, &relay, now);
    assert_eq!(phone.notes().unwrap().len(), 1);
    assert!(!desk.clients().unwrap()[0].note_waits);
}
