//! `attune relay bench` on a relay that it finds, and on one of its own that it kills, or whose database.

use std::collections::BTreeSet;

use attune_cluster::Cluster;
use serde_json::Value;

use crate::documented::documented;
use crate::world::{World, run};

fn bench(world: &World, arguments: &[&str], status: i32) -> Value {
    let all = ["relay", "bench", "--json", "--writers", "8"];
    let ran = run(world.command().args(all).args(arguments), "");
    assert_eq!(ran.status, status, "{arguments:?}: {} {}", ran.out, ran.err);
    serde_json::from_str(if status == 0 { &ran.out } else { &ran.err }).unwrap()
}

#[test]
fn at_a_rate_every_request_of_the_schedule_is_asked() {
    let world = World::new();
    let relay = world.relay();
    let options = ["--relay", &relay, "--rate", "100", "--duration", "0.5", "--mix", "0.5"];
    let told = bench(&world, &[&options[..], &["--lanes", "40"]].concat(), 0);
    // 50 moments, 8 writers in turn, every second request of each a PUT.
    assert_eq!((&told["acknowledged"], &told["read"]), (&Value::from(24), &Value::from(26)));
    assert_eq!((&told["lost"], &told["wrong"]), (&Value::from(0), &Value::from(0)));
    let fields: BTreeSet<_> = told.as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, documented()["attune relay bench"], "docs/cli.md");
    let rounds = ["--relay", &relay, "--lanes", "40", "--rounds", "3"];
    assert_eq!(bench(&world, &rounds, 0)["acknowledged"], 120);
}

#[test]
fn a_relay_of_its_own_that_is_killed_keeps_what_it_acknowledged() {
    let world = World::new();
    let told = bench(&world, &["--serve", "--kill-after", "0.6", "--duration", "1"], 0);
    assert_eq!((&told["kills"], &told["lost"], &told["wrong"]), (&1.into(), &0.into(), &0.into()));
    assert!(told["acknowledged"].as_u64().unwrap() > 8, "{told}");
    assert!(told["disk_bytes"].as_u64().unwrap() > 100_000, "{told}");
    let broken = told["broken"].as_object().unwrap().values().filter_map(Value::as_u64);
    assert!(broken.sum::<u64>() <= 8, "one for each that was under way: {told}");
}

#[test]
fn a_database_that_is_killed_keeps_what_was_acknowledged() {
    let world = World::new();
    let cluster = Cluster::start(&[]);
    let (pid_file, starting) = (cluster.pid_file(), cluster.starting());
    let before = std::fs::read_to_string(&pid_file).unwrap();
    let database = cluster.database();
    let options = ["--serve", "--database", &database, "--kill-after", "0.6", "--duration", "1"];
    let kills = ["--kill-database", pid_file.to_str().unwrap(), "--start-database", &starting];
    let told = bench(&world, &[&options[..], &kills[..]].concat(), 0);
    assert_eq!((&told["kills"], &told["lost"], &told["wrong"]), (&1.into(), &0.into(), &0.into()));
    assert!(told["acknowledged"].as_u64().unwrap() > 8, "{told}");
    let after = std::fs::read_to_string(&pid_file).unwrap();
    assert_ne!(before.lines().next(), after.lines().next(), "another server");
    let rows = cluster.ask(attune_cluster::name_of(&database), "SELECT count(*) FROM lane");
    assert_eq!(rows, told["lanes"].to_string());
}

#[test]
fn what_cannot_be_is_said() {
    let world = World::new();
    let relay = world.relay();
    for (arguments, status, name) in [
        (&["--relay", "https://relay.example"][..], 2, "Usage"),
        (&["--relay", "http://127.0.0.1:1"], 8, "RelayNotReached"),
        (&["--relay", &relay, "--kill-after", "1"], 2, "Usage"),
        (&["--serve", "--kill-after", "11"], 2, "Usage"),
        (&["--serve", "--rate", "-1"], 2, "Usage"),
        (&["--serve", "--mix", "2"], 2, "Usage"),
        (&["--serve", "--duration", "0"], 2, "Usage"),
        (&["--serve", "--grant-file", "nowhere"], 7, "BadGrant"),
        (&["--serve", "--kill-after", "1", "--kill-database", "nowhere"], 2, "Usage"),
    ] {
        let said = bench(&world, arguments, status);
        assert_eq!(said["error"], name, "{arguments:?}: {said}");
    }
}
