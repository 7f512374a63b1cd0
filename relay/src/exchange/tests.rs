//! Frames against a store that counts what reaches it.

use std::sync::Mutex;
use std::time::Duration;

use attune_wire::{Grant, GrantKey, LaneId, PublicKey, SigningKey};

use super::*;
use crate::store::{Lane, Page};

/// Answers from one field, and keeps the names of the operations it was asked for.
#[derive(Default)]
struct Counting {
    asked: Mutex<Vec<&'static str>>,
    lane: Option<Lane>,
    fails: Option<StoreError>,
    /// The one operation that fails; all, if none is named.
    fails_at: Option<&'static str>,
}

impl Counting {
    fn note<T>(&self, name: &'static str, answer: T) -> Result<T, StoreError> {
        self.asked.lock().unwrap().push(name);
        match &self.fails {
            Some(error) if self.fails_at.is_none_or(|at| at == name) => Err(error.clone()),
            _ => Ok(answer),
        }
    }
}

impl Store for Counting {
    async fn lane(&self, _: LaneId) -> Result<Option<Lane>, StoreError> {
        self.note("lane", self.lane.clone())
    }

    async fn put(
        &self,
        _: LaneId,
        _: u64,
        _: Box<[u8; ENVELOPE_LEN]>,
        _: u32,
    ) -> Result<Put, StoreError> {
        self.note("put", if self.lane.is_some() { Put::Stored } else { Put::Unknown })
    }

    async fn mark(
        &self,
        _: LaneId,
        _: u64,
        _: u64,
        _: Option<[u8; 32]>,
        _: Option<u32>,
    ) -> Result<(), StoreError> {
        self.note("mark", ())
    }

    async fn open(&self, _: LaneId, _: u32) -> Result<bool, StoreError> {
        self.note("open", true)
    }

    async fn close(&self, _: LaneId) -> Result<bool, StoreError> {
        self.note("close", true)
    }

    async fn expire(&self, _: LaneId, _: u32) -> Result<bool, StoreError> {
        self.note("expire", true)
    }

    async fn page(&self, _: Option<LaneId>, _: u32) -> Result<Page, StoreError> {
        self.note("page", Page::default())
    }

    async fn grant_key(&self, _: [u8; 16]) -> Result<Option<PublicKey>, StoreError> {
        self.note("grant_key", Some(grant_key().public()))
    }

    async fn take_grant(&self, _: [u8; 16], _: u32) -> Result<bool, StoreError> {
        self.note("take_grant", true)
    }

    async fn give_back(&self, _: [u8; 16], _: u32) -> Result<bool, StoreError> {
        self.note("give_back", true)
    }

    async fn is_ready(&self) -> bool {
        true
    }

    async fn finish(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

struct Noon;

impl Clock for Noon {
    fn steady(&self) -> Duration {
        Duration::from_secs(5)
    }

    fn unix(&self) -> Duration {
        Duration::from_secs(100 * 86_400)
    }
}

const RELAY: RelayId = RelayId([8; 32]);

fn writer() -> SigningKey {
    SigningKey::from_seed(&[1; 32])
}

fn reader() -> SigningKey {
    SigningKey::from_seed(&[2; 32])
}

fn grant_key() -> GrantKey {
    GrantKey::new([3; 16], &[4; 32])
}

fn request(operation: Operation, version: u64) -> Request {
    Request {
        operation,
        relay: RELAY,
        writer: writer().public(),
        reader: reader().public(),
        version,
        grant: None,
        envelope: Box::new([9; ENVELOPE_LEN]),
    }
}

fn lane(version: u64, body: Body) -> Lane {
    Lane { version, read_version: 0, day: 100, body }
}

/// Sends one body; what was answered, and what the store was asked.
fn ask(store: Counting, body: &[u8]) -> (Result<Response, Problem>, Vec<&'static str>) {
    let rate = Rate { burst: 10, per_minute: 10 };
    let exchange =
        Exchange::new(store, RELAY, false, rate, Arc::new(Noon), Arc::default()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let answer = runtime.block_on(exchange.answer(body));
    let asked = exchange.store.asked.into_inner().unwrap();
    (answer.map(|frame| Response::parse(&frame[..]).unwrap()), asked)
}

#[test]
fn nothing_that_is_not_signed_reaches_the_store() {
    let mut wrong: Vec<(Vec<u8>, Result<Status, Problem>)> = Vec::new();
    for operation in Operation::ALL {
        let stranger = SigningKey::from_seed(&[7; 32]);
        wrong.push((request(operation, 0).sign(&stranger).to_vec(), Ok(Status::Denied)));
    }
    wrong.push((request(Operation::Put, 1).sign(&reader()).to_vec(), Ok(Status::Denied)));
    wrong.push((request(Operation::Get, 1).sign(&writer()).to_vec(), Ok(Status::Denied)));
    let elsewhere = Request { relay: RelayId([0; 32]), ..request(Operation::Put, 1) };
    wrong.push((elsewhere.sign(&writer()).to_vec(), Ok(Status::Denied)));
    let good = request(Operation::Put, 1).sign(&writer()).to_vec();
    for bit in (8..FRAME_LEN * 8).step_by(1_013) {
        let mut flipped = good.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let answer = match bit / 8 {
            1..4 | 172..256 => Err(Problem::Frame),
            // The top bit of a version is out of range.
            100 if bit % 8 == 7 => Err(Problem::Frame),
            _ => Ok(Status::Denied),
        };
        wrong.push((flipped, answer));
    }
    let mut newer = good.clone();
    newer[0] = 2;
    wrong.push((newer, Ok(Status::Version)));
    wrong.push((good[1..].to_vec(), Err(Problem::Length)));
    wrong.push((Vec::new(), Err(Problem::Length)));

    for (body, expected) in wrong {
        let store = Counting { lane: Some(lane(0, Body::Nothing)), ..Counting::default() };
        let (answer, asked) = ask(store, &body);
        assert_eq!(answer.map(|answer| answer.status), expected);
        assert!(asked.is_empty(), "{asked:?}");
    }
}

#[test]
fn denied_is_one_answer() {
    let unknown = ask(Counting::default(), &request(Operation::Put, 1).sign(&writer())[..]).0;
    let unsigned = ask(Counting::default(), &request(Operation::Put, 1).sign(&reader())[..]).0;
    let (unknown, unsigned) = (unknown.unwrap(), unsigned.unwrap());
    for answer in [&unknown, &unsigned] {
        assert_eq!((answer.status, answer.version, answer.retry_after), (Status::Denied, 0, 0));
    }
    assert_ne!(unknown.envelope, unsigned.envelope, "the filler is drawn anew");
    assert_ne!(unknown.envelope[..], [0; ENVELOPE_LEN]);
    assert_ne!(unknown.envelope[..], [9; ENVELOPE_LEN]);
}

#[test]
fn a_get_writes_only_when_something_changes() {
    let envelope = || Body::Envelope(Box::new([5; ENVELOPE_LEN]));
    let read = |version, body| Lane { read_version: version, ..lane(version, body) };
    let yesterday = |lane| Lane { day: 99, ..lane };
    let digest = Body::Digest([6; 32]);
    for (stored, have, status, writes) in [
        (lane(0, Body::Nothing), 0, Status::Nothing, false),
        (lane(3, envelope()), 0, Status::New, false),
        (lane(3, envelope()), 2, Status::New, false),
        (yesterday(lane(3, envelope())), 2, Status::New, false),
        (lane(3, envelope()), 3, Status::Nothing, true),
        (lane(3, envelope()), 9, Status::Nothing, true),
        (read(3, digest.clone()), 3, Status::Nothing, false),
        (read(3, digest.clone()), 2, Status::Nothing, false),
        (yesterday(read(3, digest.clone())), 3, Status::Nothing, true),
        (lane(3, digest), 3, Status::Nothing, true),
    ] {
        let version = stored.version;
        let store = Counting { lane: Some(stored), ..Counting::default() };
        let (answer, asked) = ask(store, &request(Operation::Get, have).sign(&reader())[..]);
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.version), (status, version), "have {have}");
        assert_eq!(answer.envelope[..] == [5; ENVELOPE_LEN], status == Status::New);
        assert_eq!(asked, if writes { vec!["lane", "mark"] } else { vec!["lane"] }, "{have}");
    }
}

#[test]
fn an_open_costs_a_grant_only_when_a_lane_is_made() {
    let open = |grant| Request { grant, ..request(Operation::Open, 0) }.sign(&writer());
    let lane_id = request(Operation::Open, 0).lane();
    let good = grant_key().grant(&RELAY, &lane_id);
    let forged = Grant { signature: [1; 64], ..good };
    let (with, without, bad) = (open(Some(good)), open(None), open(Some(forged)));

    let (answer, asked) = ask(Counting::default(), &with[..]);
    assert_eq!(answer.unwrap().status, Status::Stored);
    assert_eq!(asked, ["lane", "grant_key", "take_grant", "open"]);
    let (answer, asked) = ask(Counting::default(), &bad[..]);
    assert_eq!(answer.unwrap().status, Status::Denied);
    assert_eq!(asked, ["lane", "grant_key"]);
    let (answer, asked) = ask(Counting::default(), &without[..]);
    assert_eq!(answer.unwrap().status, Status::Denied);
    assert_eq!(asked, ["lane"]);
    for (error, expected) in [
        (StoreError::Full, Ok(Status::Full)),
        (StoreError::unavailable("10"), Err(Problem::Unavailable)),
    ] {
        let fails = Some(error);
        let (answer, asked) =
            ask(Counting { fails, fails_at: Some("open"), ..Counting::default() }, &with[..]);
        assert_eq!(answer.map(|answer| answer.status), expected);
        assert_eq!(asked, ["lane", "grant_key", "take_grant", "open", "give_back"]);
    }
    let there = Counting { lane: Some(lane(4, Body::Nothing)), ..Counting::default() };
    let (answer, asked) = ask(there, &without[..]);
    assert_eq!(answer.map(|answer| (answer.status, answer.version)), Ok((Status::Same, 4)));
    assert_eq!(asked, ["lane"]);
}

#[test]
fn a_store_that_fails_is_full_or_unavailable() {
    for (error, expected) in [
        (StoreError::Full, Ok(Status::Full)),
        (StoreError::unavailable("10"), Err(Problem::Unavailable)),
    ] {
        for operation in Operation::ALL {
            let key = if operation == Operation::Get { reader() } else { writer() };
            let store = Counting { fails: Some(error.clone()), ..Counting::default() };
            let (answer, asked) = ask(store, &request(operation, 0).sign(&key)[..]);
            assert_eq!(answer.map(|answer| answer.status), expected);
            assert_eq!(asked.len(), 1);
        }
    }
}
