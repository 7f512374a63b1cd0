//! `keys.json`: relay ids, the keys and ids of lanes, and the words that carry bits.

use attune_core::lane::Direction;
use attune_core::lane::document::Incarnation;
use attune_core::lane::keys::{LaneKeys, Psk};
use attune_core::pairing::code::{PairingCode, Seed};
use attune_core::pairing::schedule::{comparison_words, comparison_words_again};
use attune_wire::{RelayId, canonical_origin};
use serde_json::{Value, json};

use super::{bytes, file, foreign, hex, hold, unhex_array};

const ORIGINS: [&str; 4] = [
    "https://relay.example",
    "HTTPS://Relay.Example:443/",
    "https://relay.example:8443",
    "http://127.0.0.1:4711",
];

#[test]
fn keys_are_as_frozen() {
    hold("keys.json", &made());
}

#[test]
fn keys_read_back_by_the_text_alone() {
    let file = file("keys.json");
    for relay in file["relays"].as_array().unwrap() {
        let origin = relay["origin"].as_str().unwrap();
        assert_eq!(foreign::sha256(&[origin.as_bytes()]), unhex_array(&relay["relay_id"]));
    }
    for lane in file["lanes"].as_array().unwrap() {
        let psk: [u8; 32] = unhex_array(&lane["psk"]);
        let epoch = lane["epoch"].as_u64().unwrap().to_be_bytes();
        let direction = lane["direction"].as_str().unwrap().as_bytes();
        let seed = |role: &[u8]| -> [u8; 32] {
            foreign::hkdf(&[], &psk, &[b"attune/1 lane", direction, &epoch, role])
        };
        assert_eq!(seed(b"w"), unhex_array(&lane["writer_seed"]));
        assert_eq!(seed(b"r"), unhex_array(&lane["reader_seed"]));
        let (writer, reader, id) = foreign::lane(&seed(b"w"), &seed(b"r"));
        assert_eq!(writer, unhex_array(&lane["writer"]));
        assert_eq!(reader, unhex_array(&lane["reader"]));
        assert_eq!(id, unhex_array(&lane["lane_id"]));
    }
    for vector in file["comparison_words"].as_array().unwrap() {
        let psk: [u8; 32] = unhex_array(&vector["psk"]);
        let first: [u8; 6] = foreign::hkdf(&[], &psk, &[b"attune/1 words"]);
        assert_eq!(first, unhex_array(&vector["bits"]));
        let phone: [u8; 16] = unhex_array(&vector["phone"]);
        let desk: [u8; 16] = unhex_array(&vector["desk"]);
        let again: [u8; 6] = foreign::hkdf(&[], &psk, &[b"attune/1 words again", &phone, &desk]);
        assert_eq!(again, unhex_array(&vector["again_bits"]));
    }
}

fn made() -> Value {
    let relays: Vec<_> = ORIGINS
        .iter()
        .map(|given| {
            let origin = canonical_origin(given).unwrap();
            json!({ "given": given, "origin": origin, "relay_id": hex(RelayId::of_origin(&origin).0) })
        })
        .collect();

    let mut lanes = Vec::new();
    for psk in [[0; 32], bytes::<32>("psk of a lane")] {
        for direction in [Direction::ClientToDesk, Direction::DeskToClient] {
            for epoch in [0, 1, 0x0001_0203_0405_0607] {
                let keys = LaneKeys::derive(&Psk::from_bytes(&psk), direction, epoch);
                let seed = |role: &str| -> [u8; 32] {
                    let epoch = u64::to_be_bytes(epoch);
                    let direction = direction.label().as_bytes();
                    foreign::hkdf(
                        &[],
                        &psk,
                        &[b"attune/1 lane", direction, &epoch, role.as_bytes()],
                    )
                };
                lanes.push(json!({
                    "psk": hex(psk),
                    "direction": direction.label(),
                    "epoch": epoch,
                    "writer_seed": hex(seed("w")),
                    "reader_seed": hex(seed("r")),
                    "writer": hex(keys.writer.public()),
                    "reader": hex(keys.reader.public()),
                    "lane_id": hex(keys.id.as_bytes()),
                }));
            }
        }
    }

    let compared: Vec<_> = [[0; 32], bytes::<32>("psk of words")]
        .into_iter()
        .map(|psk| {
            let (phone, desk) = (bytes("a phone"), bytes("a desk"));
            let first: [u8; 6] = foreign::hkdf(&[], &psk, &[b"attune/1 words"]);
            let again: [u8; 6] =
                foreign::hkdf(&[], &psk, &[b"attune/1 words again", &phone, &desk]);
            let key = Psk::from_bytes(&psk);
            let (phone_id, desk_id) =
                (Incarnation::from_bytes(phone), Incarnation::from_bytes(desk));
            json!({
                "psk": hex(psk),
                "bits": hex(first),
                "words": comparison_words(&key),
                "phone": hex(phone),
                "desk": hex(desk),
                "again_bits": hex(again),
                "words_again": comparison_words_again(&key, &phone_id, &desk_id),
            })
        })
        .collect();

    let spoken: Vec<_> = [[0; 11], [0xff; 11], bytes::<11>("a spoken code")]
        .into_iter()
        .map(|seed| json!({ "seed": hex(seed), "words": Seed::from_bytes(&seed).unwrap().words() }))
        .collect();

    let links: Vec<_> = [
        ("https://relay.example", [0; 32]),
        ("https://relay.example:8443", bytes("a link")),
        ("http://127.0.0.1:4711", [0xff; 32]),
    ]
    .into_iter()
    .map(|(origin, seed)| {
        let link = PairingCode::link(origin, &Seed::from_bytes(&seed).unwrap()).unwrap();
        json!({ "origin": origin, "seed": hex(seed), "link": *link })
    })
    .collect();

    json!({
        "about": "Relay ids, lane keys and ids, comparison words, and the two forms of a pairing code. Byte strings are hex.",
        "relays": relays,
        "lanes": lanes,
        "comparison_words": compared,
        "spoken_codes": spoken,
        "links": links,
    })
}
