//! `pairing.json`: two whole pairings, by link and by words, with every secret in the open.

use attune_core::due::{Deadlines, WorkingWeek};
use attune_core::lane::Direction;
use attune_core::lane::document::Incarnation;
use attune_core::pairing::code::Seed;
use attune_core::pairing::invitation::{DeskInvite, Offer};
use attune_core::pairing::schedule::{InviteSecret, comparison_words};
use attune_core::practice::{AttestedTerms, PracticeCard, PracticeRole};
use attune_core::repair::RepairOption;
use attune_wire::RelayId;
use serde_json::{Value, json};

use super::{Given, bytes, file, foreign, hex, hold, unhex, unhex_array};

#[test]
fn pairings_are_as_frozen() {
    let made: Vec<_> = [("by link", true), ("by words", false)].map(|(n, l)| made(n, l)).into();
    hold(
        "pairing.json",
        &json!({
            "about": "Pairings from code to comparison words. Invite and Welcome are versions 1 and 2 of the rendezvous lane d2c, Hello is version 1 of c2d.",
            "pairings": made,
        }),
    );
}

/// The whole schedule and all three envelopes, worked out from docs/protocol.md alone.
#[test]
fn pairings_read_back_by_the_text_alone() {
    for pairing in file("pairing.json")["pairings"].as_array().unwrap() {
        let field = |name: &str| unhex(&pairing[name]);
        let relay = foreign::sha256(&[pairing["origin"].as_str().unwrap().as_bytes()]);
        let salt = [b"attune/1 invite", relay.as_slice()].concat();
        let sk0 = foreign::argon2id(&field("seed"), &salt);
        assert_eq!(sk0.as_slice(), field("sk0"));

        let lane = |direction: &str| {
            let seed = |role: &str| -> [u8; 32] {
                foreign::hkdf(
                    &[],
                    &sk0,
                    &[b"attune/1 rendezvous", direction.as_bytes(), role.as_bytes()],
                )
            };
            foreign::lane(&seed("w"), &seed("r"))
        };
        let (d2c, c2d) = (lane("d2c"), lane("c2d"));
        for (name, lane) in [("rendezvous_d2c", d2c), ("rendezvous_c2d", c2d)] {
            assert_eq!(lane.0.as_slice(), unhex(&pairing[name]["writer"]));
            assert_eq!(lane.1.as_slice(), unhex(&pairing[name]["reader"]));
            assert_eq!(lane.2.as_slice(), unhex(&pairing[name]["lane_id"]));
        }

        let invite = field("invite");
        let invite_key: [u8; 32] = foreign::hkdf(&[], &sk0, &[b"attune/1 invite key"]);
        assert_eq!(invite_key.as_slice(), field("invite_key"));
        let nonce: [u8; 12] = unhex_array(&pairing["invite_aead_nonce"]);
        let room = foreign::padded(&invite, 8_163);
        let sealed = foreign::chacha(&invite_key, nonce, &foreign::aad(2, &d2c.2, 1), &room);
        assert_eq!([&[2], nonce.as_slice(), &sealed].concat(), field("invite_envelope"));

        let psk0: [u8; 32] = foreign::hkdf(&[], &sk0, &[b"psk0"]);
        assert_eq!(psk0.as_slice(), field("psk0"));
        let invite_hash = foreign::sha256(&[&invite]);
        let psk_id = foreign::sha256(&[b"attune/1 id", &invite_hash]);
        let hello = field("hello");
        let binding = foreign::Binding {
            psk: psk0,
            psk_id,
            info: [b"attune/1 hello".as_slice(), &invite_hash].concat(),
            aad: foreign::aad(1, &c2d.2, 1),
        };
        let desk_seed = unhex_array(&pairing["desk_receive_seed"]);
        assert_eq!(foreign::open(&field("hello_envelope"), &binding, &desk_seed), hello);

        let welcome = field("welcome");
        let hello_hash = foreign::sha256(&[&hello]);
        let binding = foreign::Binding {
            psk: psk0,
            psk_id,
            info: [b"attune/1 welcome".as_slice(), &invite_hash, &hello_hash].concat(),
            aad: foreign::aad(1, &d2c.2, 2),
        };
        let phone_seed = unhex_array(&pairing["phone_receive_seed"]);
        assert_eq!(foreign::open(&field("welcome_envelope"), &binding, &phone_seed), welcome);

        let (nonce_d, nonce_c) = (field("nonce_d"), field("nonce_c"));
        let commitment = foreign::sha256(&[b"attune/1 c", &nonce_d]);
        assert!(invite.windows(32).any(|window| window == commitment));
        let length = |part: &[u8]| u32::try_from(part.len()).unwrap().to_be_bytes();
        let th = foreign::sha256(&[
            &length(&invite),
            &invite,
            &length(&hello),
            &hello,
            &length(&welcome),
            &welcome,
        ]);
        assert_eq!(th.as_slice(), field("th"));
        let ikm = [sk0.as_slice(), &nonce_c, &nonce_d].concat();
        let psk: [u8; 32] = foreign::hkdf(&th, &ikm, &[b"attune/1 psk"]);
        assert_eq!(psk.as_slice(), field("psk"));
    }
}

fn card(by_link: bool) -> PracticeCard {
    if by_link {
        return PracticeCard {
            role: PracticeRole::Therapist,
            name: "Dr. Ana Pérez".to_owned(),
            offered: PracticeCard::options_of(PracticeRole::Therapist).collect(),
            deadlines: Deadlines {
                written_follow_up: Some(2),
                request_provider: None,
                repair_quietly: Some(5),
            },
            week: WorkingWeek::MONDAY_TO_FRIDAY,
            terms: AttestedTerms {
                no_fee: true,
                keeps_slot: true,
                keeps_place: false,
                no_missed_visit: true,
            },
            backup: "Sam Lee".to_owned(),
            leaves_practice: "Notes stay in our own file.".to_owned(),
            relays: vec!["https://relay.example".to_owned(), "https://other.example".to_owned()],
            introduced_by: None,
        };
    }
    PracticeCard {
        role: PracticeRole::Coordinator,
        name: "Front desk".to_owned(),
        offered: vec![RepairOption::RequestProvider],
        deadlines: Deadlines::default(),
        week: WorkingWeek::MONDAY_TO_FRIDAY,
        terms: AttestedTerms::default(),
        backup: String::new(),
        leaves_practice: String::new(),
        relays: vec!["http://127.0.0.1:4711".to_owned()],
        introduced_by: Some("Dr. Ana Pérez".to_owned()),
    }
}

fn made(name: &str, by_link: bool) -> Value {
    let drawn = |what: &str| -> [u8; 32] { bytes(&format!("{name}: {what}")) };
    let encapsulation = |what: &str| -> [u8; 64] { bytes(&format!("{name}: {what}")) };
    let card = card(by_link);
    let origin = card.relays[0].clone();
    let relay = RelayId::of_origin(&origin);
    let long = drawn("seed");
    let seed = Seed::from_bytes(if by_link { &long } else { &long[..11] }).unwrap();

    let (nonce_d, desk_seed) = (drawn("nonce_d"), drawn("desk receive seed"));
    let aead_nonce: [u8; 12] = bytes(&format!("{name}: invite nonce"));
    let mut entropy = Given::new(&[&nonce_d, &desk_seed, &aead_nonce]);
    let desk = DeskInvite::create(&seed, &relay, card.clone(), &mut entropy).unwrap();
    assert!(entropy.is_used_up());

    let secret = InviteSecret::from_bytes(desk.secret.as_bytes());
    let offer = Offer::open(secret, &relay, desk.envelope.as_slice()).unwrap();
    assert_eq!(offer.invite.card, card);
    let (nonce_c, phone_seed) = (drawn("nonce_c"), drawn("phone receive seed"));
    let (hello_drawn, welcome_drawn) = (encapsulation("hello"), encapsulation("welcome"));
    let phone_id: [u8; 16] = bytes(&format!("{name}: phone"));
    let desk_id: [u8; 16] = bytes(&format!("{name}: desk"));
    let chosen = by_link.then_some("Noor");
    let mut entropy = Given::new(&[&nonce_c, &phone_seed, &hello_drawn]);
    let phone = offer.accept(chosen, Incarnation::from_bytes(phone_id), 1, &mut entropy).unwrap();
    assert!(entropy.is_used_up());

    let mut entropy = Given::new(&[&welcome_drawn]);
    let welcomed = desk
        .answer(phone.envelope.as_slice(), 1, Incarnation::from_bytes(desk_id), &mut entropy)
        .unwrap();
    assert!(entropy.is_used_up());
    let paired = phone.finish(welcomed.envelope.as_slice(), 2).unwrap();
    assert_eq!(paired.psk.as_bytes(), welcomed.paired.psk.as_bytes());
    assert_eq!(paired.th, welcomed.paired.th);

    let sk0 = desk.secret.as_bytes();
    let lane = |direction: Direction| {
        let keys = desk.secret.lane(direction);
        json!({
            "writer": hex(keys.writer.public()),
            "reader": hex(keys.reader.public()),
            "lane_id": hex(keys.id.as_bytes()),
        })
    };
    let welcome = foreign_welcome(&nonce_d, &desk_id);
    json!({
        "name": name,
        "origin": origin,
        "seed": hex(seed.as_bytes()),
        "words": seed.words(),
        "sk0": hex(sk0),
        "rendezvous_d2c": lane(Direction::DeskToClient),
        "rendezvous_c2d": lane(Direction::ClientToDesk),
        "invite_key": hex(foreign::hkdf::<32>(&[], sk0, &[b"attune/1 invite key"])),
        "psk0": hex(foreign::hkdf::<32>(&[], sk0, &[b"psk0"])),
        "card": described(&card),
        "nonce_d": hex(nonce_d),
        "desk_receive_seed": hex(desk_seed),
        "desk_incarnation": hex(desk_id),
        "invite": hex(&*desk.plaintext),
        "invite_aead_nonce": hex(aead_nonce),
        "invite_envelope": hex(desk.envelope.as_slice()),
        "nonce_c": hex(nonce_c),
        "phone_receive_seed": hex(phone_seed),
        "phone_incarnation": hex(phone_id),
        "chosen_name": chosen,
        "hello": hex(&*phone.plaintext),
        "hello_randomness": hex(hello_drawn),
        "hello_envelope": hex(phone.envelope.as_slice()),
        "welcome": hex(welcome),
        "welcome_randomness": hex(welcome_drawn),
        "welcome_envelope": hex(welcomed.envelope.as_slice()),
        "th": hex(paired.th),
        "psk": hex(paired.psk.as_bytes()),
        "comparison_words": comparison_words(&paired.psk),
    })
}

/// `{ 0: nonce_d, 1: incarnation }`, byte by byte.
fn foreign_welcome(nonce_d: &[u8; 32], incarnation: &[u8; 16]) -> Vec<u8> {
    [&[0xa2, 0x00, 0x58, 0x20], nonce_d.as_slice(), &[0x01, 0x50], incarnation].concat()
}

fn described(card: &PracticeCard) -> Value {
    json!({
        "role": card.role.name(),
        "name": card.name,
        "offered": card.offered.iter().map(|option| option.name()).collect::<Vec<_>>(),
        "deadlines": {
            "written_follow_up": card.deadlines.written_follow_up,
            "request_provider": card.deadlines.request_provider,
            "repair_quietly": card.deadlines.repair_quietly,
        },
        "week": card.week.bits(),
        "terms": {
            "no_fee": card.terms.no_fee,
            "keeps_slot": card.terms.keeps_slot,
            "keeps_place": card.terms.keeps_place,
            "no_missed_visit": card.terms.no_missed_visit,
        },
        "backup": card.backup,
        "leaves_practice": card.leaves_practice,
        "relays": card.relays,
        "introduced_by": card.introduced_by,
    })
}
