//! Senders that take every place and give nothing: slow headers, slow bodies, nothing at all. The
//! time limits of these relays are an hour long, so that it is not they that save an honest client.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use attune_wire::{Response, Status};

use crate::client::{Answer, Stage, get, head, read, told};

const HOUR: Duration = Duration::from_secs(3_600);

/// Places of the relays here.
const PLACES: usize = 24;

/// Connections that an attacker opens.
const ATTACKERS: usize = 3 * PLACES;

/// What somebody who never ends a request begins with.
fn beginnings(frame: &[u8]) -> [(&'static str, Vec<u8>); 5] {
    let body = [head(frame.len(), "").as_bytes(), &frame[..frame.len() - 1]].concat();
    [
        ("nothing, as from a peer that is gone", Vec::new()),
        ("a request line, unfinished", b"POST /v1/f HT".to_vec()),
        ("headers, unfinished", b"POST /v1/f HTTP/1.1\r\nHost: relay\r\nX-More: ".to_vec()),
        ("a body that does not begin", head(frame.len(), "").into_bytes()),
        ("a body without its last byte", body),
    ]
}

fn stage() -> Stage {
    Stage::new(|config| {
        config.max_connections = PLACES;
        config.timeouts.header = HOUR;
        config.timeouts.body = HOUR;
        config.timeouts.connection = HOUR;
        config.timeouts.drain = Duration::ZERO;
        config.metrics = Some(config.listen);
    })
}

/// An answer, or `None` after half a minute: a relay without places fails a test and does not hang it.
fn patient(stage: &Stage, frame: &[u8]) -> Option<Response> {
    let mut stream = TcpStream::connect(stage.running.addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(&[head(frame.len(), "").as_bytes(), frame].concat()).unwrap();
    let Answer { body, .. } = read(&mut stream)?;
    Response::parse(&body).ok()
}

fn metric(stage: &Stage, name: &str) -> u64 {
    let text =
        String::from_utf8(get(stage.running.metrics_addr.unwrap(), "/metrics").body).unwrap();
    let start = format!("attune_relay_{name}_total ");
    text.lines().find_map(|line| line.strip_prefix(&start)).unwrap().parse().unwrap()
}

/// Three times as many slow senders as there are places, of each kind: an honest client opens, puts
/// and gets as if they were not there, and the relay holds no more connections than it has places.
#[test]
fn slow_senders_do_not_shut_an_honest_client_out() {
    for (number, (kind, beginning)) in (1_u8..).zip(beginnings(&[7; 8_448])) {
        let stage = stage();
        let pair = stage.pair(number);
        let mut slow = Vec::new();
        for at in 0..ATTACKERS {
            let mut stream = TcpStream::connect(stage.running.addr).unwrap();
            // Whoever was shed already cannot send; that is as good.
            let _ = stream.write_all(&beginning);
            slow.push(stream);
            if at == ATTACKERS / 2 {
                let open = patient(&stage, &pair.open(None)).map(|answer| told(&answer));
                assert_eq!(open, Some((Status::Stored, 0)), "{kind}");
            }
        }
        for version in 1..=3 {
            let put = patient(&stage, &pair.put(version, 1)).map(|answer| told(&answer));
            assert_eq!(put, Some((Status::Stored, version)), "{kind}");
            let new = patient(&stage, &pair.get(version - 1)).map(|answer| told(&answer));
            assert_eq!(new, Some((Status::New, version)), "{kind}");
        }
        // The first to come were the first to go. Their end is seen: an end of file, or a reset.
        let gone = slow.len() - PLACES;
        for stream in slow.iter_mut().take(gone) {
            stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            let ended = match stream.read(&mut [0; 512]) {
                Ok(count) => count == 0,
                Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
            };
            assert!(ended, "{kind}");
        }
        assert!(metric(&stage, "connections_shed") >= gone as u64, "{kind}");
        assert_eq!(metric(&stage, "connections_refused"), 0, "this machine is not counted");
        assert_eq!(metric(&stage, "put"), 3, "{kind}");
    }
}

/// A byte now and then does not buy a place: it is whole requests that count.
#[test]
fn a_byte_at_a_time_does_not_keep_a_place() {
    let stage = stage();
    let pair = stage.pair(1);
    let mut slow: Vec<TcpStream> =
        (0..PLACES).map(|_| TcpStream::connect(stage.running.addr).unwrap()).collect();
    let request = format!("GET /v1/info HTTP/1.1\r\nHost: relay\r\nX-Slow: {}", "x".repeat(40));
    let mut served = 0;
    for byte in request.as_bytes() {
        for stream in &mut slow {
            let _ = stream.write_all(&[*byte]);
        }
        let answer = if served == 0 { pair.open(None) } else { pair.put(served, 1) };
        assert_eq!(patient(&stage, &answer).map(|answer| answer.status), Some(Status::Stored));
        served += 1;
    }
    assert_eq!(metric(&stage, "put"), served - 1);
}

/// A connection that was used before, and one that is new, are shed alike: by how long they wait.
#[test]
fn a_connection_over_the_limit_takes_the_place_that_waits_longest() {
    let stage = Stage::new(|config| config.max_connections = 2);
    let connect = || TcpStream::connect(stage.running.addr).unwrap();
    let ask = |stream: &mut TcpStream| {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n").unwrap();
        read(stream).map(|answer| answer.status)
    };
    let (mut first, mut second) = (connect(), connect());
    assert_eq!((ask(&mut first), ask(&mut second)), (Some(200), Some(200)));
    let mut third = connect();
    assert_eq!(ask(&mut third), Some(200));
    assert!(read(&mut first).is_none(), "it ended");
    assert_eq!(ask(&mut second), Some(200), "the others did not");
    assert_eq!(ask(&mut third), Some(200));
}

/// A relay full of slow senders stops when it is told to.
#[test]
fn slow_senders_do_not_hold_up_a_stop() {
    let stage = stage();
    let frame = [7; 8_448];
    let mut slow = Vec::new();
    for (_, beginning) in beginnings(&frame) {
        let mut stream = TcpStream::connect(stage.running.addr).unwrap();
        stream.write_all(&beginning).unwrap();
        slow.push(stream);
    }
    // Connections are taken in the order in which they came: once this is answered, all are in.
    assert_eq!(get(stage.running.addr, "/healthz").status, 200);
    stage.running.stop().unwrap();
    for stream in &mut slow {
        assert!(read(stream).is_none());
    }
}
