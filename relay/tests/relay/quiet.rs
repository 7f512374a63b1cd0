//! What a relay says about its work: nothing about anybody.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Mutex, PoisonError};

use attune_wire::Status;

use crate::client::{Stage, get, post, send};

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Capture;

impl io::Write for Capture {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Requests of every kind leave only lines of this list in the log, at any level. The lines are
/// whole: no address, no lane, no key can be in them. (Other tests of this program log here, too.)
#[test]
fn the_log_is_a_few_fixed_lines() {
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .without_time()
        .with_ansi(false)
        .with_writer(|| Capture)
        .init();
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    for frame in [pair.open(None), pair.put(1, 1), pair.get(0), pair.get(1), pair.close()] {
        assert_eq!(post(stage.running.addr, &frame).status, 200);
    }
    assert_eq!(stage.ask(&stage.pair(2).get(0)).status, Status::Denied);
    post(stage.running.addr, b"short").assert_problem(400);
    send(stage.running.addr, b"GET /who?me HTTP/1.1\r\nHost: relay\r\n\r\n").assert_problem(404);
    stage.running.stop().unwrap();

    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let log = String::from_utf8(log).unwrap();
    let lines: BTreeSet<&str> = log.lines().map(str::trim).collect();
    let allowed = BTreeSet::from([
        "INFO attune_relay::server: started",
        "INFO attune_relay::server: stopped",
        "INFO attune_relay::server: sweep done",
    ]);
    assert!(lines.contains("INFO attune_relay::server: stopped"), "{lines:?}");
    assert!(lines.is_subset(&allowed), "{lines:?}");
}

#[test]
fn metrics_are_totals_on_a_port_of_their_own() {
    let stage = Stage::new(|config| config.metrics = Some(config.listen));
    let pair = stage.pair(1);
    for frame in [pair.open(None), pair.put(1, 1), pair.put(1, 1), pair.get(0)] {
        stage.ask(&frame);
    }
    post(stage.running.addr, b"short").assert_problem(400);
    let metrics = stage.running.metrics_addr.unwrap();
    assert_ne!(metrics, stage.running.addr);
    assert!(metrics.ip().is_loopback());
    let answer = get(metrics, "/metrics");
    let kind = answer.header("content-type");
    assert_eq!(kind, Some("text/plain; version=0.0.4; charset=utf-8"));
    let text = String::from_utf8(answer.body).unwrap();
    for line in text.lines() {
        assert!(!line.contains(['{', '}', '"']), "a label: {line}");
        let plain = line.strip_prefix("# HELP ").or(line.strip_prefix("# TYPE ")).is_some();
        let (name, value) = line.split_once(' ').unwrap();
        assert!(plain || (name.starts_with("attune_relay_") && value.parse::<u64>().is_ok()));
    }
    for (name, value) in [
        ("put", 2),
        ("get", 1),
        ("open", 1),
        ("answer_stored", 2),
        ("answer_same", 1),
        ("answer_new", 1),
        ("problem_400", 1),
        ("committed_writes", 3),
    ] {
        let line = format!("attune_relay_{name}_total {value}");
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
    assert_eq!(get(stage.running.addr, "/metrics").status, 404);
    assert_eq!(get(metrics, "/v1/info").status, 404);
}
