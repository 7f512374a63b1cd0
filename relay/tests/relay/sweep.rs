//! What is old goes, by the day that the clock says.

use attune_relay::{BODY_DAYS, Body, LANE_DAYS, Put, SqliteStore, Store, Swept, inspect, sweep};
use attune_wire::{ENVELOPE_LEN, LaneId};

use crate::client::{DAY, Stage, get};
use crate::store::block_on;

#[test]
fn bodies_after_30_days_and_lanes_after_180() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("relay.db"), None).unwrap();
    let envelope = || Box::new([5; ENVELOPE_LEN]);
    let lane = |number: u16| {
        let mut id = [0; 16];
        id[..2].copy_from_slice(&number.to_be_bytes());
        LaneId(id)
    };
    block_on(async {
        // More than a page, and a body in every third.
        for number in 0..600 {
            store.open(lane(number), DAY).await.unwrap();
            if number % 3 == 0 {
                store.put(lane(number), 1, envelope(), DAY).await.unwrap();
            }
        }
        // One was written later, one was only touched later.
        store.put(lane(3), 2, envelope(), DAY + 1).await.unwrap();
        store.mark(lane(4), 0, 0, None, Some(DAY + 1)).await.unwrap();

        let swept = async |day| sweep(&store, day).await.unwrap();
        let none = Swept::default();
        assert_eq!(swept(0).await, none, "a clock that went back");
        assert_eq!(swept(DAY + BODY_DAYS - 1).await, none);
        assert_eq!(swept(DAY + BODY_DAYS).await, Swept { bodies: 199, lanes: 0 });
        assert_eq!(swept(DAY + BODY_DAYS).await, none);
        let old = store.lane(lane(0)).await.unwrap().unwrap();
        assert!(matches!(old.body, Body::Digest(_)));
        assert_eq!((old.version, old.read_version, old.day), (1, 0, DAY), "age goes on");
        // The writer, back after all that time, learns that it was stored.
        assert_eq!(store.put(lane(0), 1, envelope(), DAY).await, Ok(Put::Same));
        let young = store.lane(lane(3)).await.unwrap().unwrap();
        assert!(young.body == Body::Envelope(envelope()));

        assert_eq!(swept(DAY + BODY_DAYS + 1).await, Swept { bodies: 1, lanes: 0 });
        assert_eq!(swept(DAY + LANE_DAYS - 1).await, none);
        assert_eq!(swept(DAY + LANE_DAYS).await, Swept { bodies: 0, lanes: 598 });
        assert_eq!(store.page(None, 10).await.unwrap().lanes.len(), 2);
        assert_eq!(swept(DAY + LANE_DAYS + 1).await, Swept { bodies: 0, lanes: 2 });
        assert!(store.page(None, 10).await.unwrap().lanes.is_empty());
    });
}

#[test]
fn a_relay_sweeps_when_it_starts() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db");
    let store = SqliteStore::open(&database, None).unwrap();
    block_on(async {
        store.open(LaneId([1; 16]), DAY - LANE_DAYS).await.unwrap();
        store.open(LaneId([2; 16]), DAY - LANE_DAYS + 1).await.unwrap();
        store.finish().await.unwrap();
    });
    let stage = Stage::new(|config| {
        config.database = database.clone().into();
        config.metrics = Some(config.listen);
    });
    let metrics = stage.running.metrics_addr.unwrap();
    let swept = (0..10_000).any(|_| {
        let text = String::from_utf8(get(metrics, "/metrics").body).unwrap();
        text.lines().any(|line| line == "attune_relay_swept_lanes_total 1")
    });
    assert!(swept);
    let rows = inspect(&database).unwrap();
    assert_eq!(rows.iter().map(|row| row.lane_id).collect::<Vec<_>>(), [LaneId([2; 16])]);
}
