//! `envelopes.json`: documents sealed with fixed keys, and envelopes that are refused.

use attune_core::lane::document::{Document, ReceiveKey};
use attune_core::lane::keys::Psk;
use attune_core::lane::seal::{
    OpenError, ReceiveSecret, SealContext, open_document, seal_document,
};
use attune_core::lane::{Direction, envelope_digest};
use attune_wire::LaneId;
use serde_json::{Value, json};

use super::documents::{choice, desk, least, phone};
use super::{Given, bytes, file, foreign, hex, hold, unhex, unhex_array};

struct Case {
    name: &'static str,
    direction: Direction,
    psk: [u8; 32],
    th: [u8; 32],
    lane_id: [u8; 16],
    version: u64,
    key_epoch: u64,
    seed: [u8; 32],
    randomness: [u8; 64],
}

impl Case {
    fn new(name: &'static str, direction: Direction, document: &Document) -> Self {
        Self {
            name,
            direction,
            psk: bytes("psk of envelopes"),
            th: bytes("th of envelopes"),
            lane_id: bytes(direction.label()),
            version: document.version,
            key_epoch: document.sealed_to,
            seed: bytes("a receive key"),
            randomness: bytes(name),
        }
    }

    fn binding(&self) -> foreign::Binding {
        let label = format!("attune/1 {}", self.direction.label());
        foreign::Binding {
            psk: self.psk,
            psk_id: foreign::sha256(&[b"attune/1 id", &self.th]),
            info: [label.as_bytes(), &self.th].concat(),
            aad: foreign::aad(1, &self.lane_id, self.version),
        }
    }

    /// As somebody would seal it who is not held to what the room may contain.
    fn sealed(&self, room: &[u8]) -> Vec<u8> {
        let public = foreign::xwing_public(&self.seed);
        foreign::seal(room, &self.binding(), &public, &self.randomness)
    }

    fn described(&self, cbor: &[u8], envelope: &[u8]) -> Value {
        json!({
            "name": self.name,
            "direction": self.direction.label(),
            "psk": hex(self.psk),
            "th": hex(self.th),
            "lane_id": hex(self.lane_id),
            "version": self.version,
            "receiver_seed": hex(self.seed),
            "receiver_epoch": self.key_epoch,
            "encapsulation_randomness": hex(self.randomness),
            "cbor": hex(cbor),
            "envelope": hex(envelope),
            "digest": hex(foreign::sha256(&[envelope])),
        })
    }
}

#[test]
fn envelopes_are_as_frozen() {
    hold("envelopes.json", &made());
}

#[test]
fn envelopes_open_by_the_text_alone_and_by_this_code() {
    let file = file("envelopes.json");
    for vector in file["envelopes"].as_array().unwrap() {
        let case = read(vector);
        let (cbor, envelope) = (unhex(&vector["cbor"]), unhex(&vector["envelope"]));
        assert_eq!(foreign::open(&envelope, &case.binding(), &case.seed), cbor);
        let opened = open(&case, &envelope).unwrap();
        assert_eq!(opened, Document::decode(&cbor).unwrap());
        let digest = envelope_digest(envelope.as_slice().try_into().unwrap());
        assert_eq!(digest, unhex_array(&vector["digest"]));
    }
}

/// One change to what an envelope is opened with.
type Change = fn(&mut Case);

#[test]
fn envelopes_that_are_refused_are_refused() {
    let file = file("envelopes.json");
    for vector in file["refused"].as_array().unwrap() {
        let error = open(&read(vector), &unhex(&vector["envelope"])).unwrap_err();
        assert_eq!(format!("{error:?}"), vector["error"], "{}", vector["name"]);
    }
    // Each of these is one change to what a vector that opens was opened with.
    let vector = &file["envelopes"][0];
    let envelope = unhex(&vector["envelope"]);
    let changes: [(&str, Change); 6] = [
        ("replayed as a later version", |case| case.version += 1),
        ("spliced from another lane", |case| case.lane_id[0] ^= 1),
        ("reflected", |case| case.direction = Direction::DeskToClient),
        ("of another pairing", |case| case.psk[31] ^= 1),
        ("of another transcript", |case| case.th[0] ^= 1),
        ("to another key", |case| case.seed[0] ^= 1),
    ];
    assert!(open(&read(vector), &envelope).is_ok());
    for (name, change) in changes {
        let mut case = read(vector);
        change(&mut case);
        assert_eq!(open(&case, &envelope).unwrap_err(), OpenError::Unreadable, "{name}");
    }
    for bytes in [&envelope[1..], &envelope[..8_191], &[&envelope[..], &[0]].concat(), &[]] {
        assert_eq!(open(&read(vector), bytes).unwrap_err(), OpenError::Unreadable);
    }
}

fn open(case: &Case, envelope: &[u8]) -> Result<Document, OpenError> {
    let psk = Psk::from_bytes(&case.psk);
    let context = SealContext {
        psk: &psk,
        th: &case.th,
        direction: case.direction,
        lane_id: LaneId(case.lane_id),
    };
    let keys = [ReceiveSecret::from_seed(case.key_epoch, &case.seed)];
    open_document(envelope, &context, case.version, &keys).map(|opened| opened.document)
}

fn read(vector: &Value) -> Case {
    Case {
        name: "",
        direction: match vector["direction"].as_str() {
            Some("c2d") => Direction::ClientToDesk,
            Some("d2c") => Direction::DeskToClient,
            other => panic!("no such direction: {other:?}"),
        },
        psk: unhex_array(&vector["psk"]),
        th: unhex_array(&vector["th"]),
        lane_id: unhex_array(&vector["lane_id"]),
        version: vector["version"].as_u64().unwrap(),
        key_epoch: vector["receiver_epoch"].as_u64().unwrap(),
        seed: unhex_array(&vector["receiver_seed"]),
        randomness: unhex_array(&vector["encapsulation_randomness"]),
    }
}

fn made() -> Value {
    let envelopes: Vec<_> = [
        ("a phone with nothing to say", Direction::ClientToDesk, least()),
        ("a phone with choices", Direction::ClientToDesk, phone()),
        ("a desk", Direction::DeskToClient, desk()),
    ]
    .into_iter()
    .map(|(name, direction, document)| {
        let case = Case::new(name, direction, &document);
        let cbor = document.encode().unwrap();
        let psk = Psk::from_bytes(&case.psk);
        let context =
            SealContext { psk: &psk, th: &case.th, direction, lane_id: LaneId(case.lane_id) };
        let peer = ReceiveKey {
            epoch: case.key_epoch,
            public: Box::new(foreign::xwing_public(&case.seed)),
        };
        let mut entropy = Given::new(&[&case.randomness]);
        let envelope = seal_document(&document, &context, &peer, &mut entropy).unwrap();
        assert!(entropy.is_used_up());
        assert_eq!(envelope.as_slice(), case.sealed(&foreign::padded(&cbor, 7_055)));
        case.described(&cbor, envelope.as_slice())
    })
    .collect();
    json!({
        "about": "Envelopes: u16 length, CBOR and zeros (7,055 bytes), sealed with the randomness given. `refused` are authentic, and refused for what is inside.",
        "envelopes": envelopes,
        "refused": refused(),
    })
}

/// Sealed by somebody who has all the keys, and not to be taken for a document.
fn refused() -> Vec<Value> {
    let document = least();
    let cbor = document.encode().unwrap().to_vec();
    let room = foreign::padded(&cbor, 7_055);
    let change = |at: usize, byte: u8| {
        let mut room = room.clone();
        room[at] = byte;
        room
    };
    let mut newer = cbor.clone();
    newer[0] += 1;
    newer.extend([0x20, 0]);
    let mut entries = least();
    entries.entries = vec![choice("case", 1, attune_core::repair::RepairOption::Pause)];
    let mut desk_only = desk();
    (desk_only.version, desk_only.sealed_to) = (1, 0);
    let padded = |document: &Document| foreign::padded(&document.encode().unwrap(), 7_055);
    let of = |version: u64, sealed_to: u64| Document { version, sealed_to, ..least() };

    let to_desk = Direction::ClientToDesk;
    let cases: [(&str, Direction, Vec<u8>); 9] = [
        ("the last byte of the padding is not zero", to_desk, change(7_054, 1)),
        ("the first byte of the padding is not zero", to_desk, change(cbor.len() + 2, 1)),
        ("a length over the room", to_desk, change(0, 0x1c)),
        ("a length one too small", to_desk, change(1, room[1] - 1)),
        ("a document of another version", to_desk, padded(&of(2, 0))),
        ("a document that names another key", to_desk, padded(&of(1, 1))),
        ("notices from a phone", to_desk, padded(&desk_only)),
        ("entries from a desk", Direction::DeskToClient, padded(&entries)),
        ("a negative key", to_desk, foreign::padded(&newer, 7_055)),
    ];
    cases
        .into_iter()
        .map(|(name, direction, room)| {
            let case = Case::new(name, direction, &document);
            let envelope = case.sealed(&room);
            let error = open(&case, &envelope).unwrap_err();
            let mut described = case.described(&foreign_cbor(&room), &envelope);
            described["error"] = format!("{error:?}").into();
            described
        })
        .collect()
}

/// What the room says its plaintext is, as far as there is one.
fn foreign_cbor(room: &[u8]) -> Vec<u8> {
    let length = usize::from(u16::from_be_bytes([room[0], room[1]]));
    room.get(2..2 + length).unwrap_or_default().to_vec()
}
