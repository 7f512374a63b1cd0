//! `frames.json`: requests and responses of a relay, byte for byte.

use attune_wire::{
    ENVELOPE_LEN, FRAME_LEN, GrantKey, HEADER_LEN, Operation, RelayId, Request, Response,
    SigningKey, Status,
};
use serde_json::{Value, json};

use super::{bytes, file, foreign, hex, hold, unhex, unhex_array};

/// What stands in for an envelope: byte `i` is `i` modulo 251.
fn pattern() -> Box<[u8; ENVELOPE_LEN]> {
    let all: Vec<u8> = (0..ENVELOPE_LEN).map(|at| u8::try_from(at % 251).unwrap()).collect();
    all.into_boxed_slice().try_into().unwrap()
}

#[test]
fn frames_are_as_frozen() {
    hold("frames.json", &made());
}

#[test]
fn frames_read_back_by_the_text_alone() {
    let file = file("frames.json");
    let operations = ["PUT", "GET", "OPEN", "CLOSE"];
    for request in file["requests"].as_array().unwrap() {
        let frame = [unhex(&request["header"]), pattern().to_vec()].concat();
        assert_eq!((frame.len(), frame[0]), (FRAME_LEN, 1));
        let operation = operations[usize::from(frame[1]) - 1];
        assert_eq!(request["operation"], operation);
        let field = |name: &str| unhex(&request[name]);
        assert_eq!(frame[4..36], field("relay_id"));
        assert_eq!(frame[36..68], field("writer"));
        assert_eq!(frame[68..100], field("reader"));
        assert_eq!(frame[100..108], request["version"].as_u64().unwrap().to_be_bytes());
        let message = [b"attune/1 f", &frame[..108], &foreign::sha256(&[&frame[172..]])].concat();
        let seed = unhex_array(&request["signed_by_seed"]);
        assert_eq!(frame[108..172], foreign::ed25519_sign(&seed, &message));
        assert_eq!(foreign::sha256(&[&frame]), unhex_array(&request["frame_sha256"]));
        if !request["grant"].is_null() {
            let grant = &request["grant"];
            let signed = [
                b"attune/1 grant".as_slice(),
                &field("relay_id"),
                &field("lane_id"),
                &unhex(&grant["id"]),
            ]
            .concat();
            assert_eq!(frame[172..188], unhex(&grant["id"]));
            let seed = unhex_array(&grant["seed"]);
            assert_eq!(frame[188..252], foreign::ed25519_sign(&seed, &signed));
        }
        let parsed = Request::parse(&frame).unwrap().verify().unwrap();
        assert_eq!(hex(parsed.lane().as_bytes()), request["lane_id"].as_str().unwrap());
    }
    for response in file["responses"].as_array().unwrap() {
        let frame = [unhex(&response["header"]), pattern().to_vec()].concat();
        let parsed = Response::parse(&frame).unwrap();
        assert_eq!(format!("{:?}", parsed.status).to_uppercase(), response["status"]);
        assert_eq!(parsed.version, response["version"].as_u64().unwrap());
        assert_eq!(u64::from(parsed.retry_after), response["retry_after"].as_u64().unwrap());
    }
}

fn made() -> Value {
    let origin = "https://relay.example";
    let relay = RelayId::of_origin(origin);
    let (writer_seed, reader_seed) = (bytes::<32>("a writer"), bytes::<32>("a reader"));
    let (writer, reader) =
        (SigningKey::from_seed(&writer_seed), SigningKey::from_seed(&reader_seed));
    let (grant_id, grant_seed) = (bytes::<16>("a grant's id"), bytes::<32>("a grant's key"));
    let requests: Vec<_> = [
        (Operation::Put, 1, false),
        (Operation::Put, 0x0001_0203_0405_0607, false),
        (Operation::Get, 0, false),
        (Operation::Get, 41, false),
        (Operation::Open, 0, true),
        (Operation::Open, 0, false),
        (Operation::Close, 0, false),
    ]
    .into_iter()
    .map(|(operation, version, granted)| {
        let by_reader = operation == Operation::Get;
        let mut request = Request {
            operation,
            relay,
            writer: writer.public(),
            reader: reader.public(),
            version,
            grant: None,
            envelope: pattern(),
        };
        if granted {
            let key = GrantKey::new(grant_id, &grant_seed);
            request.grant = Some(key.grant(&relay, &request.lane()));
        }
        let frame = request.sign(if by_reader { &reader } else { &writer });
        json!({
            "operation": format!("{operation:?}").to_uppercase(),
            "relay_id": hex(relay.0),
            "writer": hex(writer.public()),
            "reader": hex(reader.public()),
            "lane_id": hex(request.lane().as_bytes()),
            "version": version,
            "grant": granted.then(|| json!({ "id": hex(grant_id), "seed": hex(grant_seed) })),
            "signed_by_seed": hex(if by_reader { reader_seed } else { writer_seed }),
            "header": hex(&frame[..HEADER_LEN]),
            "frame_sha256": hex(foreign::sha256(&[frame.as_slice()])),
        })
    })
    .collect();
    let responses: Vec<_> = Status::ALL
        .into_iter()
        .map(|status| {
            let retry_after = if status == Status::Slow { 90 } else { 0 };
            let response = Response { status, version: 7, retry_after, envelope: pattern() };
            json!({
                "status": format!("{status:?}").to_uppercase(),
                "version": 7,
                "retry_after": retry_after,
                "header": hex(&response.encode()[..HEADER_LEN]),
            })
        })
        .collect();
    json!({
        "about": "Frames of POST /v1/f: the 256 bytes of the header in hex, before 8,192 bytes of which byte i is i modulo 251.",
        "origin": origin,
        "requests": requests,
        "responses": responses,
    })
}
