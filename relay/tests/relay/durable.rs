//! What was acknowledged is there.

use std::io::Write as _;
use std::net::TcpStream;

use attune_relay::{Config, Relay, inspect};
use attune_wire::{RelayId, Response, Status};

use crate::client::{Pair, Stage, head, post, read};

/// Many writers at once, so that commits are shared; everything answered STORED is there afterwards.
#[test]
fn acknowledged_by_a_shared_commit_is_kept() {
    const THREADS: u8 = 8;
    const VERSIONS: u64 = 40;
    let stage = Stage::new(|_| {});
    let addr = stage.running.addr;
    std::thread::scope(|scope| {
        for number in 0..THREADS {
            let pair = stage.pair(number);
            scope.spawn(move || {
                let stored = |frame: Vec<u8>| {
                    let answer = post(addr, &frame);
                    assert_eq!(Response::parse(&answer.body).unwrap().status, Status::Stored);
                };
                stored(pair.open(None));
                for version in 1..=VERSIONS {
                    stored(pair.put(version, number.wrapping_mul(7).wrapping_add(version as u8)));
                }
            });
        }
    });
    let database = stage.database();
    let Stage { folder, running, .. } = stage;
    running.stop().unwrap();
    let files: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["relay.db"], "stopped: no side file");
    let rows = inspect(&database).unwrap();
    assert_eq!(rows.len(), usize::from(THREADS));
    for row in rows {
        assert_eq!(row.ver, VERSIONS);
        let body = row.body.unwrap();
        let number =
            (0..THREADS).find(|number| Pair::new(RelayId([0; 32]), *number).lane() == row.lane_id);
        assert_eq!(body, vec![number.unwrap().wrapping_mul(7).wrapping_add(VERSIONS as u8); 8_192]);
    }
}

#[test]
fn a_relay_goes_on_where_another_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db");
    let config = || {
        let origin = Some("https://relay.example".into());
        Config { origin, ..Config::trial(database.clone()) }
    };
    let pair = Pair::new(RelayId::of_origin("https://relay.example"), 1);
    let status = |addr, frame: &[u8]| Response::parse(&post(addr, frame).body).unwrap().status;
    let first = Relay::start(config()).unwrap();
    assert_eq!(status(first.addr, &pair.open(None)), Status::Stored);
    assert_eq!(status(first.addr, &pair.put(5, 5)), Status::Stored);
    first.stop().unwrap();
    let second = Relay::start(config()).unwrap();
    assert_eq!(status(second.addr, &pair.open(None)), Status::Same);
    assert_eq!(status(second.addr, &pair.put(5, 5)), Status::Same);
    assert_eq!(status(second.addr, &pair.get(4)), Status::New);
    drop(second);
    assert_eq!(inspect(&database).unwrap().len(), 1);
}

/// A request under way when the relay is told to stop is answered, stored, and the last one.
#[test]
fn a_stop_lets_requests_end() {
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Stored);
    let frame = pair.put(1, 1);
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    stream.write_all(head(frame.len(), "Expect: 100-continue\r\n").as_bytes()).unwrap();
    // "100 Continue": the relay waits for the body now.
    assert_eq!(read(&mut stream).unwrap().status, 100);
    let (addr, database) = (stage.running.addr, stage.database());
    let Stage { folder, running, .. } = stage;
    let stopping = std::thread::spawn(move || running.stop());
    // Once it listens no more, it is stopping for sure.
    while TcpStream::connect(addr).is_ok() {
        std::thread::yield_now();
    }
    stream.write_all(&frame).unwrap();
    let answer = read(&mut stream).unwrap();
    assert_eq!(Response::parse(&answer.body).unwrap().status, Status::Stored);
    assert!(read(&mut stream).is_none());
    stopping.join().unwrap().unwrap();
    assert_eq!(inspect(&database).unwrap()[0].ver, 1);
    drop(folder);
}
