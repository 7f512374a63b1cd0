//! Several relays over one database, as processes of their own: clients need not know which they ask.

use std::net::SocketAddr;
use std::path::Path;

use attune_cluster::Cluster;
use attune_core::repair::RepairOption;
use attune_core::state::ChoiceState;
use attune_relay::{Database, export, import};
use attune_tests::process::RelayProcess;
use attune_tests::road::sync;
use attune_tests::world::{World, days, monday};
use attune_tests::writer::{Writer, envelope};
use attune_wire::{Operation, Status};

const PARTY: &str = env!("CARGO_BIN_EXE_party");

fn two() -> [RelayProcess; 2] {
    let database = Cluster::shared().database();
    [(); 2].map(|()| RelayProcess::start_on(Path::new(PARTY), &database))
}

/// What one relay acknowledged, the other knows at once.
#[test]
fn a_client_that_takes_turns_between_two_relays() {
    let relays = two();
    let at = |turn: u64| relays[usize::from(turn % 2 == 1)].address();
    let writer = Writer::new(1);
    let ask = |turn: u64, operation, version, body| {
        let answer = writer.ask(at(turn), operation, version, body).unwrap();
        (answer.status, answer.version)
    };
    assert_eq!(ask(0, Operation::Open, 0, 0), (Status::Stored, 0));
    assert_eq!(ask(1, Operation::Open, 0, 0), (Status::Same, 0));
    for version in 1..=50 {
        assert_eq!(ask(version, Operation::Put, version, version), (Status::Stored, version));
        assert_eq!(ask(version + 1, Operation::Put, version, version), (Status::Same, version));
        let other = ask(version + 1, Operation::Put, version, version + 1);
        assert_eq!(other, (Status::Stale, version));
        let got = writer.ask(at(version + 1), Operation::Get, version - 1, 0).unwrap();
        assert_eq!((got.status, got.version), (Status::New, version));
        assert_eq!(got.envelope, envelope(version));
    }
    assert_eq!(ask(0, Operation::Close, 0, 0), (Status::Stored, 0));
    assert_eq!(ask(1, Operation::Get, 0, 0), (Status::Denied, 0));
}

/// Both relays are asked to store other bytes under one version at the same moment: one envelope is
/// accepted, whichever, and no second one (invariant I7).
#[test]
fn one_version_has_one_envelope_whoever_asks_where() {
    let relays = two();
    let writer = Writer::new(2);
    let _ = writer.ask(relays[0].address(), Operation::Open, 0, 0).unwrap();
    for version in 1..=40 {
        let answers: Vec<Status> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..4_u64)
                .map(|turn| {
                    let (writer, address) = (&writer, relays[usize::from(turn % 2 == 1)].address());
                    scope.spawn(move || {
                        let body = version * 10 + turn;
                        writer.ask(address, Operation::Put, version, body).unwrap().status
                    })
                })
                .collect();
            asked.into_iter().map(|answer| answer.join().unwrap()).collect()
        });
        let stored = answers.iter().filter(|status| **status == Status::Stored).count();
        let stale = answers.iter().filter(|status| **status == Status::Stale).count();
        assert_eq!((stored, stale), (1, 3), "{answers:?}");
    }
}

/// A phone and two desks that were paired over a relay with a file go on over two relays with a server,
/// each asking now the one and now the other.
#[test]
fn a_paired_world_moves_to_two_relays() {
    let mut w = World::paired();
    let now = monday();
    let case = w.share(RepairOption::Pause, now);
    w.sync_phone(now);
    // Shared and uploaded, and not yet fetched: it must come along.
    let server = Cluster::shared().database();
    let carried = w.path("relay.export");
    let file = Database::Sqlite(w.relay.database());
    assert_eq!(export(&file, &carried).unwrap().lanes, 4);
    let database: Database = server.parse().unwrap();
    assert_eq!(import(&database, &carried, false).unwrap().changed, 4);
    w.relay.stop();

    let relays = [(); 2].map(|()| RelayProcess::start_on(Path::new(PARTY), &server));
    let addresses: [SocketAddr; 2] = [relays[0].address(), relays[1].address()];
    let round = |w: &mut World, now| {
        for turn in 0..2 {
            sync(&mut w.desk, addresses[turn], now).unwrap();
            sync(&mut w.phone, addresses[1 - turn], now).unwrap();
            sync(&mut w.front, addresses[turn], now).unwrap();
        }
    };
    round(&mut w, now);
    assert_eq!(w.inbox(now).len(), 1);
    assert_eq!(w.state(case, now), ChoiceState::Received);
    let later = now + days(1);
    let second = w.share(RepairOption::RequestProvider, later);
    round(&mut w, later);
    assert_eq!(w.front_inbox(later).len(), 1);
    assert_eq!(w.state(second, later), ChoiceState::Received);
}
