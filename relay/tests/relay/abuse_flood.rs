//! Senders of too much: too long, too many headers, too many requests at once, too many signatures
//! that are bad. Each is refused early, and an honest client is served meanwhile.

use std::io::{ErrorKind, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use attune_cipher::rusqlite::Connection;
use attune_relay::{Rate, inspect};
use attune_wire::{Operation, Request, Response, SigningKey, Status};

use crate::client::{Stage, get, head, post, read, send, told};

/// Far above what the system keeps for a connection both ways.
const TOO_MUCH: usize = 256 << 20;

/// Writes `piece` over and over until the relay takes no more: it ended the connection, or has let a
/// second pass without reading. Answers the bytes that went.
fn pour(stream: &mut TcpStream, piece: &[u8]) -> usize {
    stream.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
    let mut sent = 0;
    while sent < TOO_MUCH {
        match stream.write(piece) {
            Ok(count) => sent += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    sent
}

fn assert_served(stage: &Stage, number: u8) {
    let pair = stage.pair(number);
    assert_eq!(told(&stage.ask(&pair.open(None))), (Status::Stored, 0));
    assert_eq!(told(&stage.ask(&pair.put(1, number))), (Status::Stored, 1));
    assert_eq!(told(&stage.ask(&pair.get(0))), (Status::New, 1));
}

/// A body longer than a frame is refused by its headers, and what follows is not read.
#[test]
fn an_oversized_body_is_not_read() {
    let stage = Stage::new(|_| {});
    let mut large = Vec::new();
    for length in [8_449, 1 << 20, usize::MAX / 2] {
        let mut stream = TcpStream::connect(stage.running.addr).unwrap();
        stream.write_all(head(length, "").as_bytes()).unwrap();
        let answer = read(&mut stream).unwrap();
        answer.assert_problem(413);
        assert_eq!(answer.header("connection"), Some("close"));
        assert!(pour(&mut stream, &[7; 64 << 10]) < TOO_MUCH, "{length}");
        large.push(stream);
    }
    // A body that says it is a frame and goes on: the rest is no frame's and no request's.
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    stream.write_all(head(8_448, "").as_bytes()).unwrap();
    assert!(pour(&mut stream, &[7; 64 << 10]) < TOO_MUCH);
    // So does a chunked one, which has no length at all.
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    let chunked = "POST /v1/f HTTP/1.1\r\nHost: relay\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(chunked.as_bytes()).unwrap();
    read(&mut stream).unwrap().assert_problem(411);
    let chunk = [b"10000\r\n", &[7; 0x10000][..], b"\r\n"].concat();
    assert!(pour(&mut stream, &chunk) < TOO_MUCH);
    assert_served(&stage, 1);
}

/// Long headers, many headers, and a proxy's list without an end.
#[test]
fn a_flood_of_headers_is_refused_or_read_once() {
    let stage = Stage::new(|config| config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]);
    let line = "GET /v1/info HTTP/1.1\r\nHost: relay\r\n";
    let many: String = (0..101).map(|number| format!("X-{number}: x\r\n")).collect();
    let long = format!("X-Long: {}\r\n", "x".repeat(64 << 10));
    for more in [many, long] {
        let mut stream = TcpStream::connect(stage.running.addr).unwrap();
        let _ = stream.write_all(format!("{line}{more}\r\n").as_bytes());
        assert!(read(&mut stream).is_none_or(|answer| answer.status == 431));
    }
    let mut endless = TcpStream::connect(stage.running.addr).unwrap();
    endless.write_all(line.as_bytes()).unwrap();
    assert!(pour(&mut endless, "X-More: and more\r\n".repeat(1_000).as_bytes()) < TOO_MUCH);
    let mut endless = TcpStream::connect(stage.running.addr).unwrap();
    assert!(pour(&mut endless, &[b'x'; 64 << 10]) < TOO_MUCH, "a first line");
    // As many hops as headers may hold: all of them believed, and looked through once.
    let hops = format!("X-Forwarded-For: {}127.0.0.1\r\n", "127.0.0.1, ".repeat(2_500));
    let answer = send(stage.running.addr, format!("{line}{hops}\r\n").as_bytes());
    assert_eq!(answer.status, 200);
    assert_served(&stage, 1);
}

/// A hundred requests in one write are answered in their order; a sender that reads no answer is
/// read no further.
#[test]
fn pipelined_requests_are_answered_in_order_or_not_read() {
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    let framed = |frame: &[u8]| [head(frame.len(), "").as_bytes(), frame].concat();
    let mut all = framed(&pair.open(None));
    let mut forged = pair.put(1, 1);
    forged[108] ^= 1;
    for version in 1..=50 {
        all.extend(framed(&pair.put(version, 1)));
        all.extend(framed(&forged));
    }
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    let mut writing = stream.try_clone().unwrap();
    let write = std::thread::spawn(move || writing.write_all(&all).unwrap());
    let mut next = || told(&Response::parse(&read(&mut stream).unwrap().body).unwrap());
    assert_eq!(next(), (Status::Stored, 0));
    for version in 1..=50 {
        assert_eq!(next(), (Status::Stored, version));
        assert_eq!(next(), (Status::Denied, 0));
    }
    write.join().unwrap();

    let mut deaf = TcpStream::connect(stage.running.addr).unwrap();
    assert!(pour(&mut deaf, &framed(&forged)) < TOO_MUCH);
    assert_served(&stage, 2);
}

/// Signatures by anybody but the right key. While another process keeps the database from being
/// written, each is refused at once; a good frame waits. So none of them asks the database.
#[test]
fn a_flood_of_bad_signatures_never_asks_the_database() {
    let stage = Stage::new(|config| config.metrics = Some(config.listen));
    let pair = stage.pair(1);
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Stored);
    let lock = Connection::open(stage.database()).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();

    let (addr, good) = (stage.running.addr, pair.put(1, 1));
    let honest = std::thread::spawn(move || Response::parse(&post(addr, &good).body).unwrap());
    let stranger = SigningKey::from_seed(&[9; 32]);
    let mut flood: Vec<Vec<u8>> = Operation::ALL
        .iter()
        .map(|operation| pair.request(*operation, 0, 5).sign(&stranger).to_vec())
        .collect();
    let signed = pair.put(1, 5);
    // One bit off: in the signature, in what it covers, and all of it.
    for at in [4, 40, 70, 107, 108, 171, 256, 8_447] {
        let mut frame = signed.clone();
        frame[at] ^= 0x10;
        flood.push(frame);
    }
    let mut empty = signed;
    empty[108..172].fill(0);
    flood.push(empty);
    for frame in flood.iter().cycle().take(500) {
        assert_eq!(told(&stage.ask(frame)), (Status::Denied, 0));
    }
    let metrics = get(stage.running.metrics_addr.unwrap(), "/metrics").body;
    let metrics = String::from_utf8(metrics).unwrap();
    for line in ["get_total 0", "close_total 0", "answer_denied_total 500", "answer_stored_total 1"]
    {
        assert!(metrics.contains(&format!("attune_relay_{line}\n")), "{line} in {metrics}");
    }
    lock.execute_batch("ROLLBACK").unwrap();
    assert_eq!(told(&honest.join().unwrap()), (Status::Stored, 1));
    let rows = inspect(&stage.database()).unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].body.as_deref() == Some(&[1; 8_192][..]));
}

/// One address asks a thousand times; a hundred others are served.
#[test]
fn one_address_against_many() {
    let stage = Stage::new(|config| {
        config.limits.prefix = Rate { burst: 5, per_minute: 5 };
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    });
    let pair = stage.pair(1);
    let from = |address: &str, frame: &[u8]| {
        let more = format!("X-Forwarded-For: {address}\r\n");
        send(stage.running.addr, &[head(frame.len(), &more).as_bytes(), frame].concat())
    };
    let open = pair.open(None);
    let flood = (0..1_000).filter(|_| from("203.0.113.9", &open).status == 200).count();
    assert_eq!(flood, 5);
    from("203.0.113.9", &open).assert_problem(429);
    let served = (0..100).filter(|other| from(&format!("192.0.2.{other}"), &open).status == 200);
    // 65,536 slots, and two addresses may fall into one: more than two such pairs would be odd.
    assert!(served.count() >= 98);
    // Nor does it help to lie on the left of what the proxy adds.
    from("192.0.2.200, 203.0.113.9", &open).assert_problem(429);
}

/// Somebody with a key of their own asks for one lane all the time: it is that lane that is slow.
#[test]
fn one_lane_against_many() {
    let stage = Stage::new(|config| config.limits.lane = Rate { burst: 4, per_minute: 4 });
    let greedy = stage.pair(1);
    let asked = |frame: Vec<u8>| stage.ask(&frame).status;
    assert_eq!(asked(greedy.open(None)), Status::Stored);
    let slow = (0..500).filter(|_| asked(greedy.get(0)) == Status::Slow).count();
    assert_eq!(slow, 497);
    // The other end of the same lane shares its rate; no other lane does.
    assert_eq!(asked(greedy.put(1, 1)), Status::Slow);
    for number in 2..12 {
        assert_served(&stage, number);
    }
    stage.clock.advance(Duration::from_secs(15));
    assert_eq!(asked(greedy.put(1, 1)), Status::Stored);
}

/// A frame meant for another relay is worth nothing here, however well it is signed.
#[test]
fn frames_caught_elsewhere_are_worth_nothing() {
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    assert_served(&stage, 1);
    for operation in Operation::ALL {
        let relay = attune_wire::RelayId::of_origin("https://relay.example");
        let elsewhere = Request { relay, ..pair.request(operation, 0, 9) };
        let key = if operation == Operation::Get { &pair.reader } else { &pair.writer };
        assert_eq!(stage.ask(&elsewhere.sign(key)[..]).status, Status::Denied);
    }
    // One caught here changes nothing either when it comes again.
    assert_eq!(told(&stage.ask(&pair.put(1, 1))), (Status::Same, 1));
    assert_eq!(told(&stage.ask(&pair.open(None))), (Status::Same, 1));
}
