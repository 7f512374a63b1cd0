//! The relay as a process that is killed while many write: what it acknowledged it has, and no lane
//! ever goes back.

use std::path::Path;
use std::time::Duration;

use attune_relay::inspect;
use attune_tests::dice::Dice;
use attune_tests::place::database_in;
use attune_tests::process::{RelayProcess, kills};
use attune_tests::writer::Writer;
use attune_wire::{Operation, Status};

const PARTY: &str = env!("CARGO_BIN_EXE_party");
const WRITERS: u8 = 8;

#[test]
fn what_a_killed_relay_acknowledged_it_has() {
    let seed = Dice::seed(23);
    println!("seed {seed}");
    let mut dice = Dice::new(seed);
    let folder = tempfile::tempdir().unwrap();
    let mut relay = RelayProcess::start(Path::new(PARTY), folder.path());
    let mut writers: Vec<Writer> = (1..=WRITERS).map(Writer::new).collect();
    for writer in &writers {
        let opened = writer.ask(relay.address(), Operation::Open, 0, 0).unwrap();
        assert_eq!(opened.status, Status::Stored);
    }
    let rounds = kills().div_ceil(5).max(10);
    for _ in 0..rounds {
        let address = relay.address();
        std::thread::scope(|scope| {
            for writer in &mut writers {
                let dice = Dice::new(dice.roll());
                scope.spawn(move || writer.write(address, dice));
            }
            // The delay is the fault itself: nothing is waited for.
            std::thread::sleep(Duration::from_micros(dice.below(120_000)));
            relay.kill();
        });
        relay.go_on();
        let rows = inspect(&database_in(folder.path())).unwrap();
        assert_eq!(rows.len(), writers.len());
        for writer in &mut writers {
            let row = rows.iter().find(|row| row.lane_id == writer.lane()).unwrap();
            writer.check(relay.address(), row.ver);
        }
    }
    let stored: u64 = writers.iter().map(|writer| writer.acknowledged).sum();
    println!("{rounds} kills, versions up to {stored}");
    assert!(stored > u64::from(rounds), "hardly anything was written");
}
