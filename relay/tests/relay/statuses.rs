//! Every status and every problem document, over HTTP.

use attune_relay::{BODY_DAYS, LANE_DAYS, inspect};
use attune_wire::{Operation, RelayId, SigningKey, Status};
use ring::digest::{SHA256, digest};

use crate::client::{DAY, Pair, Stage, get, post, send, told};

#[test]
fn the_life_of_a_lane() {
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    let ask = |frame: Vec<u8>| stage.ask(&frame);
    let row = || inspect(&stage.database()).unwrap().into_iter().next();

    assert_eq!(told(&ask(pair.put(1, 1))), (Status::Denied, 0));
    assert_eq!(told(&ask(pair.get(0))), (Status::Denied, 0));
    assert_eq!(told(&ask(pair.close())), (Status::Same, 0));
    assert_eq!(told(&ask(pair.open(None))), (Status::Stored, 0));
    assert_eq!(told(&ask(pair.open(None))), (Status::Same, 0));
    assert_eq!(told(&ask(pair.get(0))), (Status::Nothing, 0));
    let fresh = row().unwrap();
    assert_eq!((fresh.lane_id, fresh.ver, fresh.day), (pair.lane(), 0, DAY));
    assert!(fresh.body.is_none() && !fresh.holds_envelope());

    assert_eq!(told(&ask(pair.put(3, 0xaa))), (Status::Stored, 3));
    assert_eq!(told(&ask(pair.put(3, 0xaa))), (Status::Same, 3));
    assert_eq!(told(&ask(pair.put(3, 0xbb))), (Status::Stale, 3));
    assert_eq!(told(&ask(pair.put(2, 0xaa))), (Status::Stale, 3));
    let new = ask(pair.get(0));
    assert_eq!(told(&new), (Status::New, 3));
    assert!(new.envelope.iter().all(|byte| *byte == 0xaa));
    // Asked again, because the answer was lost.
    assert_eq!(told(&ask(pair.get(0))), (Status::New, 3));
    assert!(row().unwrap().holds_envelope());

    // Confirmed: the envelope goes, its digest stays, and the writer's repeat is still SAME.
    assert_eq!(told(&ask(pair.get(3))), (Status::Nothing, 3));
    let read = row().unwrap();
    assert_eq!((read.ver, read.read_ver), (3, 3));
    assert_eq!(read.body.as_deref(), Some(digest(&SHA256, &[0xaa; 8_192]).as_ref()));
    assert_eq!(told(&ask(pair.get(0))), (Status::Nothing, 3));
    assert_eq!(told(&ask(pair.put(3, 0xaa))), (Status::Same, 3));
    assert_eq!(told(&ask(pair.put(3, 0xbb))), (Status::Stale, 3));
    assert_eq!(told(&ask(pair.put(4, 0xbb))), (Status::Stored, 4));
    assert_eq!(told(&ask(pair.get(3))), (Status::New, 4));

    assert_eq!(told(&ask(pair.close())), (Status::Stored, 0));
    assert_eq!(told(&ask(pair.close())), (Status::Same, 0));
    assert_eq!(told(&ask(pair.get(3))), (Status::Denied, 0));
    assert!(row().is_none());
    stage.running.stop().unwrap();
}

#[test]
fn denied_to_all_but_the_right_key() {
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Stored);
    let stranger = SigningKey::from_seed(&[9; 32]);
    let elsewhere = Pair::new(RelayId::of_origin("https://relay.example"), 1);
    for frame in [
        pair.request(Operation::Put, 1, 1).sign(&pair.reader),
        pair.request(Operation::Get, 0, 1).sign(&pair.writer),
        pair.request(Operation::Close, 0, 1).sign(&stranger),
        pair.request(Operation::Open, 0, 1).sign(&stranger),
        elsewhere.request(Operation::Put, 1, 1).sign(&elsewhere.writer),
    ] {
        let first = stage.ask(&frame[..]);
        assert_eq!((told(&first), first.retry_after), ((Status::Denied, 0), 0));
        assert_ne!(first.envelope, stage.ask(&frame[..]).envelope, "filler is random");
    }
    let row = &inspect(&stage.database()).unwrap()[0];
    assert_eq!((row.ver, row.read_ver, &row.body), (0, 0, &None));
}

#[test]
fn another_frame_version_is_answered_in_ours() {
    let stage = Stage::new(|_| {});
    let mut frame = stage.pair(1).put(1, 1);
    frame[0] = 2;
    assert_eq!(told(&stage.ask(&frame)), (Status::Version, 0));
}

#[test]
fn problems_of_addresses_and_methods() {
    let stage = Stage::new(|_| {});
    let addr = stage.running.addr;
    for (line, status, allow) in [
        ("GET /v1/f", 405, Some("POST")),
        ("PUT /v1/f", 405, Some("POST")),
        ("DELETE /v1/info", 405, Some("GET, HEAD")),
        ("POST /healthz", 405, Some("GET, HEAD")),
        ("GET /", 404, None),
        ("GET /metrics", 404, None),
        ("POST /v1/f/marker", 404, None),
        ("POST /v2/f", 404, None),
    ] {
        let request = format!("{line}?marker HTTP/1.1\r\nHost: marker\r\nX-Marker: marker\r\n\r\n");
        let answer = send(addr, request.as_bytes());
        answer.assert_problem(status);
        assert_eq!(answer.header("allow"), allow, "{line}");
        assert!(!answer.head.contains("marker"));
    }
}

#[test]
fn problems_of_bodies() {
    let stage = Stage::new(|_| {});
    let frame = stage.pair(1).put(1, 1);
    let with = |headers: &str, body: &[u8]| {
        let head = format!("POST /v1/f HTTP/1.1\r\nHost: relay\r\n{headers}\r\n");
        send(stage.running.addr, &[head.as_bytes(), body].concat())
    };
    let binary = "Content-Type: application/octet-stream\r\n";
    with("Content-Length: 8448\r\n", &frame).assert_problem(415);
    with("Content-Length: 8448\r\nContent-Type: text/plain\r\n", &frame).assert_problem(415);
    let encoded = format!("{binary}Content-Encoding: gzip\r\nContent-Length: 8448\r\n");
    with(&encoded, &frame).assert_problem(415);
    with(binary, &[]).assert_problem(411);
    let chunked = format!("{binary}Transfer-Encoding: chunked\r\n");
    with(&chunked, b"1\r\nx\r\n0\r\n\r\n").assert_problem(411);
    with(&format!("{binary}Content-Length: 8449\r\n"), &[]).assert_problem(413);
    let huge = with(&format!("{binary}Content-Length: 999999999999\r\n"), &[]);
    huge.assert_problem(413);
    assert_eq!(huge.header("connection"), Some("close"));
    for length in [0, 1, 256, 8_447] {
        post(stage.running.addr, &frame[..length]).assert_problem(400);
    }
    for at in [1, 2, 100, 172, 255] {
        let mut bad = frame.clone();
        bad[at] = 0xff;
        post(stage.running.addr, &bad).assert_problem(400);
    }
    // The media type is read as HTTP has it.
    let shouted = "CONTENT-TYPE: Application/Octet-Stream\r\ncontent-length: 8448\r\n";
    assert_eq!(with(shouted, &frame).status, 200);
}

#[test]
fn info_and_health() {
    let stage = Stage::new(|config| config.origin = Some("https://Relay.Example:443/".into()));
    let info = get(stage.running.addr, "/v1/info");
    assert_eq!((info.status, info.header("content-type")), (200, Some("application/json")));
    assert_eq!(
        String::from_utf8(info.body).unwrap(),
        format!(
            "{{\"name\":\"attune-relay\",\"origin\":\"https://relay.example\",\"frame_versions\":[1],\
             \"frame_bytes\":8448,\"envelope_bytes\":8192,\"body_days\":{BODY_DAYS},\
             \"lane_days\":{LANE_DAYS},\"grant_needed\":false}}"
        )
    );
    let health = get(stage.running.addr, "/healthz");
    assert_eq!((health.status, &health.body[..]), (200, &b"ok\n"[..]));
    // The origin is what frames are checked against, not the address that was dialled.
    let pair = stage.pair(1);
    assert_eq!(pair.relay, RelayId::of_origin("https://relay.example"));
    assert_eq!(stage.ask(&pair.open(None)).status, Status::Stored);
}
