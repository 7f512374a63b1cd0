//! A relay that stops while it is asked, and one that takes over from another.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use attune_relay::inspect;
use attune_wire::{Operation, Status};
use rustix::process::Signal;

use crate::client::{Lane, ask, head, read, told};
use crate::process::Served;

const TRIAL: [&str; 3] = ["--open", "--listen", "127.0.0.1:0"];

fn trial<'a>(database: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&TRIAL[..], &["--database", database], more].concat()
}

fn health(address: std::net::SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n").unwrap();
    assert_eq!(read(&mut stream).unwrap().0, 200);
    stream
}

/// A PUT of which only the head has come when the relay is told to stop is stored and answered; so is
/// one of which nothing has come but a connection. Then it ends, with nothing beside the database.
#[test]
fn a_put_under_way_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db");
    let served = Served::start(&trial(database.to_str().unwrap(), &["--metrics", "127.0.0.1:0"]));
    let address = served.address;
    let (lane, other) = (Lane::new(&served.listening, 1), Lane::new(&served.listening, 2));
    for lane in [&lane, &other] {
        let opened = ask(address, &lane.frame(Operation::Open, 0));
        assert_eq!(opened, Some((Status::Stored, 0)));
    }
    let frame = lane.frame(Operation::Put, 1);
    let mut half = TcpStream::connect(address).unwrap();
    half.write_all(head(frame.len(), "Expect: 100-continue\r\n").as_bytes()).unwrap();
    // "100 Continue": it waits for the body now.
    assert_eq!(read(&mut half).unwrap().0, 100);
    let mut silent = TcpStream::connect(address).unwrap();
    // Connections are taken in their order: with this one answered, the silent one is in.
    drop(health(address));

    served.signal(Signal::TERM);
    while TcpStream::connect(address).is_ok() {
        std::thread::yield_now();
    }
    half.write_all(&frame).unwrap();
    assert_eq!(told(&read(&mut half).unwrap()), Some((Status::Stored, 1)));
    let frame = other.frame(Operation::Put, 7);
    silent.write_all(&[head(frame.len(), "").as_bytes(), &frame].concat()).unwrap();
    assert_eq!(told(&read(&mut silent).unwrap()), Some((Status::Stored, 7)));
    assert!(read(&mut silent).is_none() && read(&mut half).is_none(), "and no more");
    served.end();
    let mut versions: Vec<_> = inspect(&database).unwrap().iter().map(|row| row.ver).collect();
    versions.sort_unstable();
    assert_eq!(versions, [1, 7]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// A client that goes on, with a connection for each frame, while one relay after another serves from
/// one socket: nobody is turned away, everything is answered, nothing acknowledged is lost.
#[test]
fn nobody_is_turned_away_while_relays_follow_each_other() {
    const LIVES: u64 = 5;
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db");
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let origin = format!("http://{address}");
    let start = || Served::start_on(&socket, &trial(database.to_str().unwrap(), &[]));
    let lane = Lane::new(&origin, 1);
    let (stored, ended) = (AtomicU64::new(0), AtomicBool::new(false));
    let mut served = start();
    assert_eq!((served.address, &served.listening), (address, &origin), "not --listen");
    assert_eq!(ask(address, &lane.frame(Operation::Open, 0)), Some((Status::Stored, 0)));
    let served = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for version in 1.. {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let put = ask(address, &lane.frame(Operation::Put, version));
                assert_eq!(put, Some((Status::Stored, version)), "refused or not answered");
                stored.store(version, Ordering::SeqCst);
            }
        });
        for life in 1..=LIVES {
            while stored.load(Ordering::SeqCst) < life * 20 && !writer.is_finished() {
                std::thread::yield_now();
            }
            served.stop();
            served = start();
        }
        ended.store(true, Ordering::SeqCst);
        served
    });
    let last = stored.load(Ordering::SeqCst);
    assert!(last >= LIVES * 20);
    assert_eq!(ask(address, &lane.frame(Operation::Get, last - 1)), Some((Status::New, last)));
    served.stop();
    assert_eq!(inspect(&database).unwrap()[0].ver, last);
}

/// Without certificate files there is nothing to read again: it stops, in good order.
#[test]
fn a_hangup_without_certificate_is_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db");
    let served = Served::start(&trial(database.to_str().unwrap(), &[]));
    served.signal(Signal::HUP);
    served.end();
}
