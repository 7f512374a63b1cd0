//! A simulator of joining: the syncs of phone and desk interleave request by request from the invitation on,
//! while the people compare words and share. In the end both are linked without trouble, and the desk has what was shared.

mod world;

use attune_core::desk::CodeForm;
use attune_core::preview::RepairChoice;
use attune_core::repair::RepairOption;
use attune_core::{Error, PairingStage, Trouble};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use world::{Meeting, Syncs, monday, step};

#[derive(Debug, Clone, Copy)]
enum Act {
    /// One request of the phone's sync, or the beginning of one.
    Phone,
    /// One request of the desk's.
    Desk,
    /// The phone's process comes to a sync anew: one that was under way is left.
    PhoneAnew,
    DeskAnew,
    ComparePhone,
    CompareDesk,
    Share(RepairOption),
    Restart,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        12 => Just(Act::Phone),
        12 => Just(Act::Desk),
        1 => Just(Act::PhoneAnew),
        1 => Just(Act::DeskAnew),
        1 => Just(Act::ComparePhone),
        1 => Just(Act::CompareDesk),
        2 => proptest::sample::select(&RepairOption::ALL[1..]).prop_map(Act::Share),
        1 => Just(Act::Restart),
    ]
}

fn run(seed: u64, acts: &[Act]) {
    let now = monday();
    let mut m = Meeting::new(seed);
    let invitation = m.invite(CodeForm::Link);
    let client = invitation.client;
    let practice = m.phone.join(&invitation.code, None, Some("Sam")).unwrap();
    let mut shared = 0;
    for act in acts {
        match act {
            Act::Phone => {
                if !step(&mut m.phone, &mut m.relay, now) {
                    m.phone.begin(now);
                }
            }
            Act::Desk => {
                if !step(&mut m.desk, &mut m.relay, now) {
                    m.desk.begin(now);
                }
            }
            Act::PhoneAnew => m.phone.begin(now),
            Act::DeskAnew => m.desk.begin(now),
            Act::ComparePhone => {
                if let Ok(words) = m.phone.words(practice) {
                    compared(&m.phone.confirm_words(practice, &words));
                }
            }
            Act::CompareDesk => {
                if let Ok(words) = m.desk.words(client) {
                    compared(&m.desk.confirm_words(client, &words));
                }
            }
            Act::Share(option) => {
                let choice = RepairChoice {
                    option: *option,
                    practice,
                    moment: None,
                    with_pointer: false,
                    with_words: false,
                    until: None,
                    replaces: None,
                };
                if let Ok(preview) = m.phone.preview(&choice, now) {
                    m.phone.share(&preview.digest, now).unwrap();
                    shared += 1;
                }
            }
            Act::Restart => {
                let spare = m.folder.path().join("spare");
                let _ = std::fs::remove_dir_all(&spare);
                let fresh = world::new_phone(&spare, &m.entropy);
                drop(std::mem::replace(&mut m.phone, fresh));
                m.phone = world::open_phone(&m.folder.path().join("phone"), &m.entropy);
            }
        }
    }
    for _ in 0..6 {
        m.sync_phone();
        m.sync_desk();
    }
    let phone = &m.phone.practices().unwrap()[0];
    let desk = &m.desk.clients().unwrap()[0];
    assert_eq!(
        (phone.stage, phone.health.trouble),
        (PairingStage::Active, Trouble::None),
        "the phone"
    );
    assert_eq!(
        (desk.stage, desk.health.trouble),
        (PairingStage::Active, Trouble::None),
        "the desk"
    );
    assert_eq!(m.desk.inbox(now).unwrap().len(), shared, "what was shared");
}

/// Words may be there before the other side can have seen them; then it is too early to say that they match.
fn compared(said: &Result<(), Error>) {
    assert!(matches!(said, Ok(()) | Err(Error::NotReady)), "{said:?}");
}

#[test]
fn a_desk_may_sync_again_before_the_phone_has_read_its_welcome() {
    use Act::{Desk, DeskAnew, Phone};
    run(0, &[Phone, Phone, Phone, Desk, Desk, Desk, Desk, Desk, DeskAnew, Desk, Desk]);
}

#[test]
fn whoever_syncs_when_both_are_linked_and_all_that_was_shared_arrives() {
    let cases = std::env::var("ATTUNE_SIMULATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    let config =
        Config { cases, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[43; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    runner
        .run(&(any::<u64>(), proptest::collection::vec(act(), 10..80)), |(seed, acts)| {
            run(seed, &acts);
            Ok(())
        })
        .unwrap();
}
