//! Frames against the byte table: frozen bytes, every field, every flipped bit.

use attune_wire::{
    BadSignature, ENVELOPE_LEN, FRAME_LEN, FrameError, Grant, GrantKey, HEADER_LEN, LaneId,
    MAX_VERSION, Operation, RelayId, Request, Response, SigningKey, Status,
};
use proptest::prelude::*;
use ring::digest::{SHA256, digest};

fn writer() -> SigningKey {
    SigningKey::from_seed(&[1; 32])
}

fn reader() -> SigningKey {
    SigningKey::from_seed(&[2; 32])
}

fn filler() -> Box<[u8; ENVELOPE_LEN]> {
    Box::new(std::array::from_fn(|at| (at % 251) as u8))
}

fn request(operation: Operation) -> Request {
    let relay = RelayId::of_origin("https://relay.example");
    let (writer, reader) = (writer().public(), reader().public());
    let lane = LaneId::of(&writer, &reader);
    let (version, grant) = match operation {
        Operation::Put | Operation::Get => (0x0102_0304_0506_0708, None),
        Operation::Open => (0, Some(GrantKey::new([3; 16], &[4; 32]).grant(&relay, &lane))),
        Operation::Close => (0, None),
    };
    Request { operation, relay, writer, reader, version, grant, envelope: filler() }
}

/// Who signs each operation first, and who else may.
fn signers(operation: Operation) -> (SigningKey, Option<SigningKey>) {
    match operation {
        Operation::Put => (writer(), None),
        Operation::Get => (reader(), None),
        Operation::Open | Operation::Close => (writer(), Some(reader())),
    }
}

fn read(frame: &[u8]) -> Option<Request> {
    Request::parse(frame).ok()?.verify().ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Each frame's signature, and the SHA-256 of the whole frame, as RFC 8032's own Python code and the
/// byte table gave them. A change here is a new protocol.
const FROZEN: [(Operation, &str, &str); 4] = [
    (
        Operation::Put,
        "1bed05510df7220d228d1ec89e8f5c0717dcd8f8fea099c63d046f4fbca04cb8\
         f176823d3289fcf2593515bd90f15964ff24719037b01857f085c7e552b7ae0f",
        "8ffda0ab4891ea469a85b0b7cdd330a339d1a3dee0ea2050b7bfcaf08e20d580",
    ),
    (
        Operation::Get,
        "2b5d1a1a37bfcdfff22aef3344dcd7a0297a8decb103bed8d23c9596a12ea2db\
         4b80868449f23c015e028550e43bc7d694137d1ae615c2136097664b02b56109",
        "1835299c151a09d80350f0cafa690d8f52480c65de766f24d26b9add71143ae3",
    ),
    (
        Operation::Open,
        "dcb89c0c7c1070b087dacaa7564885a3a3ae20b32849d3c98e0281fc1846f8d4\
         6a7dd9b9bacc740207b9a6af12789697a5947f0bf1e141664ad511fd46b2ae0d",
        "0255181a7668bb09d3552e87043851f317f1c6b7d724035d9f4c9ec8e11cb9fe",
    ),
    (
        Operation::Close,
        "9b6ba4b9a9b21e79cbee19a86d1b9e101e6c4505ef48f979a8f7f0ad7412edb7\
         f94de11a13b86959fa3f0445169fd062f2c874bdf5e14a30383aa1352fa71106",
        "6096aad343cadcebb2f917b89bd21cde1a2ed78106be64e8f1803fa206db1831",
    ),
];

#[test]
fn frozen_requests() {
    for (operation, signature, whole) in FROZEN {
        let frame = request(operation).sign(&signers(operation).0);
        assert_eq!(hex(&frame[108..172]), signature, "{operation:?}");
        assert_eq!(hex(digest(&SHA256, &frame[..]).as_ref()), whole, "{operation:?}");
    }
}

#[test]
fn frozen_lane_and_relay() {
    let put = request(Operation::Put);
    assert_eq!(hex(put.lane().as_bytes()), "5180e0f764d88f9ac4586adf62c2022d");
    assert_eq!(
        hex(put.relay.as_bytes()),
        "5b1ee9f74124d862a80043dd2cd0dff5528c3ed029233b16dbceac324fecaef5"
    );
}

#[test]
fn a_request_lies_where_the_table_says() {
    let put = request(Operation::Put);
    let frame = put.sign(&writer());
    assert_eq!(frame[..4], [1, 1, 0, 0]);
    assert_eq!(frame[4..36], put.relay.0);
    assert_eq!(frame[36..68], put.writer);
    assert_eq!(frame[68..100], put.reader);
    assert_eq!(frame[100..108], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(frame[172..256], [0; 84]);
    assert_eq!(frame[256..], put.envelope[..]);

    let open = request(Operation::Open);
    let frame = open.sign(&writer());
    let grant = open.grant.unwrap();
    assert_eq!(frame[172..188], grant.id);
    assert_eq!(frame[188..252], grant.signature);
    assert_eq!(frame[252..256], [0; 4]);
}

#[test]
fn a_response_lies_where_the_table_says() {
    let response =
        Response { status: Status::Slow, version: 5, retry_after: 0x0a0b, envelope: filler() };
    let frame = response.encode();
    assert_eq!(frame[..16], [1, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0x0a, 0x0b]);
    assert_eq!(frame[16..256], [0; 240]);
    assert_eq!(frame[256..], filler()[..]);
}

#[test]
fn only_the_right_key_may_ask() {
    let stranger = SigningKey::from_seed(&[9; 32]);
    for operation in Operation::ALL {
        let asked = request(operation);
        for key in [writer(), reader(), stranger.clone()] {
            let may = match operation {
                Operation::Put => key.public() == asked.writer,
                Operation::Get => key.public() == asked.reader,
                Operation::Open | Operation::Close => key.public() != stranger.public(),
            };
            let answer = Request::parse(&asked.sign(&key)[..]).unwrap().verify();
            assert_eq!(answer, if may { Ok(asked.clone()) } else { Err(BadSignature) });
        }
    }
}

#[test]
fn every_flipped_bit_of_a_request_is_refused() {
    for operation in Operation::ALL {
        let (first, second) = signers(operation);
        for key in [Some(first), second].into_iter().flatten() {
            let mut frame = request(operation).sign(&key);
            assert!(read(&frame[..]).is_some());
            let last = FRAME_LEN * 8;
            // All of the header, and a sample of the envelope.
            for bit in (0..HEADER_LEN * 8).chain((HEADER_LEN * 8..last).step_by(4_099)) {
                frame[bit / 8] ^= 1 << (bit % 8);
                assert!(read(&frame[..]).is_none(), "{operation:?}, bit {bit}");
                frame[bit / 8] ^= 1 << (bit % 8);
            }
        }
    }
}

/// The relay signs nothing, so a flip in status, version or wait is another answer; everywhere else
/// in the header it is refused.
#[test]
fn every_flipped_bit_of_a_response_is_refused_or_another_answer() {
    let response = Response { status: Status::New, version: 5, retry_after: 0, envelope: filler() };
    let mut frame = response.encode();
    for bit in 0..HEADER_LEN * 8 {
        frame[bit / 8] ^= 1 << (bit % 8);
        let read = Response::parse(&frame[..]);
        match bit / 8 {
            1 => assert!(read.is_err() || read.is_ok_and(|other| other.status != Status::New)),
            4..12 => assert!(read.is_err() || read.is_ok_and(|other| other.version != 5)),
            12..16 => assert!(read.is_ok_and(|other| other.retry_after != 0)),
            _ => assert!(read.is_err(), "bit {bit}"),
        }
        frame[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn each_fault_has_its_name() {
    let good = request(Operation::Put).sign(&writer());
    let with = |at: usize, byte: u8| {
        let mut frame = good.clone();
        frame[at] = byte;
        Request::parse(&frame[..]).map(|_| ()).unwrap_err()
    };
    assert_eq!(with(0, 0), FrameError::FrameVersion);
    assert_eq!(with(0, 2), FrameError::FrameVersion);
    assert_eq!(with(1, 0), FrameError::Operation);
    assert_eq!(with(1, 5), FrameError::Operation);
    assert_eq!(with(2, 1), FrameError::NotZero);
    assert_eq!(with(3, 1), FrameError::NotZero);
    assert_eq!(with(100, 0x80), FrameError::Version);
    assert_eq!(with(172, 1), FrameError::NotZero);
    assert_eq!(with(255, 1), FrameError::NotZero);
    assert_eq!(with(1, 4), FrameError::NotZero, "a CLOSE has no version");
    for length in [0, 1, HEADER_LEN, FRAME_LEN - 1, FRAME_LEN + 1] {
        let mut frame = good.to_vec();
        frame.resize(length, 0);
        assert_eq!(Request::parse(&frame).map(|_| ()), Err(FrameError::Length), "{length}");
        assert_eq!(Response::parse(&frame).map(|_| ()), Err(FrameError::Length), "{length}");
    }
    let mut answer = Response {
        status: Status::Version,
        version: MAX_VERSION,
        retry_after: u32::MAX,
        envelope: filler(),
    }
    .encode();
    assert!(Response::parse(&answer[..]).is_ok());
    answer[1] = 9;
    assert_eq!(Response::parse(&answer[..]), Err(FrameError::Status));
}

#[test]
fn a_grant_of_zeros_is_none_and_rides_only_on_open() {
    let mut open = request(Operation::Open);
    open.grant = Some(Grant { id: [0; 16], signature: [0; 64] });
    assert_eq!(read(&open.sign(&reader())[..]).unwrap().grant, None);
    let mut put = request(Operation::Put);
    put.grant = Some(Grant { id: [7; 16], signature: [7; 64] });
    assert_eq!(read(&put.sign(&writer())[..]).unwrap().grant, None);
}

#[test]
fn debug_shows_no_key_and_no_envelope() {
    let mut put = request(Operation::Put);
    put.version = 7;
    assert_eq!(format!("{put:?}"), "Request { operation: Put, version: 7, .. }");
    let answer = Response { status: Status::New, version: 7, retry_after: 0, envelope: filler() };
    let shown = format!("{answer:?}");
    assert_eq!(shown, "Response { status: New, version: 7, retry_after: 0, .. }");
}

fn operations() -> impl Strategy<Value = Operation> {
    prop::sample::select(Operation::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_request_comes_back(
        operation in operations(),
        seeds: ([u8; 32], [u8; 32]),
        relay: [u8; 32],
        version in 0..=MAX_VERSION,
        grant: Option<([u8; 16], [u8; 32])>,
        byte: u8,
    ) {
        let (writer, reader) = (SigningKey::from_seed(&seeds.0), SigningKey::from_seed(&seeds.1));
        let grant = grant
            .filter(|_| operation == Operation::Open)
            .map(|(id, half)| Grant { id, signature: [half, half].concat().try_into().unwrap() })
            .filter(|grant| grant.id != [0; 16]);
        let asked = Request {
            operation,
            relay: RelayId(relay),
            writer: writer.public(),
            reader: reader.public(),
            version: if matches!(operation, Operation::Put | Operation::Get) { version } else { 0 },
            grant,
            envelope: Box::new([byte; ENVELOPE_LEN]),
        };
        let key = if operation == Operation::Get { &reader } else { &writer };
        let frame = asked.sign(key);
        prop_assert_eq!(read(&frame[..]), Some(asked.clone()));
        // One spelling: what is read is written back to the same bytes.
        prop_assert_eq!(read(&frame[..]).unwrap().sign(key), frame);
    }

    #[test]
    fn a_response_comes_back(
        status in prop::sample::select(Status::ALL.to_vec()),
        version in 0..=MAX_VERSION,
        retry_after: u32,
        byte: u8,
    ) {
        let envelope = Box::new([byte; ENVELOPE_LEN]);
        let answer = Response { status, version, retry_after, envelope };
        prop_assert_eq!(Response::parse(&answer.encode()[..]), Ok(answer));
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert_eq!(Request::parse(&bytes).map(|_| ()), Err(FrameError::Length));
        prop_assert_eq!(Response::parse(&bytes).map(|_| ()), Err(FrameError::Length));
    }
}
