//! Pairing from end to end, and everything that must not become one.

use attune_core::due::{Deadlines, WorkingWeek};
use attune_core::entropy::{Entropy, EntropyError, SystemEntropy};
use attune_core::lane::document::{Incarnation, ProtocolRange};
use attune_core::pairing::code::{PairingCode, Seed};
use attune_core::pairing::invitation::{DeskInvite, Offer, Paired, PhoneHello, Welcomed};
use attune_core::pairing::messages::{Hello, Invite, PairingError, WELCOME_VERSION, Welcome};
use attune_core::pairing::schedule::{
    InviteSecret, Nonce, comparison_words, comparison_words_again,
};
use attune_core::practice::{AttestedTerms, PracticeCard, PracticeRole};
use attune_core::repair::RepairOption;
use attune_wire::RelayId;
use proptest::prelude::*;

const ORIGIN: &str = "https://relay.example";
const PHONE: Incarnation = Incarnation::from_bytes([1; 16]);
const DESK: Incarnation = Incarnation::from_bytes([2; 16]);

fn relay() -> RelayId {
    RelayId::of_origin(ORIGIN)
}

fn card() -> PracticeCard {
    PracticeCard {
        role: PracticeRole::Therapist,
        name: "Dr. Ana Pérez".to_owned(),
        offered: PracticeCard::options_of(PracticeRole::Therapist).collect(),
        deadlines: Deadlines::default(),
        week: WorkingWeek::MONDAY_TO_FRIDAY,
        terms: AttestedTerms::default(),
        backup: String::new(),
        leaves_practice: String::new(),
        relays: vec![ORIGIN.to_owned()],
        introduced_by: None,
    }
}

fn invited(seed: &Seed) -> DeskInvite {
    DeskInvite::create(seed, &relay(), card(), &mut SystemEntropy::new()).unwrap()
}

fn offered(invite: &DeskInvite) -> Offer {
    let secret = InviteSecret::from_bytes(invite.secret.as_bytes());
    Offer::open(secret, &relay(), invite.envelope.as_slice()).unwrap()
}

fn greeted(offer: &Offer, version: u64) -> PhoneHello {
    offer.accept(Some("Noor"), PHONE, version, &mut SystemEntropy::new()).unwrap()
}

fn answered(invite: &DeskInvite, hello: &[u8], version: u64) -> Result<Welcomed, PairingError> {
    invite.answer(hello, version, DESK, &mut SystemEntropy::new())
}

/// A pairing up to the Welcome.
struct Story {
    invite: DeskInvite,
    hello: PhoneHello,
    welcomed: Welcomed,
}

impl Story {
    fn of(seed: &Seed) -> Self {
        let invite = invited(seed);
        let hello = greeted(&offered(&invite), 1);
        let welcomed = answered(&invite, hello.envelope.as_slice(), 1).unwrap();
        Self { invite, hello, welcomed }
    }
}

fn seed() -> Seed {
    Seed::from_bytes(&[5; 11]).unwrap()
}

fn refused(paired: &Result<Paired, PairingError>) -> bool {
    matches!(paired, Err(PairingError::Refused))
}

#[test]
fn both_codes_pair_and_both_sides_agree() {
    let entropy = &mut SystemEntropy::new();
    for seed in [Seed::for_link(entropy).unwrap(), Seed::for_words(entropy).unwrap()] {
        let typed = seed.words().map_or_else(
            || PairingCode::link(ORIGIN, &seed).unwrap().to_string(),
            |words| words.join(" "),
        );
        let typed = PairingCode::parse(&typed).unwrap();
        let invite = invited(&seed);
        let secret = InviteSecret::derive(typed.seed(), &relay()).unwrap();
        let offer = Offer::open(secret, &relay(), invite.envelope.as_slice()).unwrap();
        assert_eq!(offer.invite.card, card());
        let hello = greeted(&offer, 1);
        let desk = answered(&invite, hello.envelope.as_slice(), 1).unwrap();
        let phone = hello.finish(desk.envelope.as_slice(), WELCOME_VERSION).unwrap();

        assert_eq!(phone.psk.as_bytes(), desk.paired.psk.as_bytes());
        assert_eq!(phone.th, desk.paired.th);
        assert_eq!(comparison_words(&phone.psk), comparison_words(&desk.paired.psk));
        assert_eq!((phone.peer, desk.paired.peer), (DESK, PHONE));
        assert_eq!((phone.protocol, desk.paired.protocol), (1, 1));
        assert_eq!(desk.name.unwrap().as_str(), "Noor");
        assert!(phone.peer_key == invite.receive.public().unwrap());
        assert!(desk.paired.peer_key == hello.receive.public().unwrap());
        let again = comparison_words_again(&phone.psk, &PHONE, &DESK);
        assert_ne!(again, comparison_words(&phone.psk));
        assert_ne!(again, comparison_words_again(&phone.psk, &DESK, &PHONE));
    }
}

#[test]
fn another_code_or_relay_finds_nothing() {
    let invite = invited(&seed());
    let other = InviteSecret::derive(&Seed::from_bytes(&[6; 11]).unwrap(), &relay()).unwrap();
    let elsewhere = RelayId::of_origin("https://other.example");
    let at_another = InviteSecret::derive(&seed(), &elsewhere).unwrap();
    for secret in [other, at_another] {
        let error = Offer::open(secret, &relay(), invite.envelope.as_slice()).unwrap_err();
        assert_eq!(error, PairingError::Refused);
    }
    // The right code, and a card that leads elsewhere.
    let error = Offer::open(invite.secret.clone(), &elsewhere, invite.envelope.as_slice());
    assert_eq!(error.unwrap_err(), PairingError::Refused);
    let created = DeskInvite::create(&seed(), &elsewhere, card(), &mut SystemEntropy::new());
    assert_eq!(created.unwrap_err(), PairingError::Relay);
}

/// Whether a step refuses the bytes.
type Refuses<'a> = &'a dyn Fn(&[u8]) -> bool;

#[test]
fn flipped_short_and_long_messages_are_refused() {
    let story = Story::of(&seed());
    let cases: [(&[u8], Refuses<'_>); 3] = [
        (story.invite.envelope.as_slice(), &|bytes| {
            let opened = Offer::open(story.invite.secret.clone(), &relay(), bytes);
            matches!(opened, Err(PairingError::Refused))
        }),
        (story.hello.envelope.as_slice(), &|bytes| {
            matches!(answered(&story.invite, bytes, 1), Err(PairingError::Refused))
        }),
        (story.welcomed.envelope.as_slice(), &|bytes| {
            refused(&story.hello.finish(bytes, WELCOME_VERSION))
        }),
    ];
    for (envelope, refuses) in cases {
        assert!(!refuses(envelope));
        assert!(refuses(&envelope[1..]) && refuses(&envelope[..8_191]) && refuses(&[]));
        assert!(refuses(&[envelope, &[0]].concat()));
        for at in (0..20).chain((20..8_192).step_by(97)).chain(8_170..8_192) {
            let mut flipped = envelope.to_vec();
            flipped[at] ^= 1 << (at % 8);
            assert!(refuses(&flipped), "byte {at}");
        }
    }
}

#[test]
fn messages_in_another_place_are_refused() {
    let story = Story::of(&seed());
    let again = Story::of(&seed());
    let (invite, hello, welcome) =
        (&story.invite.envelope, &story.hello.envelope, &story.welcomed.envelope);
    // Reflected: each message in the other's step.
    for message in [invite, welcome] {
        assert!(matches!(
            answered(&story.invite, message.as_slice(), 1),
            Err(PairingError::Refused)
        ));
    }
    for message in [invite, hello] {
        assert!(refused(&story.hello.finish(message.as_slice(), WELCOME_VERSION)));
    }
    for message in [hello, welcome] {
        let opened = Offer::open(story.invite.secret.clone(), &relay(), message.as_slice());
        assert!(matches!(opened, Err(PairingError::Refused)));
    }
    // Replayed as another version.
    assert!(answered(&story.invite, hello.as_slice(), 2).is_err());
    for version in [1, 3] {
        assert!(refused(&story.hello.finish(welcome.as_slice(), version)));
    }
    // Spliced: of another pairing by the same code.
    assert!(answered(&again.invite, hello.as_slice(), 1).is_err());
    assert!(refused(&again.hello.finish(welcome.as_slice(), WELCOME_VERSION)));
    // A Welcome to another phone that answered the same Invite.
    let second = greeted(&offered(&story.invite), 2);
    assert!(refused(&second.finish(welcome.as_slice(), WELCOME_VERSION)));
}

#[test]
fn a_second_phone_writes_a_second_version() {
    let invite = invited(&seed());
    let second = greeted(&offered(&invite), 2);
    assert!(answered(&invite, second.envelope.as_slice(), 1).is_err());
    assert!(answered(&invite, second.envelope.as_slice(), 2).is_ok());
}

#[test]
fn a_desk_is_held_to_the_nonce_it_committed_to() {
    let mut invite = invited(&seed());
    let hello = greeted(&offered(&invite), 1);
    let honest = answered(&invite, hello.envelope.as_slice(), 1).unwrap();
    assert!(hello.finish(honest.envelope.as_slice(), WELCOME_VERSION).is_ok());
    // Having seen the phone's nonce, it picks another one of its own.
    invite.nonce = Nonce::generate(&mut SystemEntropy::new()).unwrap();
    let late = answered(&invite, hello.envelope.as_slice(), 1).unwrap();
    assert!(refused(&hello.finish(late.envelope.as_slice(), WELCOME_VERSION)));
}

#[test]
fn a_newer_desk_is_told_apart() {
    let invite = invited(&seed());
    let resealed = |range: ProtocolRange| {
        let mut newer = offered(&invite).invite;
        newer.range = range;
        let sealed = newer.seal(&invite.secret, &mut SystemEntropy::new()).unwrap();
        Offer::open(invite.secret.clone(), &relay(), sealed.envelope.as_slice()).map(drop)
    };
    assert_eq!(resealed(ProtocolRange { lowest: 1, highest: 9 }), Ok(()));
    let newer = resealed(ProtocolRange { lowest: 2, highest: 9 });
    assert_eq!(newer, Err(PairingError::NewerNeeded));
    let older = resealed(ProtocolRange { lowest: 0, highest: 0 });
    assert_eq!(older, Err(PairingError::NewerNeeded));
    assert_eq!(resealed(ProtocolRange { lowest: 2, highest: 1 }), Err(PairingError::Refused));
}

#[test]
fn names_have_limits() {
    let offer = offered(&invited(&seed()));
    let accept =
        |name: &str| offer.accept(Some(name), PHONE, 1, &mut SystemEntropy::new()).map(drop);
    assert_eq!(accept(&"é".repeat(80)), Ok(()));
    for name in ["", "   ", &"n".repeat(81)] {
        assert_eq!(accept(name), Err(PairingError::Name));
    }
    assert!(offer.accept(None, PHONE, 1, &mut SystemEntropy::new()).is_ok());
}

/// Gives so many bytes, and then fails.
struct Failing(usize);

impl Entropy for Failing {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        self.0 = self.0.checked_sub(out.len()).ok_or(EntropyError)?;
        out.fill(1);
        Ok(())
    }
}

#[test]
fn without_randomness_nothing_is_made() {
    let dry = Err(PairingError::Entropy(EntropyError));
    for bytes in [0, 32, 64, 75] {
        let created = DeskInvite::create(&seed(), &relay(), card(), &mut Failing(bytes));
        assert_eq!(created.map(drop), dry);
    }
    let invite = invited(&seed());
    let offer = offered(&invite);
    for bytes in [0, 32, 64, 127] {
        assert_eq!(offer.accept(None, PHONE, 1, &mut Failing(bytes)).map(drop), dry);
    }
    let hello = greeted(&offer, 1);
    let answer = invite.answer(hello.envelope.as_slice(), 1, DESK, &mut Failing(63));
    assert_eq!(answer.map(drop), dry);
}

#[test]
fn nothing_of_a_pairing_is_printed() {
    let story = Story::of(&seed());
    assert_eq!(format!("{:?}", story.invite), "DeskInvite { .. }");
    assert_eq!(format!("{:?}", story.hello), "PhoneHello { .. }");
    assert_eq!(format!("{:?}", story.welcomed.paired), "Paired { .. }");
    assert_eq!(format!("{:?}", story.invite.secret), "InviteSecret(..)");
    assert_eq!(format!("{:?}", story.invite.nonce), "Nonce(..)");
}

fn any_card() -> impl Strategy<Value = PracticeCard> {
    let days = || any::<[Option<u8>; 3]>();
    (
        any::<bool>(),
        "[a-zé]{1,80}",
        any::<[bool; 8]>(),
        days(),
        1u8..128,
        "\\PC{0,80}",
        "\\PC{0,200}",
        any::<Option<String>>(),
    )
        .prop_map(
            |(therapist, name, flags, days, week, backup, leaves_practice, introducer)| {
                let role =
                    if therapist { PracticeRole::Therapist } else { PracticeRole::Coordinator };
                let offered: Vec<_> = PracticeCard::options_of(role)
                    .zip(flags)
                    .filter(|(option, there)| *there || !option.can_be_left_out())
                    .map(|(option, _)| option)
                    .collect();
                PracticeCard {
                    role,
                    name,
                    offered: if offered.is_empty() {
                        vec![RepairOption::Interpreter]
                    } else {
                        offered
                    },
                    deadlines: Deadlines {
                        written_follow_up: days[0],
                        request_provider: days[1],
                        repair_quietly: days[2],
                    },
                    week: WorkingWeek::from_bits(week).unwrap(),
                    terms: AttestedTerms {
                        no_fee: flags[4],
                        keeps_slot: flags[5],
                        keeps_place: flags[6],
                        no_missed_visit: flags[7],
                    },
                    backup,
                    leaves_practice,
                    relays: vec![ORIGIN.to_owned(), "http://localhost:1".to_owned()],
                    introduced_by: introducer.map(|name| name.chars().take(80).collect()),
                }
            },
        )
}

proptest! {
    #[test]
    fn invites_read_back(card in any_card()) {
        let invite = Invite {
            range: ProtocolRange::PAIRING,
            desk_key: Box::new([3; 1_216]),
            commitment: [4; 32],
            card,
        };
        let bytes = invite.encode().unwrap();
        let again = Invite::decode(&bytes).unwrap();
        prop_assert!(again == invite);
        prop_assert_eq!(&*again.encode().unwrap(), &*bytes);
    }

    #[test]
    fn no_bytes_make_decoding_panic(
        card in any_card(),
        random in prop::collection::vec(any::<u8>(), 0..200),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let invite = Invite {
            range: ProtocolRange::PAIRING,
            desk_key: Box::new([3; 1_216]),
            commitment: [4; 32],
            card,
        };
        let mut bytes = invite.encode().unwrap().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(accepted) = Invite::decode(&bytes) {
            let again = accepted.encode().unwrap();
            prop_assert!(*again == bytes || again.len() < bytes.len());
        }
        let _ = Invite::decode(&random);
        let _ = Hello::decode(&random);
        let _ = Welcome::decode(&random);
    }
}
