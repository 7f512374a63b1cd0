//! A file of limited size: how many lanes it holds, and that each of them has its room.

use std::collections::BTreeMap;
use std::path::Path;

use attune_relay::{Body, Put, SqliteStore, Store, StoreError};
use attune_wire::{ENVELOPE_LEN, LaneId};
use proptest::prelude::*;

use crate::store::block_on;

/// Bytes of the file for no lane and for each, as documented.
const BASE: u64 = 64 << 10;
const ROOM: u64 = 10 << 10;

fn lane(number: u64) -> LaneId {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    LaneId(id)
}

fn envelope(byte: u8) -> Box<[u8; ENVELOPE_LEN]> {
    Box::new([byte; ENVELOPE_LEN])
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).unwrap().len()
}

/// Read and confirmed: of the envelope a digest stays, and its pages are free.
async fn read(store: &SqliteStore, id: LaneId, version: u64) {
    store.mark(id, version, version, Some([1; 32]), Some(1)).await.unwrap();
}

#[test]
fn a_full_file_opens_no_lane_and_serves_all_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let most = BASE + 20 * ROOM + ROOM - 1;
    let store = SqliteStore::open(&file, Some(most)).unwrap();
    block_on(async {
        for number in 0..20 {
            assert_eq!(store.open(lane(number), 1).await, Ok(true));
        }
        assert_eq!(store.open(lane(20), 1).await, Err(StoreError::Full));
        assert_eq!(store.open(lane(19), 1).await, Ok(false), "asked again, it is there");
        // Opened and never written, written once, or read long ago: each has its room.
        for version in 1..4 {
            for number in (0..20).rev() {
                let put = store.put(lane(number), version, envelope(7), 1).await;
                assert_eq!(put, Ok(Put::Stored));
                if number % 2 == 0 {
                    read(&store, lane(number), version).await;
                }
            }
        }
        assert!(store.lane(lane(1)).await.unwrap().unwrap().body == Body::Envelope(envelope(7)));
        // Room that is given back is room, once.
        assert_eq!(store.close(lane(3)).await, Ok(true));
        assert_eq!(store.close(lane(3)).await, Ok(false));
        assert_eq!(store.expire(lane(4), 1).await, Ok(true));
        assert_eq!(store.open(lane(20), 1).await, Ok(true));
        assert_eq!(store.open(lane(21), 1).await, Ok(true));
        assert_eq!(store.open(lane(22), 1).await, Err(StoreError::Full));
        assert_eq!(store.put(lane(21), 1, envelope(8), 1).await, Ok(Put::Stored));
        store.finish().await.unwrap();
    });
    assert!(size(&file) <= most);
}

/// Whoever else writes to the file is counted: the relay before, for as long as it ends, and an import.
#[test]
fn lanes_that_another_process_opens_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let limited = SqliteStore::open(&file, Some(BASE + 3 * ROOM)).unwrap();
    let other = SqliteStore::open(&file, None).unwrap();
    block_on(async {
        assert_eq!(limited.open(lane(1), 1).await, Ok(true));
        for number in 2..5 {
            assert_eq!(other.open(lane(number), 1).await, Ok(true));
        }
        // Four where three were allowed: none goes, each is served, and there is no fifth.
        assert_eq!(limited.open(lane(5), 1).await, Err(StoreError::Full));
        assert_eq!(limited.put(lane(4), 1, envelope(4), 1).await, Ok(Put::Stored));
        assert_eq!(other.close(lane(2)).await, Ok(true));
        assert_eq!(limited.open(lane(5), 1).await, Err(StoreError::Full));
        assert_eq!(limited.close(lane(3)).await, Ok(true));
        assert_eq!(limited.open(lane(5), 1).await, Ok(true));
    });
    // Begun anew on a file with as many as it may hold.
    block_on(async { limited.finish().await.unwrap() });
    let again = SqliteStore::open(&file, Some(BASE + 3 * ROOM)).unwrap();
    assert_eq!(block_on(again.open(lane(6), 1)), Err(StoreError::Full));
}

/// What an honest client or a mean one may do to a lane.
#[derive(Debug, Clone, Copy)]
enum Step {
    Open,
    Put { far: bool },
    Read,
    Close,
}

fn steps() -> impl Strategy<Value = Vec<(u64, Step)>> {
    let step = prop_oneof![
        3 => Just(Step::Open),
        4 => any::<bool>().prop_map(|far| Step::Put { far }),
        2 => Just(Step::Read),
        1 => Just(Step::Close),
    ];
    prop::collection::vec((0_u64..60, step), 1..300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Only an opening is ever refused, and only where as many lanes are open as have room; and the file
    /// keeps to its size.
    #[test]
    fn only_openings_are_refused(steps in steps()) {
        const LANES: usize = 24;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("relay.db");
        let most = BASE + LANES as u64 * ROOM;
        let store = SqliteStore::open(&file, Some(most)).unwrap();
        let mut open = BTreeMap::new();
        block_on(async {
            for (number, step) in steps {
                let (id, is_full) = (lane(number), open.len() == LANES);
                match (step, open.get_mut(&number)) {
                    (Step::Open, Some(_)) => assert_eq!(store.open(id, 1).await, Ok(false)),
                    (Step::Open, None) if is_full => {
                        assert_eq!(store.open(id, 1).await, Err(StoreError::Full));
                    }
                    (Step::Open, None) => {
                        assert_eq!(store.open(id, 1).await, Ok(true));
                        open.insert(number, 0);
                    }
                    (Step::Put { far }, Some(version)) => {
                        *version += if far { 1_u64 << 40 } else { 1 };
                        let put = store.put(id, *version, envelope(1), 1).await;
                        assert_eq!(put, Ok(Put::Stored));
                    }
                    (Step::Put { .. }, None) => {
                        assert_eq!(store.put(id, 1, envelope(1), 1).await, Ok(Put::Unknown));
                    }
                    (Step::Read, version) => read(&store, id, version.map_or(1, |it| *it)).await,
                    (Step::Close, _) => {
                        let was = open.remove(&number).is_some();
                        assert_eq!(store.close(id).await, Ok(was));
                    }
                }
            }
            store.finish().await.unwrap();
        });
        prop_assert!(size(&file) <= most, "{} of {most}", size(&file));
    }
}

/// Rows that are put where they leave the most of each page unused: thinned out, then grown again.
#[test]
fn a_file_filled_in_the_worst_order_keeps_to_its_size() {
    const LANES: u64 = 200;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let most = BASE + LANES * ROOM;
    let store = SqliteStore::open(&file, Some(most)).unwrap();
    block_on(async {
        let mut opened = Vec::new();
        // Every second lane of those before goes, and others come between those that stay.
        for round in 0..6_u64 {
            let mut number = 0;
            loop {
                let id = lane(number << 8 | round);
                match store.open(id, 1).await {
                    Ok(made) => assert!(made),
                    Err(error) => {
                        assert_eq!(error, StoreError::Full);
                        break;
                    }
                }
                let put = store.put(id, 1 << (8 * round), envelope(1), 1).await;
                assert_eq!(put, Ok(Put::Stored));
                opened.push((id, 1_u64 << (8 * round)));
                number += 1;
            }
            assert_eq!(opened.len() as u64, LANES);
            if round < 5 {
                let mut stays = false;
                let mut gone = Vec::new();
                opened.retain(|(id, _)| {
                    stays = !stays;
                    if !stays {
                        gone.push(*id);
                    }
                    stays
                });
                for id in gone {
                    assert_eq!(store.close(id).await, Ok(true));
                }
                for (id, version) in &mut opened {
                    read(&store, *id, *version).await;
                    *version += 1;
                }
                for (id, version) in &opened {
                    let put = store.put(*id, *version, envelope(2), 1).await;
                    assert_eq!(put, Ok(Put::Stored));
                }
            }
        }
        store.finish().await.unwrap();
    });
    let took = (size(&file) - BASE) / LANES;
    assert!(size(&file) <= most, "{took} bytes a lane");
    assert!(took > 8_192, "{took} bytes a lane");
}
