//! Senders that want room: somebody else's grant, somebody else's lane, or all of the disk.

use std::path::Path;

use attune_relay::{add_grant, inspect};
use attune_wire::{ENVELOPE_LEN, Grant, GrantKey, LaneId, Operation, Request, SigningKey, Status};

use crate::client::{Pair, Stage, told};

fn opening(pair: &Pair, key: &GrantKey) -> Vec<u8> {
    pair.open(Some(key.grant(&pair.relay, &pair.lane())))
}

/// A grant is used up by its holder alone, and for its holder alone.
#[test]
fn a_grant_that_is_used_up_takes_nothing_from_another() {
    let stage = Stage::new(|config| config.open = false);
    let greedy = add_grant(&stage.database().into(), 3).unwrap();
    let modest = add_grant(&stage.database().into(), 3).unwrap();
    let ask = |frame: Vec<u8>| stage.ask(&frame).status;
    // Who knows a grant's id, and saw one of its signatures, uses nothing of it up.
    let seen = stage.pair(1);
    let caught = modest.grant(&seen.relay, &seen.lane());
    for number in 100..140 {
        let pair = stage.pair(number);
        assert_eq!(ask(pair.open(Some(caught))), Status::Denied);
        let forged = Grant { id: *modest.id(), signature: [number; 64] };
        assert_eq!(ask(pair.open(Some(forged))), Status::Denied);
    }
    // Asked for many times, one lane costs one share.
    let answers: Vec<Status> = (0..10).map(|_| ask(opening(&seen, &modest))).collect();
    assert_eq!(answers[0], Status::Stored);
    assert!(answers[1..].iter().all(|status| *status == Status::Same));

    let all: Vec<Status> =
        (2..42).map(|number| ask(opening(&stage.pair(number), &greedy))).collect();
    assert_eq!(all.iter().filter(|status| **status == Status::Stored).count(), 3);
    assert!(all[3..].iter().all(|status| *status == Status::Full));
    // What it opened goes on, and so does everybody else.
    assert_eq!(ask(stage.pair(2).put(1, 1)), Status::Stored);
    assert_eq!(ask(opening(&stage.pair(60), &modest)), Status::Stored);
    assert_eq!(ask(opening(&stage.pair(61), &modest)), Status::Stored);
    assert_eq!(inspect(&stage.database()).unwrap().len(), 6);
}

/// A lane's name is made of its two keys: nobody else can open it first, write it, or close it.
#[test]
fn a_lane_cannot_be_squatted() {
    let stage = Stage::new(|config| config.open = false);
    let key = add_grant(&stage.database().into(), 50).unwrap();
    let pair = stage.pair(1);
    let squatter = SigningKey::from_seed(&[9; 32]);
    let grant = Some(key.grant(&pair.relay, &pair.lane()));
    let claims = |operation| Request { grant, ..pair.request(operation, 0, 9) }.sign(&squatter);
    let take = || {
        for operation in Operation::ALL {
            assert_eq!(stage.ask(&claims(operation)[..]).status, Status::Denied, "{operation:?}");
        }
    };
    take();
    assert!(inspect(&stage.database()).unwrap().is_empty());
    // With one of the two keys it opens a lane, with another name.
    let beside = Pair { reader: squatter.clone(), ..pair.clone() };
    assert_ne!(beside.lane(), pair.lane());
    let frame = Request {
        grant: Some(key.grant(&beside.relay, &beside.lane())),
        ..beside.request(Operation::Open, 0, 9)
    };
    assert_eq!(stage.ask(&frame.sign(&squatter)[..]).status, Status::Stored);

    assert_eq!(stage.ask(&opening(&pair, &key)).status, Status::Stored);
    assert_eq!(told(&stage.ask(&pair.put(1, 1))), (Status::Stored, 1));
    take();
    let new = stage.ask(&pair.get(0));
    assert_eq!(told(&new), (Status::New, 1));
    assert!(new.envelope.iter().all(|byte| *byte == 1));
    // A version far ahead is the writer's own doing, and nobody else's: it cannot be set by others.
    assert_eq!(told(&stage.ask(&pair.put(2, 2))), (Status::Stored, 2));
}

fn bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// Somebody with a grant takes all the room there is. Nothing grows past the cap; every lane that is open
/// is served as before, read or not; and room that is given back is room.
#[test]
fn a_relay_that_is_full_goes_on_for_those_who_are_there() {
    const CAP: u64 = 512 << 10;
    let stage = Stage::new(|config| {
        config.open = false;
        config.max_bytes = Some(CAP);
    });
    let key = add_grant(&stage.database().into(), 10_000).unwrap();
    let ask = |frame: Vec<u8>| told(&stage.ask(&frame));
    // Three who were there first: one whose envelope is read, one whose is not, one who has not written yet.
    let [read, unread, new] = [0, 1, 2].map(|number| stage.pair(number));
    for pair in [&read, &unread, &new] {
        assert_eq!(ask(opening(pair, &key)), (Status::Stored, 0));
    }
    assert_eq!(ask(read.put(1, 1)), (Status::Stored, 1));
    assert_eq!(ask(read.get(1)), (Status::Nothing, 1));
    assert_eq!(ask(unread.put(1, 1)), (Status::Stored, 1));

    let mut squatted = Vec::new();
    for number in 3..=250 {
        let pair = stage.pair(number);
        match ask(opening(&pair, &key)).0 {
            Status::Stored => {
                assert_eq!(ask(pair.put(1, 9)), (Status::Stored, 1));
                squatted.push(pair);
            }
            status => assert_eq!(status, Status::Full),
        }
    }
    assert!((20..60).contains(&squatted.len()), "{}", squatted.len());
    let late = stage.pair(251);
    for _ in 0..200 {
        assert_eq!(ask(opening(&late, &key)).0, Status::Full);
        assert_eq!(ask(late.put(1, 9)).0, Status::Denied, "there is no such lane");
    }
    let database = stage.database();
    // A side file is emptied every few thousand pages; it does not grow by what was refused.
    assert!(bytes(&database.with_extension("db-wal")) < 8 << 20);

    assert_eq!(ask(new.put(1, 2)), (Status::Stored, 1));
    for version in 2..20 {
        for pair in [&read, &unread, &new] {
            assert_eq!(ask(pair.put(version, 2)), (Status::Stored, version));
            assert_eq!(ask(pair.get(version - 1)), (Status::New, version));
        }
        assert_eq!(ask(read.get(version)), (Status::Nothing, version));
    }
    assert!(bytes(&database) <= CAP);
    for pair in &squatted {
        assert_eq!(ask(pair.close()).0, Status::Stored);
    }
    let held: u64 = inspect(&database)
        .unwrap()
        .iter()
        .filter(|row| row.holds_envelope())
        .map(|_| ENVELOPE_LEN as u64)
        .sum();
    assert_eq!(held, 2 * ENVELOPE_LEN as u64, "the honest clients' alone");
    assert_eq!(ask(opening(&late, &key)), (Status::Stored, 0));
    assert_eq!(ask(late.put(1, 3)), (Status::Stored, 1));
    assert_eq!(ask(late.get(0)), (Status::New, 1));
}

/// One lane holds one envelope, however often and however high it is written.
#[test]
fn a_register_does_not_grow() {
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Stored);
    assert_eq!(stage.ask(&pair.put(1, 1)).status, Status::Stored);
    let (database, size) = (stage.database(), || bytes(&stage.database()));
    let before = size();
    for version in 2..400 {
        assert_eq!(stage.ask(&pair.put(version << 40, 1)).status, Status::Stored);
    }
    let rows = inspect(&database).unwrap();
    assert_eq!(rows.iter().map(|row| row.lane_id).collect::<Vec<LaneId>>(), [pair.lane()]);
    assert_eq!(rows[0].body.as_ref().map(Vec::len), Some(ENVELOPE_LEN));
    assert!(size() <= before.max(64 << 10), "{before}, then {}", size());
}
