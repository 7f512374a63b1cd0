//! What belongs to a therapist alone, and what waits while a client wants no contact.

mod world;

use attune_core::Error;
use attune_core::proposal::ProposalKind;
use attune_core::repair::RepairOption;
use world::{World, monday, sync};

#[test]
fn a_front_desk_puts_nothing_to_a_client_and_says_nothing_of_how_one_works() {
    let mut w = World::paired(71);
    let now = monday();
    w.sync_all(now);
    for kind in ProposalKind::ALL {
        let put = w.front.propose(w.front_client, kind, "We meet less.", None, now);
        assert!(matches!(put, Err(Error::OtherRole)), "{kind:?}");
    }
    assert!(matches!(w.front.set_about("I work slowly."), Err(Error::OtherRole)));
    // Taking away what an older version let through is no new word.
    w.front.set_about(" ").unwrap();
    assert!(w.front.proposals().unwrap().is_empty() && w.front.about().unwrap().is_none());
}

#[test]
fn about_me_does_not_change_for_a_client_who_wants_no_contact() {
    let mut w = World::paired(72);
    let now = monday();
    w.sync_all(now);
    let theirs = |w: &World| {
        let text = w.phone.about_practice(w.therapist).unwrap();
        text.map(|text| text.as_str().to_owned()).unwrap_or_default()
    };
    w.desk.set_about("I ask before I guess.").unwrap();
    w.sync_all(now);
    assert_eq!(theirs(&w), "I ask before I guess.");
    assert!(!w.desk.wants_no_contact(w.client).unwrap());
    let quiet = w.share(RepairOption::NoContact, now);
    w.sync_all(now);
    assert!(w.desk.wants_no_contact(w.client).unwrap());
    assert!(!w.front.wants_no_contact(w.front_client).unwrap());

    w.desk.set_about("I ask, and I write it down.").unwrap();
    for _ in 0..3 {
        w.sync_all(now);
        assert_eq!(
            theirs(&w),
            "I ask before I guess.",
            "what they know stays, and nothing new comes"
        );
    }
    // They met.
    w.desk.done(quiet, now).unwrap();
    w.sync_all(now);
    assert!(!w.desk.wants_no_contact(w.client).unwrap());
    sync(&mut w.phone, &mut w.relay, now);
    assert_eq!(theirs(&w), "I ask, and I write it down.");
}
