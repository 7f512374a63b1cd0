//! Several practices on one phone: each gets what is its own, and nothing of the others.

use attune_core::desk::{CodeForm, InviteKind};
use attune_core::practice::PracticeRole;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_core::{Error, PairingStage, Trouble};
use attune_tests::home::{Home, card};
use attune_tests::road::sync;
use attune_tests::world::{World, monday, pair, plain};

#[test]
fn what_is_for_the_front_desk_never_reaches_the_therapist() {
    for option in [RepairOption::RequestProvider, RepairOption::Interpreter] {
        let mut w = World::paired();
        let now = monday();
        let wrong = plain(option, w.therapist);
        assert!(matches!(w.phone.preview(&wrong, now), Err(Error::NotOffered)));
        let case = w.share(option, now);
        w.sync_all(now);
        w.sync_all(now);
        assert!(w.inbox(now).is_empty());
        let front = w.front_inbox(now);
        assert_eq!((front.len(), front[0].case, front[0].option), (1, case, option));
        assert_eq!(w.state(case, now), ChoiceState::Received);
        // The therapist's desk does not have it to open or answer, either.
        assert!(matches!(w.desk.open_card(case, now), Err(Error::NotFound)));
        assert!(matches!(w.desk.reply(case, "A note.", now), Err(Error::NotFound)));
    }
}

#[test]
fn what_is_for_the_therapist_never_reaches_the_front_desk() {
    let mut w = World::paired();
    let now = monday();
    let options: Vec<_> = RepairOption::ALL
        .into_iter()
        .filter(|option| option.recipient() == Some(PracticeRole::Therapist))
        .collect();
    assert_eq!(options.len(), 6);
    for option in &options {
        let wrong = plain(*option, w.coordinator);
        assert!(matches!(w.phone.preview(&wrong, now), Err(Error::NotOffered)));
        w.share(*option, now);
    }
    w.sync_all(now);
    let mut shown: Vec<_> = w.inbox(now).iter().map(|card| card.option).collect();
    shown.sort();
    assert_eq!(shown, options);
    assert!(w.front_inbox(now).is_empty());
}

#[test]
fn without_a_front_desk_nobody_is_asked_for_somebody_else() {
    let mut w = World::paired();
    let now = monday();
    w.phone.unpair(w.coordinator, now).unwrap();
    let offers = w.phone.offers().unwrap();
    let offer = |option| offers.iter().filter(move |offer| offer.option == option);
    assert!(offer(RepairOption::RequestProvider).all(|offer| offer.practice.is_none()));
    assert_eq!(offer(RepairOption::RequestProvider).count(), 1);
    assert_eq!(offer(RepairOption::Interpreter).count(), 0);
}

#[test]
fn two_therapists_know_nothing_of_each_other() {
    let mut w = World::paired();
    let now = monday();
    let home = Home::at(&w.path("second"));
    let mut second = home.new_desk(&card(PracticeRole::Therapist, "Dr Ben Okri"));
    let (practice, client) = pair(&mut w.phone, &mut second, &w.relay, now);
    assert_ne!(practice, w.therapist);
    w.phone.confirm_words(practice, &w.phone.words(practice).unwrap()).unwrap();
    second.confirm_words(client, &second.words(client).unwrap()).unwrap();
    let offered = w.phone.offers().unwrap();
    let pauses: Vec<_> =
        offered.iter().filter(|offer| offer.option == RepairOption::Pause).collect();
    assert_eq!(pauses.len(), 2);

    let first_case = w.share(RepairOption::Pause, now);
    let second_case = w.share_choice(&plain(RepairOption::SwitchTopic, practice), now);
    w.sync_all(now);
    sync(&mut second, w.relay.address(), now).unwrap();
    w.sync_all(now);
    let cases = |cards: Vec<attune_core::desk::Card>| -> Vec<_> {
        cards.into_iter().map(|card| card.case).collect()
    };
    assert_eq!(cases(w.inbox(now)), [first_case]);
    assert_eq!(cases(second.inbox(now).unwrap()), [second_case]);
    for case in [first_case, second_case] {
        assert_eq!(w.state(case, now), ChoiceState::Received);
    }
    // One of them goes; the other stays.
    w.phone.unpair(w.therapist, now).unwrap();
    w.sync_all(now);
    sync(&mut second, w.relay.address(), now).unwrap();
    assert!(w.inbox(now).is_empty());
    assert_eq!(cases(second.inbox(now).unwrap()), [second_case]);
    assert_eq!(w.state(second_case, now), ChoiceState::Received);
}

#[test]
fn leaving_is_immediate_and_the_lanes_close() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    assert_eq!(w.inbox(now).len(), 1);
    assert_eq!(w.relay.rows().len(), 4);

    w.phone.unpair(w.therapist, now).unwrap();
    assert!(matches!(w.phone.choice(case, now), Err(Error::NotFound)));
    assert_eq!(w.phone.practices().unwrap().len(), 1);
    w.sync_all(now);
    assert!(w.inbox(now).is_empty());
    let client = w.client();
    assert_eq!((client.stage, client.health.trouble), (PairingStage::Ended, Trouble::Goodbye));
    w.sync_all(now);
    // The front desk's two lanes are left, and the one that only the therapist's desk could close.
    assert!(w.relay.rows().len() <= 3, "{} lanes", w.relay.rows().len());
    let front = w.share(RepairOption::Interpreter, now);
    w.sync_all(now);
    assert_eq!(w.front_inbox(now)[0].case, front);
}

#[test]
fn a_desk_can_leave_too() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_all(now);
    w.desk.unpair(w.client, now).unwrap();
    w.sync_all(now);
    let practice = w.practice();
    assert_eq!((practice.stage, practice.health.trouble), (PairingStage::Ended, Trouble::Goodbye));
    let again = w.choice(RepairOption::Pause);
    assert!(matches!(w.phone.preview(&again, now), Err(Error::NotReady)));
    // What is known of the choice stays known.
    assert_eq!(w.state(case, now), ChoiceState::Received);
}

#[test]
fn a_second_phone_with_a_used_code_gets_nowhere() {
    let mut w = World::paired();
    let now = monday();
    let invitation = w.desk.invite(InviteKind::Live, CodeForm::Link, now).unwrap();
    w.sync_desk(now);
    let mut own = Home::at(&w.path("own")).new_phone();
    let mut late = Home::at(&w.path("late")).new_phone();
    own.join(&invitation.code, None, None).unwrap();
    sync(&mut own, w.relay.address(), now).unwrap();
    w.sync_desk(now);
    late.join(&invitation.code, None, None).unwrap();
    sync(&mut late, w.relay.address(), now).unwrap();
    let told = &late.practices().unwrap()[0];
    assert_eq!((told.stage, told.health.trouble), (PairingStage::Ended, Trouble::CodeSpent));
    sync(&mut own, w.relay.address(), now).unwrap();
    assert_eq!(own.practices().unwrap()[0].stage, PairingStage::Active);
}
