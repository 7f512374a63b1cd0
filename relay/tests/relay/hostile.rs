//! Senders that are slow, break off, or send something else.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use attune_wire::Status;
use proptest::prelude::*;

use crate::client::{Stage, head, post, read, send, told};

const SOON: Duration = Duration::from_millis(50);

#[test]
fn a_body_that_does_not_come_is_a_problem() {
    let stage = Stage::new(|config| config.timeouts.body = SOON);
    let frame = stage.pair(1).put(1, 1);
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    stream.write_all(head(frame.len(), "").as_bytes()).unwrap();
    stream.write_all(&frame[..4_000]).unwrap();
    let answer = read(&mut stream).unwrap();
    answer.assert_problem(400);
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(read(&mut stream).is_none());
}

#[test]
fn headers_that_do_not_come_end_the_connection() {
    let stage = Stage::new(|config| config.timeouts.header = SOON);
    for start in ["", "POST /v1/f HT", "POST /v1/f HTTP/1.1\r\nHost: relay\r\nX-More: "] {
        let mut stream = TcpStream::connect(stage.running.addr).unwrap();
        stream.write_all(start.as_bytes()).unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(!rest.starts_with(b"HTTP/1.1 2"), "{start}");
    }
    // An idle connection that was used before ends as well.
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n").unwrap();
    assert_eq!(read(&mut stream).unwrap().status, 200);
    assert!(read(&mut stream).is_none());
}

#[test]
fn a_connection_ends_after_its_time() {
    let stage = Stage::new(|config| config.timeouts.connection = SOON);
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    assert!(read(&mut stream).is_none());
}

#[test]
fn what_is_not_http_is_refused() {
    let stage = Stage::new(|_| {});
    for junk in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n"[..],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST /v1/f HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /v1/f HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(stage.running.addr).unwrap();
        stream.write_all(junk).unwrap();
        if let Some(answer) = read(&mut stream) {
            assert!((400..500).contains(&answer.status), "{}", answer.head);
        }
    }
    let many = "X-Header: x\r\n".repeat(5_000);
    let request = format!("GET /healthz HTTP/1.1\r\nHost: relay\r\n{many}\r\n");
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    let _ = stream.write_all(request.as_bytes());
    assert!(read(&mut stream).is_none_or(|answer| answer.status == 431));
    // It is none the worse for it.
    let pair = stage.pair(1);
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Stored);
}

#[test]
fn one_connection_carries_many_frames() {
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    for (frame, expected) in [
        (pair.open(None), (Status::Stored, 0)),
        (pair.put(1, 1), (Status::Stored, 1)),
        (pair.get(0), (Status::New, 1)),
        (pair.get(1), (Status::Nothing, 1)),
    ] {
        stream.write_all(head(frame.len(), "").as_bytes()).unwrap();
        stream.write_all(&frame).unwrap();
        let answer = read(&mut stream).unwrap();
        let response = attune_wire::Response::parse(&answer.body).unwrap();
        assert_eq!(told(&response), expected);
    }
}

/// Whatever is posted: an answer of the list, never the sender's bytes, and a relay that goes on.
#[test]
fn any_body_is_answered() {
    let stage = Stage::new(|_| {});
    let marker = b"marker-marker-marker";
    let good = stage.pair(1).put(1, 1);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(64));
    let bodies = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..9_000),
        (0..good.len(), any::<u8>()).prop_map(move |(at, byte)| {
            let mut body = good.clone();
            body[at] = byte;
            body[300..320].copy_from_slice(marker);
            body
        }),
    ];
    runner
        .run(&bodies, |body| {
            let answer = post(stage.running.addr, &body);
            prop_assert!([200, 400, 413].contains(&answer.status), "{}", answer.status);
            prop_assert!(!answer.body.windows(marker.len()).any(|window| window == marker));
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_sender_that_breaks_off_leaves_nothing() {
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Stored);
    let frame = pair.put(1, 1);
    for length in [0, 1, 100, 8_447] {
        let mut stream = TcpStream::connect(stage.running.addr).unwrap();
        stream.write_all(head(frame.len(), "").as_bytes()).unwrap();
        stream.write_all(&frame[..length]).unwrap();
        drop(stream);
    }
    assert_eq!(told(&stage.ask(&pair.get(0))), (Status::Nothing, 0));
    assert_eq!(send(stage.running.addr, b"GET /healthz HTTP/1.0\r\n\r\n").status, 200);
}
