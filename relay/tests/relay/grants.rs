//! Who may open lanes.

use std::time::Duration;

use attune_relay::{Database, add_grant, inspect, list_grants, remove_grant};
use attune_wire::{Grant, GrantKey, RelayId, Status};

use crate::client::Stage;

const DAY: Duration = Duration::from_secs(86_400);

fn strict() -> Stage {
    Stage::new(|config| config.open = false)
}

#[test]
fn a_lane_needs_a_grant_for_itself_here() {
    let stage = strict();
    let key = add_grant(&stage.database().into(), 10).unwrap();
    let (pair, other) = (stage.pair(1), stage.pair(2));
    let good = key.grant(&pair.relay, &pair.lane());
    let unknown = GrantKey::new([0xab; 16], &[0xcd; 32]);
    let elsewhere = RelayId::of_origin("https://relay.example");
    for grant in [
        None,
        Some(unknown.grant(&pair.relay, &pair.lane())),
        Some(key.grant(&pair.relay, &other.lane())),
        Some(key.grant(&elsewhere, &pair.lane())),
        Some(Grant { id: *unknown.id(), ..good }),
        Some(Grant { signature: [0; 64], ..good }),
    ] {
        assert_eq!(stage.ask(&pair.open(grant)).status, Status::Denied);
    }
    assert!(inspect(&stage.database()).unwrap().is_empty());
    assert_eq!(stage.ask(&pair.open(Some(good))).status, Status::Stored);
    assert_eq!(stage.ask(&pair.open(Some(good))).status, Status::Same);
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Same, "it is there");
}

#[test]
fn so_many_a_month_and_repeats_are_free() {
    let stage = strict();
    let key = add_grant(&stage.database().into(), 2).unwrap();
    let open = |number| {
        let pair = stage.pair(number);
        stage.ask(&pair.open(Some(key.grant(&pair.relay, &pair.lane())))).status
    };
    assert_eq!(open(1), Status::Stored);
    for _ in 0..5 {
        assert_eq!(open(1), Status::Same);
    }
    assert_eq!(open(2), Status::Stored);
    assert_eq!(open(3), Status::Full);
    // The tests' clock starts on 1 March.
    stage.clock.advance(30 * DAY);
    assert_eq!(open(3), Status::Full, "31 March");
    stage.clock.advance(DAY);
    assert_eq!(open(3), Status::Stored, "1 April");
    assert_eq!(open(4), Status::Stored);
    assert_eq!(open(5), Status::Full);
}

#[test]
fn grants_come_and_go_while_the_relay_runs() {
    let stage = strict();
    let database = Database::Sqlite(stage.database());
    let (first, second) = (add_grant(&database, 1).unwrap(), add_grant(&database, 7).unwrap());
    let mut listed = list_grants(&database).unwrap();
    listed.sort_by_key(|row| row.cap);
    assert_eq!(listed.iter().map(|row| row.cap).collect::<Vec<_>>(), [1, 7]);
    assert_eq!([&listed[0].id, &listed[1].id], [first.id(), second.id()]);

    // What is handed over is text.
    let held = GrantKey::from_text(&second.to_text()).unwrap();
    let (pair, later) = (stage.pair(1), stage.pair(2));
    let open = pair.open(Some(held.grant(&pair.relay, &pair.lane())));
    assert_eq!(stage.ask(&open).status, Status::Stored);
    assert!(remove_grant(&database, second.id()).unwrap());
    assert!(!remove_grant(&database, second.id()).unwrap());
    let open = later.open(Some(held.grant(&later.relay, &later.lane())));
    assert_eq!(stage.ask(&open).status, Status::Denied);
    assert_eq!(stage.ask(&pair.put(1, 1)).status, Status::Stored, "an open lane stays");
}

#[test]
fn a_database_that_is_not_there_is_made_only_by_add() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("relay.db");
    let database = Database::Sqlite(missing.clone());
    assert!(list_grants(&database).is_err());
    assert!(remove_grant(&database, &[1; 16]).is_err());
    assert!(inspect(&missing).is_err());
    assert!(!missing.exists());
    add_grant(&database, 1).unwrap();
    assert_eq!(list_grants(&database).unwrap().len(), 1);
    assert!(inspect(&missing).unwrap().is_empty());
    let files: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["relay.db"], "a look leaves nothing behind");
}

/// A relay that was asked nothing yet, while the operator makes a grant beside it, stops well.
#[test]
fn a_grant_beside_an_idle_relay_does_not_hold_up_its_stop() {
    for _ in 0..3 {
        let stage = strict();
        add_grant(&stage.database().into(), 1).unwrap();
        stage.running.stop().unwrap();
        let files = std::fs::read_dir(stage.folder.path()).unwrap();
        let files: Vec<_> = files.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files, ["relay.db"]);
    }
}
