//! Two relays on one PostgreSQL server that is killed, with all its processes, while many write: what
//! either acknowledged is there, and no lane ever goes back.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use attune_cluster::{Cluster, name_of};
use attune_tests::dice::Dice;
use attune_tests::process::{RelayProcess, kills};
use attune_tests::writer::Writer;
use attune_wire::{Operation, Status};

const PARTY: &str = env!("CARGO_BIN_EXE_party");
const WRITERS: u8 = 8;

#[test]
fn what_was_acknowledged_outlives_the_database() {
    let seed = Dice::seed(29);
    println!("seed {seed}");
    let mut dice = Dice::new(seed);
    let cluster = Cluster::start(&[]);
    let database = cluster.database();
    let relays = [(); 2].map(|()| RelayProcess::start_on(Path::new(PARTY), &database));
    let mut writers: Vec<Writer> = (1..=WRITERS).map(Writer::new).collect();
    for writer in &writers {
        let opened = writer.ask(relays[0].address(), Operation::Open, 0, 0).unwrap();
        assert_eq!(opened.status, Status::Stored);
    }
    let rounds = kills().div_ceil(40).max(3);
    for _ in 0..rounds {
        std::thread::scope(|scope| {
            let writing: Vec<_> = writers
                .iter_mut()
                .zip(relays.iter().cycle())
                .map(|(writer, relay)| {
                    let (address, dice) = (relay.address(), Dice::new(dice.roll()));
                    scope.spawn(move || write_on(writer, address, dice))
                })
                .collect();
            // The delay is the fault itself: nothing is waited for.
            std::thread::sleep(Duration::from_micros(dice.below(300_000)));
            cluster.crash();
            let unsure: u32 = writing.into_iter().map(|writer| writer.join().unwrap()).sum();
            println!("{unsure} had to ask again");
        });
        let rows = cluster.ask(name_of(&database), "SELECT encode(lane_id, 'hex'), ver FROM lane");
        assert_eq!(rows.lines().count(), writers.len());
        for (writer, relay) in writers.iter_mut().zip(relays.iter().rev().cycle()) {
            let id: String = writer.lane().0.iter().map(|byte| format!("{byte:02x}")).collect();
            let row = rows.lines().find(|row| row.starts_with(&id)).unwrap();
            // By the other relay than the one that it wrote to.
            writer.check(relay.address(), row.split('|').nth(1).unwrap().parse().unwrap());
        }
    }
    let stored: u64 = writers.iter().map(|writer| writer.acknowledged).sum();
    println!("{rounds} crashes, versions up to {stored}");
    assert!(stored > u64::from(rounds), "hardly anything was written");
}

/// Writes on through the crash, and asks again whatever had no answer. Answers how often that was.
fn write_on(writer: &mut Writer, address: SocketAddr, mut dice: Dice) -> u32 {
    let mut unsure = 0;
    for _ in 0..60 {
        writer.tried += 1 + dice.below(3);
        loop {
            match writer.ask(address, Operation::Put, writer.tried, writer.tried) {
                Some(answer) => {
                    // SAME: it was stored, and the answer was lost between relay and database.
                    assert!(
                        matches!(answer.status, Status::Stored | Status::Same),
                        "{:?}",
                        answer.status
                    );
                    writer.acknowledged = writer.tried;
                    break;
                }
                None => unsure += 1,
            }
        }
    }
    unsure
}
