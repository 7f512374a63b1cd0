//! A relay moves from a file to a server and back while clients go on.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use attune_cluster::Cluster;
use attune_relay::{
    Config, Database, MovingError, Relay, RelayError, Running, add_grant, export, import,
    list_grants, remove_grant,
};
use attune_wire::{RelayId, Response, Status};

use crate::client::{Pair, head, read, told};

const ORIGIN: &str = "http://localhost";

fn start(database: &Database, listen: SocketAddr) -> Running {
    let config =
        Config { origin: Some(ORIGIN.to_owned()), listen, ..Config::trial(database.clone()) };
    Relay::start(config).unwrap()
}

fn pair(number: u8) -> Pair {
    Pair::new(RelayId::of_origin(ORIGIN), number)
}

/// As a client asks: again until somebody answers with a frame.
fn ask(addr: SocketAddr, frame: &[u8]) -> Response {
    loop {
        let asked = TcpStream::connect(addr).and_then(|mut stream| {
            stream.write_all(&[head(frame.len(), "").as_bytes(), frame].concat())?;
            Ok(stream)
        });
        if let Ok(mut stream) = asked
            && let Some(answer) = read(&mut stream)
            && answer.status == 200
        {
            return Response::parse(&answer.body).unwrap();
        }
        std::thread::yield_now();
    }
}

/// Writes one version after another, and looks that none goes back. Answers the last acknowledged.
fn write_on(addr: SocketAddr, pair: &Pair, written: &AtomicU64, stop: &AtomicBool) -> u64 {
    let mut version = 1_u64;
    while !stop.load(Ordering::SeqCst) {
        version += 1;
        let byte = version.to_be_bytes()[7];
        let put = ask(addr, &pair.put(version, byte));
        assert!(matches!(put.status, Status::Stored | Status::Same), "{version}: {put:?}");
        if version.is_multiple_of(3) {
            let got = ask(addr, &pair.get(version - 1));
            assert_eq!(told(&got), (Status::New, version));
            assert_eq!(got.envelope[0], byte);
        }
        written.fetch_add(1, Ordering::SeqCst);
    }
    version
}

/// Waits until the writers have written so many more.
fn await_more(written: &AtomicU64, more: u64) {
    let until = written.load(Ordering::SeqCst) + more;
    while written.load(Ordering::SeqCst) < until {
        std::thread::yield_now();
    }
}

/// One move, as `attune relay export --help` tells it. Between the two steps a lane is closed, one is
/// opened, and a grant goes.
fn relocate(
    running: Running,
    from: &Database,
    to: &Database,
    folder: &Path,
    written: &AtomicU64,
    (closed, opened): (&Pair, &Pair),
) -> Running {
    let addr = running.addr;
    let (first, last) = (folder.join("first.export"), folder.join("last.export"));
    let gone = add_grant(from, 9).unwrap();
    let carried = export(from, &first).unwrap();
    assert_eq!(import(to, &first, false).unwrap().grants, carried.grants);
    await_more(written, 20);

    assert_eq!(ask(addr, &closed.close()).status, Status::Stored);
    assert_eq!(ask(addr, &opened.open(None)).status, Status::Stored);
    assert!(remove_grant(from, gone.id()).unwrap());
    running.stop().unwrap();
    export(from, &last).unwrap();
    let moved = import(to, &last, true).unwrap();
    // The closed lane and the grant; what was written meanwhile, and the lane that was opened.
    assert_eq!(moved.removed, 2, "{moved:?}");
    assert!(moved.changed > 1, "{moved:?}");
    // Once more, for one who is not sure: nothing is left to do.
    let again = import(to, &last, true).unwrap();
    assert_eq!((again.changed, again.removed), (0, 0));
    assert!(matches!(export(from, &last), Err(RelayError::Moving(MovingError::FileThere))));
    start(to, addr)
}

#[test]
fn a_relay_moves_while_clients_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = Database::Sqlite(folder.path().join("relay.db"));
    let server: Database = Cluster::shared().database().parse().unwrap();
    let back = Database::Sqlite(folder.path().join("back.db"));
    let kept = add_grant(&file, 7).unwrap();
    let running = start(&file, SocketAddr::from(([127, 0, 0, 1], 0)));
    let addr = running.addr;

    let writers: Vec<Pair> = (1..=4).map(pair).collect();
    // One lane that nobody touches any more: read, so that only its digest is left.
    let still = pair(10);
    for pair in writers.iter().chain([&still]) {
        assert_eq!(ask(addr, &pair.open(None)).status, Status::Stored);
        assert_eq!(ask(addr, &pair.put(1, 1)).status, Status::Stored);
    }
    assert_eq!(told(&ask(addr, &still.get(1))), (Status::Nothing, 1));
    let (closed, opened) = (pair(20), pair(21));
    assert_eq!(ask(addr, &closed.open(None)).status, Status::Stored);

    let (written, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let all: Vec<_> = writers
            .iter()
            .map(|pair| scope.spawn(|| write_on(addr, pair, &written, &stop)))
            .collect();
        let one = folder.path().join("one");
        let two = folder.path().join("two");
        std::fs::create_dir(&one).unwrap();
        std::fs::create_dir(&two).unwrap();
        await_more(&written, 20);
        let running = relocate(running, &file, &server, &one, &written, (&closed, &opened));
        await_more(&written, 20);
        let again = pair(22);
        let running = relocate(running, &server, &back, &two, &written, (&opened, &again));
        await_more(&written, 20);
        stop.store(true, Ordering::SeqCst);
        for (pair, writer) in writers.iter().zip(all) {
            let last = writer.join().unwrap();
            let there = ask(addr, &pair.get(last - 1));
            assert_eq!(told(&there), (Status::New, last));
        }
        for (pair, status) in
            [(&closed, Status::Denied), (&opened, Status::Denied), (&again, Status::Nothing)]
        {
            assert_eq!(ask(addr, &pair.get(0)).status, status);
        }
        // The digest came along: a repeated PUT is still told from another one.
        assert_eq!(ask(addr, &still.put(1, 1)).status, Status::Same);
        assert_eq!(ask(addr, &still.put(1, 2)).status, Status::Stale);
        running.stop().unwrap();
    });
    let [row] = list_grants(&back).unwrap()[..] else { panic!("one grant") };
    assert_eq!((&row.id, row.cap), (kept.id(), 7));
}

/// A relay's own rows are later than an old export's, and stay.
#[test]
fn an_old_export_takes_nothing_back() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.export");
    for database in [
        Database::Sqlite(folder.path().join("relay.db")),
        Cluster::shared().database().parse().unwrap(),
    ] {
        let running = start(&database, SocketAddr::from(([127, 0, 0, 1], 0)));
        let (addr, pair) = (running.addr, pair(1));
        ask(addr, &pair.open(None));
        ask(addr, &pair.put(3, 3));
        export(&database, &old).unwrap();
        ask(addr, &pair.put(8, 8));
        let moved = import(&database, &old, false).unwrap();
        assert_eq!((moved.lanes, moved.changed, moved.removed), (1, 0, 0));
        let got = ask(addr, &pair.get(0));
        assert_eq!((told(&got), got.envelope[0]), ((Status::New, 8), 8));
        // The same for an envelope that was read since: it does not come back.
        ask(addr, &pair.put(9, 9));
        std::fs::remove_file(&old).unwrap();
        export(&database, &old).unwrap();
        assert_eq!(told(&ask(addr, &pair.get(9))), (Status::Nothing, 9));
        assert_eq!(import(&database, &old, false).unwrap().changed, 0);
        assert_eq!(told(&ask(addr, &pair.get(0))), (Status::Nothing, 9));
        std::fs::remove_file(&old).unwrap();
    }
}

/// A path with a mistake in it leads to no empty database, and no empty export to one.
#[test]
fn what_is_not_there_is_not_exported() {
    let folder = tempfile::tempdir().unwrap();
    let (made, missing) = (folder.path().join("relay.export"), folder.path().join("raley.db"));
    let cluster = Cluster::shared();
    let text = cluster.database();
    for database in [Database::Sqlite(missing.clone()), text.parse().unwrap()] {
        let refused = export(&database, &made).unwrap_err();
        assert!(matches!(refused, RelayError::Store(_)), "{refused:?}");
        assert!(!made.exists() && !missing.exists());
    }
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(cluster.ask(attune_cluster::name_of(&text), tables), "0");
}

#[test]
fn an_export_without_a_lane_removes_none() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.export");
    let fresh = Database::Sqlite(folder.path().join("fresh.db"));
    start(&fresh, SocketAddr::from(([127, 0, 0, 1], 0))).stop().unwrap();
    assert_eq!(export(&fresh, &empty).unwrap().lanes, 0);
    let full = Database::Sqlite(folder.path().join("relay.db"));
    let running = start(&full, SocketAddr::from(([127, 0, 0, 1], 0)));
    assert_eq!(ask(running.addr, &pair(1).open(None)).status, Status::Stored);
    running.stop().unwrap();
    let held = add_grant(&full, 3).unwrap();
    let refused = import(&full, &empty, true).unwrap_err();
    assert!(matches!(refused, RelayError::Moving(MovingError::Empty)), "{refused:?}");
    let [row] = list_grants(&full).unwrap()[..] else { panic!("one grant") };
    assert_eq!(&row.id, held.id());
    assert_eq!(export(&full, &folder.path().join("full.export")).unwrap().lanes, 1);
    // Where there is no lane, nothing is lost.
    assert_eq!(import(&fresh, &empty, true).unwrap().removed, 0);
}

#[test]
fn a_damaged_export_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let source = Database::Sqlite(folder.path().join("relay.db"));
    let target = Database::Sqlite(folder.path().join("target.db"));
    let running = start(&source, SocketAddr::from(([127, 0, 0, 1], 0)));
    for number in 0..5 {
        ask(running.addr, &pair(number).open(None));
        ask(running.addr, &pair(number).put(1, 1));
    }
    let whole = folder.path().join("whole.export");
    assert_eq!(export(&source, &whole).unwrap().lanes, 5);
    let mut bytes = std::fs::read(&whole).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&whole).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let damaged = folder.path().join("damaged.export");
    std::fs::write(&damaged, &bytes).unwrap();
    for complete in [false, true] {
        let refused = import(&target, &damaged, complete).unwrap_err();
        assert!(matches!(refused, RelayError::Moving(MovingError::Damaged)), "{refused:?}");
    }
    assert!(attune_relay::inspect(&folder.path().join("target.db")).unwrap().is_empty());
    let none = import(&target, &folder.path().join("none"), false).unwrap_err();
    assert!(matches!(none, RelayError::Moving(MovingError::File(_))), "{none:?}");
}
