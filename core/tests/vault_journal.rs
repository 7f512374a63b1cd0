//! The figures behind docs/adr/0003-journal-mode.md: journal modes against each other, in one run, interleaved.
//! `cargo test -p attune-core --test vault_journal -- --ignored --nocapture`

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use attune_cipher::rusqlite::Connection;
use tempfile::TempDir;

mod vault_home;

const ROUNDS: usize = 400;

fn open(path: &Path, locking: &str, journal: &str) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA cipher_memory_security = ON").unwrap();
    connection.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
    connection.pragma_update(None, "locking_mode", locking).unwrap();
    connection.pragma_update(None, "journal_mode", journal).unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection
        .execute_batch("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, a BLOB) STRICT")
        .unwrap();
    connection
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The files of a database as a kill would leave them, at another place.
fn image(from: &Path, to: &Path) {
    for suffix in ["", "-journal", "-wal"] {
        let side = |path: &Path| PathBuf::from(format!("{}{suffix}", path.display()));
        if side(from).exists() {
            fs::copy(side(from), side(to)).unwrap();
        }
    }
}

#[test]
#[ignore = "measures; nothing to assert"]
fn compare_journal_modes() {
    let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let modes = [
        ("EXCLUSIVE", "TRUNCATE"),
        ("EXCLUSIVE", "DELETE"),
        ("EXCLUSIVE", "WAL"),
        ("NORMAL", "DELETE"),
        ("NORMAL", "WAL"),
    ];
    let path = |index: usize| folder.path().join(format!("{index}.db"));
    let mut open_now: Vec<_> = modes
        .iter()
        .enumerate()
        .map(|(i, (locking, journal))| open(&path(i), locking, journal))
        .collect();
    let mut commits = vec![Vec::new(); modes.len()];
    for _ in 0..ROUNDS {
        for (index, connection) in open_now.iter().enumerate() {
            let start = Instant::now();
            connection.execute("INSERT INTO t (a) VALUES (zeroblob(120))", []).unwrap();
            commits[index].push(start.elapsed());
        }
    }
    let mut killed = vec![Vec::new(); modes.len()];
    let mut closed = vec![Vec::new(); modes.len()];
    for round in 0..40 {
        for (index, (locking, journal)) in modes.iter().enumerate() {
            let copy = folder.path().join(format!("{index}-{round}.db"));
            image(&path(index), &copy);
            for times in [&mut killed[index], &mut closed[index]] {
                let start = Instant::now();
                let connection = open(&copy, locking, journal);
                let rows: i64 =
                    connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
                times.push(start.elapsed());
                assert_eq!(rows, ROUNDS as i64);
            }
        }
    }
    open_now.clear();
    let base = median(&mut commits[0]).as_secs_f64();
    let reopened = median(&mut closed[0]).as_secs_f64();
    for (index, (locking, journal)) in modes.iter().enumerate() {
        let (commit, killed, closed) =
            (median(&mut commits[index]), median(&mut killed[index]), median(&mut closed[index]));
        println!(
            "{locking:9} {journal:8}  commit {commit:>9.1?} ({:.2})  open after a kill {killed:>9.1?} ({:.2})  after closing {closed:>9.1?} ({:.2})",
            commit.as_secs_f64() / base,
            killed.as_secs_f64() / reopened,
            closed.as_secs_f64() / reopened,
        );
    }
}

/// Why not WAL: the same single bit that a rollback journal at rest cannot hold.
#[test]
fn a_flipped_bit_in_a_wal_drops_committed_rows_in_silence() {
    let folder = TempDir::new().unwrap();
    let (path, damaged) = (folder.path().join("live.db"), folder.path().join("damaged.db"));
    let live = open(&path, "NORMAL", "WAL");
    for _ in 0..50 {
        live.execute("INSERT INTO t (a) VALUES (zeroblob(120))", []).unwrap();
    }
    image(&path, &damaged);
    let wal = folder.path().join("damaged.db-wal");
    let mut bytes = fs::read(&wal).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&wal, bytes).unwrap();

    let after = open(&damaged, "NORMAL", "WAL");
    let rows: i64 = after.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
    assert!(rows < 50, "all of them were committed");
    let found: usize = {
        let mut check = after.prepare("PRAGMA cipher_integrity_check").unwrap();
        check.query_map([], |_| Ok(())).unwrap().count()
    };
    assert_eq!(found, 0, "and no check says that they are gone");
}

#[test]
#[ignore = "measures; nothing to assert"]
fn compare_opening() {
    let home = vault_home::Home::new();
    let bare_path = home.root().join("bare.db");
    let bare = || {
        let connection = Connection::open(&bare_path).unwrap();
        connection.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
        connection.execute_batch("SELECT count(*) FROM sqlite_schema").unwrap();
        connection
    };
    bare().execute_batch(include_str!("../src/vault/migrations/0001_start.sql")).unwrap();
    let (mut ours, mut theirs, mut before) = (Vec::new(), Vec::new(), Vec::new());
    // Once on, SQLCipher's memory wiping stays on for the whole process: this is the only time without it.
    for _ in 0..200 {
        let start = Instant::now();
        let connection = bare();
        before.push(start.elapsed());
        drop(connection);
    }
    home.create().close().unwrap();
    for _ in 0..200 {
        let start = Instant::now();
        let vault = home.open().unwrap();
        ours.push(start.elapsed());
        vault.close().unwrap();
        let start = Instant::now();
        let connection = bare();
        theirs.push(start.elapsed());
        drop(connection);
    }
    let (ours, theirs, before) = (median(&mut ours), median(&mut theirs), median(&mut before));
    let ratio = |base: Duration| ours.as_secs_f64() / base.as_secs_f64();
    println!(
        "Vault::open {ours:.1?}, bare {theirs:.1?} ({:.2}), bare without memory wiping {before:.1?} ({:.2})",
        ratio(theirs),
        ratio(before),
    );
}
