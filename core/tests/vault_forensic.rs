//! What is written to a vault is found in no file in the clear: not while it is open, not afterwards,
//! not in a temporary folder.

mod vault_home;

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use attune_core::entropy::SystemEntropy;
use attune_core::export::write_copy_at;
use attune_core::vault::{KdfCost, VaultError};

use vault_home::{Home, files_below, phrase, put, take};

/// Tells the process started below that it is the one that writes.
const CHILD: &str = "ATTUNE_TEST_FORENSIC_CHILD";

/// Put together at run time, so that it is in no program file either.
fn marker() -> Vec<u8> {
    ["marker", "in", "the", "vault", "0917"].join("-").into_bytes()
}

/// Asserts that no file below `folder` holds the marker, in UTF-8 or UTF-16, or SQLite's own first words.
fn clean(folder: &Path, when: &str) -> usize {
    let marker = marker();
    let wide: Vec<u8> = marker.iter().flat_map(|byte| [*byte, 0]).collect();
    let files = files_below(folder);
    for (path, bytes) in &files {
        for needle in [marker.as_slice(), &wide, b"SQLite format 3\0", b"CREATE TABLE"] {
            let found = bytes.windows(needle.len()).any(|window| window == needle);
            assert!(!found, "{path:?} {when}");
        }
    }
    files.len()
}

#[test]
fn the_marker_is_found_in_no_file() {
    let temporary = tempfile::TempDir::new().unwrap();
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "write_the_marker", "--nocapture", "--ignored"])
        .env(CHILD, "1")
        .env("TMPDIR", temporary.path())
        .env("SQLITE_TMPDIR", temporary.path())
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&child.stdout);
    assert!(
        child.status.success() && out.contains("1 passed"),
        "{out}{}",
        String::from_utf8_lossy(&child.stderr)
    );
    let nothing_on_stderr = String::from_utf8_lossy(&child.stderr);
    assert!(!nothing_on_stderr.contains("sqlcipher"), "{nothing_on_stderr}");
    clean(temporary.path(), "in the temporary folder, after everything");
}

#[test]
#[ignore = "run by the test above, in a process with a temporary folder of its own"]
fn write_the_marker() {
    assert!(env::var_os(CHILD).is_some());
    let home = Home::new();
    let mut vault = home.create();
    let everything = env::temp_dir();
    assert!(home.root().starts_with(&everything));

    put(&mut vault, "marker", &marker()).unwrap();
    assert!(clean(&everything, "after a write") >= 3);

    // A large transaction with a large sort, looked at while it is going on.
    let looked: Result<usize, VaultError> = vault.write(|db| {
        let marker = String::from_utf8(marker()).unwrap();
        db.execute_batch(
            "PRAGMA cache_size = 4; PRAGMA cache_spill = 1; CREATE TEMP TABLE pile (a TEXT)",
        )?;
        for number in 0..2_000 {
            let text = format!("{marker} {number} {}", "x".repeat(200));
            db.execute("INSERT INTO temp.pile VALUES (?1)", [&text])?;
            db.execute("INSERT INTO setting (name, value) VALUES (?1, CAST(?1 AS BLOB))", [&text])?;
        }
        let sorted = "SELECT a FROM temp.pile UNION SELECT name FROM setting ORDER BY 1 DESC";
        let mut statement = db.prepare(sorted)?;
        let mut rows = statement.query([])?;
        assert!(rows.next()?.is_some());
        Ok(clean(&everything, "in a transaction with a sort"))
    });
    assert!(looked.unwrap() >= 4, "the journal was there to be looked at");
    clean(&everything, "after a commit");

    let copy = everything.join("saved.attune");
    let entropy = &mut SystemEntropy::new();
    write_copy_at(&vault, &copy, &phrase("of the copy"), KdfCost::LEAST, entropy).unwrap();
    clean(&everything, "after a copy");

    // Deleted and undone rows.
    let undone: Result<(), VaultError> = vault.write(|db| {
        db.execute("DELETE FROM setting", [])?;
        Err(VaultError::Absent)
    });
    assert_eq!(undone, Err(VaultError::Absent));
    clean(&everything, "after a rollback");
    assert_eq!(take(&vault, "marker").unwrap(), marker());
    vault.close().unwrap();
    assert_eq!(clean(&everything, "after closing"), 4);
    fs::remove_file(copy).unwrap();
}
