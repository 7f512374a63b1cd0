//! What a relay says about its work: nothing about anybody.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Mutex, Once, PoisonError};

use attune_cipher::rusqlite::Connection;
use attune_relay::add_grant;
use attune_wire::Status;

use crate::client::{Stage, get, head, post, send};

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

/// Everything that this program logs from now on, at any level. (Of other tests, too.)
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .without_time()
            .with_ansi(false)
            .with_writer(|| Capture)
            .init();
    });
}

fn logged() -> Vec<u8> {
    LOG.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Requests of every kind leave only lines of this list in the log, at any level. The lines are
/// whole: no address, no lane, no key can be in them.
#[test]
fn the_log_is_a_few_fixed_lines() {
    listen();
    let stage = Stage::new(|_| {});
    let pair = stage.pair(1);
    for frame in [pair.open(None), pair.put(1, 1), pair.get(0), pair.get(1), pair.close()] {
        assert_eq!(post(stage.running.addr, &frame).status, 200);
    }
    assert_eq!(stage.ask(&stage.pair(2).get(0)).status, Status::Denied);
    post(stage.running.addr, b"short").assert_problem(400);
    send(stage.running.addr, b"GET /who?me HTTP/1.1\r\nHost: relay\r\n\r\n").assert_problem(404);
    // Where the database fails, too: its error is told by a code.
    let dropped = Connection::open(stage.database()).unwrap();
    dropped.execute_batch("DROP TABLE lane").unwrap();
    for frame in [pair.put(2, 1), pair.get(1)] {
        post(stage.running.addr, &frame).assert_problem(503);
    }
    drop(dropped);
    stage.running.stop().unwrap();

    let log = String::from_utf8(logged()).unwrap();
    let lines: BTreeSet<&str> = log.lines().map(str::trim).collect();
    let allowed = BTreeSet::from([
        "INFO attune_relay::server: started",
        "INFO attune_relay::server: stopped",
        "INFO attune_relay::server: sweep done",
    ]);
    assert!(lines.contains("INFO attune_relay::server: stopped"), "{lines:?}");
    let is_failure = |line: &str| {
        const FAILED: &str = "ERROR attune_relay::exchange: the store did not answer \
                              error=the database does not answer (code ";
        let code = line.strip_prefix(FAILED).and_then(|rest| rest.strip_suffix(')'));
        code.is_some_and(|code| (1..=5).contains(&code.len()) && code.is_ascii())
    };
    assert!(lines.iter().any(|line| is_failure(line)), "{lines:?}");
    let others: Vec<_> = lines.difference(&allowed).filter(|line| !is_failure(line)).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// All that a relay leaves behind, dumped: five columns a table, the lanes that were opened, and no
/// address of anybody, as text or as bytes.
#[test]
fn a_dump_has_five_columns_a_table_and_no_address() {
    listen();
    let stage = Stage::new(|config| {
        config.open = false;
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    });
    let key = add_grant(&stage.database().into(), 5).unwrap();
    let asked = ["203.0.113.77", "2001:db8:77:8800::1"];
    for (pair, address) in [stage.pair(1), stage.pair(2)].iter().zip(asked) {
        let grant = Some(key.grant(&pair.relay, &pair.lane()));
        for frame in [pair.open(grant), pair.put(1, 7), pair.get(0), pair.put(2, 7)] {
            let more = format!("X-Forwarded-For: {address}\r\n");
            let head = head(frame.len(), &more);
            let answer = send(stage.running.addr, &[head.as_bytes(), &frame].concat());
            assert_eq!(answer.status, 200);
        }
    }
    // While it runs, with its side file, and after it has stopped.
    let (database, folder) = (stage.database(), stage.folder.path().to_owned());
    let all = || -> Vec<u8> {
        let files = std::fs::read_dir(&folder).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    };
    let mut left = all();
    let Stage { folder: kept, running, .. } = stage;
    running.stop().unwrap();
    left.extend(all());
    let log = logged();
    assert!(String::from_utf8_lossy(&log).contains("attune_relay::server: stopped"));
    left.extend_from_slice(&log);
    let mut traces: Vec<Vec<u8>> = asked.iter().map(|text| text.as_bytes().to_vec()).collect();
    traces.push(b"127.0.0.1".to_vec());
    traces.push(vec![203, 0, 113, 77]);
    traces.push(vec![77, 113, 0, 203]);
    traces.push(b"2001:db8:77:8800::".to_vec());
    traces.push(vec![0x20, 0x01, 0x0d, 0xb8, 0, 0x77, 0x88]);
    for trace in &traces {
        assert!(!left.windows(trace.len()).any(|window| window == trace), "{trace:?}");
    }

    let dump = Connection::open(&database).unwrap();
    for (table, rows, columns) in [
        ("lane", 2, ["lane_id", "ver", "read_ver", "day", "body"]),
        ("grant", 1, ["grant_id", "key", "month", "used", "cap"]),
    ] {
        let mut select = dump.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        assert!(select.column_names().eq(columns), "{table}");
        let mut found = 0;
        let mut dumped = select.query([]).unwrap();
        while let Some(row) = dumped.next().unwrap() {
            found += 1;
            // No column is text: nothing that somebody sent could be in one as it was sent.
            let texts = (0..5).filter(|at| row.get_ref(*at).unwrap().as_str().is_ok());
            assert_eq!(texts.count(), 0);
        }
        assert_eq!(found, rows, "{table}");
    }
    drop(kept);
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
